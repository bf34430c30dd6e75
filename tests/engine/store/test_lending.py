"""The connection that is kept for whoever has the store alone."""

import sqlite3
from pathlib import Path

import pytest

from engine.boundary import Boundary, Kind
from engine.store import Store


class Stops(Boundary):
    """Lets everything pass until it is told to stop at a crossing of this name."""

    __slots__ = ("at",)

    def __init__(self) -> None:
        self.at = ""

    def cross(self, kind: Kind, what: str) -> None:
        if what == self.at:
            raise KeyboardInterrupt(kind)


def test_a_connection_that_broke_is_not_used_again(tmp_path: Path) -> None:
    with Store.open(tmp_path / "cases.db") as store:
        with store.transaction() as tx:
            connection = tx._connection  # noqa: SLF001 - to break it
        connection.close()  # type: ignore[attr-defined]  # a driver's own
        with pytest.raises(sqlite3.ProgrammingError):
            store.committed(lambda tx: tx.next_number("case"))
        with store.transaction() as tx:
            assert tx.next_number("case") == 1


@pytest.mark.parametrize("place", ["begin", "transaction"])
def test_whoever_is_interrupted_leaves_the_store_usable(tmp_path: Path, place: str) -> None:
    boundary = Stops()
    with Store.open(tmp_path / "cases.db", boundary=boundary) as store:
        boundary.at = place
        with pytest.raises(KeyboardInterrupt), store.transaction() as tx:
            tx.next_number("case")
        boundary.at = ""
        assert store.committed(lambda tx: tx.next_number("case")) == 1
