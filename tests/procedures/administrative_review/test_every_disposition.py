"""Whatever of the 27 was decided can be disputed, and an annulment brings it back to where it is decided anew.

Every scenario of every procedure that ends with a disposition is played; then its case is disputed and the review
upheld. One scenario of each procedure, all of them by `make faults`.
"""

from __future__ import annotations

import functools
from collections.abc import Iterator

import pytest

from engine.actors import Actor
from engine.clock import SimulatedClock
from engine.delivery import deliver_signals
from engine.errors import NotPossibleNow
from engine.state import Whole
from engine.store import Store
from engine.verify import verify
from procedures.soundness.machines import machines_of, reached
from tests.engine.invariants import of_case
from tests.scenarios.scenario import Scenario, scenarios
from tests.scenarios.stage import Played, declared, document, play

REVIEW = "administrative_review"
APPLICANT, OFFICE, BODY = (Actor.parse(f"{who}:x1") for who in ("applicant", "disposing_office", "reviewing_body"))
COUNTER, HEARING = Actor.parse("counter:x2"), Actor.parse("hearing_officer:x3")
RULING = {"ground": "行政不服審査法46条", "reason": "処分の理由に当たる事実がない"}


@functools.cache
def disputable() -> dict[str, frozenset[str]]:
    """The outcomes that are dispositions, of each procedure that the review is about."""
    links = declared("hitachinaka").catalogue.procedure(REVIEW).links
    every = {link.to: declared("hitachinaka").catalogue.procedure(link.to) for link in links}
    return {name: frozenset(row.id for row in one.outcomes if row.disposition) for name, one in every.items()}


def _played() -> Iterator[object]:
    """Each scenario that ends with a disposition: the first of each procedure, all of them by `make faults`."""
    seen = set()
    for one in scenarios().values():
        if one.then.outcome in disputable().get(one.procedure, ()):
            yield pytest.param(one, id=one.id, marks=[pytest.mark.full] if one.procedure in seen else [])
            seen.add(one.procedure)


def test_the_review_is_about_every_procedure_with_a_disposition_and_hears_no_other() -> None:
    with_one = set()
    for entry in declared("hitachinaka").library.list():
        whole = declared("hitachinaka").catalogue.procedure(entry.id)
        hears = [row.id for row in whole.signals if REVIEW in row.procedure]
        assert bool(hears) == (entry.id in disputable()), entry.id
        if any(row.disposition for row in whole.outcomes):
            with_one.add(entry.id)
            assert whole.appeal is not None
            assert whole.appeal.months == 3
    assert with_one == set(disputable())
    assert len(with_one) == 20


@pytest.mark.parametrize("scenario", list(_played()))
def test_a_disposition_is_disputed_annulled_and_decided_anew(scenario: Scenario) -> None:
    with Store.open(":memory:", practice=True) as store:
        case = play(scenario, store)
        before = case.whole
        review = _filed(case)
        assert review.whole.case.memo["about"]["outcome"] in disputable()[scenario.procedure]
        _upheld(review)
        assert deliver_signals(case.engine).failed == []
        _is_open_again(case, before)
        with store.reading() as tx:
            for one in (case, review):
                assert verify(tx, one.case_id) == []
                assert of_case(tx, one.case_id, declared(scenario.given.city).catalogue) == []


def _filed(case: Played) -> Played:
    """A review about a case, asked for on the day on which its scenario ends."""
    clock = case.engine.ports.clock
    assert isinstance(clock, SimulatedClock)
    who = Actor("applicant", case.whole.case.filer)
    opened = case.engine.open(REVIEW, who, about=case.case_id)
    today = clock.now().date().isoformat()
    form = document(REVIEW, scenarios()["review_upheld"].given.form)
    answers = form | {"known_on": today, "consent": form["consent"] | {"submission_date": today}}
    case.engine.fire(opened.case_id, "submit", who, answers)
    return Played(case.engine, opened.case_id)


def _upheld(review: Played) -> None:
    engine, number = review.engine, review.case_id
    engine.look(number, COUNTER, {"written": True, "standing": True})
    engine.establish(number, COUNTER, {"excused": True})  # some scenarios end years after the decision
    engine.fire(number, "pass", COUNTER)
    engine.fire(number, "defend", OFFICE, {"text": "弁明"})
    engine.fire(number, "opine", HEARING, {"text": "意見"})
    engine.fire(number, "uphold", BODY, RULING)
    assert review.whole.case.state == "upheld"


def _is_open_again(case: Played, before: Whole) -> None:
    """It left its end for a place of work, keeps its arrival and drafts, and what it had registered has ended.

    On the way to its end, or where it ended for another reason, the annulment is noted for a clerk.
    """
    now, catalogue = case.whole, declared("hitachinaka").catalogue
    whole = catalogue.procedure(now.case.procedure)
    kinds = {state.id: state for state in whole.states}
    of_it = {row.state for row in whole.outcomes if row.disposition} | {"notified"}
    assert now.case.arrived_at == before.case.arrived_at
    if now.case.state == before.case.state:
        assert "annulled" in now.case.memo["noted"]
        assert before.case.state not in of_it or kinds[before.case.state].kind == "final"
        return
    assert kinds[now.case.state].kind not in {"settled", "final", "deciding"}, now.case.state
    (machine,) = (one for one in machines_of(whole) if one.path == ())
    assert {name for name, row in kinds.items() if row.kind == "deciding"} & set(
        reached(machine.arrows(), [now.case.state])
    )
    assert not now.case.closed
    assert now.case.memo.get("drafts") == before.case.memo.get("drafts")
    with case.engine.store.reading() as tx:
        assert [one.kind for one in tx.registrations(case.case_id) if one.ended_at is None] == []


def test_nothing_is_disputed_before_it_is_decided_nor_by_another() -> None:
    with Store.open(":memory:", practice=True) as store:
        ends = ((one, one.procedure, one.then.outcome) for one in scenarios().values())
        case = play(next(one for one, name, outcome in ends if name in disputable() and outcome == "withdrawn"), store)
        with pytest.raises(NotPossibleNow, match="審査請求のできる処分がまだありません"):
            _filed(case)
