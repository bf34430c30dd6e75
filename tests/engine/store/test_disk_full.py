"""A disk that fills up: a limit on file size, met at one place of the write after another."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from engine.errors import StoreError
from engine.store import Store, Transaction, verify_all
from tests.engine.store.samples import ROOT, opened

PROGRAM = """
import json, os, resource, sys
from engine.errors import StoreError
from engine.store import Store
from tests.engine.store.samples import NOON, event_after, notice, opened

path = sys.argv[1]
kept, said = [], set()
with Store.open(path) as store:
    for step in range(0, 60_000, 700):
        resource.setrlimit(resource.RLIMIT_FSIZE, (os.path.getsize(path + "-wal") + step, resource.RLIM_INFINITY))
        try:
            with store.transaction() as tx:
                made = opened(tx, events=3)
                tx.put_value(made.id, "form", b"x" * 9000, NOON)
                tx.add_outbox([notice(made.id)])
            kept.append(made.id)
        except StoreError as error:
            said.add(error.ja)
        resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
    with store.transaction() as tx:
        kept.append(opened(tx).id)
print(json.dumps([kept, sorted(said)]))
"""


def test_a_full_disk_is_said_and_leaves_all_or_nothing_of_a_command(path: Path) -> None:
    run = subprocess.run([sys.executable, "-c", PROGRAM, str(path)], capture_output=True, check=True, cwd=ROOT)
    assert run.stderr == b""
    kept, said = json.loads(run.stdout)
    assert len(kept) < 80
    assert kept == list(range(1, len(kept) + 1))
    assert len(said) == 1
    assert "ディスクがいっぱいか、ファイルの大きさの上限" in said[0]
    with Store.open(path) as store, store.reading() as tx:
        assert [case.id for case in tx.cases()] == kept
        assert verify_all(tx) == []
        assert [len(tx.values(case_id)) for case_id in kept] == [1] * (len(kept) - 1) + [0]
        connection = tx._connection  # noqa: SLF001 - a question to SQLite itself
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]


def fill(tx: Transaction) -> None:
    tx._connection.execute("PRAGMA max_page_count = 1")  # noqa: SLF001 - as if no page could be added
    for _ in range(100):
        opened(tx, events=10)


@pytest.mark.parametrize("place", ["a.db", ":memory:"])
def test_a_full_database_says_the_same(place: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    with Store.open(place) as store, pytest.raises(StoreError, match="ディスクがいっぱい"), store.transaction() as tx:
        fill(tx)
