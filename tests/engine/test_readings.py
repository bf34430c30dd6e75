"""Readings are noted one after another, however many programs note them at once, and never at the cost of a case."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from engine.actors import Actor
from engine.errors import StoreError
from engine.readings import note
from engine.store import Store
from engine.store.seal_verification import verify_readings
from tests.engine.store.samples import NOON, event_after, opened
from tests.grounds import Ground

PROGRAMS, EACH = 4, 8
VIEWER = Actor("clerk", "k1")


@pytest.fixture
def store(ground: Ground) -> Iterator[Store]:
    with ground.open() as found:
        yield found


def look(store: Store, times: int) -> None:
    for _ in range(times):
        note(store, 1, VIEWER, "case show", {"form.1": "general"}, NOON)


def test_programs_that_note_at_once_make_one_chain_without_a_gap(lasting: Ground) -> None:
    with lasting.open() as first:
        stores = [first, *(lasting.open() for _ in range(PROGRAMS - 1))]
        with ThreadPoolExecutor(PROGRAMS) as programs:
            for done in [programs.submit(look, store, EACH) for store in stores]:
                done.result()
        with first.reading() as tx:
            assert [row.number for row in tx.readings()] == [*range(1, PROGRAMS * EACH + 1)]
            assert verify_readings(tx) == []
        for store in stores[1:]:
            store.close()


def test_a_reading_leaves_a_case_to_whoever_works_on_it(store: Store) -> None:
    with store.transaction() as tx:
        made = opened(tx)
    look(store, 1)
    with store.transaction() as tx:
        tx.append_log([event_after(made)])
        assert tx.update_case(made, 1)


def test_nothing_shown_is_nothing_noted(store: Store) -> None:
    note(store, 1, VIEWER, "case show", {}, NOON)
    with store.reading() as tx:
        assert tx.last_reading() is None


def test_what_cannot_be_noted_is_said(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise StoreError("ディスクがいっぱいです。", "disk full")

    monkeypatch.setattr("engine.store.transaction.Transaction.add_reading", full)
    with pytest.raises(StoreError, match="いっぱい"):
        look(store, 1)
