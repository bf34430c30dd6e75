"""The one writer: what waits is committed together, each command as if it were alone, answered after the commit."""

import dataclasses
import datetime as dt
import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from types import FrameType
from typing import NoReturn

import pytest

from engine.actors import Actor
from engine.commands import Engine, Receipt
from engine.errors import NotPossibleNow, Overtaken, StoreError, UnknownThing
from engine.store import Store, Transaction
from engine.writer import Writer
from tests.engine.desk import MONDAY, Case, Desk
from tests.engine.gate import Gate, Stopped
from tests.engine.gathering import Gathering, together, until
from tests.engine.journeys import endorsed, submitted
from tests.engine.test_rivals import at_once

CITIZEN, CLERK = Actor("applicant", "p1"), Actor("clerk", "k1")


@pytest.fixture
def writer(desk: Desk) -> Iterator[Gathering]:
    """The one writer, through which every command of the desk goes."""
    with Gathering(desk.store) as writer:
        desk.engine = Engine(desk.store, desk.ports, desk.gate, writer)
        yield writer


def noting(case: Case, text: str, key: str = "") -> Callable[[], object]:
    return lambda: case.desk.engine.fire(case.id, "note", CLERK, {"text": text}, key=key)


def refused(tx: Transaction) -> NoReturn:
    """An act that has taken a number before it is refused."""
    tx.next_number("case")
    raise NotPossibleNow("今はできません。", "not now")


def numbers(store: Store) -> list[int]:
    with store.reading() as tx:
        return [case.id for case in tx.cases()]


def commits(desk: Desk) -> int:
    return desk.gate.crossed.count(("commit", "transaction"))


def test_what_waits_is_committed_once_and_everybody_is_answered(desk: Desk, writer: Gathering) -> None:
    found = together(writer, [partial(desk.engine.open, "badge", Actor("applicant", f"p{n}")) for n in range(5)])
    assert [one.case_id for one in found if isinstance(one, Receipt)] == [1, 2, 3, 4, 5]
    assert commits(desk) == 1


def test_answers_are_given_after_the_commit_and_each_crosses_the_boundary(desk: Desk, writer: Gathering) -> None:
    together(writer, [partial(desk.engine.open, "badge", CITIZEN) for _ in range(3)])
    kinds = [kind for kind, _ in desk.gate.crossed]
    assert kinds[kinds.index("commit") :] == ["commit", "acknowledge", "acknowledge", "acknowledge"]


def test_commands_on_one_case_build_on_each_other_within_one_transaction(desk: Desk, writer: Gathering) -> None:
    case = submitted(desk)
    before = commits(desk)
    together(writer, [noting(case, text) for text in ("一", "二", "三")])
    assert (case.events()[-3:], commits(desk) - before) == (["note"] * 3, 1)


def test_who_is_refused_disturbs_nobody(desk: Desk, writer: Gathering) -> None:
    found = together(
        writer,
        [
            partial(desk.engine.open, "badge", CITIZEN),
            partial(desk.engine.fire, 99, "submit", CITIZEN),
            partial(writer.committed, refused),
            partial(desk.engine.open, "badge", CITIZEN),
        ],
    )
    assert [type(one) for one in found] == [Receipt, UnknownThing, NotPossibleNow, Receipt]
    assert numbers(desk.store) == [1, 2]


def test_an_error_of_ours_is_told_to_its_caller_alone(desk: Desk, writer: Gathering) -> None:
    found = together(writer, [partial(writer.committed, lambda _: 1 // 0), partial(desk.engine.open, "badge", CITIZEN)])
    assert [type(one) for one in found] == [ZeroDivisionError, Receipt]


def test_one_key_twice_in_one_transaction_acts_once_and_answers_the_same(desk: Desk, writer: Gathering) -> None:
    case = submitted(desk)
    first, again = together(writer, [noting(case, "一度", key="k")] * 2)
    assert isinstance(first, Receipt)
    assert again == dataclasses.replace(first, again=True)
    assert case.events().count("note") == 1


def test_of_rivals_in_one_transaction_the_first_wins_and_the_others_are_told(desk: Desk, writer: Gathering) -> None:
    case = endorsed(desk)
    deciding = [partial(desk.engine.fire, case.id, "decide", Actor("section_chief", f"s{n}")) for n in range(8)]
    first, *others = together(writer, deciding)
    assert isinstance(first, Receipt)
    assert {one.facts["by"] for one in others if isinstance(one, Overtaken)} == {"s0"}
    assert len(others) == 7


def test_a_commit_that_fails_fails_for_all_with_one_sentence_and_keeps_nothing(
    desk: Desk, writer: Gathering, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = endorsed(desk)
    failing(monkeypatch, desk.gate, "commit")
    persons = [Actor("section_chief", f"s{n}") for n in range(4)]
    found = together(writer, [partial(desk.engine.fire, case.id, "decide", who) for who in persons])
    assert {str(one) for one in found if type(one) is StoreError} == {"ディスクの誤りです。"}
    assert len({id(one) for one in found}) == 4
    assert case.state == "deciding"
    monkeypatch.undo()
    assert desk.engine.fire(case.id, "decide", persons[3]).state == "decided"


def test_a_transaction_that_cannot_begin_fails_for_all_who_wait(
    desk: Desk, writer: Gathering, monkeypatch: pytest.MonkeyPatch
) -> None:
    failing(monkeypatch, desk.gate, "execute")
    found = together(writer, [partial(desk.engine.open, "badge", CITIZEN) for _ in range(3)])
    assert [type(one) for one in found] == [StoreError] * 3
    monkeypatch.undo()
    assert desk.engine.open("badge", CITIZEN).case_id == 1


def test_a_store_that_fails_one_command_still_serves_the_others(desk: Desk, writer: Gathering) -> None:
    def unlucky(_tx: Transaction) -> NoReturn:
        raise disk_error()

    found = together(writer, [partial(writer.committed, unlucky), partial(desk.engine.open, "badge", CITIZEN)])
    assert [type(one) for one in found] == [StoreError, Receipt]


def test_when_a_transaction_is_lost_under_a_command_all_of_it_fails_for_the_reason_it_was_lost_for(
    desk: Desk, writer: Gathering
) -> None:
    def lost(tx: Transaction) -> NoReturn:
        tx._connection.execute("ROLLBACK")  # noqa: SLF001 - as a database does by itself when its disk is full
        raise disk_error()

    opening = partial(desk.engine.open, "badge", CITIZEN)
    found = together(writer, [opening, partial(writer.committed, lost), opening])
    assert [str(one) for one in found] == ["ディスクの誤りです。"] * 3
    assert numbers(desk.store) == []
    assert desk.engine.open("badge", CITIZEN).case_id == 1


def test_a_crash_of_one_is_not_taken_for_an_answer_to_the_others(desk: Desk, writer: Gathering) -> None:
    desk.gate.stop_before(12)
    found = together(writer, [partial(desk.engine.open, "badge", CITIZEN) for _ in range(3)])
    assert [type(one) for one in found] == [Stopped] * 3
    assert numbers(desk.store) == []


@pytest.mark.parametrize(("most", "transactions"), [(1, 7), (3, 3), (7, 1), (64, 1)])
def test_no_more_than_so_many_are_committed_together(desk: Desk, most: int, transactions: int) -> None:
    with Gathering(desk.store, most=most) as writer:
        engine = Engine(desk.store, desk.ports, desk.gate, writer)
        together(writer, [partial(engine.open, "badge", CITIZEN) for _ in range(7)])
    assert commits(desk) == transactions
    assert numbers(desk.store) == [1, 2, 3, 4, 5, 6, 7]


def test_who_comes_while_the_first_are_at_work_joins_them_and_nobody_is_waited_for(desk: Desk) -> None:
    begun, joined = threading.Event(), threading.Event()

    def slow(_tx: Transaction) -> None:
        begun.set()
        joined.wait(timeout=30)

    with Writer(desk.store) as writer:
        first = threading.Thread(target=partial(writer.committed, slow))
        first.start()
        begun.wait(timeout=30)
        second = threading.Thread(target=partial(writer.committed, lambda tx: tx.next_number("case")))
        second.start()
        until(lambda: writer.waiting == 1)
        joined.set()
        first.join()
        second.join()
    assert commits(desk) == 1


def test_a_closed_writer_has_finished_what_it_accepted_and_accepts_no_more(desk: Desk, writer: Gathering) -> None:
    writer.gather = 4  # three who wait for a fourth that never comes, until the writer is closed
    found: list[Receipt] = []
    threads = [threading.Thread(target=lambda: found.append(desk.engine.open("badge", CITIZEN))) for _ in range(3)]
    for thread in threads:
        thread.start()
    until(lambda: writer.waiting == 2)
    closing = threading.Thread(target=writer.close)
    closing.start()
    for thread in (*threads, closing):
        thread.join()
    assert sorted(one.case_id for one in found) == [1, 2, 3]
    with pytest.raises(StoreError, match="受付を終了しているため、この操作はできません") as refusal:
        desk.engine.open("badge", CITIZEN)
    assert "shutting down" in refusal.value.en
    writer.close()


class Interrupted(BaseException):
    """What a signal raises in the thread that waits."""


def test_who_is_interrupted_takes_back_what_has_not_begun_and_harms_nobody(desk: Desk, writer: Gathering) -> None:
    writer.gather = 2
    with interrupted_when(lambda: writer.held):
        desk.engine.open("badge", Actor("applicant", "impatient"))
    assert desk.engine.open("badge", CITIZEN).case_id == 1
    with desk.store.reading() as tx:
        assert [case.filer for case in tx.cases()] == ["p1"]


@pytest.mark.usefixtures("writer")
def test_what_had_begun_is_finished_and_answered_to_who_asks_again_under_his_key(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = submitted(desk)
    begun, interrupted = threading.Event(), threading.Event()

    def slowly() -> dt.datetime:
        begun.set()
        interrupted.wait(timeout=30)
        return MONDAY

    note = noting(case, "一度", key="k")
    with monkeypatch.context() as patch:
        patch.setattr(desk.clock, "now", slowly)
        with interrupted_when(begun.is_set):
            note()
        interrupted.set()
        receipt = note()
    assert isinstance(receipt, Receipt)
    assert receipt.again
    assert case.events().count("note") == 1


def test_a_command_within_a_reading_of_the_same_thread_is_a_mistake_of_ours(desk: Desk, writer: Gathering) -> None:
    with desk.store.reading(), pytest.raises(RuntimeError, match="a transaction is open in this thread"):
        desk.engine.open("badge", CITIZEN)
    with pytest.raises(RuntimeError, match="a transaction is open in this thread"):
        writer.committed(lambda _: desk.engine.open("badge", CITIZEN))


def test_time_and_notices_go_their_ways_beside_the_writer(desk: Desk, writer: Gathering) -> None:
    case = endorsed(desk)
    case.fire("decide", "section_chief:s1")
    case.fire("issue", "counter:c1")
    assert [to for *_, to, _ in desk.deliver()] != []
    assert [receipt.case_id for receipt in desk.pass_time(days=10)] == [case.id]
    assert writer.waiting == 0


def test_all_who_wait_are_told_when_another_program_keeps_the_file(tmp_path: Path) -> None:
    place = tmp_path / "town.db"
    with Store.open(place, patience=0.2) as store, Gathering(store) as writer:
        desk = Desk(store)
        engine = Engine(store, desk.ports, writer=writer)
        with Store.open(place) as other, other.transaction():
            found = together(writer, [partial(engine.open, "badge", CITIZEN) for _ in range(3)])
        assert {"使用中です" in str(one) for one in found if type(one) is StoreError} == {True}
        assert len(found) == 3
        assert engine.open("badge", CITIZEN).case_id == 1


def test_many_threads_through_the_writer_lose_nothing(tmp_path: Path) -> None:
    with Store.open(tmp_path / "town.db") as store, Writer(store, most=5) as writer:
        desk = Desk(store)
        desk.engine = Engine(store, desk.ports, writer=writer)
        case = submitted(desk)
        found = at_once([*[noting(case, f"{n}") for n in range(40)], *[partial(submitted, desk) for _ in range(8)]])
        assert sum(isinstance(one, Receipt) for one in found) == 40
        assert case.events().count("note") == 40
        assert numbers(store) == list(range(1, 10))


def disk_error() -> StoreError:
    return StoreError("ディスクの誤りです。", "disk I/O error", place="here")


def failing(monkeypatch: pytest.MonkeyPatch, gate: Gate, wanted: str) -> None:
    """Let the store fail at every crossing of a kind."""

    def cross(_self: Gate, kind: str, _what: str) -> None:
        if kind == wanted:
            raise disk_error()

    monkeypatch.setattr(type(gate), "cross", cross)


@contextmanager
def interrupted_when(condition: Callable[[], bool]) -> Iterator[None]:
    """This thread, the main one, is struck by a signal as soon as a condition holds, and leaves the block by it."""
    struck = threading.Event()

    def interrupt(_number: int, _frame: FrameType | None) -> None:
        if not struck.is_set():
            struck.set()
            raise Interrupted

    def strike() -> None:
        until(condition)
        while not struck.wait(0.01):  # one that comes just before the thread falls asleep does not wake it
            signal.pthread_kill(threading.main_thread().ident or 0, signal.SIGUSR1)

    before = signal.signal(signal.SIGUSR1, interrupt)
    striking = threading.Thread(target=strike)
    striking.start()
    with pytest.raises(Interrupted):
        yield
    striking.join()
    signal.signal(signal.SIGUSR1, before)
