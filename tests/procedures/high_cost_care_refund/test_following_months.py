"""After the first application each month with an excess is a case of its own, opened by the system; others are none."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import pytest

from engine.actors import Actor
from engine.clock import JST, SimulatedClock
from engine.delivery import deliver_signals, register_event
from engine.errors import NotPossibleNow
from engine.people import Person
from engine.store import Store
from tests.scenarios.scenario import scenarios
from tests.scenarios.stage import Played, play

CLERK = Actor.parse("benefit_clerk:k1")
REGISTERED = scenarios()["refund_without_waiting"].model_copy(update={"given": scenarios()["refund_withdrawn"].given})
FIGURES: dict[str, object] = {
    "household_exempt": True,
    "income_total": 780000,
    "restriction": "none",
    "share": 1,
    "already_paid": False,
    "all_paid": True,
}


@pytest.fixture
def first() -> Iterator[Played]:
    """A first claim that was paid and asked for automatic payment."""
    with Store.open(":memory:", practice=True) as store:
        yield play(REGISTERED, store)


def told(first: Played, month: str, number: str) -> list[Played]:
    """The cases that were opened once the register had told of an excess in a month."""
    before = open_cases(first)
    person = Person(name_kana="タカハシ キヨ", birth_date="1944-11-03")
    register_event(first.engine, number, "excess_found", person, dt.date.fromisoformat(f"{month}-01"), {})
    deliver_signals(first.engine)
    return [Played(first.engine, number) for number in open_cases(first) if number not in before]


def open_cases(first: Played) -> list[int]:
    with first.engine.store.reading() as tx:
        return [case.id for case in tx.cases()]


def test_a_later_month_is_calculated_and_paid_without_an_application(first: Played) -> None:
    (later,) = told(first, "2025-05", "K-1")
    assert (later.whole.case.state, later.whole.case.memo["opened"]["by"]) == ("accepted", "system")
    assert "submit" not in [row.event for row in later.log]
    later.engine.establish(later.case_id, CLERK, FIGURES | {"own_burden": 32000, "household_burden": 32000})
    assert (later.whole.case.state, later.value("service_day"), later.value("amount_due")) == (
        "calculated",
        "2025-05-01",
        17000,
    )
    later.engine.look(later.case_id, CLERK, {"excluded": True, "individual": True})
    later.engine.fire(later.case_id, "propose", CLERK, {"amount": 17000, "income_class": "exempt_low"})
    assert later.whole.case.state == "deciding"


def test_each_month_is_one_case_and_the_registration_goes_on(first: Played) -> None:
    opened = [len(told(first, month, f"K-{month}")) for month in ("2025-05", "2025-08", "2025-08")]
    assert opened == [1, 1, 0]
    assert first.whole.case.state == "auto_registered"
    assert [row.event for row in first.log if row.event == "next_month"] == ["next_month", "next_month"]


def test_a_month_that_proves_to_have_no_excess_ends_without_a_decision(first: Played) -> None:
    (later,) = told(first, "2025-05", "K-1")
    later.engine.establish(later.case_id, CLERK, FIGURES | {"own_burden": 9000, "household_burden": 9000})
    later.engine.fire(later.case_id, "close_silently", CLERK)
    assert (later.whole.case.state, later.letters()) == ("no_excess", [])
    assert first.whole.case.state == "auto_registered"


def test_a_month_that_was_paid_already_ends_without_a_decision(first: Played) -> None:
    (later,) = told(first, "2025-05", "K-1")
    twice = {"own_burden": 32000, "household_burden": 32000, "already_paid": True}
    later.engine.establish(later.case_id, CLERK, FIGURES | twice)
    with pytest.raises(NotPossibleNow):
        later.engine.fire(later.case_id, "propose", CLERK, {"amount": 17000, "income_class": "exempt_low"})
    later.engine.fire(later.case_id, "close_silently", CLERK)
    assert (later.whole.case.state, later.letters()) == ("no_excess", [])


def test_after_the_end_of_the_registration_no_case_is_opened(first: Played) -> None:
    first.engine.fire(first.case_id, "stop_auto", CLERK, {"reason": "口座をやめる届"})
    clock = first.engine.ports.clock
    assert isinstance(clock, SimulatedClock)
    clock.set(dt.datetime(2025, 9, 1, 9, 0, tzinfo=JST))
    assert told(first, "2025-06", "K-1") == []
