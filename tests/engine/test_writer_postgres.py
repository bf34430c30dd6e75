"""The one writer on a server: connections that break, and writers of several servers that cross each other."""

from __future__ import annotations

import threading
from functools import partial
from typing import TYPE_CHECKING, Any, NoReturn

import pytest

from engine.actors import Actor
from engine.commands import Engine, Receipt
from engine.errors import StoreError
from engine.store import Store, Transaction
from tests.engine.desk import Desk
from tests.engine.gathering import Gathering, together
from tests.engine.journeys import submitted
from tests.engine.test_writer import noting
from tests.grounds import ServerGround

if TYPE_CHECKING:
    from tests.postgres import Server

OURS = "pid FROM pg_stat_activity WHERE application_name = 'madoguchi'"
CITIZEN = Actor("applicant", "p1")


def serving(store: Store, writer: Gathering) -> Desk:
    """The office of a server."""
    desk = Desk(store)
    desk.engine = Engine(store, desk.ports, writer=writer)
    return desk


def test_an_idle_writer_whose_connection_was_cut_serves_on(server: Server) -> None:
    with ServerGround(server).open() as store, Gathering(store) as writer:
        desk = serving(store, writer)
        for number in (1, 2, 3):
            assert desk.open("badge").id == number
            server.execute(f"SELECT pg_terminate_backend(pid, 5000), {OURS}")


def test_a_connection_cut_under_one_command_fails_all_of_its_transaction_and_the_next_is_served(
    server: Server,
) -> None:
    def cut(tx: Transaction) -> NoReturn:
        connection: Any = tx._connection  # noqa: SLF001 - a question to the server itself
        server.execute(f"SELECT pg_terminate_backend({connection.info.backend_pid}, 5000)")
        tx.next_number("case")
        raise AssertionError

    with ServerGround(server).open() as store, Gathering(store) as writer:
        desk = serving(store, writer)
        opening = partial(desk.engine.open, "badge", CITIZEN)
        found = together(writer, [opening, partial(writer.committed, cut), opening])
        assert [type(one) for one in found] == [StoreError] * 3
        assert all("途中で切れました。この操作は何も保存されていません" in str(one) for one in found)
        assert desk.open("badge").id == 1


@pytest.mark.parametrize("turn", range(3))
def test_writers_of_two_servers_that_cross_each_other_serve_everybody(server: Server, turn: int) -> None:
    ground = ServerGround(server)
    with (
        ground.open(patience=60) as one,
        ground.open(patience=60) as other,
        Gathering(one) as first,
        Gathering(other) as second,
    ):
        cases = [submitted(serving(one, first)) for _ in range(4)]
        found: list[object] = []

        def notes(writer: Gathering, store: Store, order: int) -> None:
            desk = serving(store, writer)
            told = [noting(type(case)(desk, case.id), f"{turn}") for case in cases[::order]]
            found.extend(together(writer, told))

        threads = [threading.Thread(target=notes, args=each) for each in ((first, one, 1), (second, other, -1))]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert [type(each) for each in found] == [Receipt] * 8
        assert [case.events().count("note") for case in cases] == [2] * 4
