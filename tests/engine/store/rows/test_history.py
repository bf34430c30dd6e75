"""The log and the outbox."""

import pytest

from engine.errors import StoreError
from engine.store import Conflict, Store
from tests.engine.store.samples import NOON, event_after, notice, opened


def test_the_log_is_read_in_order(store: Store) -> None:
    with store.transaction() as tx:
        made = opened(tx, events=3)
        first = opened(tx, events=1)
    with store.reading() as tx:
        assert [row.event for row in tx.log(made.id)] == ["event_1", "event_2", "event_3"]
        assert [row.case_id for row in tx.log(first.id)] == [2]


def test_a_second_event_under_one_number_is_a_conflict(store: Store) -> None:
    with store.transaction() as tx:
        made = opened(tx)
    made.version, made.head = 0, ""
    with pytest.raises(Conflict), store.transaction() as tx:
        tx.append_log([event_after(made, "rival")])
    with store.reading() as tx:
        assert [row.event for row in tx.log(made.id)] == ["event_1"]


def test_an_event_of_no_case_is_refused(store: Store) -> None:
    with store.transaction() as tx:
        made = opened(tx)
    made.id = 99
    with pytest.raises(StoreError) as refused, store.transaction() as tx:
        tx.append_log([event_after(made)])
    assert not isinstance(refused.value, Conflict)


def test_notices_wait_until_they_are_marked_sent(store: Store) -> None:
    with store.transaction() as tx:
        made = opened(tx)
        tx.add_outbox([notice(made.id, ordinal=0, at=NOON + 5), notice(made.id, ordinal=1, at=NOON)])
        assert [row.ordinal for row in tx.unsent(10)] == [1, 0]
        assert [row.ordinal for row in tx.unsent(1)] == [1]
        tx.mark_sent(made.id, 1, 1, NOON + 9)
    with store.reading() as tx:
        assert [row.ordinal for row in tx.unsent(10)] == [0]


def test_one_notice_is_never_there_twice(store: Store) -> None:
    with store.transaction() as tx:
        made = opened(tx)
        tx.add_outbox([notice(made.id)])
    with pytest.raises(Conflict), store.transaction() as tx:
        tx.add_outbox([notice(made.id)])
