"""Events that happen by themselves when a span has passed."""

import datetime as dt

import pytest

from engine.clock import JST, to_seconds
from engine.errors import MadoguchiError
from engine.fold import RIPE
from tests.engine.desk import MONDAY, Case, Desk
from tests.engine.journeys import PERMIT, correcting, decided, kept, looking, weighing
from tests.engine.made_up.shelf import Shelf, changed, declared


def midnight(year: int, month: int, day: int) -> int:
    return to_seconds(dt.datetime(year, month, day, tzinfo=JST))


def due(case: Case, event: str, task: int = 0) -> int:
    return case.whole.timers[(task, event)].due_at


def test_a_span_of_days_is_over_at_the_midnight_after_its_last_day(desk: Desk) -> None:
    case = correcting(desk)  # on the 6th; seven days end with the 13th
    assert due(case, "remind", task=1) == midnight(2022, 6, 14)
    desk.pass_time(until=dt.datetime(2022, 6, 13, 23, 59, 59, tzinfo=JST))
    assert case.tasks("correction")[0].state == "asked"
    desk.pass_time(until=dt.datetime(2022, 6, 14, tzinfo=JST))
    assert case.tasks("correction")[0].state == "reminded"


def test_a_span_counted_from_the_opening_is_not_begun_anew_by_a_move(desk: Desk) -> None:
    case = correcting(desk)
    before = due(case, "expire", task=1)
    desk.pass_time(days=8)
    assert case.tasks("correction")[0].state == "reminded"
    assert due(case, "expire", task=1) == before == midnight(2022, 6, 21)
    assert "expire" not in case.log[-1].effects  # it was left alone, not set to the same hour


def test_a_span_counted_from_entry_begins_anew_at_every_entry(desk: Desk) -> None:
    case = decided(desk)
    case.fire("issue", "counter:c1")
    assert due(case, "close_granted") == midnight(2022, 6, 10)


def test_leaving_a_state_drops_its_timers(desk: Desk) -> None:
    case = correcting(desk)
    case.fire("answer", "applicant:p1", PERMIT)
    assert {key for key in case.whole.timers if key[0]} == set()


def test_closing_a_task_drops_its_timers(desk: Desk) -> None:
    case = correcting(desk)
    case.fire("withdraw", "applicant:p1")
    assert case.whole.timers == {}


def test_what_is_due_happens_in_the_order_in_which_it_was_due(desk: Desk) -> None:
    case = correcting(desk)
    desk.pass_time(days=60)
    assert [(row.event, row.kind) for row in case.log[-3:]] == [
        ("remind", "timer"),
        ("expire", "timer"),
        ("uncorrected", "auto"),
    ]


def test_what_was_due_has_happened_before_a_later_command_is_looked_at(desk: Desk) -> None:
    case = correcting(desk)
    desk.clock.set(MONDAY + dt.timedelta(days=20))
    with pytest.raises(MadoguchiError, match=r"「補正する」はもうできません。「期限切れ」を.*システム"):
        case.fire("answer", "applicant:p1", PERMIT)
    assert case.state == "correction"  # the refused command kept nothing, not even what time had done
    desk.engine.tick()
    assert case.state == "review"


def test_a_timer_whose_condition_does_not_hold_is_ripe_and_fires_when_it_does(desk: Desk) -> None:
    case = kept(desk)
    desk.pass_time(until=dt.datetime(2023, 6, 10, tzinfo=JST))  # the town says one year
    assert case.state == "kept"
    assert (case.log[-1].event, case.log[-1].kind) == ("run_out", "ripe")
    assert due(case, "run_out") == RIPE
    assert desk.engine.next_due() != RIPE
    desk.pass_time(days=90)
    assert case.events().count("run_out") == 1
    case.establish("clerk:k1", inspected=True)
    assert [(row.event, row.kind) for row in case.log[-3:]] == [
        ("fact", "command"),
        ("run_out", "timer"),
        ("gather", "auto"),
    ]


def test_a_ripe_timer_is_dropped_with_its_state(desk: Desk) -> None:
    case = kept(desk)
    desk.pass_time(until=dt.datetime(2023, 6, 10, tzinfo=JST))
    case.fire("look_again", "clerk:k1")
    assert (0, "run_out") not in case.whole.timers


def test_a_repeating_timer_sets_itself_anew_each_time(desk: Desk) -> None:
    case = weighing(desk)
    assert due(case, "nudge") == midnight(2022, 6, 14)
    for week in range(1, 4):
        desk.pass_time(until=MONDAY + dt.timedelta(days=8 * week))
    assert case.events().count("nudge") == 3
    assert case.whole.timers[(0, "nudge")].turn == 4
    assert [sent[3] for sent in desk.deliver() if sent[4].startswith("nudge")] == ["clerk", "tree_doctor"] * 3


def test_a_repeating_timer_of_a_task_goes_on_while_the_task_stays(desk: Desk) -> None:
    case = looking(desk)
    desk.pass_time(days=8)
    desk.pass_time(days=8)
    assert case.events().count("chase") == 4
    case.fire("finish", "clerk:k1", {"height": 1}, task=1)
    assert [key for key in case.whole.timers if key[1] == "chase"] == [(2, "chase")]


def test_a_timer_that_does_not_repeat_is_used_up(desk: Desk) -> None:
    case = kept(desk)
    watch = case.tasks("watch")[0].number
    desk.pass_time(days=30)
    desk.pass_time(days=30)
    assert case.events().count("remind_watch") == 1
    assert (watch, "remind_watch") not in case.whole.timers


def test_a_span_in_opening_days_leaves_out_the_closed_ones(desk: Desk) -> None:
    case = kept(desk)  # on a Monday; the fifth opening day after it is the next Monday
    assert due(case, "remind_watch", case.tasks("watch")[0].number) == midnight(2022, 6, 14)


def test_years_come_from_the_towns_parameter(desk: Desk) -> None:
    assert due(kept(desk), "run_out") == midnight(2023, 6, 7)


def test_a_date_that_an_answer_gave_is_the_last_day(desk: Desk) -> None:
    case = looking(desk)
    case.fire("ask_opinion", "clerk:k1", {"due_on": "2022-06-20"})
    assert due(case, "miss", case.tasks("opinion")[0].number) == midnight(2022, 6, 21)


def test_an_initial_state_may_wait_for_its_time(desk: Desk) -> None:
    case = desk.open("grove", by="system")
    assert case.state == "due"
    desk.pass_time(days=2)
    assert (case.state, case.events()) == ("looking", ["open", "fall_due"])


def test_a_date_unknown_at_entry_is_timed_when_it_becomes_known(desk: Desk) -> None:
    case = weighing(desk)
    assert (0, "revisit") not in case.whole.timers
    case.establish("clerk:k1", visit_on="2022-06-08")
    assert due(case, "revisit") == midnight(2022, 6, 9)


def test_an_event_that_stays_in_its_state_may_make_a_date_known(desk: Desk) -> None:
    timers = [row.model_dump(by_alias=True, exclude_defaults=True) for row in declared("grove").timers]
    by_answer = [row | ({"date": "given.opinion_request.due_on"} if row["id"] == "visit" else {}) for row in timers]
    rows = [row.model_dump(by_alias=True, exclude_defaults=True) for row in declared("grove").events]
    while_looking = [row | ({"from": "looking"} if row["id"] == "revisit" else {}) for row in rows]
    case = looking(desk.using(changed("grove", timers=by_answer, events=while_looking)))
    case.fire("ask_opinion", "clerk:k1", {"due_on": "2022-06-20"})
    assert due(case, "revisit") == midnight(2022, 6, 21)


def test_a_date_that_moves_takes_its_timer_along(desk: Desk) -> None:
    case = weighing(desk)
    case.establish("clerk:k1", visit_on="2022-06-08")
    case.establish("clerk:k1", visit_on="2022-06-28")
    assert due(case, "revisit") == midnight(2022, 6, 29)
    case.establish("clerk:k1", visit_on=None)
    assert (0, "revisit") not in case.whole.timers


def to(state: str) -> Shelf:
    """The grove in which the day of the visit leads to a state."""
    rows = [row.model_dump(by_alias=True, exclude_defaults=True) for row in declared("grove").events]
    return changed("grove", events=[row | ({"to": state} if row["id"] == "revisit" else {}) for row in rows])


def test_entering_anew_while_the_date_is_unknown_sets_no_timer(desk: Desk) -> None:
    case = weighing(desk)
    case.establish("clerk:k1", visit_on="2022-06-28", healthy=True)
    case.fire("keep", "clerk:k1")
    case.establish("clerk:k1", visit_on=None)
    case.fire("look_again", "clerk:k1")
    assert (case.state, (0, "revisit") in case.whole.timers) == ("weighing", False)


def test_a_date_already_past_when_it_becomes_known_acts_at_once(desk: Desk) -> None:
    case = weighing(desk.using(to("released")))
    assert case.establish("clerk:k1", visit_on="2022-06-01").events == ("fact", "revisit")
    assert case.state == "released"


def test_a_past_date_that_leads_back_to_where_it_counts_is_an_error_with_nothing_stored(desk: Desk) -> None:
    case = weighing(desk.using(to("looking")))
    events = case.events()
    with pytest.raises(MadoguchiError, match="循環"):
        case.establish("clerk:k1", visit_on="2022-06-01")
    assert case.events() == events


def test_an_event_that_stays_in_its_state_fires_once_on_its_date_and_again_on_a_later_one(desk: Desk) -> None:
    case = weighing(desk)
    case.establish("clerk:k1", visit_on="2022-06-08")
    desk.pass_time(days=3)
    case.establish("clerk:k1", inspected=True)
    assert case.events().count("revisit") == 1
    case.establish("clerk:k1", visit_on="2022-06-20")
    desk.pass_time(days=20)
    assert case.events().count("revisit") == 2
