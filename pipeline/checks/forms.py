"""Family `form`: a statistical form has a missing, duplicated or misnumbered row, or an empty required cell."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Callable
from typing import Final

from extractors.model import Form, FormRow
from pipeline.checks.findings import Draft
from pipeline.checks.model import Message
from pipeline.checks.sheet import Sheet


def run(sheet: Sheet) -> list[Draft]:
    """Test every statistical form; score tables and selections have no rows to miss."""
    drafts = []
    for form in sheet.report.forms:
        if form.kind == "statistical" and len(form.rows) >= 5:
            for rule, test in TESTS.items():
                drafts += _told(sheet, form, rule, test(form))
        elif form.kind == "columns" and any(row.blank for row in form.rows):
            drafts += _told(sheet, form, "form.blank_cell", _blank_columns(form))
    return drafts


def _told(sheet: Sheet, form: Form, rule: str, drafts: list[Draft]) -> list[Draft]:
    """Write down that a form was tested by a rule; its findings refer to that check."""
    rows = ", ".join(dict.fromkeys(code for draft in drafts for code in draft.rows))
    coded = sum(1 for row in form.rows if row.code)
    said = f"{form.title or 'Biểu'}: {coded} mã dòng" + (f"; {rows}" if rows else "")
    check = sheet.tell(rule, "error" if drafts else "ok", _EXPRESSIONS[rule], said, [])
    for draft in drafts:
        draft.checks = [check.id]
    return drafts


def _split(code: str) -> tuple[int, ...] | None:
    parts = code.split(".")
    return tuple(int(p) for p in parts) if all(p.isdigit() for p in parts) else None


def _missing(form: Form) -> list[Draft]:
    """Codes that a run of siblings jumps over."""
    codes = [c for r in form.rows if r.code and (c := _split(r.code))]
    have = set(codes)
    drafts = []
    for before, after in itertools.pairwise(codes):
        siblings = [c for c in have if c[:-1] == after[:-1] and c < after]
        if not siblings or len(after) < 2:
            continue
        last = max(siblings)
        if 1 < after[-1] - last[-1] <= 3 and before[: len(after) - 1] == after[:-1]:
            gone = [
                ".".join(map(str, (*after[:-1], n)))
                for n in range(last[-1] + 1, after[-1])
                if (*after[:-1], n) not in have
            ]
            row = next(r for r in form.rows if r.code and _split(r.code) == after)
            if gone:
                vi = f"{form.title or 'Biểu'}: thiếu dòng {', '.join(gone)}; mã dòng nhảy từ {_code(last)} sang {_code(after)}."
                drafts.append(
                    Draft(
                        "form.missing_row",
                        "warning",
                        Message(vi, f"Row {', '.join(gone)} is missing."),
                        [],
                        [],
                        rows=tuple(gone),
                        place=row,
                        quote=f"{row.code}\t{row.label}",
                    )
                )
    return drafts


def _code(parts: tuple[int, ...]) -> str:
    return ".".join(map(str, parts))


def _duplicates(form: Form) -> list[Draft]:
    counts = Counter(r.code for r in form.rows if r.code and _split(r.code) and "." in r.code)
    twice = {code: [r for r in form.rows if r.code == code] for code, often in counts.items() if often > 1}
    # Plain numbers start again in every section: they are used twice for sure only by neighbours.
    for one, other in itertools.pairwise(form.rows):
        if one.code and one.code.isdigit() and one.code == other.code and one.label != other.label:
            twice.setdefault(one.code, [one, other])
    drafts = []
    for code, rows in twice.items():
        often = len(rows)
        vi = (
            f"{form.title or 'Biểu'}: mã dòng {code} dùng {often} lần: "
            + "; ".join(f"“{r.label[:70]}”" for r in rows)
            + "."
        )
        evidence = [o for r in rows for o in r.observations]
        drafts.append(
            Draft(
                "form.duplicate_row",
                "warning",
                Message(vi, f"Row code {code} is used {often} times."),
                [],
                evidence,
                rows=(code or "",),
                place=rows[0],
                quote=f"{code}\t{rows[0].label}",
            )
        )
    return drafts


def _blank(form: Form) -> list[Draft]:
    """Empty required cells, one finding per run of neighbouring rows of one parent."""
    groups: list[list[FormRow]] = []
    last = -2
    for n, row in enumerate(form.rows):
        if not row.blank or row.heading or row.optional or not (row.code or row.unit):
            continue
        parent = (row.code or "").rpartition(".")[0]
        if (
            groups
            and n == last + 1
            and (groups[-1][-1].code or "").rpartition(".")[0] == parent
            and "trong đó" not in (row.code or "")
        ):
            groups[-1].append(row)
        else:
            groups.append([row])
        last = n
    drafts = []
    for rows in groups:
        codes = tuple(r.code or r.label for r in rows)
        labels = "; ".join(f"“{r.label[:80]}”" for r in rows)
        vi = f"{form.title or 'Biểu'}: {'các dòng' if len(rows) > 1 else 'dòng'} {', '.join(codes)} để trống số liệu ({labels}). Nếu không có thì ghi 0."
        first = rows[0]
        quote = "\t".join(x for x in (first.code, first.label, first.unit) if x)
        drafts.append(
            Draft(
                "form.blank_cell",
                "warning",
                Message(vi, f"Rows {', '.join(codes)} have no figure."),
                [],
                [],
                rows=codes,
                place=first,
                quote=quote,
            )
        )
    return drafts


def _blank_columns(form: Form) -> list[Draft]:
    """Cells that one row of a table leaves empty in a column which the others fill."""
    drafts = []
    for row in form.rows:
        if row.blank and not row.heading and row.observations:
            code = row.code or row.label
            vi = f"{form.title or 'Bảng'}: dòng {code} “{row.label[:80]}” để trống ô {'; '.join(f'“{b}”' for b in row.blank)}. Nếu không có thì ghi 0."
            en = f"Row {code} leaves {len(row.blank)} cell(s) empty that the other rows fill."
            said = "\t".join(x for x in (row.code, row.label) if x)
            told = Draft("form.blank_cell", "warning", Message(vi, en), [], list(row.observations[:1]), rows=(code,))
            told.place, told.quote = row, said
            drafts.append(told)
    return drafts


TESTS: Final[dict[str, Callable[[Form], list[Draft]]]] = {
    "form.missing_row": _missing,
    "form.duplicate_row": _duplicates,
    "form.blank_cell": _blank,
}
_EXPRESSIONS: Final = {
    "form.missing_row": "siblings are numbered without a gap",
    "form.duplicate_row": "every row has a code of its own",
    "form.blank_cell": "every required row has a figure",
}
