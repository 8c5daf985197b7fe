"""Relations between lines: bullets under a total, and a stated count beside the list that follows it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from extractors.facts.draft import Draft, DraftRelation
from extractors.facts.mentions import Mentions
from extractors.language.outline import Line

_DOCUMENTS = frozenset(
    [
        "quyết định",
        "kế hoạch",
        "văn bản",
        "công văn",
        "nghị quyết",
        "chỉ thị",
        "tờ trình",
        "báo cáo",
        "thông báo",
        "VBQPPL",
    ]
)
_SOURCES = frozenset({"dossiers_received_new", "dossiers_carried_over"})
_OPENS = re.compile(r"(?i)(?:trong đó|gồm|bao gồm|cụ thể|như sau|chia ra|sau đây)?\s*(?:như sau)?\s*:\s*$")
_EXHAUSTIVE = re.compile(r"(?i)(?:\bgồm|\bbao gồm|\bgồm có|\bchia ra)(?:[^.:]{0,60}):\s*$")
_INLINE = re.compile(r"\((\d{1,2})\)")
_OPEN_LIST = re.compile(r"(?i)(?:…|\.\.\.|v\.v|một số|như\b(?! (?:sau|dưới|trên))|điển hình|tiêu biểu|chủ yếu)")


def nested_parts(lines: Sequence[Line], by_line: Mapping[int, list[Draft]]) -> list[DraftRelation]:
    """A bullet "…: 33.459 hồ sơ, trong đó:" with the first figures of the bullets right under it."""
    children: dict[int, list[Line]] = {}
    for line in lines:
        if line.parent is not None and line.depth == 5:
            children.setdefault(line.parent, []).append(line)
    found = []
    for parent, below in children.items():
        whole = next((d for d in by_line.get(parent, []) if d.of != "percent" and d.role == "value"), None)
        if whole is None or not _OPENS.search(lines[parent].text) or len(_counts(by_line.get(parent, []))) > 2:
            continue
        parts = [c[0] for line in below if (c := _counts(by_line.get(line.index, []))) and c[0].unit == whole.unit]
        if len(parts) < 2 or (any(p.scope != whole.scope for p in parts) and len({p.indicator for p in parts}) > 1):
            continue
        if whole.indicator == "dossiers_resolved_total" and {p.indicator for p in parts} & _SOURCES:
            whole.indicator = (
                "dossiers_received_total"  # "Tổng số hồ sơ giải quyết: …, trong đó tiếp nhận mới …" is a stock
            )
        complete = bool(_EXHAUSTIVE.search(lines[parent].text)) and len(parts) == len(below)
        terms = [("whole", whole, 1), *(("part", p, 1) for p in parts)]
        found.append(DraftRelation("parts", terms, whole.passage.locator, whole.quote, complete))
    return found


def _counts(drafts: Sequence[Draft]) -> list[Draft]:
    return [d for d in drafts if d.of == "count" and d.role == "value"]


def counted_lists(
    lines: Sequence[Line], by_line: Mapping[int, list[Draft]], mentions: Mapping[int, Mentions]
) -> list[DraftRelation]:
    """ "04 Quyết định … (Quyết định số …; …)" and "5 tiêu chí … gồm: (1) …; (2) …"."""
    found: list[DraftRelation] = []
    for line in lines:
        for draft in by_line.get(line.index, []):
            if draft.of != "count" or draft.role != "value":
                continue
            relation = _documents(lines, line, draft, mentions) if draft.unit in _DOCUMENTS else _numbered(line, draft)
            if relation:
                found.append(relation)
    return found


def _documents(
    lines: Sequence[Line], line: Line, draft: Draft, mentions: Mapping[int, Mentions]
) -> DraftRelation | None:
    """A count of documents and the numbered documents in the bracket, or the bullets, that follow it."""
    at = draft.order[1]
    rest = line.text[at:]
    opening = re.search(r"\(|:\s", rest)
    spans = []
    if opening:
        start = at + opening.end()
        close = _closing(line.text, start) if opening[0] == "(" else len(line.text)
        stop = re.search(r"[^()]\.\s+[A-ZĐ]", line.text[start:close])
        end = start + stop.start() if stop and opening[0] != "(" else close
        if not re.search(r"[.;]\s", line.text[at : at + opening.start()]) and not _OPEN_LIST.search(line.text[at:end]):
            spans = [(line, c) for c in mentions[line.index].citations if start <= c.start < end]
    if not spans and line.text.rstrip().endswith(":") and not _OPEN_LIST.search(line.text[at:]):
        for below in lines[line.index + 1 :]:
            if below.parent != line.index or below.depth >= 9:
                break
            first = next(iter(mentions[below.index].citations if below.index in mentions else ()), None)
            if first is None or first.start > below.body + 12:
                return None
            spans.append((below, first))
    cited = []
    for where, span in spans:
        passage, start, _ = where.origin(span.start, span.end)
        if span.key is not None:
            cited.append((passage.locator, start))
    if len(cited) < 2 and not (len(cited) == 1 and draft.quantity.value == 1):
        return None
    return DraftRelation(
        "count", [("stated", draft, 1)], draft.passage.locator, draft.quote, listed=len(cited), cited=tuple(cited)
    )


_TABLED = re.compile(r"(?i)\b(?:danh mục|bảng|biểu|sau|sau đây|dưới đây|cụ thể|gồm)\b|:\s*$")


def tabled_documents(line: Line, drafts: Sequence[Draft], rows: int, citing: int) -> DraftRelation | None:
    """A count of documents in the line above a table whose every row cites one: "Danh mục 08 văn bản đã ban hành:"."""
    counts = [d for d in drafts if d.of == "count" and d.role == "value" and d.unit in _DOCUMENTS]
    text = line.text[line.body :]
    if len(counts) != 1 or rows < 2 or citing != rows or not _TABLED.search(text) or _OPEN_LIST.search(text):
        return None
    stated = counts[0]
    return DraftRelation("count", [("stated", stated, 1)], stated.passage.locator, stated.quote, listed=rows)


def _closing(text: str, start: int) -> int:
    depth = 1
    for i in range(start, len(text)):
        depth += (text[i] == "(") - (text[i] == ")")
        if depth == 0:
            return i
    return len(text)


def _numbered(line: Line, draft: Draft) -> DraftRelation | None:
    """A count and the inline list (1) … (n) that follows it in the same sentence."""
    rest = line.text[draft.order[1] :]
    head = re.match(r"[^.;:(]{0,200}?(?:\bgồm|\bnhư sau|\bbao gồm|\blà|:)\s*:?\s*(?=\(1\))", rest)
    if not head:
        return None
    listed, at = 0, 0
    for match in _INLINE.finditer(rest, head.end()):
        if int(match[1]) != listed + 1 or (listed and re.search(r"\.\s+[A-ZĐ]", rest[at : match.start()])):
            break
        listed, at = int(match[1]), match.end()
    if listed < 2:
        return None
    return DraftRelation("count", [("stated", draft, 1)], draft.passage.locator, draft.quote, listed=listed)
