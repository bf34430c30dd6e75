"""What is refused at the door, and that nothing was changed by refusing it."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from engine.errors import StoreError
from engine.store import KeyRing, Store
from engine.store.schema import REVISION
from tests.engine.store.samples import store_with


def sql(path: Path, *statements: str) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        for statement in statements:
            connection.execute(statement)


def refusal(path: Path) -> StoreError:
    """What opening the place says; checks that every file there stays as it was."""
    root = path.parent if path.parent.is_dir() else path.parent.parent
    before = {file: file.read_bytes() for file in root.rglob("*") if file.is_file()}
    with pytest.raises(StoreError) as refused:
        Store.open(path, patience=0.1)
    assert {file: file.read_bytes() for file in root.rglob("*") if file.is_file()} == before
    assert str(path) in refused.value.ja
    assert str(path) in refused.value.en
    return refused.value


def garbage(path: Path) -> None:
    path.write_bytes(b"%PDF-1.7\n" + bytes(range(256)) * 40)


def nearly_a_database(path: Path) -> None:
    path.write_bytes(b"SQLite format 3\0" + bytes(5000))


def another_database(path: Path) -> None:
    sql(path, "CREATE TABLE accounts (id)", "INSERT INTO accounts VALUES (1)")


def another_database_with_a_write_ahead_log(path: Path) -> None:
    sql(path, "PRAGMA journal_mode = WAL", "CREATE TABLE accounts (id)", "INSERT INTO accounts VALUES (1)")


def tables_of_our_names(path: Path) -> None:
    sql(path, "CREATE TABLE meta (x)", "CREATE TABLE alembic_version (y)")


def another_alembic_database(path: Path) -> None:
    sql(path, "CREATE TABLE meta (name, value)", "CREATE TABLE alembic_version (version_num)")


@pytest.mark.parametrize(
    ("thing", "says"),
    [
        (Path.mkdir, "フォルダーです"),
        (garbage, "データベースのファイルではありません"),
        (nearly_a_database, "データベースのファイルではありません"),
        (another_database, "別のデータベースです"),
        (another_database_with_a_write_ahead_log, "別のデータベースです"),
        (tables_of_our_names, "別のデータベースです"),
        (another_alembic_database, "別のデータベースです"),
    ],
)
def test_what_is_no_store_is_refused_and_left_alone(path: Path, thing: Callable[[Path], None], says: str) -> None:
    thing(path)
    assert says in refusal(path).ja


def test_a_folder_that_is_missing_is_not_made(path: Path) -> None:
    assert "フォルダーがありません" in refusal(path.parent / "gone" / "a.db").ja
    assert list(path.parent.iterdir()) == []


def test_a_device_is_no_store() -> None:
    with pytest.raises(StoreError, match="通常のファイルではありません"):
        Store.open("/dev/null")


def test_a_name_too_long_for_a_file_is_refused(path: Path) -> None:
    assert "調べられません" in refusal(path.with_name("a" * 300)).ja


def test_an_empty_file_becomes_a_store(path: Path) -> None:
    path.touch()
    with Store.open(path) as store:
        assert store.created


def test_a_database_without_tables_becomes_a_store(path: Path) -> None:
    sql(path, "PRAGMA journal_mode = WAL")
    with Store.open(path) as store:
        assert store.created


def test_a_newer_store_is_refused_naming_both_revisions(path: Path) -> None:
    store_with(path, 1)
    sql(path, "UPDATE alembic_version SET version_num = '0042'")
    said = refusal(path)
    for text in (said.ja, said.en):
        assert "0042" in text
        assert REVISION in text


def test_a_revision_of_no_number_is_refused_as_unknown(path: Path) -> None:
    store_with(path, 1)
    sql(path, "UPDATE alembic_version SET version_num = 'ae1027a6acf'")
    assert "ae1027a6acf" in refusal(path).ja


def test_an_older_store_is_told_how_to_upgrade(path: Path) -> None:
    store_with(path, 1)
    sql(path, "UPDATE alembic_version SET version_num = '0000'")
    said = refusal(path)
    assert "madoguchi db upgrade" in said.ja
    assert "madoguchi db upgrade" in said.en


def test_a_store_held_by_another_program_is_busy(path: Path) -> None:
    store_with(path, 1)
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("PRAGMA locking_mode = EXCLUSIVE")
        other.execute("BEGIN EXCLUSIVE")
        with pytest.raises(StoreError, match="使用中"):
            Store.open(path, patience=0.1)


def test_a_damaged_store_says_so(path: Path) -> None:
    store_with(path, 3)
    held = path.read_bytes()
    path.write_bytes(held[:100] + b"\xff" * 2000 + held[2100:])
    assert "壊れています" in refusal(path).ja


def test_a_key_file_that_is_missing_is_named(path: Path) -> None:
    store_with(path, 1)
    key = path.with_name(f"{path.name}.key")
    key.unlink()
    assert str(key) in refusal(path).ja


def test_the_key_file_of_another_store_is_refused(path: Path) -> None:
    store_with(path, 1)
    key = path.with_name(f"{path.name}.key")
    key.unlink()
    KeyRing.create(key)
    assert "のものではありません" in refusal(path).ja


def test_no_store_is_made_beside_a_garbled_key_file(path: Path) -> None:
    path.with_name(f"{path.name}.key").write_text("{}", "utf-8")
    with pytest.raises(StoreError, match="鍵ファイルとして読めません"):
        Store.open(path)
    assert not path.exists()
