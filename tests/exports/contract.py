"""A validator for the part of JSON Schema that `tests/contract_schema.json` uses, so that no library is needed."""

import json
import re
from functools import cache
from pathlib import Path
from typing import Any

_KINDS = {"object": dict, "array": list, "string": str, "boolean": bool, "null": type(None)}


@cache
def schema() -> dict[str, Any]:
    return json.loads((Path(__file__).parents[1] / "contract_schema.json").read_text(encoding="utf-8"))


def problems(line: Any) -> list[str]:
    """What breaks the contract, each with its path; an empty list is a valid line."""
    return list(_walk(line, schema(), "$"))


def _is(value: Any, kind: str) -> bool:
    if kind in ("integer", "number"):
        return isinstance(value, int if kind == "integer" else int | float) and not isinstance(value, bool)
    return isinstance(value, _KINDS[kind])


def _walk(value: Any, rule: dict[str, Any], at: str):
    if "$ref" in rule:
        rule = schema()["$defs"][rule["$ref"].rsplit("/", 1)[1]]
    if "oneOf" in rule:
        if sum(not list(_walk(value, option, at)) for option in rule["oneOf"]) != 1:
            yield f"{at}: {value!r} fits none, or several, of the allowed shapes"
        return
    if "const" in rule and value != rule["const"]:
        yield f"{at}: {value!r} is not {rule['const']!r}"
    if "enum" in rule and value not in rule["enum"]:
        yield f"{at}: {value!r} is not one of {rule['enum']}"
    kinds = rule.get("type", [])
    kinds = [kinds] if isinstance(kinds, str) else kinds
    if kinds and not any(_is(value, kind) for kind in kinds):
        yield f"{at}: {value!r} is no {' or '.join(kinds)}"
        return
    yield from _inside(value, rule, at)


def _inside(value: Any, rule: dict[str, Any], at: str):
    if isinstance(value, str):
        if "pattern" in rule and not re.search(rule["pattern"], value):
            yield f"{at}: {value!r} does not match {rule['pattern']}"
        if len(value) < rule.get("minLength", 0):
            yield f"{at}: empty"
    elif isinstance(value, dict):
        yield from (f"{at}.{key}: missing" for key in rule.get("required", ()) if key not in value)
        for key, inner in rule.get("properties", {}).items():
            if key in value:
                yield from _walk(value[key], inner, f"{at}.{key}")
    elif isinstance(value, list):
        if not rule.get("minItems", 0) <= len(value) <= rule.get("maxItems", len(value)):
            yield f"{at}: {len(value)} items"
        for index, entry in enumerate(value):
            yield from _walk(entry, rule.get("items", {}), f"{at}[{index}]")
    elif isinstance(value, int) and value < rule.get("minimum", value):
        yield f"{at}: {value} is too small"
