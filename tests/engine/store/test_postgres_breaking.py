"""Connections to a server that break, and many that use it at once."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import TYPE_CHECKING, Any

import pytest

from engine.errors import StoreError
from engine.store import Conflict, Store, Transaction
from tests.engine.store.samples import NOON, RING, case, numbers, opened

if TYPE_CHECKING:
    from tests.postgres import Server


def cut(tx: Transaction, server: Server) -> None:
    """End the connection of a transaction, as an administrator does."""
    connection: Any = tx._connection  # noqa: SLF001 - a question to the server itself
    server.execute(f"SELECT pg_terminate_backend({connection.info.backend_pid}, 5000)")


def at_once(acts: Sequence[Callable[[], object]]) -> list[Exception]:
    """What was raised when all of them were done at the same time, each in a thread."""
    raised: list[Exception] = []

    def run(act: Callable[[], object]) -> None:
        try:
            act()
        except StoreError as error:
            raised.append(error)

    threads = [threading.Thread(target=run, args=(act,)) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return raised


def test_connections_that_were_cut_between_two_commands_are_replaced_unseen(schema: str, server: Server) -> None:
    ours = "pid FROM pg_stat_activity WHERE application_name = 'madoguchi'"
    with Store.open(schema, RING) as store:
        for number in (1, 2, 3):
            with store.transaction() as tx:
                opened(tx)
            server.execute(f"SELECT pg_terminate_backend(pid, 5000), {ours}")
            assert numbers(store) == list(range(1, number + 1))


def test_a_connection_cut_in_the_middle_of_a_command_leaves_nothing_and_the_next_one_works(
    schema: str, server: Server
) -> None:
    def command(tx: Transaction) -> None:
        opened(tx)
        cut(tx, server)
        opened(tx)

    with Store.open(schema, RING) as store:
        with pytest.raises(StoreError, match="途中で切れました。この操作は何も保存"), store.transaction() as tx:
            command(tx)
        assert numbers(store) == []
        with store.transaction() as tx:
            opened(tx)
        assert numbers(store) == [1]


def test_a_connection_cut_just_before_its_commit_says_that_the_outcome_is_not_known(
    schema: str, server: Server
) -> None:
    with Store.open(schema, RING) as store:
        with pytest.raises(StoreError, match="保存されたかどうかは、ここでは分かりません"), store.transaction() as tx:
            opened_and_cut(tx, server)
        assert numbers(store) == []


def opened_and_cut(tx: Transaction, server: Server) -> None:
    opened(tx)
    cut(tx, server)


def test_nothing_is_kept_of_a_transaction_in_which_a_statement_failed_even_if_somebody_went_on(schema: str) -> None:
    def command(tx: Transaction) -> None:
        tx.put_command("key", opened(tx).id, "f", "{}", NOON)
        with suppress(Conflict):
            tx.put_command("key", 1, "f", "{}", NOON)

    with Store.open(schema, RING) as store:
        with pytest.raises(StoreError, match="何も保存されていません"), store.transaction() as tx:
            command(tx)
        assert numbers(store) == []


def test_who_finds_a_case_held_for_too_long_is_told_that_the_store_is_busy(schema: str) -> None:
    with Store.open(schema, RING) as one, Store.open(schema, RING, patience=0.2) as other:

        def hold() -> None:
            with other.transaction() as tx:
                assert tx.whole(1) is not None

        with one.transaction() as tx:
            opened(tx)
        with one.transaction() as tx:
            tx.whole(1)
            (error,) = at_once([hold])
        assert "使用中" in str(error)
        assert at_once([hold]) == []


def test_a_reader_neither_waits_for_a_writer_nor_sees_the_half_of_it(schema: str) -> None:
    with Store.open(schema, RING) as store:
        with store.transaction() as tx:
            opened(tx)
        seen: list[list[int]] = []
        with store.transaction() as tx:
            tx.whole(1)
            opened(tx)
            assert at_once([lambda: seen.append(numbers(store))]) == []
        assert (seen, numbers(store)) == ([[1]], [1, 2])


def test_more_threads_than_connections_wait_for_each_other(schema: str) -> None:
    with Store.open(schema, RING) as store:

        def work() -> None:
            for _ in range(5):
                with store.transaction() as tx:
                    tx.insert_case(case())

        assert at_once([work] * 40) == []
        assert numbers(store) == list(range(1, 201))


def test_two_that_wait_for_each_other_are_parted_and_one_may_try_again(schema: str) -> None:
    with Store.open(schema, RING) as store:
        with store.transaction() as tx:
            opened(tx)
            opened(tx)
        met = threading.Barrier(2)

        def work(first: int, second: int) -> None:
            with store.transaction() as tx:
                tx.whole(first)
                met.wait()
                tx.whole(second)

        (error,) = at_once([lambda: work(1, 2), lambda: work(2, 1)])
        assert isinstance(error, Conflict)
