"""Somebody is told on every declared day before a clock's end, each time once."""

import datetime as dt

import pytest

from engine.actors import Actor
from engine.carrying import CannotMove
from tests.engine.desk import MONDAY, Case, Desk
from tests.engine.made_up.shelf import Shelf, legal
from tests.engine.test_extensions import extend, statutory, submitted, with_clock

TOLD = "due:statutory"


@pytest.fixture
def town(desk: Desk) -> Desk:
    return desk.using(legal())


def told_on(case: Case) -> list[str]:
    """The days on which somebody was told."""
    rows = [row for row in case.log if (row.event, row.kind) == (TOLD, "clock")]
    return [dt.datetime.fromtimestamp(row.at, MONDAY.tzinfo).date().isoformat() for row in rows]


def day_by_day(town: Desk, days: int) -> None:
    for _ in range(days):
        town.pass_time(days=1)


def test_each_rung_is_told_once_on_its_day(town: Desk) -> None:
    case = submitted(town)
    day_by_day(town, 40)
    assert told_on(case) == ["2022-06-26", "2022-07-01", "2022-07-05"]
    assert [sent[3] for sent in town.deliver()] == ["clerk"] * 3
    assert case.events().count("statutory_over") == 1


def test_a_rung_is_reached_when_its_day_begins(town: Desk) -> None:
    case = submitted(town)
    town.pass_time(until=dt.datetime(2022, 6, 25, 23, 59, 59, tzinfo=MONDAY.tzinfo))
    assert statutory(case).standing == "running"
    town.pass_time(until=dt.datetime(2022, 6, 26, tzinfo=MONDAY.tzinfo))
    assert statutory(case).standing == "due"


def test_when_nobody_let_time_act_for_long_each_rung_is_still_told_once_before_the_end(town: Desk) -> None:
    case = submitted(town)
    town.pass_time(days=400)
    assert [event for event in case.events() if event in {TOLD, "statutory_over"}] == [TOLD] * 3 + ["statutory_over"]


def test_an_extension_brings_all_rungs_back_for_the_new_end(town: Desk) -> None:
    case = submitted(town)
    day_by_day(town, 26)
    extend(case, "2022-07-20")
    assert statutory(case).standing == "running"
    day_by_day(town, 30)
    assert told_on(case) == ["2022-06-26", "2022-07-01", "2022-07-10", "2022-07-15", "2022-07-19"]


def test_of_rungs_that_lie_behind_already_only_the_last_is_told(desk: Desk) -> None:
    case = submitted(desk.using(with_clock("statutory", limit={"days": 3})))
    day_by_day(case.desk, 3)
    assert told_on(case) == ["2022-06-07", "2022-06-08"]


def test_a_pause_moves_the_rungs_that_are_left_and_repeats_none(desk: Desk) -> None:
    case = submitted(desk.using(with_clock("statutory", pauses_in=["correction"])))
    day_by_day(case.desk, 21)
    case.fire("ask_correction", "clerk:k1", {"due_on": "2022-07-30"})
    day_by_day(case.desk, 8)
    case.fire("correct", "applicant:p1")
    day_by_day(case.desk, 12)
    assert told_on(case) == ["2022-06-26", "2022-07-09", "2022-07-13"]


def test_a_rung_whose_condition_does_not_hold_waits_until_it_does(town: Desk) -> None:
    case = submitted(town)
    case.establish("clerk:k1", on_time=True)
    day_by_day(town, 22)
    assert (told_on(case), case.log[-1].kind) == ([], "ripe")
    case.establish("clerk:k1", on_time=False)
    assert told_on(case) == ["2022-06-28"]
    day_by_day(town, 10)
    assert told_on(case) == ["2022-06-28", "2022-07-01", "2022-07-05"]


def test_nobody_is_told_any_more_once_the_clock_has_ended(town: Desk) -> None:
    case = submitted(town)
    case.fire("withdraw", "applicant:p1")
    day_by_day(town, 40)
    assert told_on(case) == []


def test_a_rung_before_a_day_that_somebody_gives_follows_that_day(town: Desk) -> None:
    case = submitted(town)
    case.establish("clerk:k1", closes_on="2022-06-20")
    case.establish("clerk:k1", closes_on="2022-06-25")
    town.pass_time(days=12)
    assert "due:closing" not in case.events()
    town.pass_time(days=4)
    assert case.events().count("due:closing") == 1


def moved(case: Case, definitions: Shelf) -> Case:
    """The case under another edition."""
    desk = case.desk.using(definitions)
    desk.engine.migrate(case.id, Actor("clerk", "k1"))
    return Case(desk, case.id)


def test_another_edition_tells_on_its_own_rungs_and_repeats_none(town: Desk) -> None:
    case = submitted(town)
    day_by_day(town, 21)
    case = moved(case, with_clock("statutory", due={"days_before": [10, 2]}))
    day_by_day(case.desk, 20)
    assert told_on(case) == ["2022-06-26", "2022-07-04"]


def test_a_clock_that_is_gone_in_another_edition_takes_its_rungs_along(town: Desk) -> None:
    case = submitted(town)
    case.establish("clerk:k1", closes_on="2022-07-20")
    procedure = legal().procedures["square"]
    clocks = {name: clock for name, clock in procedure.clocks.items() if name != "closing"}
    events = case.events()
    with pytest.raises(CannotMove, match="広場が閉まる日"):
        moved(case, Shelf({"square": procedure.model_copy(update={"clocks": clocks})}))
    assert case.events() == events
