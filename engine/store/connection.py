"""The store: opened once, asked for transactions."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Any, Self, TypeVar

from sqlalchemy import Engine

from engine.boundary import Boundary
from engine.store.failures import said_plainly
from engine.store.founding import Founded, found, join, ring_there
from engine.store.inspection import refuse_other_revision, revision_at
from engine.store.keys import KeyRing
from engine.store.lending import Lender
from engine.store.place import Place
from engine.store.pool import Synchronous, make_engine
from engine.store.scrubbing import scrub
from engine.store.session import book_of
from engine.store.transaction import Transaction

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
        self._said = str(place)
        self._boundary = boundary
        self._book = book_of(engine.dialect)
        self._lender = Lender(engine, place, boundary, patience)

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
        with self._lender.lend(writing=True) as connection:
            yield self._on(connection, writing=True)
            self._lender.commit(connection)

    def committed(self, act: Callable[[Transaction], T]) -> T:
        """What an act gives, once what it wrote is kept; as `transaction`, and quicker than a `with`."""
        with self._lender.lend(writing=True) as connection:
            given = act(self._on(connection, writing=True))
            self._lender.commit(connection)
        return given

    def refuse_second_transaction(self) -> None:
        """Nothing, when this thread has no transaction open; otherwise a RuntimeError."""
        self._lender.turns.refuse_second()

    @contextmanager
    def reading(self) -> Iterator[Transaction]:
        """A transaction that sees one state of the store throughout; what it might write is not kept."""
        with self._lender.lend(writing=False) as connection:
            yield self._on(connection, writing=False)

    def scrub(self) -> bool:
        """Whether what was destroyed is gone from the files of the database too.

        False while others still read it, and always on a server, of which `scrubbing` says what may be left.

        Raises:
            StoreError: the store is broken or read-only.
        """
        with self._lender.lend(writing=True, begun=False) as connection:
            self._boundary.cross("execute", "scrub")
            with said_plainly(self._said):
                return scrub(connection, self.place)

    def close(self) -> None:
        """Close every connection; a store in memory is gone with it."""
        self._lender.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _on(self, connection: Any, *, writing: bool) -> Transaction:  # noqa: ANN401 - each driver has its own
        return Transaction(connection, self._book, self._boundary, self.keys, self.secret, self._said, writing=writing)
