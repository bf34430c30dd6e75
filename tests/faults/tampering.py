"""Somebody with the store's file in his hands: every single change he could make to the rows of a case."""

from __future__ import annotations

import random
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from operator import itemgetter
from pathlib import Path
from typing import Any, NamedTuple

from engine.store.schema import metadata

OF_A_CASE = ("event", "case_", "task", "clock", "timer", "value", "outbox", "registration", "link")

UNTOLD = {
    ("outbox", "sent_at"): "when a notice went out is no event of its case",
    ("link", "to_case"): "known when the other case is opened",
}
"""The columns of which the log of the case says nothing, each with the reason."""

KEYS = frozenset({"id", "case_id", "seq", "number", "owner", "ordinal"})
Key = tuple[Any, ...]


class Change(NamedTuple):
    """One value of one row, and another in its place."""

    table: str
    keys: tuple[str, ...]
    key: Key
    column: str
    before: object
    after: object

    def __str__(self) -> str:
        return f"{self.table} {self.key}, {self.column}: {self.before!r:.60} becomes {self.after!r:.60}"


def changes(place: Path, table: str, luck: random.Random, each: int = 1) -> Iterator[Change]:
    """For every column of every row one changed byte, or as many as asked for, each for itself."""
    keys = tuple(column.name for column in metadata.tables[table].primary_key.columns)
    with closing(sqlite3.connect(place)) as connection:
        connection.row_factory = sqlite3.Row
        rows = connection.execute(f"SELECT * FROM {table}").fetchall()  # noqa: S608 - our tables
    key_of = itemgetter(*keys) if len(keys) > 1 else lambda row: (row[keys[0]],)
    taken = {key_of(row) for row in rows}
    for row in map(dict, rows):
        for column in [name for name in row if (table, name) not in UNTOLD]:
            for new in dict.fromkeys(_changed(row[column], column, luck) for _ in range(each)):
                if column not in keys or key_of(row | {column: new}) not in taken:  # no key can stand there twice
                    yield Change(table, keys, key_of(row), column, row[column], new)


@contextmanager
def made(place: Path, change: Change) -> Iterator[None]:
    """The change made, and taken back in the end."""
    _put(place, change, change.key, change.after)
    yield
    key = tuple(change.after if k == change.column else v for k, v in zip(change.keys, change.key, strict=True))
    _put(place, change, key, change.before)


def _put(place: Path, change: Change, key: Key, value: object) -> None:
    where = " AND ".join(f"{name} = ?" for name in change.keys)
    with closing(sqlite3.connect(place)) as connection, connection:
        said = f"UPDATE {change.table} SET {change.column} = ? WHERE {where}"  # noqa: S608 - our tables
        assert connection.execute(said, (value, *key)).rowcount == 1


def _changed(value: object, column: str, luck: random.Random) -> object:
    match value:
        case None:
            return 1 if column.endswith(("_at", "_on")) else "x"
        case int():
            return value ^ (1 << luck.randrange(8)) if value > 1 or column in KEYS else 1 - value
        case str() if value:
            return _flipped(value.encode(), luck).decode("utf-8", "replace")
        case bytes() if value:
            return _flipped(value, luck)
        case _:
            return "x"


def _flipped(data: bytes, luck: random.Random) -> bytes:
    """The data with one bit of one byte turned over; the lowest, which leaves text text."""
    place = luck.randrange(len(data))
    return data[:place] + bytes((data[place] ^ 1,)) + data[place + 1 :]
