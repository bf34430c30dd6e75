"""Opening a store, and its transactions."""

import sqlite3
import subprocess
import sys
import threading
from contextlib import closing, suppress
from pathlib import Path
from typing import Any

import pytest

from engine.errors import StoreError
from engine.store import KeyRing, Store
from tests.engine.store.samples import ROOT, case, opened


class GivenUp(Exception):
    """The transaction is not wanted after all."""


def numbers(store: Store) -> list[int]:
    with store.reading() as tx:
        return [found.id for found in tx.cases()]


def test_a_new_file_is_a_store_with_a_key_file_beside_it(path: Path) -> None:
    with Store.open(path) as store:
        assert store.created
        assert store.keys.path == path.with_name("madoguchi.db.key")
    with Store.open(path) as store:
        assert not store.created


def test_what_is_committed_is_there_when_the_store_is_opened_again(path: Path) -> None:
    with Store.open(path) as store, store.transaction() as tx:
        opened(tx)
        tx.put_value(1, "a", b"{}", 0)
    with Store.open(f"sqlite:///{path}") as store, store.reading() as tx:
        assert tx.get_value(1, "a") == b"{}"


def test_a_closed_store_is_one_file_and_its_keys(path: Path) -> None:
    with Store.open(path) as store, store.transaction() as tx:
        opened(tx)
    assert sorted(file.name for file in path.parent.iterdir()) == ["madoguchi.db", "madoguchi.db.key"]


@pytest.mark.parametrize("name", ["50% a?b#c &d.db", "窓口 髙𠮷.db", "'; DROP TABLE case_; --.db", "-wal"])
def test_a_store_can_have_any_name_that_a_file_can(tmp_path: Path, name: str) -> None:
    with Store.open(tmp_path / name) as store, store.transaction() as tx:
        opened(tx)
    with Store.open(str(tmp_path / name)) as store:
        assert numbers(store) == [1]
    assert sorted(file.name for file in tmp_path.iterdir()) == [name, f"{name}.key"]


def test_two_stores_in_memory_know_nothing_of_each_other() -> None:
    with Store.open(":memory:") as one, Store.open(":memory:") as other:
        with one.transaction() as tx:
            opened(tx)
        assert (numbers(one), numbers(other)) == ([1], [])


def test_keys_can_stand_elsewhere(path: Path, tmp_path: Path) -> None:
    safe = tmp_path / "safe" / "city.key"
    safe.parent.mkdir()
    Store.open(path, safe).close()
    with Store.open(path, KeyRing.load(safe)) as store:
        assert store.keys.path == safe
    assert not path.with_name("madoguchi.db.key").exists()


def test_a_key_file_that_is_there_already_is_taken(path: Path) -> None:
    ring = KeyRing.create(path.with_name("madoguchi.db.key"))
    with Store.open(path) as store:
        assert store.keys.path == ring.path


def test_only_full_durability_is_the_default(path: Path) -> None:
    with Store.open(path) as store, store.reading() as tx:
        connection: Any = tx._connection  # noqa: SLF001 - each connection has settings of its own
        told = {name: connection.execute(f"PRAGMA {name}").fetchone()[0] for name in PRAGMAS}
    assert told == PRAGMAS


PRAGMAS = {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "secure_delete": 1, "busy_timeout": 10_000}


def test_a_store_is_live_unless_it_was_made_for_practice(path: Path) -> None:
    with Store.open(path) as store:
        assert not store.practice
    with pytest.raises(StoreError) as refused:
        Store.open(path, practice=True)
    assert "本番用です" in refused.value.ja
    with Store.open(path, practice=False) as store:
        assert not store.practice


def test_a_practice_store_stays_one(path: Path) -> None:
    Store.open(path, practice=True).close()
    with Store.open(path) as store:
        assert store.practice
    with pytest.raises(StoreError, match="練習用です"):
        Store.open(path, practice=False)


def test_nothing_is_kept_of_a_transaction_that_was_given_up(store: Store) -> None:
    with suppress(GivenUp), store.transaction() as tx:
        opened(tx)
        raise GivenUp
    assert numbers(store) == []


def test_nothing_that_a_reader_writes_is_kept(store: Store) -> None:
    with store.reading() as tx:
        opened(tx)
    assert numbers(store) == []


def test_a_reader_sees_one_state_while_others_write(path: Path) -> None:
    with Store.open(path) as store, Store.open(path) as other:
        with store.reading() as tx:
            assert list(tx.cases()) == []
            with other.transaction() as writing:
                opened(writing)
            assert list(tx.cases()) == []
        assert numbers(store) == [1]


@pytest.mark.parametrize("inner", ["transaction", "reading"])
@pytest.mark.parametrize("outer", ["transaction", "reading"])
def test_a_transaction_inside_another_is_a_mistake_of_ours(store: Store, outer: str, inner: str) -> None:
    with getattr(store, outer)(), pytest.raises(RuntimeError), getattr(store, inner)():
        pass
    assert numbers(store) == []


def test_threads_of_one_program_wait_for_each_other(store: Store) -> None:
    def write() -> None:
        for _ in range(20):
            with store.transaction() as tx:
                tx.insert_case(case())

    threads = [threading.Thread(target=write) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert numbers(store) == list(range(1, 161))


def test_a_writer_that_waits_too_long_is_told_that_the_store_is_busy(path: Path) -> None:
    with Store.open(path, patience=0.1) as store:
        with closing(sqlite3.connect(path, isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            with pytest.raises(StoreError, match="使用中"), store.transaction():
                pass
        with store.transaction() as tx:
            opened(tx)
        assert numbers(store) == [1]


def test_a_thread_that_waits_too_long_is_told_so_too(path: Path) -> None:
    with Store.open(path, patience=0.05) as store:
        held, done = threading.Event(), threading.Event()

        def hold() -> None:
            with store.transaction():
                held.set()
                done.wait(10)

        thread = threading.Thread(target=hold)
        thread.start()
        held.wait(10)
        with pytest.raises(StoreError, match="使用中"), store.transaction():
            pass
        done.set()
        thread.join()


WRITER = """
import sys
from engine.store import Store
from tests.engine.store.samples import case
with Store.open(sys.argv[1]) as store:
    for _ in range(int(sys.argv[2])):
        with store.transaction() as tx:
            tx.insert_case(case())
"""


def test_two_programs_make_one_store_together_and_write_by_turns(path: Path) -> None:
    command = [sys.executable, "-c", WRITER, str(path), "50"]
    programs = [subprocess.Popen(command, stderr=subprocess.PIPE, cwd=ROOT) for _ in range(2)]
    said = [program.communicate(timeout=60)[1] for program in programs]
    assert said == [b"", b""]
    with Store.open(path) as store:
        assert numbers(store) == list(range(1, 101))
