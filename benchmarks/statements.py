"""What the commands of a case write and read, without the engine: its statements alone, on a store of the same rows.

A case is led on a store that notes every statement with its values; the same statements are then run by the standard
library's sqlite3 on a copy of that store, a transaction for each command. What this takes is SQLite and the disk, and
whoever keeps these rows so cannot be quicker: what a command takes besides is the engine's own work.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import Any

from benchmarks.life import NOON, answers, life
from benchmarks.rounds import seconds
from engine.clock import SimulatedClock
from engine.store import Store, Transaction
from engine.store.pool import Synchronous
from office.office import Definitions, engine_for

Said = tuple[str, str, Any]
"""The method of the driver, the text of a statement and its values."""


class Noting(Store):
    """A store that notes what is said to its driver in `said`."""

    said: list[Said]

    def _on(self, connection: Any, *, writing: bool) -> Transaction:  # noqa: ANN401 - as the store has it
        return super()._on(_Noted(connection, self.said), writing=writing)


class _Noted:
    """A connection of the driver, with a pencil."""

    def __init__(self, connection: Any, said: list[Said]) -> None:  # noqa: ANN401 - as the store has it
        self._connection = connection
        self._said = said

    def execute(self, sql: str, values: Any = ()) -> Any:  # noqa: ANN401 - as the driver has it
        self._said.append(("execute", sql, values))
        return self._connection.execute(sql, values)

    def executemany(self, sql: str, values: Any) -> Any:  # noqa: ANN401 - as the driver has it
        self._said.append(("executemany", sql, values))
        return self._connection.executemany(sql, values)


class Alone:
    """Cases as statements alone: noted on a file in a folder, run again on a copy of it there, or in memory."""

    def __init__(self, declared: Definitions, folder: Path, copy: Path | str, synchronous: Synchronous) -> None:
        noting = folder / f"noted-{synchronous}.db"
        self._store = Noting.open(noting, practice=True, synchronous="OFF")
        self._store.said = []
        self._engine = engine_for(declared, self._store, SimulatedClock(NOON))
        for _ in self._led():  # the first case keeps the definition too, which no other does
            pass
        self._copy = sqlite3.connect(copy, isolation_level=None)
        with closing(sqlite3.connect(noting)) as noted:
            noted.backup(self._copy)
        for pragma in ("foreign_keys = ON", "secure_delete = ON", "journal_mode = WAL", f"synchronous = {synchronous}"):
            self._copy.execute(f"PRAGMA {pragma}")

    def case(self, timed: Callable[[Callable[[], None]], float] = seconds) -> list[float]:
        """Seconds of each command of one more case, by the wall clock unless something else is said."""
        return [timed(partial(self._run, said)) for said in [*self._led()]]

    def close(self) -> None:
        """Close both files."""
        self._store.close()
        self._copy.close()

    def _led(self) -> Iterator[list[Said]]:
        """What each command of a case says to the driver."""
        for _, command in life(self._engine, answers()):
            self._store.said.clear()
            command()
            yield [*self._store.said]

    def _run(self, said: list[Said]) -> None:
        self._copy.execute("BEGIN IMMEDIATE")
        for method, sql, values in said:
            getattr(self._copy, method)(sql, values).fetchall()
        self._copy.execute("COMMIT")
