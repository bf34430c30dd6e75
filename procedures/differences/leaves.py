"""A declaration on one day as single values with paths of ids, and which of the two hashes each of them reaches."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from engine.definition import Procedure
from engine.definition.hashes import NEITHER, ORDERED, WORDING
from procedures.differences.found import Touches

NAMED = ("tasks", "clocks", "approval", "meetings")
WHOLE = ("params", "subjects", "fields", "takes")
Path = tuple[str, ...]


@dataclass(frozen=True)
class Thing:
    """A row, or a table with a name of its own, as plain values; `leaves` are its values by key, inner keys dotted."""

    place: Path
    id: str
    row: dict[str, Any]
    leaves: dict[str, Any] = field(default_factory=dict)

    @property
    def path(self) -> Path:
        """The way to it."""
        return (*self.place, self.id)


def things(procedure: Procedure) -> Iterator[Thing]:
    """Every row and named table, in declared order; what stands at the top is one thing without an id."""
    plain = procedure.model_dump(mode="json", by_alias=True, exclude_defaults=True)
    top: dict[str, Any] = {}
    for key, value in plain.items():
        if key in NAMED:
            for name, table in value.items():
                yield from _table((key,), name, table)
        elif key in WHOLE:
            yield from (Thing((key,), name, {"value": one}, {"value": one}) for name, one in value.items())
        elif _rows(value):
            yield from (_thing((key,), row["id"], row) for row in value)
        else:
            top[key] = value
    yield _thing((), "", top)


def _table(place: Path, name: str, table: dict[str, Any]) -> Iterator[Thing]:
    own = {key: value for key, value in table.items() if not _rows(value)}
    yield _thing(place, name, own)
    for key, value in table.items():
        if _rows(value):
            yield from (_thing((*place, name, key), row["id"], row) for row in value)


def _rows(value: object) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(one, Mapping) and "id" in one for one in value)


def _thing(place: Path, id_: str, row: dict[str, Any]) -> Thing:
    return Thing(place, id_, row, dict(_leaves(row)))


def _leaves(row: Mapping[str, Any], before: str = "") -> Iterator[tuple[str, Any]]:
    for key, value in row.items():
        if isinstance(value, Mapping) and key not in {"plant", "without", "labels"}:
            yield from _leaves(value, f"{before}{key}.")
        elif key != "id":
            yield f"{before}{key}", value


def touches(place: Path, key: str = "") -> Touches:
    """Which hash a value reaches; without a key, which the coming or going of the whole thing reaches first."""
    names = {*place[:1], *place[2:], *key.split(".")}
    if names & NEITHER:
        return "nothing"
    if names & WORDING and not names & set(WHOLE):
        return "wording"
    if place[:1] == ("versions",):
        return "nothing"
    return "behaviour"


def is_ordered(place: Path) -> bool:
    """Whether the order of a list of rows decides something."""
    return place[-1:] != () and place[-1] in ORDERED
