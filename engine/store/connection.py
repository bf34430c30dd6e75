"""The store: opened once, asked for transactions."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Any, Self, TypeVar

from sqlalchemy import Engine, PoolProxiedConnection

from engine.boundary import Boundary
from engine.store.failures import driver_errors, said_plainly
from engine.store.founding import Founded, found, join, ring_there
from engine.store.inspection import refuse_other_revision, revision_at
from engine.store.keys import KeyRing
from engine.store.place import Place
from engine.store.pool import Synchronous, begin, make_engine
from engine.store.scrubbing import scrub
from engine.store.session import book_of
from engine.store.transaction import Transaction
from engine.store.turns import Turns

T = TypeVar("T")

PATIENCE = 10.0
"""How many seconds a command waits for another program's lock before it gives up."""


class Store:
    """Cases and all that belongs to them, in one SQLite file, on a PostgreSQL server or in memory.

    `practice` says whether its clock may be moved, `keys` which ring seals its values, `secret` what commands are
    fingerprinted under, `created` whether it was made by this very opening: then a key file was made too, of which
    somebody should be told.
    """

    def __init__(self, engine: Engine, place: Place, founded: Founded, boundary: Boundary, patience: float) -> None:
        self.place = place
        self.practice, self.keys, self.secret, self.created = founded
        self._engine = engine
        self._boundary = boundary
        self._book = book_of(engine.dialect)
        self._turns = Turns(str(place), patience)

    @classmethod
    def open(
        cls,
        place: str | Path,
        keys: KeyRing | Path | None = None,
        *,
        boundary: Boundary | None = None,
        practice: bool | None = None,
        synchronous: Synchronous = "FULL",
        patience: float = PATIENCE,
    ) -> Self:
        """The store at a place, made there with its key file if there is none.

        Args:
            place: a path, sqlite:///path, postgresql://user@server/database or :memory:.
            keys: a ring, or where its file is; beside the file of the database with ".key" after its name if nothing
                is said, which for a server it has to be.
            boundary: what every statement and commit crosses first.
            practice: for a new store, whether its clock may be moved (no, if nothing is said); for one that is there,
                what it has to be.
            synchronous: for benchmarks; only FULL keeps what was acknowledged through a power cut.
            patience: seconds to wait for another program's lock.

        Raises:
            StoreError: something else stands there, it is older or newer than this program, it cannot be written, or
                its keys are missing or wrong. Nothing was changed.
        """
        where = Place.of(place)
        revision = revision_at(where, patience)
        if revision is None:
            keys = ring_there(where, keys)
        else:
            refuse_other_revision(where, revision)
        engine = make_engine(where, synchronous, patience)
        try:
            with said_plainly(str(where)):
                founded = found(engine, where, keys, practice=bool(practice)) if revision is None else None
                founded = founded or join(engine, where, keys, practice=practice, patience=patience)
        except BaseException:
            engine.dispose()
            raise
        return cls(engine, where, founded, boundary or Boundary(), patience)

    @contextmanager
    def transaction(self) -> Iterator[Transaction]:
        """A transaction that may write: kept when the block ends, given up when anything is raised inside.

        Raises:
            StoreError: the store is busy, full, read-only or broken; nothing was kept.
        """
        with self._turns.turn(alone=self.place.server is None), self._borrowed() as borrowed:
            connection = self._begin(borrowed, writing=True)
            try:
                yield self._on(connection, writing=True)
                self._boundary.cross("commit", "transaction")
                with said_plainly(str(self.place)):
                    connection.commit()
            finally:
                self._give_up(borrowed)

    def committed(self, act: Callable[[Transaction], T]) -> T:
        """What an act gives, once what it wrote is kept."""
        with self.transaction() as tx:
            return act(tx)

    def refuse_second_transaction(self) -> None:
        """Nothing, when this thread has no transaction open; otherwise a RuntimeError."""
        self._turns.refuse_second()

    @contextmanager
    def reading(self) -> Iterator[Transaction]:
        """A transaction that sees one state of the store throughout; what it might write is not kept."""
        with self._turns.turn(alone=self.place.in_memory), self._borrowed() as borrowed:
            connection = self._begin(borrowed, writing=False)
            try:
                yield self._on(connection, writing=False)
            finally:
                self._give_up(borrowed)

    def scrub(self) -> bool:
        """Whether what was destroyed is gone from the files of the database too; False while others still read it.

        Raises:
            StoreError: the store is broken or read-only.
        """
        with self._turns.turn(alone=self.place.server is None), self._borrowed() as borrowed:
            self._boundary.cross("execute", "scrub")
            with said_plainly(str(self.place)):
                return scrub(borrowed.driver_connection, self.place)

    def close(self) -> None:
        """Close every connection; a store in memory is gone with it."""
        self._engine.dispose()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @contextmanager
    def _borrowed(self) -> Iterator[PoolProxiedConnection]:
        """A connection of the pool for the time of a transaction."""
        with said_plainly(str(self.place)):
            borrowed = self._engine.raw_connection()
        try:
            yield borrowed
        finally:
            borrowed.close()

    def _begin(self, borrowed: PoolProxiedConnection, *, writing: bool) -> Any:  # noqa: ANN401 - each driver has its own
        connection = borrowed.driver_connection
        if connection is None:
            raise RuntimeError("the pool lent out a connection that is closed")
        self._boundary.cross("execute", "begin")
        with said_plainly(str(self.place)):
            connection.execute(begin(self._engine, writing=writing))
        return connection

    def _on(self, connection: Any, *, writing: bool) -> Transaction:  # noqa: ANN401 - each driver has its own
        place = str(self.place)
        return Transaction(connection, self._book, self._boundary, self.keys, self.secret, place, writing=writing)

    @staticmethod
    def _give_up(borrowed: PoolProxiedConnection) -> None:
        """Take back what was not committed; a connection that cannot do even that is not used again."""
        connection: Any = borrowed.driver_connection
        try:
            if connection.in_transaction:
                connection.rollback()
        except driver_errors():
            borrowed.invalidate()
