"""What a terminal shows: tables, findings with their place, one report as a page.

Everything that comes from a document passes `visible`, so that a file cannot steer the terminal; nothing is ever read
as markup. Output that goes to no terminal is laid out for `PLAIN_WIDTH` columns and carries no colour.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Sequence
from pathlib import PurePath
from typing import TYPE_CHECKING, Any, Final, TextIO

from rich.box import SIMPLE_HEAD
from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from pipeline.exports.json import Line
from pipeline.exports.shown import ShownFinding, ShownPlace, ShownReport, findings, period, signature, warnings_of
from pipeline.texts import Texts

if TYPE_CHECKING:
    from pipeline.warehouse.history import Comparison

PLAIN_WIDTH: Final = 100
_QUOTE: Final = 220  # characters of a quote, around its figure
_STYLES: Final = {"error": "bold red", "warning": "bold yellow", "info": "bold cyan"}
_NUMBER = re.compile(r"-?\d+(\.\d+)?")
_BLANKS = re.compile(r"\s+")
# controls, and the marks that turn the direction of writing
_UNSEEN = re.compile("[\x00-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


def console(stream: TextIO) -> Console:
    """A console on `stream`: no markup, no emoji codes, no highlighting."""
    width = None if stream.isatty() or os.environ.get("COLUMNS") else PLAIN_WIDTH
    return Console(file=stream, width=width, markup=False, emoji=False, highlight=False)


def show(out: Console, what: RenderableType) -> None:
    """Print; without the blanks at line ends where no terminal reads it."""
    if out.is_terminal:
        out.print(what)
        return
    with out.capture() as printed:
        out.print(what)
    out.file.write("".join(line.rstrip() + "\n" for line in printed.get().splitlines()))


def visible(text: object) -> str:
    """`text` on one line with every control character spelled out: "\\x1b[31m"."""
    one_line = re.sub(r"[\t\n\r]+", " ", str(text))
    return _UNSEEN.sub(lambda found: found[0].encode("unicode_escape", "surrogatepass").decode(), one_line)


def reports(done: Iterable[ShownReport], t: Texts) -> Table:
    """The files of a run that were read, a row each."""
    table = _table()
    table.add_column(t("office"), ratio=5, overflow="fold")
    table.add_column(t("period"), ratio=4, min_width=11, overflow="fold")
    for key in ("figures", "unread", "errors", "warnings"):
        table.add_column(t(key), justify="right", overflow="fold", max_width=7)
    table.add_column(t("file"), ratio=5, overflow="fold")
    listed = list(done)
    one_folder = len(listed) > 1 and len({PurePath(report.path).parent for report in listed}) == 1
    for report in listed:
        errors, warnings = report.count("error"), report.count("warning")
        table.add_row(
            visible(report.office or t("unknown")),
            visible((report.period or t("unknown")).split(" (")[0]),  # limits stand above the findings
            str(report.figures),
            t.share(report.unread, report.digits),
            Text(str(errors), "bold red" if errors else "dim"),
            Text(str(warnings), "bold yellow" if warnings else "dim"),
            visible(PurePath(report.path).name if one_folder else report.path),
        )
    return table


def refused(done: Iterable[ShownReport], t: Texts) -> RenderableType:
    """The files that could not be read, each with its reason."""
    return _files(Text(t("refused"), "bold red"), ((report.path, report.refusal or "") for report in done))


def notes(done: Iterable[ShownReport], t: Texts) -> RenderableType:
    """What the reader left out or doubts in the files that it read."""
    told = ((report.path, note) for report in done for note in report.notes)
    return _files(Text(t("warning_of_reader"), "bold yellow"), told)


def _files(title: Text, told: Iterable[tuple[str, str]]) -> RenderableType:
    table = Table.grid(padding=(0, 2))
    table.add_column(ratio=1, overflow="fold")
    table.add_column(ratio=2, overflow="fold")
    for path, text in told:
        table.add_row(visible(path), visible(text))
    return Group(title, Padding(table, (0, 0, 1, 2)))


def report_findings(report: ShownReport, t: Texts) -> RenderableType:
    """The findings of one report under its name."""
    named = " · ".join(visible(part) for part in (report.office, report.period, report.path) if part)
    return Group(Text(named, "bold underline"), *(_finding(finding, t) for finding in report.findings))


def history(found: Iterable[Comparison], t: Texts) -> RenderableType:
    """What the warehouse says of the reports of a run, both sides quoted."""
    parts: list[RenderableType] = [Text(t("history"), "bold underline")]
    for warning in found:
        sides = ((warning.path, warning.quote), (warning.earlier_path, warning.earlier_quote))
        pairs = [(visible(path), _quote(ShownPlace("", quote, ""))) for path, quote in sides]
        mark = Text.assemble((t("warning"), _STYLES["warning"]), "  ", (visible(warning.rule), "dim"))
        message = Text(visible(warning.vi if t.language == "vi" else warning.en))
        body = Group(message, Padding(_facts(pairs, fold=True), (0, 0, 0, 2)))
        parts.append(Padding(Group(mark, Padding(body, (0, 0, 0, 2))), (0, 0, 1, 2)))
    return Group(*parts)


def page(line: Line, t: Texts) -> RenderableType:
    """One report in full, for reading."""
    if line["error"]:
        message = visible(line["error"]["message"][t.language])
        return Text(f"{visible(line['source']['path'])}: {message}", "bold red")
    parts: list[RenderableType] = [_facts(_heading(line, t)), _observations(line["observations"], t)]
    if line["citations"]:
        parts.append(_citations(line["citations"], t))
    parts += [_finding(finding, t) for finding in findings(line, t)] or [Text(t("no_findings"), "green")]
    return Group(*parts)


def grid(columns: Sequence[str], rows: Iterable[Sequence[Any]], t: Texts) -> Table:
    """Rows of a query or a list; whole values, folded where a column is too narrow."""
    body = [list(row) for row in rows]
    table = _table()
    for index, name in enumerate(columns):
        numeric = all(_NUMBER.fullmatch(str(row[index])) for row in body if row[index] is not None)
        table.add_column(visible(name), justify="right" if numeric else "left", overflow="fold")
    for row in body:
        table.add_row(*("" if value is None else visible(value) for value in row))
    return table


def _table() -> Table:
    return Table(box=SIMPLE_HEAD, header_style="bold", pad_edge=False, padding=(0, 1))


def _facts(pairs: Iterable[tuple[str, RenderableType]], fold: bool = False) -> Table:
    """Labels and texts in two columns, the texts wrapped under themselves; `fold` where labels may be long."""
    table = Table.grid(padding=(0, 2))
    table.add_column(no_wrap=not fold, overflow="fold", style="dim")
    table.add_column(overflow="fold")
    for label, text in pairs:
        table.add_row(label, text)
    return table


def _finding(finding: ShownFinding, t: Texts) -> RenderableType:
    mark = Text.assemble((t(finding.severity), _STYLES[finding.severity]), "  ", (visible(finding.rule), "dim"))
    pairs: list[tuple[str, RenderableType]] = []
    if finding.places:
        first, *beside = finding.places
        pairs += [(t("at"), Text(visible(first.where)))] if first.where else []
        pairs.append((t("quote"), _quote(first)))
        pairs += [(t("see"), Text.assemble(visible(place.where), ": ", _quote(place))) for place in beside]
    pairs += [(t("arithmetic"), Text(visible(step))) for step in finding.arithmetic]
    if finding.suggestion:
        pairs.append((t("suggestion"), Text(visible(finding.suggestion), "bold")))
    if finding.reason:
        pairs.append(("" if finding.suggestion else t("suggestion"), Text(visible(finding.reason))))
    body = Group(Text(visible(finding.message)), Padding(_facts(pairs), (0, 0, 0, 2)))
    return Padding(Group(mark, Padding(body, (0, 0, 0, 2))), (0, 0, 1, 2))


def _quote(place: ShownPlace) -> Text:
    """The words around a figure, shortened at the far ends, the figure itself in bold."""
    quote, text = _BLANKS.sub(" ", place.quote).strip(), _BLANKS.sub(" ", place.text)
    at = max(quote.find(text), 0) if text else 0
    start = max(0, min(at - _QUOTE // 2, len(quote) - _QUOTE))
    cut = quote[start : start + _QUOTE]
    shown = Text(f"“{'…' if start else ''}{visible(cut)}{'…' if start + _QUOTE < len(quote) else ''}”")
    if text:
        shown.highlight_regex(rf"(?<![\d.,]){re.escape(visible(text))}(?![\d])", "bold")
    return shown


def _heading(line: Line, t: Texts) -> list[tuple[str, RenderableType]]:
    source, header = line["source"], line["header"]
    parts = [source["path"], source["format"], t("ocr") if source["reader"] == "ocr" else None]
    parts += [t("pages", n=source["pages"])] if source["pages"] else []
    bodies = (header["issuing_body"], header["parent_body"], header["province"])
    number = "/".join(part or t("blank") for part in (header["number"], header["symbol"]))
    verdicts = [check["verdict"] for check in line["checks"]]
    told = {verdict: verdicts.count(verdict) for verdict in ("ok", "rounding", "error", "cannot_tell")}
    texts: list[tuple[str, str | None]] = [
        (t("source"), " · ".join(str(part) for part in parts if part)),
        (t("office"), " · ".join(part for part in bodies if part)),
        (t("kind"), header["doc_type"]),
        (t("number"), number if header["number"] or header["symbol"] else None),
        (t("issued"), header["issued"] and header["issued"]["text"]),
        (t("title"), header["title"]),
        (t("signer"), header["signer"]),
        (t("period"), period(line["period"], t)),
        (
            t("coverage"),
            t("coverage_line", **line["coverage"], read=line["coverage"]["total"] - line["coverage"]["unread"]),
        ),
        (t("checks"), t("checks_line", total=len(verdicts), **told)),
    ]
    texts += [(t("signature"), signature(s, t)) for s in source.get("signatures", ())]
    texts += [(t("warning_of_reader"), warning["message"]) for warning in warnings_of(source)]
    texts += [
        (t("unread_list"), f"{u['text']} ({t.place(u['page'], u['locator'])}): {u['quote'][:_QUOTE]}")
        for u in line["coverage"]["examples"]
    ]
    return [(label, Text(visible(text or t("unknown")))) for label, text in texts]


def _observations(entries: Iterable[Line], t: Texts) -> Table:
    table = _table()
    table.add_column(t("figure"), justify="right", overflow="fold", max_width=16)
    table.add_column(t("meaning"), ratio=5, overflow="fold")
    table.add_column(t("place"), ratio=2, overflow="fold")
    for o in entries:
        about = f"{t('approx')} " if o["approx"] else ""
        bound = o.get("qualifier") or ""
        unit = f" {o['unit']}" if o["unit"] and o["unit"] != "%" else (o["unit"] or "")
        context = [_indicator(o["indicator"], t), o["scope"], period(o["period"], t)]
        named = visible(" · ".join(str(part) for part in context if part))
        quote = _quote(ShownPlace(o["text"], o["quote"], ""))
        meaning = Text.assemble((named, "cyan"), "\n", quote) if named else quote
        table.add_row(
            visible(f"{about}{bound}{t.number(o['value'])}{unit}"), meaning, visible(t.place(o["page"], o["locator"]))
        )
    return table


def _indicator(known: str | None, t: Texts) -> str | None:
    """The indicator's name; its id where the vocabulary of today has it no more."""
    from extractors.vocabulary import indicators

    entry = indicators().get(known or "")
    return getattr(entry, f"name_{t.language}") if entry else known


def _citations(entries: Iterable[Line], t: Texts) -> Table:
    table = _table()
    table.add_column(t("citations"), overflow="fold")
    table.add_column(t("issued"))
    table.add_column(t("office"), ratio=2, overflow="fold")
    table.add_column(t("place"), ratio=2, overflow="fold")
    for c in entries:
        key = c["key"] or "/".join(part for part in (c["number"], c["symbol"]) if part)
        where = t.place(c["page"], c["locator"])
        table.add_row(visible(key), t.day(c["date"]), visible(c["issuer"] or ""), visible(where))
    return table
