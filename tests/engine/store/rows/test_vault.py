"""Personal values at rest."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from engine.errors import StoreError
from engine.store import Store, StoredValue
from tests.engine.store.samples import NOON, opened

SECRET = '{"氏名":"花見川 さくら","number":"123456789012"}'.encode()


def test_a_value_comes_back_as_it_was_put(store: Store) -> None:
    with store.transaction() as tx:
        made = opened(tx)
        digest = tx.put_value(made.id, "submission/1", SECRET, NOON)
    with store.reading() as tx:
        assert tx.get_value(made.id, "submission/1") == SECRET
        assert tx.values(made.id) == [StoredValue("submission/1", 1, digest, NOON, None)]
        assert tx.get_value(made.id, "submission/2") is None


def test_the_same_value_put_twice_has_another_digest(store: Store) -> None:
    with store.transaction() as tx:
        made = opened(tx)
        digests = {tx.put_value(made.id, field, SECRET, NOON) for field in ("a", "b")}
    assert len(digests) == 2


def test_a_destroyed_value_is_gone_with_its_salt_and_its_destruction_is_on_record(path: Path) -> None:
    with Store.open(path) as store:
        with store.transaction() as tx:
            made = opened(tx)
            digest = tx.put_value(made.id, "a", SECRET, NOON)
        with store.transaction() as tx:
            tx.destroy(made.id, ["a", "b"], NOON + 1)
        with store.reading() as tx:
            assert tx.get_value(made.id, "a") is None
            assert tx.values(made.id) == [StoredValue("a", 1, digest, NOON, NOON + 1)]
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("SELECT salt, blob FROM value").fetchone() == (None, None)


def test_the_bytes_of_a_destroyed_value_do_not_stay_in_the_file(path: Path) -> None:
    with Store.open(path) as store, store.transaction() as tx:
        made = opened(tx)
        tx.put_value(made.id, "a", SECRET * 500, NOON)
    with closing(sqlite3.connect(path)) as connection:
        sealed: bytes = connection.execute("SELECT blob FROM value").fetchone()[0]
    part = sealed[-64:]  # a value of many pages is not in one piece
    assert part in path.read_bytes()
    with Store.open(path) as store, store.transaction() as tx:
        tx.destroy(made.id, ["a"], NOON)
    assert part not in path.read_bytes()


@pytest.mark.parametrize(
    "change",
    [
        *("case_id = 2", "field = 'b'", "salt = zeroblob(16)", "salt = 'text'", "salt = NULL, blob = NULL"),
        *("digest = 'x'", "digest = '鍵'", "blob = 'text'", "key_id = 2", "destroyed_at = 1"),
    ],
)
def test_a_value_that_was_moved_or_altered_does_not_open(path: Path, change: str) -> None:
    with Store.open(path) as store, store.transaction() as tx:
        tx.put_value(opened(tx).id, "a", SECRET, NOON)
        opened(tx)
    connection = sqlite3.connect(path)
    connection.execute(f"UPDATE value SET {change}")  # noqa: S608 - the changes stand above
    connection.commit()
    connection.close()
    with Store.open(path) as store, store.reading() as tx, pytest.raises(StoreError) as refused:
        assert tx.get_value(1, "a") or tx.get_value(1, "b") or tx.get_value(2, "a")
    assert "書きかえられた" in refused.value.ja
    assert "altered" in refused.value.en


def test_no_plain_value_is_ever_in_the_database_or_its_write_ahead_log(path: Path) -> None:
    canaries = [f"カナリア{number:04}号".encode() for number in range(50)]
    with Store.open(path) as store:
        with store.transaction() as tx:
            made = opened(tx)
            for number, canary in enumerate(canaries):
                tx.put_value(made.id, f"field_{number}", b'{"name":"' + canary + b'"}', NOON)
        files = {file.name: file.read_bytes() for file in path.parent.iterdir()}
    assert set(files) == {path.name, f"{path.name}-wal", f"{path.name}-shm", f"{path.name}.key"}
    files["closed"] = path.read_bytes()
    assert [(name, canary) for name, held in files.items() for canary in canaries if canary in held] == []
    assert b"field_49" in files["closed"]  # the field's name is there, so the values were
