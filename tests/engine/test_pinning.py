"""A case runs under the edition that its answers call for; a correction may move it, a draft fixes it."""

import datetime as dt
from typing import Any

import pytest

from engine.clock import JST
from engine.errors import NotPossibleNow, UnknownThing
from engine.pinning import repin
from tests.engine.desk import Case, Desk
from tests.engine.journeys import PERMIT, correcting, drafted, looked_at, submitted
from tests.engine.made_up.shelf import Shelf, changed, declared, shelf

OLD, NEW = (shelf().edition("permit", day) for day in (dt.date(2022, 7, 1), dt.date(2023, 7, 1)))


def edition(case: Case) -> str:
    return case.whole.case.edition


def test_a_draft_stands_under_the_edition_of_the_day_on_which_it_was_opened(desk: Desk) -> None:
    assert edition(desk.open("permit")) == OLD.hash
    desk.clock.set(dt.datetime(2023, 4, 1, tzinfo=JST))
    assert edition(desk.open("permit")) == NEW.hash


@pytest.mark.parametrize(("start_on", "pinned"), [("2023-03-31", OLD), ("2023-04-01", NEW)])
def test_submission_pins_the_edition_of_the_date_in_the_answers(desk: Desk, start_on: str, pinned: Any) -> None:  # noqa: ANN401
    case = submitted(desk, start_on=start_on)
    assert edition(case) == pinned.hash
    assert case.log[-1].edition == pinned.hash


def test_the_arrival_itself_may_choose_the_edition(desk: Desk) -> None:
    office = desk.using(changed("permit", version_by="case.arrived_on"))
    case = office.open("permit")
    desk.clock.set(dt.datetime(2023, 4, 2, 9, 0, tzinfo=JST))
    office.clock.set(desk.clock.now())
    case.fire("submit", "applicant:p1", PERMIT)
    assert case.ask(lambda work: work.edition.on) == dt.date(2023, 4, 1)


def test_the_rows_of_the_pinned_edition_decide(desk: Desk) -> None:
    too_large, allowed = submitted(desk, size=15), submitted(desk, size=15, start_on="2023-04-01")
    for case in (too_large, allowed):
        case.look("clerk:k1", papers=True, width=True)
    with pytest.raises(NotPossibleNow, match="広さが限度以内"):
        too_large.fire("propose", "clerk:k1", {"amount": 2000})
    assert allowed.fire("propose", "clerk:k1", {"amount": 2000}).state == "deciding"


def test_time_does_not_move_a_case_into_another_edition(desk: Desk) -> None:
    case = submitted(desk)
    desk.pass_time(until=dt.datetime(2023, 5, 1, tzinfo=JST))
    case.fire("note", "clerk:k1", {"text": "新しい定めの後"})
    assert edition(case) == OLD.hash


def test_a_correction_before_the_draft_pins_anew(desk: Desk) -> None:
    case = correcting(desk)
    case.fire("answer", "applicant:p1", PERMIT | {"start_on": "2023-06-01"})
    assert edition(case) == NEW.hash
    assert {row.edition for row in case.log} == {OLD.hash, NEW.hash}


def test_the_draft_fixes_the_edition(desk: Desk) -> None:
    rows = [row.model_dump(by_alias=True, exclude_defaults=True) for row in declared("permit").events]
    late = {"id": "late", "label": "差替え", "from": "deciding", "by": "applicant", "asks": "form"}
    case = drafted(desk.using(changed("permit", events=[*rows, late])))
    before = edition(case)
    case.fire("late", "applicant:p1", PERMIT | {"start_on": "2023-06-01", "urgent": True})
    assert (edition(case), case.whole.case.priority) == (before, 0)


def test_without_the_date_that_chooses_nothing_is_submitted(desk: Desk) -> None:
    case = desk.using(changed("permit", version_by="facts.measured_on")).open("permit")
    with pytest.raises(NotPossibleNow, match="どの日の定めによるかが決まりません"):
        case.fire("submit", "applicant:p1", PERMIT)
    assert case.events() == ["open"]


def test_a_month_chooses_by_its_first_day(desk: Desk) -> None:
    rule = {"id": "start_month", "says": "始まる月", "type": "month", "cel": "month_of(form.start_on)"}
    case = submitted(desk.using(changed("permit", version_by="rules.start_month", rules=[rule])), start_on="2023-04-20")
    assert case.ask(lambda work: work.edition.on) == dt.date(2023, 4, 1)


def ends_in_2023(**lists: list[str]) -> Shelf:
    """The permit without some rows from April 2023 on."""
    whole = declared("permit").model_dump(by_alias=True, exclude_defaults=True)
    for name, ids in lists.items():
        whole[name] = [row | ({"until": dt.date(2023, 4, 1)} if row["id"] in ids else {}) for row in whole[name]]
    return changed("permit", **{name: whole[name] for name in lists})


def test_a_case_does_not_move_into_an_edition_that_has_no_place_for_it(desk: Desk) -> None:
    case = correcting(
        desk.using(ends_in_2023(states=["correction"], events=["request_correction", "corrected", "uncorrected"]))
    )
    with pytest.raises(NotPossibleNow, match="2023-06-01の定めには「補正中」がないので、この案件を移せません"):
        case.fire("answer", "applicant:p1", PERMIT | {"start_on": "2023-06-01"})
    assert case.fire("answer", "applicant:p1", PERMIT).state == "review"


def test_a_timer_that_the_other_edition_does_not_know_is_dropped(desk: Desk) -> None:
    whole = {
        name: task.model_dump(by_alias=True, exclude_defaults=True) for name, task in declared("permit").tasks.items()
    }
    amend = {"id": "amend", "label": "追記", "from": "asked", "by": "applicant", "asks": "form"}
    ended = {"until": dt.date(2023, 4, 1)}
    rows = [row | (ended if row["id"] == "remind" else {}) for row in whole["correction"]["events"]]
    whole["correction"]["events"] = [*rows, amend]
    case = correcting(desk.using(changed("permit", tasks=whole)))
    assert {event for _, event in case.whole.timers} == {"remind", "expire"}
    case.fire("amend", "applicant:p1", PERMIT | {"start_on": "2023-06-01"})
    assert {event for _, event in case.whole.timers} == {"expire"}


def test_a_clock_that_the_other_edition_does_not_know_stops(desk: Desk) -> None:
    case = looked_at(desk)
    case.fire("note", "clerk:k1", {"text": "定めが変わる"})
    rows = [row.model_dump(by_alias=True, exclude_defaults=True) for row in declared("permit").events]
    amend = {"id": "amend", "label": "差替え", "from": "review", "by": "applicant", "asks": "form"}
    later = Case(desk.using(changed("permit", clocks={}, events=[*rows, amend])), case.id)
    with pytest.raises(UnknownThing, match="「amend」"):
        later.fire("amend", "applicant:p1", PERMIT)  # still under the edition that it is pinned to
    with later.desk.store.transaction() as tx:
        work = later.desk.engine.work_on(tx, case.id)
        repin(work)
        work.happened("migrated", "command")
        work.write()
    assert case.whole.clocks["standard"].state == "stopped"
    assert case.whole.timers == {}


def test_natures_and_results_are_those_of_the_latest_answers(desk: Desk) -> None:
    case = correcting(desk)
    asked = "approval/main/cosign/parks/when"
    assert case.whole.case.memo["results"]["known"][asked] is not True
    case.fire("answer", "applicant:p1", PERMIT | {"kind": "report", "near_park": True})
    assert case.whole.case.nature == "report"
    assert case.whole.case.memo["results"]["known"][asked] is True


def test_results_of_conditions_that_read_only_the_form_outlive_the_form(desk: Desk) -> None:
    case = submitted(desk)
    with desk.store.transaction() as tx:
        tx.destroy(case.id, ["form.1"], 0)
    assert case.ask(lambda work: work.holds("checks", "size", "passes")) is True
    assert case.ask(lambda work: work.answers("form")) == {}
