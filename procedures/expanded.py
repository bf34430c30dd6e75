"""A declaration with its fragments expanded, written as one TOML file again."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator

from engine.definition.procedure import LISTS
from procedures.drafts import NAMED_TABLES, PLAIN_TABLES, Draft, DraftRow, DraftTable

_BARE = re.compile(r"[A-Za-z0-9_-]+")
_SHORT_ESCAPES = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\t": "\\t", "\r": "\\r"}
_INLINE = ("online",)
_LAST = ("appeal",)


def expanded_toml(draft: Draft) -> str:
    """The flat machine: scalars, lists of one-line rows, tables; a comment names the fragment that rows come from.

    What is written loads to the same procedure, without fragments.
    """
    parts = ["\n".join(_scalars(draft))]
    for name in LISTS:
        rows = draft.lists.get(name, [])
        if rows and name != "fragments":
            parts.append("\n".join(_list(name, rows, draft)))
    plain = [name for name in PLAIN_TABLES if name in draft.plain and name not in (*_INLINE, *_LAST)]
    parts += ["\n".join([f"[{name}]", *_pairs(draft.plain[name])]) for name in plain]
    for name in NAMED_TABLES:
        for key, table in draft.tables.get(name, {}).items():
            parts.append("\n".join(_table(f"{name}.{_key(key)}", table, draft)))
    parts += ["\n".join([f"[{name}]", *_pairs(draft.plain[name])]) for name in _LAST if name in draft.plain]
    return "\n\n".join(parts) + "\n"


def toml_value(value: object) -> str:
    """A value as TOML on one line; only a text of several lines keeps them.

    Raises:
        TypeError: TOML has no such value.
    """
    match value:
        case bool():
            return "true" if value else "false"
        case str():
            return _text(value)
        case int() | float():
            return str(value)
        case dt.date() | dt.time():
            return value.isoformat()
        case list() | tuple():
            return f"[{', '.join(toml_value(one) for one in value)}]"
        case dict():
            inner = ", ".join(f"{_key(str(name))} = {toml_value(one)}" for name, one in value.items())
            return f"{{ {inner} }}" if inner else "{}"
        case _:
            raise TypeError(f"TOML cannot hold {value!r}")


def _text(value: str) -> str:
    lines = ["".join(_escaped(character) for character in line) for line in value.split("\n")]
    return f'"{lines[0]}"' if len(lines) == 1 else '"""\n{}"""'.format("\n".join(lines))


def _scalars(draft: Draft) -> Iterator[str]:
    yield from _pairs(draft.scalars)
    for name in _INLINE:
        if name in draft.plain:
            yield f"{name} = {toml_value(draft.plain[name].values)}"


def _pairs(row: DraftRow) -> Iterator[str]:
    for key, value in row.values.items():
        yield f"{_key(key)} = {toml_value(value)}"


def _table(name: str, table: DraftTable, draft: Draft) -> Iterator[str]:
    yield f"[{name}]"
    yield from _pairs(table.row)
    for inner, rows in table.lists.items():
        yield from _list(inner, rows, draft)


def _list(name: str, rows: Iterable[DraftRow], draft: Draft) -> Iterator[str]:
    yield f"{name} = ["
    before = draft.source
    for row in rows:
        source = row.place.source
        if source is not before:
            yield f"  # {'この手続' if source is draft.source else source.file.rpartition('/')[2]}"
            before = source
        yield f"  {toml_value(row.values)},"
    yield "]"


def _key(name: str) -> str:
    return name if _BARE.fullmatch(name) else f'"{"".join(_escaped(character) for character in name)}"'


def _escaped(character: str) -> str:
    if character in _SHORT_ESCAPES:
        return _SHORT_ESCAPES[character]
    return character if character.isprintable() or character in {"　", "󠄀"} else f"\\U{ord(character):08X}"
