"""Leftovers of converters in plain text: HTML tags, Markdown emphasis, LaTeX. They are no words of the report.

A report that passed through an OCR service or a web editor arrives with `**Kính gửi**`, `<p>`, `$3/71 \\times 0,5$` or
`VP_{TD}`. Only marks that cannot be the author's are dropped: "<" in "tỷ lệ < 5%", "*" in "(*)", "$" in "500 $" stay.
"""

from __future__ import annotations

import re
from typing import Final

_BREAK: Final = re.compile(r"(?<!\s)\s*<(?:br|/p|/div|/li|/h[1-6])\s{0,9}/?>\s*", re.IGNORECASE)
_TAG: Final = re.compile(
    r"</?(?:p|div|br|b|i|u|s|em|strong|span|sup|sub|font|a|li|ul|ol|h[1-6]|center|small|big|mark|img|hr|"
    r"table|tbody|thead|tr|td|th|header|footer|section|article)(?:\s[^<>]{0,300})?/?>",
    re.IGNORECASE,
)
_ENTITY: Final = re.compile(r"&(nbsp|lt|gt|amp|quot|#160);")
_ENTITIES: Final = {"nbsp": "\xa0", "#160": "\xa0", "lt": "<", "gt": ">", "amp": "&", "quot": '"'}
_STRONG: Final = re.compile(r"(?<!\()(?<!\*)\*\*(?!\*)(?!\))")
_EMPHASIS: Final = re.compile(r"(?<![\w*(])\*(?=[^\s*)])([^*\n]{1,2000}?)(?<=[^\s*(])\*(?![\w*)])")
_HEADING: Final = re.compile(r"^\s{0,3}#{1,6}\s+")
_ESCAPED: Final = re.compile(r"\\([*_#\-+.\[\]()%])")
_MATH: Final = re.compile(r"\$([^$\n]{1,500})\$")
_MATH_SIGN: Final = re.compile(r"\\[a-zA-Z]+|[_^]\{|^[\d\s.,/+=×%():*-]+$")
_SCRIPT: Final = re.compile(r"[_^]\{([^{}]{1,40})\}")
_FRACTION: Final = re.compile(r"\\[dt]?frac\{([^{}]{1,80})\}\{([^{}]{1,80})\}")
_BOXED: Final = re.compile(r"\\(?:text|mathrm|mathbf|textbf|textit|operatorname)\{([^{}]{0,200})\}")
_COMMAND: Final = re.compile(r"\\(times|div|leq?|geq?|approx|cdot|pm|neq|rightarrow|to|ldots|dots|quad)(?![a-zA-Z])")
_COMMANDS: Final = {
    "times": "×", "div": ":", "le": "≤", "leq": "≤", "ge": "≥", "geq": "≥", "approx": "≈", "cdot": "·", "pm": "±",
    "neq": "≠", "rightarrow": "→", "to": "→", "ldots": "…", "dots": "…", "quad": " ",
}  # fmt: skip


def plain(text: str) -> str:
    """`text` without markup, stripped; a `<br>` or the end of a `<p>` between words becomes a line break."""
    if "<" in text:
        text = _TAG.sub("", _BREAK.sub("\n", text))
    if "&" in text:
        text = _ENTITY.sub(lambda m: _ENTITIES[m[1]], text)
    if "$" in text or "\\" in text or "{" in text:
        text = _latex(text)
    if "*" in text:
        text = _EMPHASIS.sub(r"\1", _STRONG.sub("", text))
    return _HEADING.sub("", text).strip()


def _latex(text: str) -> str:
    text = _MATH.sub(lambda m: m[1] if _MATH_SIGN.search(m[1]) else m[0], text)
    text = _FRACTION.sub(r"\1/\2", _BOXED.sub(r"\1", text))
    text = _COMMAND.sub(lambda m: _COMMANDS[m[1]], text)
    return _ESCAPED.sub(r"\1", _SCRIPT.sub(r"\1", text))
