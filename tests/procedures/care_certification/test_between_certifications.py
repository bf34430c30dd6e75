"""Certifications of one person: which one ends when another is decided, and what a switch carries along."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import pytest

from engine.actors import Actor
from engine.clock import JST, SimulatedClock
from engine.delivery import deliver_signals
from engine.errors import NotPossibleNow
from engine.store import Store
from tests.scenarios.scenario import Form, scenarios
from tests.scenarios.stage import Played, day, document, play

APPLICANT, COUNTER = Actor.parse("applicant:p1"), Actor.parse("counter:c1")
LATER = dt.datetime(2022, 7, 11, 9, 0, tzinfo=JST)


@pytest.fixture
def store() -> Iterator[Store]:
    with Store.open(":memory:", practice=True) as opened:
        yield opened


def played(name: str, store: Store) -> Played:
    """A scenario on the store, its signals delivered on a later day."""
    found = play(scenarios()[name], store)
    clock = found.engine.ports.clock
    assert isinstance(clock, SimulatedClock)
    clock.set(LATER)
    found.engine.tick()
    assert deliver_signals(found.engine).failed == []
    return found


def alive(case: Played) -> list[bool]:
    with case.engine.store.reading() as tx:
        return [one.ended_at is None for one in tx.registrations(case.case_id)]


def opened_by(case: Played, procedure: str) -> Played:
    """The case that a switch opened."""
    with case.engine.store.reading() as tx:
        (found,) = (one.id for one in tx.cases() if one.procedure == procedure and one.id != case.case_id)
    return Played(case.engine, found)


def test_a_changed_level_ends_the_certification_before_it(store: Store) -> None:
    first, change = played("cert_care_level_2", store), played("level_up", store)
    assert (alive(first), alive(change)) == ([False], [True])
    assert first.whole.case.state == "certified"


def test_a_refused_change_leaves_the_certification_alive(store: Store) -> None:
    first, change = played("cert_care_level_2", store), played("level_same", store)
    assert (change.whole.case.outcome, alive(first), alive(change)) == ("same_level", [True], [])


def test_a_change_taken_as_a_renewal_lets_the_certification_run_to_its_last_day(store: Store) -> None:
    first, change = played("cert_care_level_2", store), played("level_same_but_renewal", store)
    assert (alive(first), alive(change)) == ([True], [True])


def test_a_certification_of_care_ends_that_of_support(store: Store) -> None:
    support, care = played("cert_support_by_deeming", store), played("cert_support_becomes_care", store)
    assert (alive(support), alive(care)) == ([False], [True])


def test_a_switch_keeps_the_date_and_the_thirty_days_and_asks_for_the_form_as_a_correction(store: Store) -> None:
    new = opened_by(played("level_of_support_to_care", store), "care_certification")
    whole = new.whole
    assert (whole.case.state, day(whole.case.arrived_at)) == ("formal_review", "2022-06-01")
    assert whole.clocks["statutory"].due_on == "2022-07-01"
    with pytest.raises(NotPossibleNow, match="申請書が出て"):
        new.engine.fire(new.case_id, "accept", COUNTER)
    new.engine.fire(new.case_id, "request_correction", COUNTER, {"items": "新規の申請書"})
    new.engine.fire(new.case_id, "answer", APPLICANT, document("care_certification", Form()))
    assert (new.whole.case.state, day(new.whole.case.arrived_at)) == ("formal_review", "2022-06-01")


def test_what_comes_after_fourteen_days_goes_on_as_a_new_application_of_that_day(store: Store) -> None:
    new = opened_by(played("moved_a_day_late", store), "care_certification").whole
    assert (new.case.state, day(new.case.arrived_at), new.case.nature) == ("formal_review", "2022-06-09", "application")
    assert new.clocks["statutory"].due_on == "2022-07-09"
