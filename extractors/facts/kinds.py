"""What kind of document this is: by its title line, by its symbol, or a news item by the furniture of a web page."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache

from extractors.vocabulary.registers import doc_types, tone_key, type_codes

NEWS = "TIN"

_FURNITURE = re.compile(
    r"tác giả|người đăng|nguồn (?:bài|tin)|nguồn:|lượt (?:xem|đọc|truy cập)|số lần đọc|đã xem|bình luận|ý kiến bạn đọc"
    r"|in trang|in bài|bản in|các tin (?:cùng|khác|liên quan)|tin (?:liên quan|cùng chuyên mục|mới hơn|cũ hơn|khác)"
    r"|chia sẻ|quay lại|trang chủ|đánh giá bài viết|gửi email|cập nhật lúc|ngày đăng|theo dõi chúng tôi|chuyên mục"
)
_MOTTO = re.compile(r"cộng h[òo]a xã hội chủ nghĩa việt nam|đảng cộng sản việt nam\s*$|^độc lập - tự do")
_OFFICIAL = re.compile(r"^nơi nhận\s*:?|^kính gửi\s*:")


@cache
def _title_pattern() -> re.Pattern[str]:
    words = {word.upper(): kind.code for kind in doc_types() if "copy" not in kind.series for word in kind.words}
    names = sorted((w for w in words if w not in ("VĂN BẢN", "LỆNH", "XÁC NHẬN")), key=len, reverse=True)
    return re.compile(
        "(?:DỰ THẢO )?(?P<type>" + "|".join(map(re.escape, names)) + r")(?!\w)\s*[:.]?\s*(?P<rest>.*)$", re.DOTALL
    )


@cache
def _title_codes() -> dict[str, str]:
    codes: dict[str, str] = {}
    for kind in doc_types():
        for word in kind.words:
            if word.upper() not in codes or word == kind.name:
                codes[word.upper()] = kind.code
    return codes


def type_of_title(line: str) -> tuple[str, str] | None:
    """Code and remaining words of a line that prints the kind in capitals ("BÁO CÁO Kết quả ..."), else None.

    Letters set apart ("B Á O  C Á O") count as well.
    """
    plain = line.strip(" *_#\t")
    if re.fullmatch(r"(?:[^\W\d_] ){3,}[^\W\d_]", re.sub(r"\s{2,}", " ", plain)):
        plain = re.sub(r"\x00", " ", re.sub(r"(?<=\S) (?=\S)", "", re.sub(r"\s{2,}", "\x00", plain)))
    match = _title_pattern().match(plain)
    if match is None:
        return None
    return _title_codes()[match["type"]], match["rest"].strip()


def type_of_symbol(symbol: str) -> str:
    """Code of the kind that a symbol states ("BC-SCT" -> "BC", "KL/TU" -> "KL"); "CV" where it names only bodies."""
    return type_codes().get(re.split(r"[-/.]", symbol)[0], "CV")


def is_news(lines: Sequence[str], *, dated: bool) -> bool:
    """Whether a document without number line and title of a kind is an item of a website.

    `dated` tells that a line near its head is nothing but a date of publication. Marks of an official document
    (quốc hiệu, Nơi nhận) and the lack of any paragraph speak against, furniture of a page speaks for.
    """
    keys = [tone_key(line).strip(" *_#") for line in lines]
    if any(_OFFICIAL.search(key) for key in keys) or not any(len(key) > 80 for key in keys):
        return False
    if any(_MOTTO.search(key) for key in keys):  # a web page pasted under somebody's letterhead
        return dated and furniture_lines(keys) >= 2
    return dated or furniture_lines(keys) >= 2


def after_motto(lines: Sequence[str]) -> int:
    """Index of the line after a letterhead that stands above a pasted web page; 0 without one."""
    found = [n for n, line in enumerate(lines[:12], 1) if _MOTTO.search(tone_key(line).strip(" *_#"))]
    return found[-1] if found else 0


def furniture_lines(keys: Iterable[str]) -> int:
    """How many short lines look like the furniture of a web page (views, author, other news)."""
    return sum(1 for key in keys if len(key) < 90 and _FURNITURE.search(key))
