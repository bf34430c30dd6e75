"""A seal closes over what changed, once, whole or not at all."""

import sqlite3
from concurrent.futures import ThreadPoolExecutor, wait
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy.dialects import sqlite

from engine.errors import StoreError
from engine.store import Store, Transaction, heads, sealing, verify_all
from engine.store.prepared import prepare
from engine.store.seal_statements import UNSEALED_HEADS
from engine.store.sealing import seal, signer_of, signing_path
from engine.store.signing import Signer
from tests.engine.store.samples import NOON, case, event_after, opened, store_with
from tests.engine.store.test_crossings import Counting, Stop
from tests.grounds import Ground

SIGNER = Signer.create(None)
WHO = ("clerk", "k1")


def sealed_leaves(store: Store) -> list[tuple[str, int, int]]:
    with store.reading() as tx:
        return [(leaf.kind, leaf.case_id, leaf.version) for leaf in tx.leaves(0, 99)]


def grown(tx: Transaction, case_id: int) -> None:
    """One more event of a case."""
    whole = tx.whole(case_id)
    assert whole is not None
    before = whole.case.version
    tx.append_log([event_after(whole.case)])
    assert tx.update_case(whole.case, before)


def test_a_seal_has_a_leaf_for_every_case_and_the_next_one_only_for_what_changed(store: Store) -> None:
    with store.transaction() as tx:
        assert [opened(tx, length).id for length in (1, 2, 3)] == [1, 2, 3]
    assert [one.size for one in seal(store, SIGNER, NOON)] == [3]
    with store.transaction() as tx:
        grown(tx, 2)
        assert [head.id for head in tx.unsealed_heads(99)] == [2]
    assert [one.size for one in seal(store, SIGNER, NOON + 1)] == [4]
    assert sealed_leaves(store) == [("case", 1, 1), ("case", 2, 2), ("case", 3, 3), ("case", 2, 3)]


def test_nothing_is_sealed_twice_and_nothing_of_an_empty_store(store: Store) -> None:
    assert seal(store, SIGNER, NOON) == []
    with store.transaction() as tx:
        opened(tx)
    assert len(seal(store, SIGNER, NOON)) == 1
    assert seal(store, SIGNER, NOON) == []


def test_many_cases_make_several_seals_each_after_the_other(store: Store) -> None:
    with store.transaction() as tx:
        for _ in range(7):
            opened(tx)
    made = seal(store, SIGNER, NOON, most=3)
    assert [(one.number, one.size) for one in made] == [(1, 3), (2, 6), (3, 7)]
    assert [one.previous for one in made] == ["", heads.after(made[0]), heads.after(made[1])]
    assert len({one.store for one in made}) == 1


def test_readings_are_sealed_with_the_cases_and_also_without_them(store: Store) -> None:
    with store.transaction() as tx:
        tx.add_reading(opened(tx).id, WHO, "case show", {"form.1": "general"}, NOON)
    seal(store, SIGNER, NOON)
    with store.transaction() as tx:
        tx.add_reading(1, WHO, "case show", {"form.1": "general"}, NOON)
        tx.add_reading(1, WHO, "case notices", {"notice.2.1": "general"}, NOON)
    seal(store, SIGNER, NOON)
    assert sealed_leaves(store) == [("case", 1, 1), ("readings", 0, 1), ("readings", 0, 3)]


def state(store: Store) -> tuple[int, int, int]:
    """How many seals and leaves there are, and how many cases wait."""
    with store.reading() as tx:
        return len(tx.seals()), len(tx.leaves(0, 9)), len(tx.unsealed_heads(9))


def test_a_program_that_ends_before_any_crossing_leaves_a_seal_whole_or_absent(path: Path) -> None:
    store_with(path, 1, 2, 3)
    kept, after = path.read_bytes(), []
    undisturbed = Counting()
    with Store.open(path, boundary=undisturbed) as store:
        seal(store, SIGNER, NOON)
    for at in range(1, len(undisturbed.seen) + 1):
        path.write_bytes(kept)
        with Store.open(path, boundary=Counting(stop_at=at)) as store:
            with pytest.raises(Stop):
                seal(store, SIGNER, NOON)
            after.append(state(store))
            seal(store, SIGNER, NOON)
            assert state(store) == (1, 3, 0)
    commit = undisturbed.seen.index(("commit", "transaction")) + 1
    assert after == [(0, 0, 3)] * commit + [(1, 3, 0)] * (len(after) - commit)
    assert commit > 8


def test_two_who_seal_at_once_make_one_seal(path: Path) -> None:
    store_with(path, 1)
    with Store.open(path) as one, Store.open(path) as other:
        assert [len(seal(store, SIGNER, NOON)) for store in (one, other)] == [1, 0]


def test_a_seal_waits_for_a_command_that_is_under_way_or_leaves_its_case_to_the_next(lasting: Ground) -> None:
    with lasting.open() as one, lasting.open() as other, ThreadPoolExecutor(1) as sealing_elsewhere:
        with one.transaction() as tx:
            opened(tx)
        with one.transaction() as tx:
            grown(tx, 1)
            done = sealing_elsewhere.submit(seal, other, SIGNER, NOON)
            assert not wait([done], timeout=0.3).done
        done.result()
        with one.reading() as tx:
            assert [leaf.version for leaf in tx.leaves(0, 9)] == [2]
            assert verify_all(tx) == []


def test_the_signing_key_lies_beside_the_key_file_and_only_its_owner_reads_it(path: Path) -> None:
    store_with(path, 1)
    with Store.open(path) as store:
        made = signer_of(store)
        assert made.path == signing_path(store) == path.with_name("madoguchi.db.sign")
        assert made.path is not None
        assert made.path.stat().st_mode & 0o777 == 0o600
        assert signer_of(store).public.id == made.public.id


def test_a_store_that_was_sealed_is_not_sealed_with_a_new_key(path: Path) -> None:
    store_with(path, 1, 1)
    with Store.open(path) as store:
        made = signer_of(store)
        seal(store, made, NOON)
        with pytest.raises(StoreError, match=rf"の鍵 {made.public.id} ではありません"):
            seal(store, SIGNER, NOON)
        path.with_name("madoguchi.db.sign").unlink()
        with pytest.raises(StoreError, match=rf"がありません。.*鍵 {made.public.id}"):
            signer_of(store)


def test_a_folder_where_no_key_can_be_made_is_named(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with Store.open(path) as store:
        monkeypatch.setattr(sealing, "signing_path", lambda _: path / "deeper" / "x.sign")
        with pytest.raises(StoreError, match="を作れません"):
            signer_of(store)


def test_a_case_without_a_new_event_does_not_wait(store: Store) -> None:
    with store.transaction() as tx:
        made = case()
        tx.insert_case(made)
        assert tx.unsealed_heads(9) == []
        tx.append_log([event_after(made)])
        assert tx.is_unsealed(made.id)


def test_a_seal_reads_only_the_cases_that_changed(path: Path) -> None:
    store_with(path, 1)
    waiting = prepare(UNSEALED_HEADS, sqlite.dialect()).text
    with closing(sqlite3.connect(path)) as connection:
        plan = [row[3] for row in connection.execute(f"EXPLAIN QUERY PLAN {waiting}", (9,) * waiting.count("?"))]
    assert plan[0] == "SCAN unsealed"
    assert plan[1].startswith("SEARCH case_ USING INTEGER PRIMARY KEY")
