"""Family `date`: dates that do not exist or contradict each other."""

from __future__ import annotations

import itertools
from calendar import monthrange
from collections.abc import Sequence
from datetime import date

from extractors.model import Citation
from pipeline.checks.findings import Draft
from pipeline.checks.model import Message, Verdict
from pipeline.checks.sheet import Sheet


def run(sheet: Sheet) -> list[Draft]:
    """All date rules."""
    latest = _latest(sheet)
    return [
        *_impossible(sheet),
        *_two_dates(sheet),
        *_year(sheet),
        *_after(sheet, latest),
        *_period(sheet, latest),
        *_series(sheet),
    ]


def _show(day: date) -> str:
    return f"{day.day:02}/{day.month:02}/{day.year}"


def _latest(sheet: Sheet) -> date | None:
    """The last day on which the report can have been issued: its date, or the end of its month; None unknown."""
    issued = sheet.report.header.issued
    if issued is None or issued.year is None:
        return None
    month = issued.month or 12
    try:
        return date(issued.year, month, issued.day or monthrange(issued.year, month)[1])
    except ValueError:
        return None


def _impossible(sheet: Sheet) -> list[Draft]:
    drafts = []
    for c in sheet.report.citations:
        if c.date is None and c.date_text:
            check = sheet.tell("date.impossible", "error", "date exists", c.date_text, [])
            vi = f"Ngày không tồn tại: {c.date_text} (trong “{c.quote}”)."
            drafts.append(
                Draft(
                    "date.impossible",
                    "error",
                    Message(vi, f"No such date: {c.date_text}."),
                    [check.id],
                    [c.id],
                    place=c,
                )
            )
    for d in sheet.report.dates:
        if d.problem:
            check = sheet.tell("date.impossible", "error", "date exists", d.text, [])
            vi = f"Ngày không tồn tại: “{d.text}” (trong “…{d.quote}…”)."
            drafts.append(
                Draft("date.impossible", "error", Message(vi, f"No such date: {d.text}."), [check.id], [], place=d)
            )
    return drafts


def _two_dates(sheet: Sheet) -> list[Draft]:
    drafts = []
    by_key: dict[str, list[Citation]] = {}
    for c in sheet.report.citations:
        if c.key and c.date:
            by_key.setdefault(c.key, []).append(c)
    for key, cited in by_key.items():
        days = list(dict.fromkeys(c.date for c in cited))  # in the order of the text, the same in every run
        if len(cited) < 2:
            continue
        yearless = len({d.year for d in days if d}) > 1 and all(c.year is None for c in cited)
        verdict: Verdict = (
            "ok"
            if len(days) == 1
            else "cannot_tell"
            if yearless and len(days) == len({d.year for d in days if d}) and _far(days)
            else "error"
        )
        text = " = ".join(dict.fromkeys(_show(d) for d in days if d)).replace(" = ", " ≠ ")
        check = sheet.tell(
            "date.two_dates",
            verdict,
            f"{key}: one date",
            text,
            [],
            reason="numbers start again every year" if verdict == "cannot_tell" else None,
        )
        if verdict == "error":
            counts = sorted(days, key=lambda d: sum(c.date == d for c in cited))
            odd = [c for c in cited if c.date == counts[0]]
            vi = f"{key} được ghi hai ngày khác nhau: {text}."
            drafts.append(
                Draft(
                    "date.two_dates",
                    "error",
                    Message(vi, f"{key} is cited with different dates: {text}."),
                    [check.id],
                    [odd[0].id, *(c.id for c in cited if c.id != odd[0].id)],
                )
            )
    return drafts


def _far(days: Sequence[date | None]) -> bool:
    """Whether the dates are of two years and differ in day or month too: then they may be two documents."""
    return len({(d.month, d.day) for d in days if d}) > 1


def _year(sheet: Sheet) -> list[Draft]:
    drafts = []
    for c in sheet.report.citations:
        if c.year and c.date:
            verdict: Verdict = "ok" if c.year == c.date.year else "error"
            check = sheet.tell(
                "date.year_mismatch",
                verdict,
                f"{c.key}: year of the date",
                f"{c.year} {'=' if verdict == 'ok' else '≠'} {c.date.year}",
                [],
            )
            if verdict == "error":
                vi = f"Số hiệu {c.key} ghi năm {c.year} nhưng ngày ban hành là {_show(c.date)}."
                drafts.append(
                    Draft(
                        "date.year_mismatch",
                        "error",
                        Message(vi, f"{c.key} carries {c.year} but is dated {c.date}."),
                        [check.id],
                        [c.id],
                    )
                )
    return drafts


def _after(sheet: Sheet, latest: date | None) -> list[Draft]:
    """Cited documents later than the report itself."""
    if latest is None:
        return []
    drafts = []
    seen: set[tuple[str | None, date]] = set()
    for c in sheet.report.citations:
        if c.date is None or (c.key, c.date) in seen:
            continue
        seen.add((c.key, c.date))
        verdict: Verdict = "ok" if c.date <= latest else "error"
        check = sheet.tell(
            "date.cited_after_report",
            verdict,
            f"{c.key} not after the report",
            f"{_show(c.date)} {'≤' if verdict == 'ok' else '>'} {_show(latest)}",
            [],
        )
        if verdict == "error":
            vi = f"Văn bản viện dẫn {c.key or c.quote} ghi ngày {_show(c.date)}, sau ngày của báo cáo ({_issued(sheet)})."
            drafts.append(
                Draft(
                    "date.cited_after_report",
                    "error",
                    Message(vi, f"{c.key} is dated {c.date}, after the report."),
                    [check.id],
                    [c.id],
                )
            )
    return drafts


def _issued(sheet: Sheet) -> str:
    issued = sheet.report.header.issued
    return issued.text if issued else "?"


def _period(sheet: Sheet, latest: date | None) -> list[Draft]:
    """A stated period that ends after the report; plans are for coming periods."""
    period = sheet.report.period
    drafts: list[Draft] = []
    if period is None or sheet.report.header.doc_type != "BC" or period.end is None or not period.stated:
        return drafts
    if latest is not None:
        verdict: Verdict = "ok" if period.end <= latest else "error"
        check = sheet.tell(
            "date.period_ends_after_report",
            verdict,
            "period ends before the report",
            f"{_show(period.end)} {'≤' if verdict == 'ok' else '>'} {_show(latest)}",
            [],
        )
        if verdict == "error":
            vi = f"Kỳ số liệu kết thúc ngày {_show(period.end)}, sau ngày của báo cáo ({_issued(sheet)})."
            drafts.append(
                Draft(
                    "date.period_ends_after_report",
                    "error",
                    Message(vi, f"The period ends on {period.end}, after the report."),
                    [check.id],
                    [],
                    quote=period.text,
                )
            )
    from extractors.facts.periods import standard_window

    window = standard_window(period.kind, period.year, period.index) if period.year else None
    if window and period.start and (period.start, period.end) != window:
        vi = (
            f"Kỳ số liệu {_show(period.start)} – {_show(period.end)} khác kỳ chốt theo quy định ({_show(window[0])} – {_show(window[1])}): "
            "khi tổng hợp toàn tỉnh phải ghi chú."
        )
        drafts.append(
            Draft(
                "date.nonstandard_period",
                "info",
                Message(vi, "The data window is not the standard closing window."),
                [],
                [],
                quote=period.text,
            )
        )
    return drafts


def _series(sheet: Sheet) -> list[Draft]:
    """Numbers of one series and year that run against their dates, where three others agree."""
    series: dict[tuple[str, int], dict[int, Citation]] = {}
    for c in sheet.report.citations:
        if c.symbol and c.number and c.number.isdigit() and c.date and c.year is None:
            series.setdefault((c.symbol, c.date.year), {}).setdefault(int(c.number), c)
    drafts = []
    for (symbol, _), cited in series.items():
        numbers = sorted(cited)
        if len(numbers) < 4:
            continue
        for n in numbers:
            own = cited[n].date
            assert own is not None
            wrong = [m for m in numbers if m != n and (cited[m].date > own) != (m > n) and cited[m].date != own]  # type: ignore[operator]
            if len(wrong) >= 3 and all(_ordered(cited, [m for m in numbers if m != n])):
                first = cited[n]
                vi = f"{first.key} ghi ngày {_show(own)}, ngược với thứ tự của {len(wrong)} văn bản cùng loại ({symbol}); đề nghị kiểm tra số hoặc ngày."
                drafts.append(
                    Draft(
                        "date.series_order",
                        "warning",
                        Message(vi, f"{first.key} is out of order in its series."),
                        [],
                        [first.id, *(cited[m].id for m in wrong)],
                    )
                )
    return drafts


def _ordered(cited: dict[int, Citation], numbers: list[int]) -> list[bool]:
    return [cited[a].date <= cited[b].date for a, b in itertools.pairwise(numbers)]  # type: ignore[operator]
