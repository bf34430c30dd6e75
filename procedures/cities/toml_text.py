"""A profile as the text of its file: a row a line, as the files that people write by hand."""

from __future__ import annotations

import datetime as dt
import json
import re
from typing import Any

WIDE = 110
LONG = 60
_PLAIN = (dt.time, dt.date)


def text(profile: dict[str, Any], head: str) -> str:
    """The text, under a comment of one or more lines."""
    tables = {name: value for name, value in profile.items() if isinstance(value, dict)}
    parts = [f"# {line}" for line in head.splitlines()]
    parts += [f"{name} = {_value(value)}" for name, value in profile.items() if name not in tables]
    for name, table in tables.items():
        parts += ["", f"[{name}]", *(f"{key} = {_inline(value)}" for key, value in table.items())]
    return "\n".join(parts) + "\n"


def _value(value: object) -> str:
    """A value; a list of rows, or a long one, has a line for each."""
    told = _inline(value)
    if isinstance(value, list) and value and (isinstance(value[0], dict) or len(told) > WIDE):
        return "[\n" + "".join(f"  {_row(one)},\n" for one in value) + "]"
    return told


def _row(value: object) -> str:
    """A row on one line; its long texts and lists begin lines of their own where it would be too long."""
    told = _inline(value)
    if len(told) <= WIDE + LONG or not isinstance(value, dict):
        return told
    return "{ " + ", ".join(f"{key} = {_broken(one)}" for key, one in value.items()) + " }"


def _broken(value: object) -> str:
    told = _inline(value)
    if isinstance(value, list) and len(told) > LONG:
        return "[\n" + "".join(f"    {_broken(one)},\n" for one in value) + "  ]"
    if isinstance(value, str) and len(told) > LONG:
        pieces = re.findall(rf".{{1,{WIDE}}}[ \t]*", value, re.DOTALL)  # TOML drops blanks that begin a line
        lines = [json.dumps(piece, ensure_ascii=False)[1:-1] for piece in pieces]
        return '"""\\\n' + "\\\n".join(f"    {line}" for line in lines) + '"""'
    return told


def _inline(value: object) -> str:
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{key} = {_inline(one)}" for key, one in value.items()) + " }"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(map(_inline, value)) + "]"
    if isinstance(value, _PLAIN):
        return value.isoformat()
    return json.dumps(value, ensure_ascii=False)
