"""Relations that the build of a table states: total rows, groups of rows, total columns, printed formulas."""

from __future__ import annotations

import itertools
import re
from collections.abc import Mapping

from extractors.facts.draft import Draft, DraftRelation, Harvest
from extractors.facts.table_shape import Row, Shape
from extractors.vocabulary import FigureKind

_TOTAL_COLUMN = re.compile(r"(?i)^(?:tổng(?: số| cộng)?|cộng|lũy kế|cả (?:năm|quý|kỳ)|toàn tỉnh)$")
ByCell = Mapping[tuple[int, int], list[Draft]]


def relate(shape: Shape, by_cell: ByCell, kinds: Mapping[int, FigureKind], driven: bool, out: Harvest) -> None:
    """Add the relations of one table to `out`."""
    summable = [c for c in shape.columns("value") if kinds.get(c, "count") in ("count", "score")]
    for column in (*summable, *_shares_of_all(shape, by_cell, kinds)):
        _total_rows(shape, by_cell, column, driven, out)
    _total_columns(shape, by_cell, summable, out)
    for text, result, terms in shape.formulas:
        told = Harvest()
        for row in shape.rows:
            _formula(row, text, result, terms, by_cell, told)
        if _kept(told.relations):
            out.relations += told.relations
    _shares_of_column(shape, by_cell, kinds, summable, out)
    _score_rows(shape, by_cell, out)
    _induced(shape, by_cell, summable, out)
    _differences(shape, by_cell, out)
    _means(shape, by_cell, summable, out)


def _shares_of_all(shape: Shape, by_cell: ByCell, kinds: Mapping[int, FigureKind]) -> list[int]:
    """Columns of percentages whose total row says 100: the shares of the rows in the whole."""
    totals = [r for r in shape.rows if r.total]
    percents = [c for c in shape.columns("value") if kinds.get(c) == "percent"]
    return [
        c
        for c in percents
        if len(totals) == 1
        and (whole := _one(by_cell, totals[0], c)) is not None
        and whole.quantity.value == 100
        and sum(bool(d) and d.quantity.value < 100 for r in shape.rows if (d := _one(by_cell, r, c))) > 1
        and not all(d.quantity.value == 100 for r in shape.rows if (d := _one(by_cell, r, c)))
        and _near_hundred(shape, by_cell, c)
    ]


_SHARED_ROWS = 3  # rows that must be shares of one total before a column counts as shares


def _shares_of_column(
    shape: Shape, by_cell: ByCell, kinds: Mapping[int, FigureKind], summable: list[int], out: Harvest
) -> None:
    """A column of percentages that are the shares of the rows in the total of a column of counts: "Số lượng | Tỷ trọng (%)"."""
    totals = [r for r in shape.rows if r.total]
    rows = [r for r in shape.rows if not r.total]
    for column in [c for c in shape.columns("value") if kinds.get(c) == "percent"] if len(totals) == 1 else []:
        for counts in summable:
            whole = _one(by_cell, totals[0], counts)
            if whole is None or whole.quantity.value <= 0:
                continue
            cells = [(_one(by_cell, r, column), _one(by_cell, r, counts)) for r in rows]
            pairs = [(rate, count) for rate, count in cells if rate and count and rate.of == "percent"]
            held = sum(
                abs(100 * count.quantity.value / whole.quantity.value - rate.quantity.value) <= rate.quantity.ulp
                for rate, count in pairs
            )
            told = _one(by_cell, totals[0], column)
            of_all = told is not None and told.quantity.value == 100  # then one of two rows is enough
            enough = held >= _SHARED_ROWS and len(pairs) - held <= max(1, len(pairs) // 4)
            if enough or (of_all and held and len(pairs) - held <= 1):
                for rate, count in pairs:
                    terms = [("rate", rate, 1), ("numerator", count, 1), ("denominator", whole, 1)]
                    out.relations.append(DraftRelation("share", terms, rate.passage.locator, rate.quote))
                break


def _near_hundred(shape: Shape, by_cell: ByCell, column: int) -> bool:
    """Whether a column of percentages adds up to about 100, as shares do and rates of achievement do not."""
    rows = [d.quantity.value for r in shape.rows if not r.total and (d := _one(by_cell, r, column))]
    return 80 <= sum(rows) <= 125


_INDUCED_ROWS = 4  # rows that must show a sum of columns before it counts as how the table is built
_SCORE_TOTAL = re.compile(
    r"(?i)\btổng\b|\bcộng\b|\bchỉ số\b|\bđiểm (?:số|cchc|đạt|chung)\b|\bkết quả\b|\bpar index\b|\bddci\b"
)
_MEAN = re.compile(r"(?i)^(?:điểm |giá trị |mức |tỷ lệ )?(?:trung bình|bình quân)\b")


def _induced(shape: Shape, by_cell: ByCell, summable: list[int], out: Harvest) -> None:
    """A total column without a printed formula whose rows nearly all are the sum of the same other columns: the table
    is built so, and a row that differs contradicts it. Two to four parts; three quarters of at least four rows."""
    rows = [r for r in shape.rows if not r.total]
    for total in summable:
        if not shape.paths[total] or not _SCORE_TOTAL.search(shape.paths[total][-1]):
            continue
        others = [c for c in summable if c != total][:8]
        others = [c for c in others if not _late_within(shape, c, others)]
        others = [c for c in others if not _inside_another(rows, by_cell, c, others)]
        chosen = _best_parts(rows, by_cell, total, others)
        if chosen is None:
            continue
        for row in shape.rows:
            whole, parts = _one(by_cell, row, total), [_one(by_cell, row, c) for c in chosen]
            if whole is None or any(p is None for p in parts):
                continue
            terms = [("whole", whole, 1), *(("part", p, 1) for p in parts if p)]
            out.relations.append(
                DraftRelation(
                    "parts", terms, whole.passage.locator, whole.quote, True, f"row {row.label}: sum of columns"
                )
            )


#: Columns of dossiers that are part of another column, by their indicators.
_WITHIN = {
    "dossiers_resolved_early": "dossiers_resolved_total",
    "dossiers_resolved_on_time": "dossiers_resolved_total",
    "dossiers_resolved_early_or_on_time": "dossiers_resolved_total",
    "dossiers_resolved_late": "dossiers_resolved_total",
    "dossiers_pending_in_time": "dossiers_pending_total",
    "dossiers_pending_overdue": "dossiers_pending_total",
    "dossiers_received_online": "dossiers_received_new",
}


def _inside_another(rows: list[Row], by_cell: ByCell, column: int, others: list[int]) -> bool:
    """Whether a column is bound to a part of what another of them holds: it is no part beside that one."""

    def indicator(c: int) -> str | None:
        return next((d.indicator for row in rows if (d := _one(by_cell, row, c)) and d.indicator), None)

    whole = _WITHIN.get(indicator(column) or "")
    return whole is not None and any(indicator(c) == whole for c in others if c != column)


_FATES = re.compile(r"(?i)\bgiải quyết\b|\btrả\b|\bxử lý\b")
_TIMED = re.compile(r"(?i)^(?:số )?(?:hồ sơ )?(?:trước|đúng|sớm|trễ|quá|chậm|trong)[ \w]*(?:hạn|hẹn)$")


def _late_within(shape: Shape, column: int, others: list[int]) -> bool:
    """Whether a column "Trễ hạn" stands beside "Đã giải quyết": it is part of that, and no part beside it."""
    leaf = shape.paths[column][-1].strip() if shape.paths[column] else ""
    beside = (shape.paths[c][-1] for c in others if c != column and shape.paths[c])
    return bool(_TIMED.match(leaf)) and any(_FATES.search(name) and not _TIMED.match(name) for name in beside)


def _best_parts(rows: list[Row], by_cell: ByCell, total: int, others: list[int]) -> tuple[int, ...] | None:
    """The columns that add up to `total` in most rows, None where no choice does in nearly all."""
    best: tuple[int, tuple[int, ...]] | None = None
    whole_numbers = not any(d and d.quantity.ulp < 1 for d in (_one(by_cell, row, total) for row in rows))
    for size in (2, 3, 4):
        for chosen in itertools.combinations(others, size):
            held = tried = telling = 0
            for row in rows:
                whole, parts = _one(by_cell, row, total), [_one(by_cell, row, c) for c in chosen]
                if whole is None or any(p is None or p.of != whole.of for p in parts):
                    continue
                tried += 1
                values = [p.quantity.value for p in parts if p]
                held += sum(values) == whole.quantity.value
                telling += sum(v != 0 for v in values) > 1
            few = max(1, tried // 6) if whole_numbers else held // 3  # hundredths do not add up by chance
            nearly = telling >= _INDUCED_ROWS and tried - held <= few
            if nearly and (best is None or held > best[0]):
                best = held, chosen
    return best[1] if best else None


def _differences(shape: Shape, by_cell: ByCell, out: Harvest) -> None:
    """A column of changes beside two columns of one thing: "Hạng 2025 | Hạng 2024 | Tăng, giảm". Which way the sign runs
    is shown by the rows themselves."""
    values = shape.columns("value")
    rows = [r for r in shape.rows if not r.total]
    for change in values:
        cells = {r.index: d for r in rows if (d := _one(by_cell, r, change)) and d.role == "change"}
        if len(cells) < 3:
            continue
        for new, old in itertools.permutations([c for c in values if c != change], 2):
            held = tried = 0
            for row in rows:
                a, b, d = _one(by_cell, row, new), _one(by_cell, row, old), cells.get(row.index)
                if a is None or b is None or d is None or a.of != b.of:
                    continue
                tried += 1
                held += a.quantity.value - b.quantity.value == d.quantity.value
            if (
                tried >= 3
                and held >= 2
                and tried - held <= max(1, tried // 3)
                and any(d.quantity.value for d in cells.values())
            ):
                for row in rows:
                    a, b, d = _one(by_cell, row, new), _one(by_cell, row, old), cells.get(row.index)
                    if a and b and d:
                        terms = [("result", d, 1), ("part", a, 1), ("part", b, -1)]
                        out.relations.append(
                            DraftRelation(
                                "formula", terms, d.passage.locator, d.quote, True, f"row {row.label}: change"
                            )
                        )
                break


def _means(shape: Shape, by_cell: ByCell, summable: list[int], out: Harvest) -> None:
    """A row of means under the rows it is of."""
    for at, row in enumerate(shape.rows):
        if not _MEAN.match(row.label):
            continue
        above = [r for r in shape.rows[:at] if not r.total and not _MEAN.match(r.label)]
        for column in shape.columns("value"):
            mean = _one(by_cell, row, column)
            members = [d for r in above if (d := _one(by_cell, r, column))]
            if mean is None or len(members) < 3 or len(members) != len(above) or any(d.of != mean.of for d in members):
                continue
            terms = [("mean", mean, 1), *(("part", d, 1) for d in members)]
            out.relations.append(
                DraftRelation("mean", terms, mean.passage.locator, mean.quote, True, f"column {column + 1}: mean")
            )


def _one(by_cell: ByCell, row: Row, column: int) -> Draft | None:
    """The single figure of a cell."""
    drafts = by_cell.get((row.index, column), [])
    return drafts[0] if len(drafts) == 1 else None


def _total_rows(shape: Shape, by_cell: ByCell, column: int, driven: bool, out: Harvest) -> None:
    totals = [r for r in shape.rows if r.total]
    plain = [r for r in shape.rows if not r.total and r.label]
    if not driven and not _uniform(plain):
        return
    groups = _groups(plain)
    for head, members in groups:
        _sum(shape, by_cell, column, head, members, out)
    if not totals or not plain:
        return
    if len(totals) == 1:
        members = _top(plain, by_cell, column)
        _sum(shape, by_cell, column, totals[0], members, out)
        return
    grand = totals[-1] if totals[0].index > plain[0].index else totals[0]
    subtotals = [t for t in totals if t is not grand]
    at = 0
    ordered = sorted(subtotals, key=lambda t: t.index)
    for subtotal in ordered:
        inside = [r for r in plain if at <= r.index < subtotal.index and _one(by_cell, r, column)]
        _sum(shape, by_cell, column, subtotal, inside, out)
        at = subtotal.index
    if all(r.index < ordered[-1].index for r in plain if _one(by_cell, r, column)):
        _sum(shape, by_cell, column, grand, ordered, out)


def _uniform(rows: list[Row]) -> bool:
    """Whether the rows of a table by rows may add up: one unit, no dotted codes (those are different indicators)."""
    return len({r.unit for r in rows}) <= 1 and not any("." in r.code for r in rows)


def _groups(rows: list[Row]) -> list[tuple[Row, list[Row]]]:
    """Group heads and the rows right below them in the hierarchy of codes."""
    found: list[tuple[Row, list[Row]]] = []
    for i, head in enumerate(rows):
        if head.depth >= 9 or not head.code:
            continue
        below: list[Row] = []
        for row in rows[i + 1 :]:
            if row.depth <= head.depth:
                break
            if "." in row.code and head.code[:1].isdigit() and not row.code.startswith(head.code + "."):
                break
            below.append(row)
        if below:
            depth = min(r.depth for r in below)
            found.append((head, [r for r in below if r.depth == depth]))
    return found


def _top(rows: list[Row], by_cell: ByCell, column: int) -> list[Row]:
    """Rows of the highest level; a group head without a figure of its own stands for its members."""
    filled = [r for r in rows if _one(by_cell, r, column)]
    top: list[Row] = []
    cover = -1
    for row in filled:
        if cover >= 0 and row.depth > cover:
            continue
        cover = row.depth if any(r.index > row.index and r.depth > row.depth for r in filled) else -1
        top.append(row)
    if top and len({r.depth for r in top}) > 1:
        shallow = min(r.depth for r in top)
        heads = [r for r in rows if r.depth == shallow]
        if all(_one(by_cell, r, column) for r in heads):
            return heads
    return top


def _sum(shape: Shape, by_cell: ByCell, column: int, whole: Row, parts: list[Row], out: Harvest) -> None:
    total = _one(by_cell, whole, column)
    members = [d for r in parts if (d := _one(by_cell, r, column))]
    if total is None or len(members) < 2 or any(d.of != total.of for d in members):
        return
    complete = len(members) == len(parts) and not any(
        re.search(r"(?i)^\s*(?:trong đó|…|\.\.\.)", r.label) for r in parts
    )
    complete = complete and not _left_blank(shape, by_cell, column, parts)
    terms = [("whole", total, 1), *(("part", d, 1) for d in members)]
    path = " / ".join(shape.paths[column])
    out.relations.append(
        DraftRelation("parts", terms, total.passage.locator, total.quote, complete, f"column {column + 1}: {path}")
    )


def _left_blank(shape: Shape, by_cell: ByCell, column: int, parts: list[Row]) -> bool:
    """Whether a row among the parts has figures, but none in this column: what stands there is not known."""
    first, last, depth = parts[0].index, parts[-1].index, min(r.depth for r in parts)
    others = [c for c in shape.columns("value") if c != column]
    return any(
        not by_cell.get((row.index, column)) and any(by_cell.get((row.index, c)) for c in others)
        for row in shape.rows
        if first - 1 <= row.index <= last + 1 and row.label and row.depth == depth and not row.total
    )


def _total_columns(shape: Shape, by_cell: ByCell, summable: list[int], out: Harvest) -> None:
    """A column "Tổng cộng" beside columns of months, quarters, levels or offices (which do not overlap)."""
    for total in summable:
        path = shape.paths[total]
        if not path or not (_TOTAL_COLUMN.match(path[-1].strip()) or _adds_up_months(shape, by_cell, summable, total)):
            continue
        group = [c for c in summable if c != total and shape.paths[c][:-1] == path[:-1] and shape.paths[c]]
        group = group or [c for c in summable if c != total and len(path) == 1 and shape.paths[c]]
        texts = [shape.paths[c][-1] for c in group]
        if len(group) < 2 or not _disjoint(texts):
            continue
        for row in shape.rows:
            whole, parts = _one(by_cell, row, total), [_one(by_cell, row, c) for c in group]
            if whole is None or any(p is None for p in parts):
                continue
            terms = [("whole", whole, 1), *(("part", p, 1) for p in parts if p)]
            out.relations.append(
                DraftRelation("parts", terms, whole.passage.locator, whole.quote, True, f"row {row.label}")
            )


def _adds_up_months(shape: Shape, by_cell: ByCell, summable: list[int], total: int) -> bool:
    """Whether a column, however it is headed ("Cả kỳ", "Gộp"), is the sum of those of the months in most rows."""
    months = [c for c in summable if c != total and shape.paths[c] and _disjoint([shape.paths[c][-1]])]
    others = [c for c in summable if c != total and c not in months]
    if len(months) < 2 or others or _disjoint([shape.paths[total][-1]]):
        return False
    held = tried = 0
    for row in shape.rows:
        whole, parts = _one(by_cell, row, total), [_one(by_cell, row, c) for c in months]
        if whole is not None and all(parts):
            tried += 1
            held += sum(p.quantity.value for p in parts if p) == whole.quantity.value
    return held >= _SHARED_ROWS and tried - held <= max(1, tried // 4)


def _disjoint(texts: list[str]) -> bool:
    patterns = (
        r"(?i)^tháng\s*\d{1,2}\b",
        r"(?i)^quý\s*(?:\d|[IV]+)\b",
        r"(?i)^(?:cấp )?(?:tỉnh|huyện|xã|sở|thành phố)\b",
        r"(?i)^T\.?\d{1,2}$",
        r"(?i)^tuần\s*\d",
        r"(?i)^(?:khối|cơ quan|UBND)\b",
    )
    return any(all(re.match(p, t.strip()) for t in texts) for p in patterns)


def _kept(relations: list[DraftRelation]) -> bool:
    """Whether a printed formula holds in enough rows to be what the columns mean: one that fails in most of at least three
    rows was misread (another numbering of the columns), and proves nothing."""
    held = 0
    for relation in relations:
        (_, result, _), *parts = relation.terms
        held += result.quantity.value == sum(d.quantity.value * sign for _, d, sign in parts)
    return len(relations) < 3 or held * 2 >= len(relations)


def _formula(
    row: Row, text: str, result: int, terms: tuple[tuple[int, int], ...], by_cell: ByCell, out: Harvest
) -> None:
    total = _one(by_cell, row, result)
    parts = [(_one(by_cell, row, c), sign) for c, sign in terms]
    if total is None or any(p is None for p, _ in parts):
        return
    out.relations.append(
        DraftRelation(
            "formula",
            [("result", total, 1), *(("part", p, sign) for p, sign in parts if p)],
            total.passage.locator,
            total.quote,
            True,
            text,
        )
    )


def _score_rows(shape: Shape, by_cell: ByCell, out: Harvest) -> None:
    """Maximum, self-score, verified score and deduction of one criterion."""
    for row in shape.rows:
        cells = {
            d.indicator or d.role: d
            for (r, _), drafts in by_cell.items()
            if r == row.index
            for d in drafts[:1]
            if d.of == "score"
        }
        mine, verified, lost = (cells.get(k) for k in ("par_self_score", "par_verified_score", "par_deduction"))
        if mine and verified:
            terms = [("self", mine, 1), ("verified", verified, 1)] + ([("deduction", lost, 1)] if lost else [])
            out.relations.append(DraftRelation("deduction", terms, verified.passage.locator, verified.quote))
        for draft in (mine, verified):
            if draft and "max" in cells:
                terms = [("value", draft, 1), ("maximum", cells["max"], 1)]
                out.relations.append(DraftRelation("maximum", terms, draft.passage.locator, draft.quote))
