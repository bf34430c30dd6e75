"""Mistakes planted in declarations as they are parsed: where an operator applies, the file with its mistake in it."""

from __future__ import annotations

import copy
import datetime as dt
import hashlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

Row = dict[str, Any]
Change = Callable[[Row], None]
LISTS = ("states", "events", "effects")
FAR = dt.date(2031, 4, 1)


@dataclass(frozen=True)
class Operator:
    """One way of going wrong: the rules of which one has to find it, the rows that it can happen to, what it does.

    `place` is a list or a table of named tables; "" is the file as a whole. `of` says which rows.
    """

    rules: frozenset[str]
    place: str
    change: Change
    of: Callable[[Row], bool]
    phase: str = "load"


@dataclass(frozen=True)
class Plant:
    """A file with one mistake."""

    operator: Operator
    number: int
    file: str
    row: int

    @property
    def name(self) -> str:
        """What it is, the same on every machine."""
        return f"{self.number} {'/'.join(sorted(self.operator.rules))} {self.file} {self.operator.place}[{self.row}]"

    def planted(self, data: Mapping[str, Any]) -> Row:
        """The data with the mistake."""
        changed = copy.deepcopy(dict(data))
        self.operator.change(_rows(changed, self.operator.place)[self.row])
        return changed


def plants(operators: tuple[Operator, ...], files: Mapping[str, Mapping[str, Any]]) -> Iterator[Plant]:
    """Each operator once in every file that has a row for it, at a row that the file's name chooses."""
    for file, data in files.items():
        for number, operator in enumerate(operators):
            rows = _rows(data, operator.place)
            fit = [index for index, row in enumerate(rows) if operator.of(row)]
            fit = [index for index in fit if "until" not in rows[index]] or fit  # in force in the last edition
            if fit:
                digest = hashlib.sha256(f"{file}{number}".encode()).digest()
                yield Plant(operator, number, file, fit[int.from_bytes(digest[:6], "big") % len(fit)])


def _rows(data: Mapping[str, Any], place: str) -> list[Any]:
    found = data.get(place) if place else [data]
    listed = list(found.values()) if isinstance(found, dict) else found or []
    return [one for one in listed if isinstance(one, dict)]


def frozen(listed: list[Plant]) -> str:
    """The hash under which a set of plants is frozen."""
    return hashlib.sha256("\n".join(one.name for one in listed).encode()).hexdigest()[:16]


def op(rules: str, place: str, change: Change, *having: str, phase: str = "load", **equal: object) -> Operator:
    """An operator for the rows that have some keys, and some values at others."""

    def fits(row: Row) -> bool:
        if row.get("override"):
            return False  # it may leave out or repeat what the fragment says
        there = all(row.get(key) not in (None, [], "") for key in having)
        return there and all(row.get(key.rstrip("_")) == value for key, value in equal.items())

    return Operator(frozenset(rules.split()), place, change, fits, phase)


def misspelt(*keys: str) -> Change:
    """The name at the end of a way of keys with letters that are too many."""

    def change(row: Row) -> None:
        for key in keys[:-1]:
            row = row[key]
        value = row[keys[-1]]
        if isinstance(value, list):
            value[0] = f"{value[0]}_zq"
        else:
            row[keys[-1]] = f"{value}_zq"

    return change


def sets(**values: Any) -> Change:  # noqa: ANN401 - TOML values
    """Keys get other values; `from_` is `from`."""
    return lambda row: row.update({key.rstrip("_"): copy.deepcopy(value) for key, value in values.items()})


def drops(*keys: str) -> Change:
    """Keys are left out."""

    def change(row: Row) -> None:
        for key in keys:
            row.pop(key, None)

    return change


def adds(place: str, row: Row) -> Change:
    """A row too many at the end of a list, which may not have been there."""

    def change(data: Row) -> None:
        data[place] = [*data.get(place, []), copy.deepcopy(row)]

    return change


def again(place: str, **values: Any) -> Change:  # noqa: ANN401 - TOML values
    """A row of a list copied behind itself, with some values changed."""

    def change(data: Row) -> None:
        first = next(row for row in data[place] if "since" not in row and "until" not in row)
        data[place] = [*data[place], {**copy.deepcopy(first), **values}]

    return change


def table(place: str, name: str, row: Row) -> Change:
    """A named table too many."""
    return lambda data: data.setdefault(place, {}).update({name: copy.deepcopy(row)})
