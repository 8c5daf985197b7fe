"""The exception that says "this file cannot be read", its codes, and the one that says that our own rules cannot.

Anything else that escapes a reader is a defect of the reader; the guard turns it into `crashed` with the exception's
name so that a run goes on, and the tests forbid it for every hostile input we know.
"""

from __future__ import annotations

from types import MappingProxyType

from extractors.model import Refusal

CODES: MappingProxyType[str, tuple[str, str]] = MappingProxyType(
    {
        "empty": ("Tệp rỗng.", "The file is empty."),
        "not_found": ("Không tìm thấy tệp.", "No such file."),
        "not_regular": ("Không phải tệp thường (liên kết, thiết bị…).", "Not a regular file (link, device…)."),
        "unsupported": ("Chưa hỗ trợ định dạng này.", "This format is not supported."),
        "wrong_type": ("Nội dung không đúng với phần mở rộng.", "The content is not what the name says."),
        "encrypted": ("Tệp có mật khẩu; hãy gửi bản không khóa.", "The file needs a password."),
        "corrupt": ("Tệp hỏng hoặc thiếu dữ liệu.", "The file is damaged or incomplete."),
        "ambiguous": ("Tệp nén có hai bản của cùng một phần.", "The package holds one part twice."),
        "zip_bomb": ("Tệp nén bất thường (bom nén).", "The package is a decompression bomb."),
        "too_large": ("Tệp hoặc một phần của tệp quá lớn.", "The file, or a part of it, is too large."),
        "too_deep": ("Cấu trúc lồng nhau quá sâu.", "The structure is nested too deeply."),
        "too_many_pages": ("Tệp quá nhiều trang.", "The file has too many pages."),
        "table_too_wide": ("Bảng có số cột bất thường.", "A table has an absurd number of columns."),
        "dtd_present": ("Tệp chứa khai báo DTD không được phép.", "The file carries a forbidden DTD."),
        "bad_geometry": ("Kích thước trang không hợp lệ.", "A page has impossible dimensions."),
        "timed_out": ("Đọc quá thời gian cho phép.", "Reading took longer than allowed."),
        "out_of_memory": ("Đọc vượt quá bộ nhớ cho phép.", "Reading took more memory than allowed."),
        "crashed": ("Tiến trình đọc dừng đột ngột.", "The reading process died."),
    }
)


class Unreadable(Exception):
    """A file yields no facts. `code` is a key of `CODES`; `detail` says what was seen (shown after the message)."""

    def __init__(self, code: str, detail: str = "") -> None:
        if code not in CODES:
            raise ValueError(f"unknown refusal code {code!r}")
        super().__init__(code, detail)
        self.code = code
        self.detail = detail

    def refusal(self) -> Refusal:
        """The refusal as data, in both languages."""
        vi, en = CODES[self.code]
        tail = f" ({self.detail})" if self.detail else ""
        return Refusal(self.code, vi + tail, en + tail)


class VocabularyError(ValueError):
    """A file of our own rules does not hold together; the message names the file and the line or entry. It is the program's
    fault, not that of the report, so it ends a run."""
