"""A declaration as it is written, before its types: every row and key remembers the file and place it came from."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, TypeGuard

from engine.definition import Lists
from engine.definition.procedure import LISTS
from procedures.positions import Spot, Step, TomlPositions

NAMED_TABLES = ("tasks", "clocks", "approval", "meetings")
PLAIN_TABLES = ("subjects", "params", "appeal", "needs", "online")
TASK_LISTS = ("states", "events", "effects")
ROUTE_LISTS = ("levels", "cosign")
TABLE_LISTS = {"tasks": TASK_LISTS, "approval": ROUTE_LISTS}
SHARED_KEYS = tuple(Lists.model_fields)


@dataclass(frozen=True, eq=False)
class Source:
    """One TOML file: its name as people know it, its text and the parsed values."""

    file: str
    text: str
    data: dict[str, Any]

    @cached_property
    def positions(self) -> TomlPositions:
        """The places in the text, worked out when first asked for."""
        return TomlPositions(self.text)


@dataclass(frozen=True)
class Place:
    """Where something is written: a file and a path of keys and indexes inside it."""

    source: Source
    path: tuple[Step, ...] = ()

    def below(self, *steps: Step) -> Place:
        """A place further inside."""
        return Place(self.source, (*self.path, *steps))

    def spot(self, *, key: bool = False) -> Spot:
        """Line and column of the value (or the key); of the nearest enclosing thing when it is not written."""
        positions = self.source.positions
        for length in range(len(self.path), 0, -1):
            path = self.path[:length]
            spot = (key and positions.key(path)) or positions.value(path) or positions.key(path)
            if spot:
                return spot
        return Spot(1, 1)

    def text(self, *, key: bool = False) -> str:
        """The place as file:line, for a sentence that names another place."""
        return f"{self.source.file}:{self.spot(key=key).line}"


@dataclass(eq=False)
class DraftRow:
    """One row of a list, or a plain table. `keys` are the places of keys that an override brought."""

    values: dict[str, Any]
    place: Place
    keys: dict[str, Place] = field(default_factory=dict)

    @property
    def id(self) -> str:
        """The row's id, or an empty string when it has none."""
        word = self.values.get("id")
        return word if isinstance(word, str) else ""

    @property
    def period(self) -> tuple[dt.date, dt.date]:
        """The first day in force and the first day no more; no day at all while a date is not written as one.

        Of a version, `from` is its first day.
        """
        since = self.values.get("from" if isinstance(self.values.get("from"), dt.date) else "since", dt.date.min)
        until = self.values.get("until", dt.date.max)
        return (since, until) if _is_day(since) and _is_day(until) else (dt.date.max, dt.date.min)

    def in_force(self, on: dt.date) -> bool:
        """Whether the row applies on a day."""
        since, until = self.period
        return since <= on < until

    def place_of(self, key: str) -> Place:
        """The place of one key of the row."""
        return self.keys.get(key) or self.place.below(key)


@dataclass(eq=False)
class DraftTable:
    """A table with a name of its own: single values, and lists of rows."""

    row: DraftRow
    lists: dict[str, list[DraftRow]] = field(default_factory=dict)

    def data(self) -> dict[str, Any]:
        """The plain values, as the types want them."""
        return self.row.values | {name: [row.values for row in rows] for name, rows in self.lists.items()}


@dataclass(eq=False)
class Draft:
    """A whole declaration, or a fragment, in parts that can be merged."""

    source: Source
    scalars: DraftRow
    lists: dict[str, list[DraftRow]] = field(default_factory=dict)
    tables: dict[str, dict[str, DraftTable]] = field(default_factory=dict)
    plain: dict[str, DraftRow] = field(default_factory=dict)
    misshapen: list[tuple[tuple[str, ...], Place, str]] = field(default_factory=list)

    def data(self) -> dict[str, Any]:
        """The plain values, as the types want them."""
        return {
            **self.scalars.values,
            **{name: [row.values for row in rows] for name, rows in self.lists.items()},
            **{name: {key: one.data() for key, one in tables.items()} for name, tables in self.tables.items()},
            **{name: row.values for name, row in self.plain.items()},
        }

    def all_lists(self) -> Iterator[tuple[tuple[str, ...], list[DraftRow]]]:
        """Every list of rows with its path: the declaration's own, then those of tasks and routes."""
        for name, rows in self.lists.items():
            yield (name,), rows
        for name, tables in self.tables.items():
            for key, table in tables.items():
                for inner, rows in table.lists.items():
                    yield (name, key, inner), rows


def draft_of(source: Source) -> Draft:
    """A file's values taken apart. What has the wrong shape is left out and listed in `misshapen`."""
    draft = Draft(source, DraftRow({}, Place(source)))
    for name, value in source.data.items():
        place = Place(source, (name,))
        if name in LISTS:
            draft.lists[name] = _rows(draft, (name,), value, place)
        elif name in NAMED_TABLES:
            draft.tables[name] = {
                key: _table(draft, (name, key), inner, place.below(key))
                for key, inner in _tables(draft, (name,), value, place).items()
            }
        elif name in PLAIN_TABLES:
            draft.plain[name] = DraftRow(_values(draft, (name,), value, place), place)
        else:
            draft.scalars.values[name] = value
    return draft


def _table(draft: Draft, path: tuple[str, ...], value: dict[str, Any], place: Place) -> DraftTable:
    table = DraftTable(DraftRow({}, place))
    for key, inner in value.items():
        if key in TABLE_LISTS.get(path[0], ()):
            table.lists[key] = _rows(draft, (*path, key), inner, place.below(key))
        else:
            table.row.values[key] = inner
    return table


def _rows(draft: Draft, path: tuple[str, ...], value: object, place: Place) -> list[DraftRow]:
    if not isinstance(value, list):
        draft.misshapen.append((path, place, "rows"))
        return []
    rows = []
    for index, one in enumerate(value):
        if isinstance(one, dict):
            rows.append(DraftRow(dict(one), place.below(index)))
        else:
            draft.misshapen.append((path, place.below(index), "row"))
    return rows


def _tables(draft: Draft, path: tuple[str, ...], value: object, place: Place) -> dict[str, dict[str, Any]]:
    inner = _values(draft, path, value, place)
    wrong = [key for key, one in inner.items() if not isinstance(one, dict)]
    draft.misshapen += [((*path, key), place.below(key), "table") for key in wrong]
    return {key: one for key, one in inner.items() if key not in wrong}


def _values(draft: Draft, path: tuple[str, ...], value: object, place: Place) -> dict[str, Any]:
    if isinstance(value, dict):
        return dict(value)
    draft.misshapen.append((path, place, "table"))
    return {}


def _is_day(value: object) -> TypeGuard[dt.date]:
    return type(value) is dt.date  # a datetime is a date too, and compares with none
