"""Word documents (Office Open XML): python-docx opens the package, its XML is walked on the true grid.

python-docx alone does not see automatic numbers, tracked insertions, text boxes, content controls and nested tables,
and repeats merged cells. Reading order: headers, body, footnotes and endnotes, footers.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from extractors.model import Document, Source, SourceWarning
from extractors.readers.docx_parts import open_parts
from extractors.readers.docx_walk import Walk
from extractors.readers.legacy import told
from extractors.readers.legacy_docx import convert

_MESSAGES: Final = {
    "macro": "Tệp có macro; macro không được chạy.",
    "external_link": "Tệp trỏ tới tài nguyên bên ngoài; tài nguyên đó không được tải.",
    "embedded_object": "Tệp có đối tượng nhúng (Excel, công thức cũ…); nội dung bên trong không được đọc.",
    "unread_part": "Tệp có phần chưa đọc được (biểu đồ, sơ đồ hoặc tệp con).",
    "tracked_changes": "Văn bản có nội dung theo dõi thay đổi; đã đọc theo bản cuối.",
    "hidden_text": "Văn bản có chữ ẩn; chữ ẩn không được đọc.",
    "dirty_field": "Văn bản có trường chưa cập nhật; đã dùng giá trị đang hiển thị.",
    "contents_skipped": "Mục lục tự động không được đọc.",
    "no_text_layer": "Văn bản không có chữ nào đọc được, có thể chỉ gồm ảnh.",
}


def read(data: bytes, source: Source) -> Document:
    """The document in the bytes of a DOCX; `source` comes back with the warnings added and `pages` None.

    Locators count non-empty passages: body paragraphs "p1", cells "t1/r2/c3", paragraphs of layout tables
    "t1/r1/c2/p1", headers "h1", footers "f1", notes "n1", text boxes "x1". A cell's text holds its automatic numbers,
    which it has no other place for; a paragraph's stand in its `label`.

    Raises Unreadable: corrupt, ambiguous, zip_bomb, too_large, encrypted, dtd_present, too_deep, table_too_wide.
    """
    parts = open_parts(data)
    codes = convert(parts)
    walk = Walk(parts)
    blocks = walk.document()
    if not blocks:
        walk.warn("no_text_layer")
    warnings = [SourceWarning(code, _MESSAGES[code]) for code in walk.warnings]
    warnings += [told(codes)] if codes else []
    return Document(replace(source, pages=None, warnings=(*source.warnings, *warnings)), tuple(blocks))
