"""One command is one transaction: stopped before any crossing, nothing of it is there, and it can be said again."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest

from engine.commands import Receipt
from tests.engine.desk import Case, Desk
from tests.engine.gate import Stopped
from tests.engine.journeys import GROVE, PERMIT, correcting, decided, drafted, endorsed, looked_at, weighing

Command = Callable[[Case], Receipt]


def submit(case: Case) -> Receipt:
    return case.fire("submit", "applicant:p1", PERMIT, key="k")


def propose(case: Case) -> Receipt:
    return case.fire("propose", "clerk:k1", {"amount": 500, "reason": "減免", "ground": "streets-3"}, key="k")


def decide(case: Case) -> Receipt:
    return case.fire("decide", "section_chief:s1", key="k")


def keep(case: Case) -> Receipt:
    case.desk.engine.tick()
    return case.fire("keep", "clerk:k1", key="k")


def healthy(desk: Desk) -> Case:
    case = weighing(desk)
    case.establish("clerk:k1", healthy=True)
    return case


JOURNEYS: dict[str, tuple[Callable[[Desk], Case], Command]] = {
    "submitting": (lambda desk: desk.open("permit"), submit),
    "proposing": (looked_at, propose),
    "deciding": (endorsed, decide),
    "issuing": (decided, lambda case: case.fire("issue", "counter:c1", key="k")),
    "looking": (drafted, lambda case: case.fire("send_back", "unit_chief:u1", {"reason": "再考"}, key="k")),
    "answering late": (correcting, lambda case: case.fire("answer", "applicant:p1", PERMIT, key="k")),
    "keeping": (healthy, keep),
}


def stored(desk: Desk) -> list[Any]:
    """Everything that the store holds of its cases."""
    with desk.store.reading() as tx:
        ids = [case.id for case in tx.cases()]
        rows = [(tx.whole(n), tx.log(n), tx.values(n), tx.registrations(n), tx.links(n)) for n in ids]
        return [rows, tx.unsent(1000), tx.command("k")]


def number_given(desk: Desk) -> int:
    """The number that the next permit would get, taken in a transaction that is given up."""
    with desk.store.reading() as tx:
        return tx.next_number("document", "streets/2022")


@pytest.mark.parametrize("journey", JOURNEYS)
def test_stopped_anywhere_before_its_commit_a_command_leaves_nothing(desk: Desk, journey: str) -> None:
    begin, command = JOURNEYS[journey]
    case = begin(desk)
    before, number, crossing = stored(desk), number_given(desk), 0
    while True:
        start = len(desk.gate.crossed)
        desk.gate.stop_before(crossing)
        try:
            command(case)
        except Stopped:
            if ("commit", "transaction") not in desk.gate.crossed[start:]:
                assert (stored(desk), number_given(desk)) == (before, number), crossing
            crossing += 1
            continue
        desk.gate.go_on()
        break
    assert crossing > 8
    assert stored(desk)[0] != before[0]


@pytest.mark.parametrize("journey", JOURNEYS)
def test_committed_but_not_acknowledged_a_command_said_again_acts_once(desk: Desk, journey: str) -> None:
    begin, command = JOURNEYS[journey]
    case = begin(desk)
    desk.gate.stop_before_next("acknowledge")
    with pytest.raises(Stopped):
        command(case)
    after = stored(desk)
    said_again = command(case)
    assert said_again.again is True
    assert stored(desk) == after


def test_an_error_in_the_writer_of_notices_leaves_nothing(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    case = desk.open("permit")
    before = stored(desk)

    def fail(_order: object) -> str:
        raise RuntimeError("no ink")

    monkeypatch.setattr(desk.ports.writer, "write", fail)
    with pytest.raises(RuntimeError, match="no ink"):
        submit(case)
    assert stored(desk) == before


def test_time_stopped_half_way_acts_as_a_whole_later(desk: Desk) -> None:
    case = correcting(desk)
    desk.clock.set(desk.clock.now() + dt.timedelta(days=30))
    desk.gate.stop_before(7)
    with pytest.raises(Stopped):
        desk.engine.tick()
    assert case.state == "correction"
    desk.engine.tick()
    assert case.events()[-3:] == ["remind", "expire", "uncorrected"]


def test_a_tree_is_registered_linked_numbered_and_told_at_once_or_not_at_all(desk: Desk) -> None:
    case = healthy(desk)
    desk.deliver()
    desk.gate.stop_before(15)
    with pytest.raises(Stopped):
        case.fire("keep", "clerk:k1")
    with desk.store.reading() as tx:
        assert (tx.registrations(case.id), tx.links(case.id), tx.unsent(9)) == ([], [], [])
    case.fire("keep", "clerk:k1")
    with desk.store.reading() as tx:
        assert [row.kind for row in tx.registrations(case.id)] == ["tree"]
        assert [row.to_procedure for row in tx.links(case.id)] == ["badge"]
    assert GROVE["wants_badge"] is True
