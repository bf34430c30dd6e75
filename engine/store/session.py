"""One open transaction on one driver connection: prepared statements in, plain rows out."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Protocol

from sqlalchemy import Dialect

from engine.boundary import Boundary
from engine.errors import StoreError
from engine.store.failures import driver_errors, translated, undecodable
from engine.store.prepared import Prepared, Statement, Values, prepare

Row = tuple[Any, ...]


class Cursor(Protocol):
    """What a driver gives back for a statement."""

    rowcount: int

    def fetchall(self) -> list[Row]:
        """Every row that is left."""
        ...


class Connection(Protocol):
    """What the store asks of a driver connection."""

    def execute(self, sql: str, parameters: Any = ..., /) -> Cursor:  # noqa: ANN401 - each driver has its own
        """Run one statement."""
        ...

    def executemany(self, sql: str, parameters: Sequence[Any], /) -> Cursor:
        """Run one statement for each set of values."""
        ...


class Book(dict[Statement, Prepared]):
    """The prepared statements of one dialect; each is compiled when it is first used."""

    def __init__(self, dialect: Dialect) -> None:
        super().__init__()
        self._dialect = dialect

    def __missing__(self, statement: Statement) -> Prepared:
        found = self[statement] = prepare(statement, self._dialect)
        return found


_BOOKS: dict[tuple[str, str], Book] = {}


def book_of(dialect: Dialect) -> Book:
    """The book of a dialect and its driver, shared by all stores of the program: compiling is most of an opening."""
    return _BOOKS.setdefault((dialect.name, dialect.driver), Book(dialect))


class Session:
    """Runs statements within one transaction; every one of them crosses the boundary first."""

    def __init__(self, connection: Connection, book: Book, boundary: Boundary, place: str) -> None:
        self._connection = connection
        self._book = book
        self._boundary = boundary
        self._cross = boundary.cross
        self._place = place

    def rows(self, statement: Statement, values: Values = ()) -> list[Row]:
        """Every row that a query gives."""
        prepared = self._book[statement]
        self._cross("execute", prepared.name)
        try:
            bound = values if prepared.bind is None else prepared.bind(values)
            return self._connection.execute(prepared.text, bound).fetchall()
        except driver_errors() as error:
            raise translated(error, self._place) from error

    def row(self, statement: Statement, values: Values = ()) -> Row | None:
        """The one row that a query gives, or None."""
        found = self.rows(statement, values)
        return found[0] if found else None

    def run(self, statement: Statement, values: Values) -> int:
        """How many rows a change touched."""
        prepared = self._book[statement]
        self._cross("execute", prepared.name)
        try:
            bound = values if prepared.bind is None else prepared.bind(values)
            return self._connection.execute(prepared.text, bound).rowcount
        except driver_errors() as error:
            raise translated(error, self._place) from error

    def run_each(self, statement: Statement, several: Sequence[Values]) -> None:
        """Make one change for each set of values; they cross the boundary together."""
        if not several:
            return
        prepared = self._book[statement]
        self._cross("execute", prepared.name)
        try:
            bound = several if prepared.bind is None else [prepared.bind(values) for values in several]
            self._connection.executemany(prepared.text, bound)
        except driver_errors() as error:
            raise translated(error, self._place) from error

    def control(self, text: str) -> None:
        """Say something about the transaction itself."""
        self._cross("execute", text)
        try:
            self._connection.execute(text)
        except driver_errors() as error:
            raise translated(error, self._place) from error

    def rows_as_stored(self, statement: Statement, values: Values = ()) -> list[Row]:
        """Every row that a query gives, even one whose text somebody turned into bytes that are no text."""
        try:
            return self.rows(statement, values)
        except StoreError as error:
            if not undecodable(error.__cause__):
                raise
            return self._rows_of_bytes(statement, values)

    def _rows_of_bytes(self, statement: Statement, values: Values) -> list[Row]:
        connection: Any = self._connection  # only SQLite keeps text without looking at it, so only it comes here
        connection.text_factory = lambda raw: raw.decode("utf-8", "surrogateescape")
        try:
            return self.rows(statement, values)
        finally:
            connection.text_factory = str
