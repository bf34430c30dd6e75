"""Figures that the law dates: `tables/<id>.toml`, rows of a key with its value from a day until the day before another.

Nothing is extrapolated: a day without a row is an error that says where the row belongs.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from itertools import pairwise
from pathlib import Path

from engine.definition import Part
from engine.definition.rows import Confidence
from engine.problems import Problem
from procedures.documents import read_as
from procedures.drafts import Place, Source
from procedures.findings import found, one_of
from procedures.reading import read_source


class TableRow(Part):
    """The value of a key from `since` until the day before `until`."""

    key: str
    value: int | str
    since: dt.date
    until: dt.date | None = None
    law: str
    confidence: Confidence = "high"
    assumption: bool = False

    def in_force(self, on: dt.date) -> bool:
        """Whether the row applies on a civil day."""
        return self.since <= on and (self.until is None or on < self.until)


class Table(Part):
    """A table of figures with its unit and source."""

    id: str
    title: str
    unit: str
    source: str
    rows: tuple[TableRow, ...]


class Tables:
    """The tables of some files, by id; `problems` is everything found while reading them."""

    def __init__(self, files: Iterable[tuple[Path, str]]) -> None:
        """Reads the files, each given with the name it has in messages; a later file replaces one of the same id."""
        self.problems: list[Problem] = []
        self._tables: dict[str, tuple[Table, str]] = {}
        self._rows: dict[str, dict[str, list[TableRow]]] = {}
        for path, name in files:
            self._read(path, name)

    def ids(self) -> list[str]:
        """The ids of the tables, sorted."""
        return sorted(self._tables)

    def table(self, table_id: str) -> Table:
        """A whole table.

        Raises:
            LookupError: there is no such table.
        """
        return self._known(table_id)[0]

    def lookup(self, name: str, on: dt.date, key: str) -> int | str:
        """The figure of a key in force on a civil day.

        Raises:
            LookupError: no such table, key or day; the sentence says in Japanese where the row is to be added.
        """
        table, file = self._known(name)
        rows = self._rows[name].get(key)
        if not rows:
            hint = one_of(key, (row.key for row in table.rows))
            raise LookupError(f"表「{table.title}」({name})に {key} の行がありません。{file} を見てください。{hint}")
        for row in rows:
            if row.in_force(on):
                return row.value
        spans = "、".join(_span(row) for row in rows)
        said = f"表「{table.title}」({name})の {key} には {on} の値がありません。あるのは{spans}です。"
        raise LookupError(f"{said}{file} に行を足してください。")

    def _known(self, table_id: str) -> tuple[Table, str]:
        if table_id not in self._tables:
            hint = one_of(table_id, self._tables)
            raise LookupError(f"表 {table_id} がありません。tables/{table_id}.toml に書いてください。{hint}")
        return self._tables[table_id]

    def _read(self, path: Path, name: str) -> None:
        source, problems = read_source(path, name)
        if source is not None:
            table, refused = read_as(source, Table, ("key", "id"))
            problems = refused
            if table is not None:
                problems = list(_table_problems(source, table, path.stem))
                self._tables[table.id] = (table, name)
                self._rows[table.id] = _by_key(table)
        self.problems += problems


def _table_problems(source: Source, table: Table, stem: str) -> Iterator[Problem]:
    """The id of another file, rows of one key that overlap, and days between them without a row."""
    if table.id != stem:
        said = (f"表の id は file の名と同じ {stem} にします。", f"the id of a table is the name of its file, {stem}")
        yield found("T003", ("id",), Place(source, ("id",)), said, f'id = "{stem}"')
    by_key: dict[str, list[tuple[int, TableRow]]] = {}
    for index, row in enumerate(table.rows):
        by_key.setdefault(row.key, []).append((index, row))
        if row.until is not None and row.until <= row.since:
            place = Place(source, ("rows", index, "until"))
            said = ("until が since より後ではありません。", "until is not after since")
            yield found(
                "D017", ("rows", row.key, "until"), place, said, f"{row.since} より後の日にする(その日は含まない)"
            )
    for key, rows in by_key.items():
        for (_, before), (index, after) in pairwise(sorted(rows, key=lambda one: one[1].since)):
            yield from _between(Place(source, ("rows", index, "since")), key, before, after)


def _by_key(table: Table) -> dict[str, list[TableRow]]:
    found: dict[str, list[TableRow]] = {}
    for row in table.rows:
        found.setdefault(row.key, []).append(row)
    return found


def _between(place: Place, key: str, before: TableRow, after: TableRow) -> Iterator[Problem]:
    path = ("rows", key, after.since.isoformat())
    if before.until is None or before.until > after.since:
        said = (f"{key} の行が重なっています({_span(before)})。", f"the rows of {key} overlap ({before.since})")
        yield found("T001", path, place, said, f"前の行に until = {after.since} を書く")
    elif before.until < after.since:
        ja = f"{key} の {before.until} から {after.since} の前日までの値がありません。"
        en = f"{key} has no value from {before.until} until {after.since}"
        yield found("T002", path, place, (ja, en), "間の期間の行を足す")


def _span(row: TableRow) -> str:
    return f"{row.since}から" + (f"{row.until}の前日まで" if row.until else "")
