"""The command line: commands only. Data goes to standard output, talk to standard error.

Nothing heavy is imported before a command runs, so that `soat --help` answers at once. Help texts are declared by
their key in `pipeline.texts` and translated when the language is known.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from extractors.model import Language
from pipeline.texts import Texts, Told, translator

if TYPE_CHECKING:
    from pipeline.warehouse.lock import OnWait

Shape = Literal["table", "csv", "json"]
Decision = Literal["accepted", "dismissed", "corrected"]
WAREHOUSE = Path("data/warehouse/soat.duckdb")
CORES = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1

app = typer.Typer(add_completion=False, rich_markup_mode=None, no_args_is_help=True, help="app")

Lang = Annotated[Language, typer.Option("--lang", help="lang")]
Warehouse = Annotated[Path, typer.Option("--warehouse", envvar="SOAT_WAREHOUSE", help="warehouse")]
Lake = Annotated[str | None, typer.Option("--lake", envvar="SOAT_LAKE", help="lake", metavar="URI")]
Jobs = Annotated[int, typer.Option("--jobs", min=1, max=64, show_default=False, help="jobs")]
AsJson = Annotated[bool, typer.Option("--json", help="json")]
ExitZero = Annotated[bool, typer.Option("--exit-zero", help="exit_zero")]


def _version(wanted: bool) -> None:
    if wanted:
        from importlib.metadata import version

        typer.echo(f"soat {version('soat')}")
        raise typer.Exit


@app.callback()
def _global(
    version: Annotated[bool, typer.Option("--version", callback=_version, is_eager=True, help="version")] = False,
    lang: Lang = "vi",
) -> None:
    """Options of the program as a whole; a language given here is that of the command (`main` sees to it)."""


@app.command(help="run")
def run(
    paths: Annotated[list[Path], typer.Argument(help="paths", metavar="PATH")],
    warehouse: Warehouse = WAREHOUSE,
    lake: Lake = None,
    as_json: AsJson = False,
    jobs: Jobs = CORES,
    lang: Lang = "vi",
    exit_zero: ExitZero = False,
) -> int:
    from pipeline import flow
    from pipeline.exports.live import Watch

    files = flow.expand(paths)
    with Watch(len(files), Texts(lang), as_json) as watch, flow.pool(jobs) as pool:
        summary = flow.run(files, lake or warehouse, pool, watch, watch.wait, watch.expect)
    watch.conclude(summary, lake or warehouse)
    return 0 if exit_zero else summary.exit_code


@app.command(help="inspect")
def inspect(
    files: Annotated[list[Path], typer.Argument(help="files", metavar="FILE")],
    as_json: AsJson = False,
    jobs: Jobs = CORES,
    lang: Lang = "vi",
    exit_zero: ExitZero = False,
) -> int:
    from pipeline import flow
    from pipeline.exports.live import Watch

    found = flow.expand(files)
    with Watch(len(found), Texts(lang), as_json, in_full=True) as watch, flow.pool(jobs) as pool:
        summary = flow.inspect(found, pool, watch, watch.expect)
    return 0 if exit_zero else summary.exit_code


@app.command(help="sql")
def sql(
    query: Annotated[str, typer.Argument(help="query")],
    shape: Annotated[Shape, typer.Option("--format", help="format")] = "table",
    warehouse: Warehouse = WAREHOUSE,
    lake: Lake = None,
    lang: Lang = "vi",
) -> int:
    from pipeline.exports.rows import write
    from pipeline.lake.read import query as rows_of_lake
    from pipeline.warehouse.store import query as rows_of

    with rows_of_lake(lake, query) if lake else rows_of(warehouse, query, _waiting(lang)) as (columns, rows):
        write(columns, rows, shape, sys.stdout, Texts(lang))
    return 0


@app.command(help="history_of")
def history(
    indicator: Annotated[str, typer.Argument(help="indicator_id")],
    province: Annotated[str | None, typer.Option("--province", help="of_province")] = None,
    office: Annotated[str | None, typer.Option("--office", help="of_office")] = None,
    of_the_time: Annotated[bool, typer.Option("--of-the-time", help="of_the_time")] = False,
    shape: Annotated[Shape, typer.Option("--format", help="format")] = "table",
    warehouse: Warehouse = WAREHOUSE,
    lake: Lake = None,
    lang: Lang = "vi",
) -> int:
    from pipeline.exports import series
    from pipeline.exports.rows import write
    from pipeline.flow import asking
    from pipeline.warehouse.series import points

    t = Texts(lang)
    with asking(lake or warehouse, _waiting(lang)) as con:
        found = points(con, indicator, province, office, today=not of_the_time)
    columns = [t(name) for name in series.COLUMNS] if shape == "table" else list(series.COLUMNS)
    write(columns, series.rows(found, t), shape, sys.stdout, t)
    return 0


@app.command(help="verify")
def verify(warehouse: Warehouse = WAREHOUSE, lake: Lake = None, as_json: AsJson = False, lang: Lang = "vi") -> int:
    from pipeline.exports.probes import COLUMNS, rows
    from pipeline.exports.rows import write
    from pipeline.warehouse.store import reading
    from pipeline.warehouse.verify import probes

    t = Texts(lang)
    if lake:
        from pipeline.lake.verify import verify_lake

        found = list(verify_lake(lake))
    else:
        with reading(warehouse, on_wait=_waiting(lang)) as con:
            found = list(probes(con))
    columns = list(COLUMNS) if as_json else [t(name) for name in COLUMNS]
    write(columns, rows(found, t), "json" if as_json else "table", sys.stdout, t)
    sound = not any(probe.wrong for probe in found)
    if sound and not as_json:
        typer.echo(t("whole"))
    return 0 if sound else 1


@app.command(help="backup")
def backup(
    copy: Annotated[Path, typer.Argument(help="copy", metavar="FILE")],
    warehouse: Warehouse = WAREHOUSE,
    lang: Lang = "vi",
) -> int:
    from pipeline.warehouse.backup import backup as copy_to

    rows = copy_to(warehouse, copy, _waiting(lang))
    typer.echo(Texts(lang)("copied", rows=rows, path=copy))
    return 0


@app.command(help="export")
def export(
    parquet: Annotated[Path | None, typer.Option("--parquet", help="parquet", metavar="DIR")] = None,
    csv: Annotated[Path | None, typer.Option("--csv", help="csv", metavar="DIR")] = None,
    xlsx: Annotated[Path | None, typer.Option("--xlsx", help="xlsx", metavar="FILE")] = None,
    warehouse: Warehouse = WAREHOUSE,
    lang: Lang = "vi",
) -> int:
    from pipeline.exports.parquet import export as export_parquet
    from pipeline.exports.sheets import export_csv
    from pipeline.exports.workbook import export_xlsx

    asked = ((export_parquet, parquet), (export_csv, csv), (export_xlsx, xlsx))
    chosen = [(write, target) for write, target in asked if target is not None]
    if not chosen:
        raise typer.BadParameter(Texts(lang)("export_where"))
    for write, target in chosen:
        rows = write(warehouse, target, _waiting(lang))
        typer.echo(Texts(lang)("copied", rows=rows, path=target))
    return 0


@app.command(help="compact")
def compact(lake: Annotated[str, typer.Argument(help="lake", metavar="URI")], lang: Lang = "vi") -> int:
    from pipeline.lake.compact import compact as merge

    done = merge(lake)
    typer.echo(
        Texts(lang)("compacted", parts=done.parts, merged=done.merged, written=done.written, deleted=done.deleted)
    )
    return 0


@app.command(help="decide")
def decide(
    document: Annotated[str, typer.Argument(help="document")],
    finding: Annotated[str, typer.Argument(help="finding_id")],
    decision: Annotated[Decision, typer.Argument(help="decision")],
    by: Annotated[str, typer.Option("--by", help="by")],
    note: Annotated[str | None, typer.Option("--note", help="with_note")] = None,
    warehouse: Warehouse = WAREHOUSE,
    lang: Lang = "vi",
) -> int:
    from pipeline.warehouse import decisions
    from pipeline.warehouse.store import changing

    with changing(warehouse, _waiting(lang)) as con:
        made = decisions.decide(con, document, finding, decision, note, by)
    typer.echo(Texts(lang)("decided", finding=made.finding_id, decision=made.decision, document=document))
    return 0


@app.command(help="retract")
def retract(
    document: Annotated[str, typer.Argument(help="document")],
    reason: Annotated[str, typer.Option("--reason", help="reason")],
    undo: Annotated[bool, typer.Option("--undo", help="undo")] = False,
    warehouse: Warehouse = WAREHOUSE,
    lang: Lang = "vi",
) -> int:
    from pipeline.warehouse.retract import retract as withdraw
    from pipeline.warehouse.store import changing

    if not reason.strip():
        raise typer.BadParameter(Texts(lang)("reason"))
    with changing(warehouse, _waiting(lang)) as con:
        withdraw(con, document, reason.strip(), undo)
    typer.echo(Texts(lang)("restored" if undo else "retracted", document=document))
    return 0


@app.command(help="rebuild")
def rebuild(
    from_files: Annotated[bool, typer.Option("--from-files", help="from_files")] = False,
    warehouse: Warehouse = WAREHOUSE,
    jobs: Jobs = CORES,
    lang: Lang = "vi",
) -> int:
    from pipeline.warehouse import rebuild as anew

    t = Texts(lang)
    if from_files:
        _read_again(warehouse, jobs, t)
    done = anew.rebuild(warehouse, _waiting(lang))
    typer.echo(t("rebuilt", rows=done.rows, before=f"{done.before / 1e6:.1f}", after=f"{done.after / 1e6:.1f}"))
    return 0


def _read_again(warehouse: Path, jobs: int, t: Texts) -> None:
    """Read every file that the warehouse was made from, with this program."""
    from pipeline import flow
    from pipeline.exports.live import Watch
    from pipeline.warehouse.rebuild import known_paths
    from pipeline.warehouse.store import reading

    with reading(warehouse, on_wait=_waiting(t.language)) as con:
        files, gone = known_paths(con)
    with Watch(len(files), t, as_json=False) as watch, flow.pool(jobs) as pool:
        summary = flow.run(files, warehouse, pool, lambda made, outcome: watch.advance(), watch.wait, watch.expect)
    typer.echo(t("summary", **{key: getattr(summary, key) for key in summary.__slots__}))
    if gone:
        typer.echo(t("files_gone", files=gone))


@app.command(help="rules")
def rules(as_json: AsJson = False, lang: Lang = "vi") -> int:
    from pipeline.exports.rows import rules_table, write

    t = Texts(lang)
    columns, rows = rules_table(t)
    write(columns if as_json else [t(c) for c in columns], rows, "json" if as_json else "table", sys.stdout, t)
    return 0


@app.command(help="indicators")
def indicators(as_json: AsJson = False, lang: Lang = "vi") -> int:
    from pipeline.exports.rows import indicators_table, write

    t = Texts(lang)
    columns, rows = indicators_table(t)
    write(columns if as_json else [t(c) for c in columns], rows, "json" if as_json else "table", sys.stdout, t)
    return 0


@app.command(help="doctor")
def doctor(warehouse: Warehouse = WAREHOUSE, as_json: AsJson = False, lang: Lang = "vi") -> int:
    from pipeline.doctor import examine, rows
    from pipeline.exports.rows import write

    t = Texts(lang)
    probes = examine(warehouse, t)
    write(*rows(probes, t), "json" if as_json else "table", sys.stdout, t)
    return 0 if all(probe.ok or not probe.required for probe in probes) else 1


def _waiting(lang: Language) -> OnWait:
    """Says on standard error who has the warehouse open."""
    t = Texts(lang)
    return lambda path, holder: typer.echo(t("waiting", path=path, program=holder.program, pid=holder.pid), err=True)


def language(arguments: Sequence[str]) -> Language:
    """The language asked for, before the arguments are parsed: `--lang`, else SOAT_LANG, else Vietnamese."""
    asked = os.environ.get("SOAT_LANG", "vi")
    for argument, following in zip(arguments, [*arguments, ""][1:], strict=True):
        if argument.startswith("--lang"):
            asked = argument.partition("=")[2] or following
    return "en" if asked == "en" else "vi"


def _command(lang: Language) -> Any:
    """The parser with its help texts in one language."""
    group: Any = typer.main.get_command(app)
    translate = translator(lang)
    for command in (group, *group.commands.values()):
        command.help = translate(command.help or "")
        command.short_help = command.help
        for parameter in command.params:
            parameter.help = translate(getattr(parameter, "help", None) or "")
        option = command.get_help_option(typer.Context(command))
        if option is not None:
            option.help = translate("help")
    return group


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the program; the exit code of CONTRACT.md, 130 when interrupted, 141 when nobody reads the output."""
    arguments = list(sys.argv[1:] if arguments is None else arguments)
    lang = language(arguments)
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    try:
        command = _command(lang)
        languages = {name: {"lang": lang} for name in command.commands}
        with command.make_context("soat", arguments, default_map=languages) as context:
            code = command.invoke(context)
        sys.stdout.flush()
    except typer.Exit as done:
        code = done.exit_code
    except typer.TyperException as error:
        return _wrong_usage(error, Texts(lang))
    except Told as error:
        typer.echo(f"soat: {error.said(lang)}", err=True)
        return error.exit_code
    except KeyboardInterrupt:
        code = 130
    except RuntimeError as error:  # DuckDB's word for the interrupt that came while it worked
        if str(error) != "Query interrupted":
            raise
        code = 130
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # or the interpreter complains at its end
        return 141
    if code == 130:
        typer.echo(Texts(lang)("interrupted"), err=True)
    return int(code or 0)


def _wrong_usage(error: Any, t: Texts) -> int:
    context = getattr(error, "ctx", None)
    command = context.command_path if context else "soat"
    typer.echo(error.format_message(), err=True)
    if not type(error).__name__.startswith("NoArgs"):
        typer.echo(t("hint", command=command), err=True)
    return 2


if __name__ == "__main__":
    sys.exit(main())
