"""Runs a notebook with the standard library alone: cells in order, in one namespace, as `exec` runs them.

`python -m tests.docs.notebook IN.ipynb OUT.html` also writes what the cells show as one page, for a machine without
Jupyter: the last expression of a cell by its `_repr_html_`, a figure of matplotlib as a picture in the page, else its
`repr`; what is printed is left on the terminal.
"""

from __future__ import annotations

import ast
import base64
import html
import io
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

_STYLE = """body { font: 16px/1.5 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem }
table { border-collapse: collapse; font-size: 14px } td, th { padding: .2rem .6rem; border-bottom: 1px solid #ccc }
section { white-space: pre-line } svg, img { max-width: 100% }"""


def cells(path: Path) -> list[dict[str, Any]]:
    """The cells of a notebook file."""
    return list(json.loads(path.read_text(encoding="utf-8"))["cells"])


def executed(path: Path, namespace: dict[str, Any]) -> Iterator[tuple[dict[str, Any], Any]]:
    """Run the code cells in `namespace`; every cell with the value of its last expression (None of a text cell)."""
    for number, cell in enumerate(cells(path), 1):
        if cell["cell_type"] != "code":
            yield cell, None
            continue
        name = f"{path.name}, cell {number}"
        body = ast.parse("".join(cell["source"]), name)
        last = body.body.pop() if body.body and isinstance(body.body[-1], ast.Expr) else None
        exec(compile(body, name, "exec"), namespace)
        value = None
        if isinstance(last, ast.Expr):
            value = eval(compile(ast.Expression(last.value), name, "eval"), namespace)
        yield cell, value


def shown(cell: dict[str, Any], value: Any) -> str:
    """A cell as HTML: its text, or what its last expression shows."""
    if cell["cell_type"] == "markdown":
        text = html.escape("".join(cell["source"]))
        return (
            f"<h2>{text.lstrip('# ')}</h2>"
            if text.startswith("#") and "\n" not in text
            else f"<section>{text}</section>"
        )
    if value is None:
        return ""
    if hasattr(value, "savefig"):
        return _picture(value)
    drawn = getattr(value, "_repr_html_", None)
    return drawn() if drawn else f"<pre>{html.escape(repr(value))}</pre>"


def _picture(figure: Any) -> str:
    stream = io.BytesIO()
    figure.savefig(stream, format="png", bbox_inches="tight")
    return f'<img alt="" src="data:image/png;base64,{base64.b64encode(stream.getvalue()).decode()}">'


def main() -> int:
    """The command line."""
    source, target = map(Path, sys.argv[1:3])
    body = "\n".join(shown(cell, value) for cell, value in executed(source, {"__name__": "notebook"}))
    page = (
        f'<!doctype html>\n<html lang="vi"><meta charset="utf-8"><title>{source.stem}</title><style>{_STYLE}</style>\n'
    )
    target.write_text(f"{page}<body>\n{body}\n</body></html>\n", encoding="utf-8")
    print(f"{target}: {target.stat().st_size} bytes")
    return 0


if __name__ == "__main__":
    sys.exit(main())
