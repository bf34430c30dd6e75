"""People at work: opening hours, closed days, days off, work that goes on the next day."""

from __future__ import annotations

import datetime as dt

import pytest

from engine.calendar import OpeningCalendar
from engine.clock import JST, to_seconds
from engine.municipality import OpeningHours, Post
from simulation.people import Staff, key_of

POST = Post(id="clerk", label="担当", department="d", roles=("clerk",), staff=2)
KEY = key_of(POST)
AFTERNOON = (dt.time(13, 30), dt.time(15, 30))


def at(day: int, hour: int, minute: int = 0) -> int:
    """An instant of April 2022."""
    return to_seconds(dt.datetime(2022, 4, day, hour, minute, tzinfo=JST))


@pytest.fixture
def staff() -> Staff:
    """Two clerks who are never away."""
    return Staff(OpeningCalendar(), OpeningHours(), (POST,), 0.0, 1)


def test_the_free_person_with_the_lowest_number_is_taken(staff: Staff) -> None:
    first = staff.idle(KEY, at(4, 9))
    assert first is not None
    assert first.number == 1
    first.busy_with = (1, 0)
    second = staff.idle(KEY, at(4, 9))
    assert second is not None
    assert second.number == 2


@pytest.mark.parametrize(("day", "hour"), [(4, 8), (4, 18), (2, 10), (29, 10)], ids=["early", "late", "sat", "holiday"])
def test_nobody_is_idle_while_the_office_is_closed(staff: Staff, day: int, hour: int) -> None:
    assert staff.idle(KEY, at(day, hour)) is None


def test_work_ends_the_same_day_when_there_is_time(staff: Staff) -> None:
    person = staff.people[KEY][0]
    assert staff.finish(person, at(4, 9), 3600) == (at(4, 10), [(dt.date(2022, 4, 4), 3600)])


def test_work_goes_on_the_next_opening_day(staff: Staff) -> None:
    person = staff.people[KEY][0]
    end, spent = staff.finish(person, at(8, 16, 45), 3600)  # a Friday, half an hour before closing
    assert end == at(11, 9)
    assert spent == [(dt.date(2022, 4, 8), 1800), (dt.date(2022, 4, 11), 1800)]


def test_a_post_works_on_a_procedure_in_its_own_time_of_the_day() -> None:
    staff = Staff(OpeningCalendar(), OpeningHours(), (POST,), 0.0, 1, {(KEY, "p"): AFTERNOON})
    assert not staff.is_open(at(4, 9), KEY, "p")
    assert staff.is_open(at(4, 9), KEY, "another")
    assert staff.next_opening(at(4, 9), KEY, "p") == at(4, 13, 30)
    end, spent = staff.finish(staff.people[KEY][0], at(4, 15), 3600, "p")
    assert (end, spent) == (at(5, 14), [(dt.date(2022, 4, 4), 1800), (dt.date(2022, 4, 5), 1800)])


def test_a_post_is_there_for_the_span_of_all_its_times() -> None:
    staff = Staff(OpeningCalendar(), OpeningHours(), (POST,), 0.0, 1, {(KEY, ""): AFTERNOON})
    assert staff.available(KEY, dt.date(2022, 4, 4)) == 2 * 7200


def test_days_off_come_as_often_as_assumed() -> None:
    staff = Staff(OpeningCalendar(), OpeningHours(), (POST,), 0.1, 1)
    person = staff.people[KEY][0]
    days = [dt.date(2020, 1, 1) + dt.timedelta(days=n) for n in range(3000)]
    opened = [day for day in days if staff.calendar.is_open(day)]
    away = sum(not staff.is_in(person, day) for day in opened)
    assert abs(away / len(opened) - 0.1) < 0.02


def test_the_next_opening_skips_golden_week(staff: Staff) -> None:
    assert staff.next_opening(at(28, 18)) == to_seconds(dt.datetime(2022, 5, 2, 8, 30, tzinfo=JST))


@pytest.mark.parametrize(("staff", "parts"), [(2.5, [1, 1, 0.5]), (0.4, [0.4]), (2.0, [1, 1]), (2.98, [1, 1, 1])])
def test_what_is_left_of_a_number_of_people_is_a_part_timer(staff: float, parts: list[float]) -> None:
    made = Staff(OpeningCalendar(), OpeningHours(), (POST.model_copy(update={"staff": staff}),), 0.0, 1)
    assert [person.part for person in made.people[KEY]] == pytest.approx(parts)


def test_a_part_timer_comes_on_that_share_of_the_days_and_finishes_on_them() -> None:
    made = Staff(OpeningCalendar(), OpeningHours(), (POST.model_copy(update={"staff": 0.5}),), 0.0, 1)
    (person,) = made.people[KEY]
    days = [dt.date(2022, 4, 1) + dt.timedelta(days=n) for n in range(365)]
    opened = [day for day in days if made.calendar.is_open(day)]
    there = [day for day in opened if made.is_in(person, day)]
    assert 0.42 < len(there) / len(opened) < 0.58
    assert {day for day, _ in made.finish(person, at(4, 9), 100_000)[1]} <= set(there)
