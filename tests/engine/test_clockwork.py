"""Legal clocks run beside the states: they pause, resume, are satisfied, stop or are overrun, and never decide."""

import dataclasses
import datetime as dt
from collections.abc import Callable

import pytest

from engine import clockwork
from engine.periods import Limit
from engine.state import ClockRun
from tests.engine.desk import MONDAY, Case, Desk
from tests.engine.journeys import PERMIT, correcting, decided, drafted, in_memory, submitted
from tests.engine.made_up.shelf import TOWN, Shelf, changed, declared


def standard(case: Case) -> ClockRun:
    return case.whole.clocks["standard"]


def day(n: int, month: int = 6) -> str:
    return dt.date(2022, month, n).isoformat()


def test_a_clock_starts_at_submission_and_counts_from_the_day_after_arrival(desk: Desk) -> None:
    run = standard(submitted(desk))
    assert (run.state, run.starts_on, run.due_on) == ("running", day(6), day(6, month=7))


def test_a_clock_of_another_nature_does_not_start(desk: Desk) -> None:
    assert list(submitted(desk, kind="report").whole.clocks) == ["report"]


def test_a_clock_in_opening_days_counts_opening_days(desk: Desk) -> None:
    assert submitted(desk, kind="report").whole.clocks["report"].due_on == day(13)


def test_a_correction_pauses_the_clock_and_takes_it_off_the_timers(desk: Desk) -> None:
    case = correcting(desk)
    assert (standard(case).state, standard(case).due_on, standard(case).pauses) == ("paused", None, [[day(6), None]])
    assert (0, "clock:standard") not in case.whole.timers


def test_the_answer_resumes_the_clock_and_moves_its_due_day_by_the_pause(desk: Desk) -> None:
    case = correcting(desk)
    desk.pass_time(days=5)
    case.fire("answer", "applicant:p1", PERMIT)
    run = standard(case)
    assert (run.state, run.pauses) == ("running", [[day(6), day(11)]])
    assert run.due_on == day(11, month=7)


def test_every_pause_counts(desk: Desk) -> None:
    case = correcting(desk)
    for days in (5, 2):
        desk.pass_time(days=days)
        case.fire("answer", "applicant:p1", PERMIT)
        desk.pass_time(days=1)
        case.fire("request_correction", "clerk:k1", {"items": "再度"})
    desk.pass_time(days=3)
    case.fire("answer", "applicant:p1", PERMIT)
    assert standard(case).pauses == [[day(6), day(11)], [day(12), day(14)], [day(15), day(18)]]
    assert standard(case).due_on == (dt.date(2022, 7, 6) + dt.timedelta(days=5 + 2 + 3)).isoformat()


def test_an_overrun_clock_is_marked_and_noted_but_decides_nothing(desk: Desk) -> None:
    case = submitted(desk)
    desk.pass_time(days=31)
    row = case.log[-1]
    assert (row.event, row.kind, row.from_state, row.to_state) == ("standard_overrun", "clock", "review", "review")
    assert (standard(case).breached, standard(case).state) == (True, "running")
    assert desk.pass_time(days=90) == []


def test_a_clock_is_overrun_at_the_midnight_after_its_last_day_and_not_before(desk: Desk) -> None:
    case = submitted(desk)
    desk.pass_time(until=dt.datetime(2022, 7, 6, 23, 59, 59, tzinfo=MONDAY.tzinfo))
    assert not standard(case).breached
    desk.pass_time(until=dt.datetime(2022, 7, 7, tzinfo=MONDAY.tzinfo))
    assert standard(case).breached


def test_a_decision_satisfies_the_clock(desk: Desk) -> None:
    run = standard(decided(desk))
    assert (run.state, run.satisfied_on, run.breached) == ("satisfied", day(6), False)


def test_a_decision_after_the_limit_is_overrun_even_when_nobody_let_time_act(desk: Desk) -> None:
    case = drafted(desk)
    desk.clock.set(MONDAY + dt.timedelta(days=40))
    case.fire("endorse", "unit_chief:u1")
    case.fire("decide", "section_chief:s1")
    assert (standard(case).breached, standard(case).state) == (True, "satisfied")


def test_the_event_that_ends_the_case_satisfies_its_clock_and_does_not_just_stop_it(desk: Desk) -> None:
    case = submitted(desk, kind="report")
    case.look("clerk:k1", papers=True, width=True)
    case.fire("accept", "clerk:k1")
    assert case.whole.clocks["report"].state == "satisfied"
    assert case.whole.case.closed


@pytest.mark.parametrize("begin", [submitted, correcting, drafted])
def test_an_end_stops_a_clock_whether_it_runs_or_is_paused(desk: Desk, begin: Callable[[Desk], Case]) -> None:
    case = begin(desk)
    case.fire("withdraw", "applicant:p1")
    assert (standard(case).state, standard(case).satisfied_on) == ("stopped", None)
    assert case.whole.timers == {}


def test_an_overrun_clock_goes_on_pausing_and_resuming_without_a_second_mark(desk: Desk) -> None:
    case = submitted(desk)
    desk.pass_time(days=40)
    case.fire("request_correction", "clerk:k1", {"items": "図"})
    desk.pass_time(days=3)
    case.fire("answer", "applicant:p1", PERMIT)
    desk.pass_time(days=60)
    assert case.events().count("standard_overrun") == 1


def with_clock(**changes: object) -> Shelf:
    clock = declared("permit").clocks["standard"].model_dump(by_alias=True) | changes
    return changed("permit", clocks={"standard": clock})


def test_a_clock_that_starts_in_a_state_that_pauses_it_starts_paused(desk: Desk) -> None:
    case = submitted(desk.using(with_clock(starts=["request_correction"])))
    case.fire("request_correction", "clerk:k1", {"items": "図"})
    assert standard(case).state == "paused"
    case.fire("answer", "applicant:p1", PERMIT)
    assert (standard(case).state, standard(case).due_on) == ("running", day(6, month=7))


def test_a_clock_that_has_ended_starts_anew_where_the_declaration_says_so(desk: Desk) -> None:
    case = decided(desk.using(with_clock(starts=["submit", "reconsider"])))
    case.fire("issue", "counter:c1")
    desk.pass_time(days=10)
    case.fire("reconsider", "clerk:k1")
    assert (standard(case).state, standard(case).due_on) == ("running", day(6, month=7))  # from arrival, as declared


def test_a_clock_that_runs_is_not_started_again(desk: Desk) -> None:
    case = submitted(desk.using(with_clock(starts=["submit", "note"])))
    desk.pass_time(days=3)
    case.fire("note", "clerk:k1", {"text": "後で"})
    assert standard(case).starts_on == day(6)


def test_a_city_sets_its_own_limit_where_the_declaration_lets_it() -> None:
    desk = in_memory()
    clock = declared("permit").clocks["standard"]
    with desk.engine.reading(submitted(desk).id) as work:
        assert clockwork.limit_of(work, clock) == Limit(days=30)
        own = TOWN.model_copy(update={"params": {"standard_days": 14}})
        work.ports = dataclasses.replace(work.ports, municipality=own)
        assert clockwork.limit_of(work, clock) == Limit(days=14)


def test_a_limit_in_months_is_a_limit_in_months(desk: Desk) -> None:
    case = submitted(desk.using(with_clock(limit={"months": 3})))
    assert standard(case).due_on == day(6, month=9)


def test_a_clock_counts_from_today_while_its_day_is_unknown(desk: Desk) -> None:
    case = submitted(desk.using(with_clock(counts_from="facts.measured_on")))
    assert standard(case).starts_on == day(6)


def test_an_overrun_clock_without_a_declared_finding_says_overrun(desk: Desk) -> None:
    case = submitted(desk.using(with_clock(breach=None)))
    desk.pass_time(days=31)
    assert case.events()[-1] == "overrun"
