"""Connections lent for one transaction each, from its beginning to its end."""

from __future__ import annotations

from types import TracebackType
from typing import Any

from sqlalchemy import Engine, PoolProxiedConnection

from engine.boundary import Boundary
from engine.store.failures import driver_errors, said_plainly, translated
from engine.store.place import Place
from engine.store.pool import begin
from engine.store.turns import Turns


class Lender:
    """Lends the connections of one store.

    Whoever has the store to himself (a writer of a file, anybody in memory) gets one connection that is kept for that:
    to take it out of the pool and to put it back costs as much as a good part of a short command.
    """

    def __init__(self, engine: Engine, place: Place, boundary: Boundary, patience: float) -> None:
        self.turns = Turns(str(place), patience)
        self._engine = engine
        self._place = place
        self._said = str(place)
        self._boundary = boundary
        self._begin = {writing: begin(engine, writing=writing) for writing in (True, False)}
        self._kept: PoolProxiedConnection | None = None

    def lend(self, *, writing: bool, begun: bool = True) -> Lent:
        """A connection for the time of a `with`, with a transaction begun on it unless something else is said."""
        alone = self._place.in_memory or (writing and self._place.server is None)
        return Lent(self, self._begin[writing] if begun else None, alone=alone)

    def take_out(self, begin: str | None, *, alone: bool) -> tuple[PoolProxiedConnection, Any]:
        """A connection of the pool, and the driver's own, on which a transaction was begun so."""
        borrowed = self._kept if alone else None
        if borrowed is None:
            with said_plainly(self._said):
                borrowed = self._engine.raw_connection()
        connection = borrowed.driver_connection
        if connection is None:
            raise RuntimeError("the pool lent out a connection that is closed")
        try:
            if begin is not None:
                self._boundary.cross("execute", "begin")
                connection.execute(begin)
        except BaseException as error:
            if alone:
                self._kept = None
            self.take_back(borrowed, connection)
            if isinstance(error, driver_errors()):
                raise translated(error, self._said) from error
            raise
        if alone:  # who is not may come at the same time as one who is
            self._kept = borrowed
        return borrowed, connection

    def commit(self, connection: Any) -> None:  # noqa: ANN401 - each driver has its own
        """Keep what was done on a connection.

        Raises:
            StoreError: the store is busy, full or broken; nothing was kept, unless it says that nobody knows.
        """
        self._boundary.cross("commit", "transaction")
        try:
            connection.commit()
        except driver_errors() as error:
            raise translated(error, self._said) from error

    def take_back(self, borrowed: PoolProxiedConnection, connection: Any) -> None:  # noqa: ANN401
        """Give up what was not committed; a connection that cannot do even that is not used again."""
        try:
            if connection.in_transaction:
                connection.rollback()
        except driver_errors():
            if borrowed is self._kept:
                self._kept = None
            borrowed.invalidate()
        if borrowed is not self._kept:
            borrowed.close()

    def close(self) -> None:
        """Close every connection."""
        if self._kept is not None:
            self._kept.close()
            self._kept = None
        self._engine.dispose()


class Lent:
    """One connection, lent; what is not committed on it by the end is given up."""

    __slots__ = ("_alone", "_begin", "_borrowed", "_connection", "_lender")

    def __init__(self, lender: Lender, begin: str | None, *, alone: bool) -> None:
        self._lender = lender
        self._begin = begin
        self._alone = alone

    def __enter__(self) -> Any:  # noqa: ANN401 - each driver has its own
        turns = self._lender.turns
        turns.begin(alone=self._alone)
        try:
            self._borrowed, self._connection = self._lender.take_out(self._begin, alone=self._alone)
        except BaseException:
            turns.end(alone=self._alone)
            raise
        return self._connection

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            self._lender.take_back(self._borrowed, self._connection)
        finally:
            self._lender.turns.end(alone=self._alone)
