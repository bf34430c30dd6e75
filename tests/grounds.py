"""What a store can stand on: a file, memory, a PostgreSQL server. What holds of one has to hold of all."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

import pytest

from engine.store import Store

if TYPE_CHECKING:
    from tests.postgres import Server


class Ground(Protocol):
    """A place of a test's own. `place` is what `--db` would say."""

    place: str

    def open(self, **more: Any) -> Store:  # noqa: ANN401 - as `Store.open` takes them
        """The store there, made when it is opened first."""
        ...

    def execute(self, said: str) -> list[Any]:
        """What a statement gives that somebody runs past the program, or how many rows it changed, in a list."""
        ...


class FileGround:
    """A file in a folder. It does not wait for the disk (`NORMAL`): no test that stands on a ground cuts the power."""

    def __init__(self, folder: Path) -> None:
        self.place = str(folder / "madoguchi.db")

    def open(self, **more: Any) -> Store:  # noqa: ANN401 - as `Store.open` takes them
        """The store in the file."""
        return Store.open(self.place, **{"synchronous": "NORMAL", **more})

    def execute(self, said: str) -> list[Any]:
        """By the standard library's sqlite3."""
        with closing(sqlite3.connect(self.place)) as connection, connection:
            cursor = connection.execute(said)
            return cursor.fetchall() if cursor.description else [cursor.rowcount]


class MemoryGround:
    """Memory, where every opening makes another store."""

    place = ":memory:"

    def open(self, **more: Any) -> Store:  # noqa: ANN401 - as `Store.open` takes them
        """A new store."""
        return Store.open(self.place, **more)

    def execute(self, said: str) -> list[Any]:
        """Nobody comes past the program here."""
        raise NotImplementedError(said)


class ServerGround:
    """A store on a server, which has been emptied for the test."""

    def __init__(self, server: Server) -> None:
        self._server = server
        self.place = ""

    def open(self, *, practice: bool | None = None, **more: Any) -> Store:  # noqa: ANN401 - as `Store.open` takes them
        """The store, under the ring of all test stores on the server."""
        from tests.postgres import RING

        self.place = self.place or self._server.emptied(practice=bool(practice))
        return Store.open(self.place, RING, practice=practice, **more)

    def execute(self, said: str) -> list[Any]:
        """By psycopg, as one who may pass over what ties the tables to each other."""
        past = self._server.past(self.place)
        past.execute("SET session_replication_role = replica")
        cursor = past.execute(said.encode())
        return cursor.fetchall() if cursor.description else [cursor.rowcount]


def ground_called(name: str, request: pytest.FixtureRequest, folder: Path) -> Ground:
    """The ground of that name."""
    if name == "postgres":
        return ServerGround(request.getfixturevalue("server"))
    return FileGround(folder) if name == "file" else MemoryGround()
