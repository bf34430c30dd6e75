"""Meetings: a case is put on the list of the next sitting with room, and is dealt with when its day has come."""

import dataclasses
import datetime as dt
from functools import partial

import pytest

from engine.actors import Actor
from engine.calendar import OpeningCalendar
from engine.errors import NotPossibleNow
from engine.municipality import Sittings
from engine.sittings import days_of
from engine.verify import verify_everything
from tests.engine.desk import Case, Desk
from tests.engine.invariants import complaints
from tests.engine.made_up.shelf import TOWN, Shelf, legal
from tests.engine.test_extensions import submitted
from tests.engine.test_rivals import at_once
from tests.engine.test_scope import seen
from tests.grounds import Ground

THURSDAY, NEXT_TUESDAY, NEXT_THURSDAY = "2022-06-09", "2022-06-14", "2022-06-16"
NEXT = "2022-06-21"


@pytest.fixture
def town(desk: Desk) -> Desk:
    return desk.using(legal())


def assigned(town: Desk) -> Case:
    case = submitted(town)
    case.fire("assign", "clerk:k1")
    return case


def on(case: Case) -> str | None:
    found: str | None = case.whole.case.memo.get("meeting", {}).get("on")
    return found


def listed(town: Desk, day: str) -> list[tuple[int, int]]:
    with town.store.reading() as tx:
        return [(row.case_id, row.owner) for row in tx.booked(TOWN.id, "committee", day)]


def test_a_case_comes_to_the_next_sitting_for_which_the_papers_still_go_out_in_time(town: Desk) -> None:
    case = assigned(town)  # on a Monday: two days before Tuesday's sitting are over
    assert on(case) == THURSDAY
    assert seen(case, "case")["meeting_on"] == THURSDAY


def test_a_full_list_passes_the_next_case_on(town: Desk) -> None:
    cases = [assigned(town) for _ in range(5)]
    assert [on(case) for case in cases] == [THURSDAY, THURSDAY, NEXT_TUESDAY, NEXT_TUESDAY, NEXT_THURSDAY]
    assert listed(town, NEXT_TUESDAY) == [(cases[2].id, 0), (cases[3].id, 0)]
    assert listed(town, "2022-06-10") == []


def test_many_who_put_cases_on_a_list_at_once_overfill_no_day(lasting: Ground) -> None:
    with lasting.open(patience=60) as store:
        town = Desk(store).using(legal())
        cases = [submitted(town) for _ in range(7)]
        clerks = [Actor("clerk", f"k{n}") for n in range(7)]
        rivals = zip(cases, clerks, strict=True)
        at_once([partial(town.engine.fire, case.id, "assign", clerk) for case, clerk in rivals])
        assert sorted(str(on(case)) for case in cases) == [
            *[THURSDAY] * 2,
            *[NEXT_TUESDAY] * 2,
            *[NEXT_THURSDAY] * 2,
            NEXT,
        ]
        assert complaints(store, town.ports.definitions) == []


def test_it_is_dealt_with_on_the_day_or_later_and_not_before(town: Desk) -> None:
    case = assigned(town)
    with pytest.raises(NotPossibleNow, match=rf"広場委員会.*{THURSDAY}.*その日から"):
        case.fire("judge", "clerk:k1")
    assert "judge" not in [option.event for option in case.options("clerk:k1")]
    town.pass_time(days=3)
    case.fire("judge", "clerk:k1")
    assert (case.state, on(case)) == ("judged", None)
    assert listed(town, THURSDAY) == [(case.id, 0)]  # what was dealt with stays on the list


def test_what_hangs_on_answers_is_no_option_either_before_the_day(desk: Desk) -> None:
    procedure = legal().procedures["square"]
    hanging = {"asks": "delay", "when": "asked.expected_on != null"}
    rows = [row.model_copy(update=hanging) if row.id == "judge" else row for row in procedure.events]
    town = desk.using(Shelf({"square": procedure.model_copy(update={"events": tuple(rows)})}))
    case = assigned(town)
    assert "judge" not in [option.event for option in case.options("clerk:k1")]
    town.pass_time(days=3)
    assert "judge" in [option.event for option in case.options("clerk:k1")]


def test_a_case_that_was_held_back_comes_to_a_later_sitting(town: Desk) -> None:
    case = assigned(town)
    town.pass_time(days=3)
    case.fire("hold", "clerk:k1")
    case.fire("resubmit", "clerk:k1")
    assert on(case) == NEXT_TUESDAY
    town.pass_time(days=5)
    case.fire("judge", "clerk:k1")
    assert [listed(town, day) for day in (THURSDAY, NEXT_TUESDAY)] == [[(case.id, 0)]] * 2


def test_never_twice_to_the_sitting_of_one_day(desk: Desk) -> None:
    procedure = legal().procedures["square"]
    at_once = procedure.model_copy(
        update={"meetings": {"committee": procedure.meetings["committee"].model_copy(update={"papers_before": 0})}}
    )
    town = desk.using(Shelf({"square": at_once}))
    case = assigned(town)
    town.pass_time(days=1)
    case.fire("hold", "clerk:k1")
    case.fire("resubmit", "clerk:k1")
    assert [listed(town, "2022-06-07"), on(case)] == [[(case.id, 0)], THURSDAY]


def test_a_case_that_leaves_before_the_day_gives_its_room_back(town: Desk) -> None:
    first, second = assigned(town), assigned(town)
    first.fire("withdraw", "applicant:p1")
    assert listed(town, THURSDAY) == [(second.id, 0)]
    assert on(assigned(town)) == THURSDAY


def test_an_event_that_leaves_the_meeting_aside_gives_the_room_back_too(town: Desk) -> None:
    case = assigned(town)
    town.pass_time(until=dt.datetime(2022, 7, 7, tzinfo=dt.UTC))
    other = assigned(town)
    case.fire("claim", "applicant:p1")
    other.fire("withdraw", "applicant:p1")
    assert listed(town, THURSDAY) == [(case.id, 0)]  # its day had come
    assert all(not listed(town, day) for day in ("2022-07-12", "2022-07-14"))


def test_a_task_is_dealt_with_at_a_meeting_as_a_case_is(town: Desk) -> None:
    case = submitted(town)
    case.fire("confer", "clerk:k1")
    case.fire("put", "clerk:k1")
    assert listed(town, THURSDAY) == [(case.id, 1)]
    with pytest.raises(NotPossibleNow, match=THURSDAY):
        case.fire("agree", "clerk:k1")
    town.pass_time(days=3)
    case.fire("agree", "clerk:k1")
    assert case.tasks("plan")[0].state == "agreed"


def test_a_closed_task_gives_its_room_back(town: Desk) -> None:
    case = submitted(town)
    case.fire("confer", "clerk:k1")
    case.fire("put", "clerk:k1")
    case.fire("withdraw", "applicant:p1")
    assert listed(town, THURSDAY) == []


def test_what_is_held_at_a_meeting_needs_a_place_on_its_list(desk: Desk) -> None:
    procedure = legal().procedures["square"]
    unbooked = procedure.model_copy(update={"effects": tuple(row for row in procedure.effects if not row.books)})
    case = assigned(desk.using(Shelf({"square": unbooked})))
    with pytest.raises(NotPossibleNow, match="まだ会議の一覧に入っていません"):
        case.fire("judge", "clerk:k1")


@pytest.mark.parametrize(("meetings", "why"), [((), "設定"), ((Sittings(id="committee", capacity=1),), "空きのある")])
def test_without_days_nothing_is_stored(town: Desk, meetings: tuple[Sittings, ...], why: str) -> None:
    case = submitted(town)
    before = case.events()
    city = TOWN.model_copy(update={"meetings": meetings})
    town.engine.ports = dataclasses.replace(town.ports, municipality=city)
    with pytest.raises(NotPossibleNow, match=why):
        case.fire("assign", "clerk:k1")
    assert case.events() == before


def test_a_meeting_sits_on_open_days_of_its_weeks_and_on_days_of_its_own() -> None:
    sits = Sittings(id="m", weekdays=("tue",), weeks=(1, 3), days=(dt.date(2023, 5, 6),), capacity=1)
    days = days_of(sits, OpeningCalendar(), dt.date(2023, 1, 1))
    found = [day.isoformat() for day in days if day < dt.date(2023, 6, 1)]
    assert found[:2] == ["2023-01-17", "2023-02-07"]  # not 3 January, in the year-end closing
    assert found[-3:] == ["2023-05-02", "2023-05-06", "2023-05-16"]


def test_a_list_that_somebody_changed_is_found(town: Desk) -> None:
    case = assigned(town)
    with town.store.transaction() as tx:
        assert verify_everything(tx) == []
        (row,) = tx.bookings_of(case.id)
        tx.drop_booking(row)
        tx.book(row._replace(held_on="2022-06-30"))
        assert ["bookings.committee.1.on" in str(found) for found in verify_everything(tx)] == [True]
        tx.drop_booking(row._replace(held_on="2022-06-30"))
        tx.book(row)
