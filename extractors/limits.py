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

# tables
MAX_TABLE_COLUMNS: Final = 512
MAX_TABLE_CELLS: Final = 500_000

# PDF
MAX_PAGES: Final = 2_000
MAX_PAGE_TREE_DEPTH: Final = 100
MAX_PAGE_SIDE: Final = 14_400.0  # points; what PDF 1.7 allows
MAX_PAGE_OBJECTS: Final = 100_000  # characters and path objects on one page
MAX_PAGE_RULES: Final = 4_000  # ruling lines and boxes on one page handed to table finding
MAX_STREAM_BYTES: Final = 64 * 2**20  # one content stream, unpacked

# the child process that reads
WALL_SECONDS: Final = 300.0  # one file
PROGRESS_SECONDS: Final = 60.0  # without a sign of life (a page, a part, a stage)
CHILD_MEMORY_BYTES: Final = 4 * 2**30  # address space above what the idle child holds
FILES_PER_CHILD: Final = 50  # then a fresh child takes over, so that memory stays flat

# language
MAX_SENTENCE_CHARS: Final = 2_000  # longer runs are cut before the linguistic pass (underthesea is quadratic)
