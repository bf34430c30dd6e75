"""What the driver reports comes out as a sentence."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from engine.errors import StoreError
from engine.store import Store
from engine.store.failures import translated
from tests.engine.store.samples import opened, store_with


def reported(code: int) -> sqlite3.OperationalError:
    error = sqlite3.OperationalError("as the driver puts it")
    error.sqlite_errorcode = code
    return error


def test_a_store_that_turns_read_only_says_so(path: Path) -> None:
    with Store.open(path) as store, store.transaction() as tx:
        tx._connection.execute("PRAGMA query_only = ON")  # noqa: SLF001 - as if the disk were mounted anew
        with pytest.raises(StoreError, match="読み取り専用"):
            opened(tx)


def test_damage_found_while_reading_says_so(path: Path) -> None:
    store_with(path, 40, 40)
    with closing(sqlite3.connect(path)) as connection:
        page = connection.execute("SELECT rootpage FROM sqlite_master WHERE name = 'event'").fetchone()[0]
        size = connection.execute("PRAGMA page_size").fetchone()[0]
    held = bytearray(path.read_bytes())
    held[(page - 1) * size : page * size] = b"\xff" * size
    path.write_bytes(held)
    with Store.open(path) as store, store.reading() as tx, pytest.raises(StoreError, match="壊れています"):
        tx.log(1)


@pytest.mark.parametrize(
    ("code", "says"),
    [
        (sqlite3.SQLITE_FULL, "ディスクがいっぱい"),
        (sqlite3.SQLITE_IOERR_WRITE, "ディスクがいっぱい"),
        (sqlite3.SQLITE_IOERR_FSYNC, "入出力エラー"),
        (sqlite3.SQLITE_IOERR_READ, "入出力エラー"),
        (sqlite3.SQLITE_READONLY_DBMOVED, "読み取り専用"),
        (sqlite3.SQLITE_BUSY_SNAPSHOT, "使用中"),
        (sqlite3.SQLITE_LOCKED_SHAREDCACHE, "使用中"),
        (sqlite3.SQLITE_CORRUPT_VTAB, "壊れています"),
        (sqlite3.SQLITE_NOTADB, "データベースのファイルではありません"),
        (sqlite3.SQLITE_CANTOPEN, "開けません"),
        (sqlite3.SQLITE_TOOBIG, "as the driver puts it"),
    ],
)
def test_every_report_has_its_sentence(code: int, says: str) -> None:
    said = translated(reported(code), "/srv/a.db")
    assert isinstance(said, StoreError)
    assert says in said.ja
    assert "/srv/a.db" in said.ja
    assert "/srv/a.db" in said.en


def test_a_mistake_of_ours_is_not_dressed_up() -> None:
    mistake = sqlite3.ProgrammingError("Incorrect number of bindings supplied")
    assert translated(mistake, "/srv/a.db") is mistake
