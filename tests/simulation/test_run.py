"""A simulated period: every case accounted for, counted again from the log, and the same bytes for the same seed."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from functools import partial
from typing import TYPE_CHECKING

import pytest

from engine.clock import civil_day
from engine.fold import fold
from engine.store import KeyRing, Store, verify_all
from simulation.applications import schedule
from simulation.preparing import population, simulated_of
from simulation.report import render
from simulation.year import simulate
from tests.simulation.conftest import CLAIMS, FIRST, LAST

if TYPE_CHECKING:
    from engine.state import LogRow, Whole
    from office.office import Definitions
    from simulation.results import ProcedureResults
    from tests.simulation.conftest import Kept


@pytest.fixture(scope="module")
def cases(kept: Kept) -> list[tuple[Whole, list[LogRow]]]:
    """Every case of the kept file with its log."""
    found = []
    with Store.open(kept.store) as store, store.reading() as tx:
        for case in tx.cases():
            whole = tx.whole(case.id)
            assert whole is not None
            found.append((whole, tx.log(case.id)))
    return found


@pytest.fixture
def claims(kept: Kept) -> ProcedureResults:
    """The results of the one procedure that is modelled."""
    return kept.results.procedures[0]


def test_every_case_that_began_is_accounted_for_by_state(claims: ProcedureResults) -> None:
    assert claims.opened > 50
    assert claims.accounted == claims.opened == claims.arrived


def test_cases_run_to_completion(cases: list[tuple[Whole, list[LogRow]]]) -> None:
    for whole, _ in cases:
        assert whole.case.closed
        assert not any(task.open for task in whole.tasks.values())
        assert not any(clock.state in {"running", "paused"} for clock in whole.clocks.values())


def test_states_and_outcomes_are_those_of_the_log(
    claims: ProcedureResults, cases: list[tuple[Whole, list[LogRow]]]
) -> None:
    folded = [fold(log) for _, log in cases]
    states = Counter(whole.case.state for whole in folded if whole)
    outcomes = Counter(whole.case.outcome for whole in folded if whole)
    assert {s.id: s.cases for s in claims.states if s.cases} == dict(states)
    assert {o.id: o.count for o in claims.outcomes} == dict(outcomes)


def test_the_state_kept_is_the_fold_of_the_log(cases: list[tuple[Whole, list[LogRow]]]) -> None:
    for whole, log in cases:
        assert fold(log) == whole


def test_the_log_of_a_run_verifies(kept: Kept) -> None:
    with Store.open(kept.store, KeyRing.load(kept.store.with_name("kept.db.key"))) as store, store.reading() as tx:
        assert list(verify_all(tx)) == []


def test_lead_times_are_those_of_the_log(claims: ProcedureResults, cases: list[tuple[Whole, list[LogRow]]]) -> None:
    counted = {}
    for whole, log in cases:
        told = next((row.at for row in log if row.task == 0 and row.event == "issue"), None)
        if told is not None:
            assert whole.case.arrived_at is not None
            counted[str(whole.case.id)] = (civil_day(told) - civil_day(whole.case.arrived_at)).days
    assert {lead.case: lead.civil_days for lead in claims.leads} == counted


def test_corrections_are_those_of_the_log(claims: ProcedureResults, cases: list[tuple[Whole, list[LogRow]]]) -> None:
    asked = sum(task.kind == "correction" for whole, _ in cases for task in whole.tasks.values())
    answered = sum(
        task.kind == "correction" and task.state == "answered" for w, _ in cases for task in w.tasks.values()
    )
    row = next(exchange for exchange in claims.exchanges if exchange.id == "correction")
    assert (row.asked, row.answered) == (asked, answered)
    assert asked > 0


def test_breaches_are_those_of_the_log(claims: ProcedureResults, cases: list[tuple[Whole, list[LogRow]]]) -> None:
    breached = sum('"clock.breach"' in row.effects for _, log in cases for row in log)
    assert sum(limit.breached for limit in claims.limits) == breached


def test_payments_are_those_of_the_log(claims: ProcedureResults, cases: list[tuple[Whole, list[LogRow]]]) -> None:
    paid = sum(task.kind == "payment" and task.state == "paid" for w, _ in cases for task in w.tasks.values())
    assert claims.payments.made == paid > 0
    assert claims.payments.yen > 0


def test_commands_and_events_are_those_of_the_log(kept: Kept, cases: list[tuple[Whole, list[LogRow]]]) -> None:
    rows = [row for _, log in cases for row in log]
    assert kept.results.events == len(rows)
    assert kept.results.commands == sum(row.kind in {"event", "command"} for row in rows)


def test_nobody_works_more_than_there_is_time(kept: Kept) -> None:
    for post in kept.results.posts:
        for day in post.days:
            assert 0 <= day.worked_seconds <= max(day.available_seconds, 0)
            assert day.queue_median <= day.queue_max


def test_office_work_happens_while_the_office_is_open(kept: Kept, cases: list[tuple[Whole, list[LogRow]]]) -> None:
    posts = {post.id for post in kept.declared.municipality.posts}
    for _, log in cases:
        for row in log:
            if row.post in posts:
                assert kept.declared.calendar.is_open(civil_day(row.at)), row


def test_the_same_seed_gives_the_same_bytes(declared: Definitions) -> None:
    first, last = FIRST, FIRST + dt.timedelta(days=6)
    once = partial(simulate, declared, first=first, last=last, scenario="as-is", seed=7)
    pages = [render(once(only=[CLAIMS])) for _ in range(2)]
    assert pages[0] == pages[1]


def test_another_seed_is_another_year(declared: Definitions) -> None:
    first, last = FIRST, FIRST + dt.timedelta(days=6)
    one, other = (simulate(declared, first=first, last=last, scenario="as-is", seed=s, only=[CLAIMS]) for s in (1, 2))
    assert one.procedures[0].arrivals != other.procedures[0].arrivals or one.posts != other.posts


def test_to_be_takes_less_work_than_as_is(declared: Definitions, kept: Kept) -> None:
    to_be = simulate(declared, first=FIRST, last=LAST, scenario="to-be", seed=1, only=[CLAIMS])
    hours = [sum(step.work_seconds for step in r.procedures[0].steps) for r in (kept.results, to_be)]
    assert to_be.procedures[0].opened == kept.results.procedures[0].opened
    assert hours[1] < hours[0] * 0.6


def test_assumptions_of_the_plan_are_all_labelled(kept: Kept) -> None:
    plan = [row for row in kept.results.assumptions if row.confidence == "low"]
    assert plan
    assert all(row.assumption for row in plan)


def test_the_contradiction_of_the_schedule_is_told(kept: Kept) -> None:
    assert {finding.rule for finding in kept.results.findings} == {"M012", "M013"}
    schedule = kept.results.schedule
    assert schedule is not None
    assert len(schedule.rows) == 27
    assert [row.number for row in schedule.rows if row.modelled] == [1]


def test_who_comes_on_the_opening_day_after_the_period_is_not_forgotten(declared: Definitions) -> None:
    name, friday, monday = "name_address_change", dt.date(2022, 4, 29), dt.date(2022, 5, 2)
    sunday = monday - dt.timedelta(days=1)
    plan = simulated_of(declared, name).plan
    planned = schedule(plan.arrivals, population(declared.municipality), friday, sunday, 4, name)
    results = simulate(declared, first=friday, last=sunday, scenario="as-is", seed=4, only=[name])
    assert results.procedures[0].opened == len(planned) > 0
    assert results.run_until >= monday
