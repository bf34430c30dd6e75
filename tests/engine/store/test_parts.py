"""Parts of one transaction, of which each can be given up alone."""

import pytest

from engine.errors import StoreError
from engine.store import Store
from tests.engine.store.samples import NOON, opened, task


def test_a_part_given_up_takes_back_its_own_changes_and_no_others(store: Store) -> None:
    with store.transaction() as tx:
        first = opened(tx.begin_part()).id
        tx.keep_part()
        assert opened(tx.begin_part()).id == first + 1
        tx.give_up_part()
        assert opened(tx.begin_part()).id == first + 1
        tx.keep_part()
    with store.reading() as tx:
        assert [case.id for case in tx.cases()] == [first, first + 1]


def test_a_part_remembers_nothing_of_one_that_was_given_up(store: Store) -> None:
    with store.transaction() as tx:
        case_id = opened(tx).id
    with store.transaction() as tx:
        for end in (tx.give_up_part, tx.keep_part):
            tx.begin_part().put_tasks([task(case_id)])
            end()
    with store.reading() as tx:
        whole = tx.whole(case_id)
        assert whole is not None
        assert whole.tasks == {1: task(case_id)}


def test_parts_kept_are_given_up_with_the_whole(store: Store) -> None:
    with store.reading() as tx:
        tx.begin_part().put_command("k", 1, "f", "{}", NOON)
        tx.keep_part()
    with store.reading() as tx:
        assert tx.command("k") is None


def test_a_part_of_a_transaction_that_is_gone_cannot_be_given_up(store: Store) -> None:
    with store.transaction() as tx:
        part = tx.begin_part()
        tx._connection.execute("ROLLBACK")  # noqa: SLF001 - as a database does by itself when its disk is full
        with pytest.raises(StoreError, match="この操作は何も保存されていません"):
            part.give_up_part()
