"""Every limit on what a file may cost, in one place and on by default.

Sizes in bytes, times in seconds. They are generous for a report (the longest real ones have some 300 pages) and small
for a machine that reads two hundred of them before lunch.
"""

from typing import Final

MAX_FILE_BYTES: Final = 100 * 2**20
MAX_TEXT_BYTES: Final = 20 * 2**20  # a plain text or HTML file, decoded

# ZIP packages (DOCX)
MAX_PACKAGE_MEMBERS: Final = 10_000
MAX_PART_BYTES: Final = 64 * 2**20  # one XML part that is parsed, unpacked
MAX_PARSED_BYTES: Final = 128 * 2**20  # all parsed parts together
MAX_RATIO: Final = 200  # unpacked : packed of a parsed part above 1 MiB
MAX_XML_DEPTH: Final = 256

# containers (archives, mails); a member is a file, so MAX_FILE_BYTES holds for it and MAX_RATIO where it is told apart
MAX_MEMBERS: Final = 10_000  # in one file, those of containers inside it among them
MAX_CONTAINER_BYTES: Final = 2**30  # all members of one file, unpacked
MAX_CONTAINER_DEPTH: Final = 3  # a container in a container in a container
MAX_MEMBER_NAME: Final = 1_000  # characters of a member's path; a longer one is shortened

# tables
MAX_TABLE_COLUMNS: Final = 512
MAX_TABLE_CELLS: Final = 500_000

# sheets (XLSX, XLS, ODS, CSV)
MAX_SHEETS: Final = 200  # read; those after it are left out
MAX_CELL_CHARS: Final = 32_767  # what Excel itself lets a cell hold; longer text is cut
MAX_SHEET_CELLS: Final = 200_000  # filled cells in all sheets together
MAX_SHEET_MERGES: Final = 20_000  # merged ranges in all sheets together

# LibreOffice
OFFICE_SECONDS: Final = 120.0  # one conversion

# PDF
MAX_PAGES: Final = 2_000
MAX_PAGE_TREE_DEPTH: Final = 100
MAX_PAGE_SIDE: Final = 14_400.0  # points; what PDF 1.7 allows
MAX_PAGE_OBJECTS: Final = 100_000  # characters and path objects on one page
MAX_PAGE_RULES: Final = 4_000  # ruling lines and boxes on one page handed to table finding
MAX_STREAM_BYTES: Final = 64 * 2**20  # one content stream, unpacked
MAX_SIGNATURES: Final = 20  # digital signatures of a file that are judged
MAX_SIGNATURE_BYTES: Final = 4 * 2**20  # one of them: certificates and lists of revoked ones included
MAX_SIGNATURE_OBJECTS: Final = 300_000  # objects looked up to judge all signatures of a file

# scans
MAX_SCAN_PIXELS: Final = 40_000_000  # of a page that is drawn to be recognised: A3 at 300 dpi has 17 million
MAX_PICTURE_PIXELS: Final = 150_000_000  # of all pictures on such a page, unpacked, as the file says
MAX_SCAN_CELLS: Final = 2_000  # cells of tables on one page that are cut out and recognised one by one
SCAN_PAGE_SECONDS: Final = 45.0  # recognition of one page
SCAN_SECONDS: Final = 240.0  # of one file; pages after that stay unread

# the child process that reads
WALL_SECONDS: Final = 300.0  # one file
PROGRESS_SECONDS: Final = 60.0  # without a sign of life (a page, a part, a stage)
CHILD_MEMORY_BYTES: Final = 4 * 2**30  # address space above what the idle child holds
FILES_PER_CHILD: Final = 200  # then a fresh child takes over, so that memory stays flat

# language
MAX_LINE_FIGURES: Final = 1_000  # figures of one paragraph that are bound; those behind are counted as unread
MAX_SENTENCE_CHARS: Final = 2_000  # longer runs are cut before the linguistic pass (underthesea is quadratic)
