"""Ages, school years, months and the shared rules of the 27 procedures that rest on them."""

import datetime as dt
import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.calendar import OpeningCalendar
from engine.clock import JST, civil_day, to_seconds
from engine.periods import Limit, add_months, age_at, last_day, month_after, months_between, school_year_end_after

AGES = tomllib.loads(Path(__file__).with_name("legal_dates.toml").read_text("utf-8"))["ages"]
CITY = OpeningCalendar()
ONE_DAY = dt.timedelta(days=1)
Day = dt.date


def spans(first: int, last: int) -> st.SearchStrategy[Day]:
    return st.dates(Day(first, 1, 1), Day(last, 12, 31))


def walk_to_age(born: Day, age: int) -> Day:
    """The day before the birthday on which the age is reached, birthday after birthday; 29 February keeps 1 March."""
    birthdays, day = 0, born
    while birthdays < age:
        day += ONE_DAY
        birthdays += (day.month, day.day) == (born.month, born.day) or (
            (born.month, born.day) == (2, 29) and (day.month, day.day) == (3, 1) and (day - ONE_DAY).day == 28
        )
    return day - ONE_DAY


@given(spans(1900, 2200), st.integers(-600, 600))
def test_months_added_are_months_between(day: Day, months: int) -> None:
    moved = add_months(day, months)
    assert months_between(f"{day:%Y-%m}", moved) == months
    assert moved.day == day.day or (moved.day < day.day and (moved + ONE_DAY).day == 1)
    assert months_between(month_after(day), day) == -1


@pytest.mark.parametrize("row", AGES, ids=lambda row: f"{row['born']}-{row['age']}")
def test_an_age_is_reached_on_the_day_before_the_birthday(row: dict[str, Any]) -> None:
    born, age, reached = row["born"], row["age"], row["reached"]
    assert age_at(born, reached) == age
    assert age_at(born, reached - ONE_DAY) == age - 1
    assert walk_to_age(born, age) == reached
    assert school_year_end_after(born, age) == row["school_year_end"]


@given(spans(1900, 2100), st.integers(0, 100))
@settings(deadline=None)
def test_ages_and_school_years_for_every_birth_date(born: Day, age: int) -> None:
    end = school_year_end_after(born, age)
    assert (end.month, end.day) == (3, 31)
    assert age_at(born, max(end, born)) == age
    assert age == 0 or age_at(born, max(add_months(end, -12), born)) == age - 1


def test_nobody_has_an_age_before_birth() -> None:
    assert age_at(Day(2025, 4, 1), Day(2025, 4, 1)) == 0
    with pytest.raises(ValueError, match="2025-04-01"):
        age_at(Day(2025, 4, 1), Day(2025, 3, 31))


FIFTEEN = Limit(days=15, shift="next_open")


@pytest.mark.parametrize(
    ("event", "received", "start"),
    [
        ("2025-04-30", "2025-05-15", "2025-05"),
        ("2025-04-30", "2025-05-16", "2025-06"),
        ("2025-04-26", "2025-05-12", "2025-05"),
        ("2025-04-26", "2025-05-13", "2025-06"),
        ("2025-04-10", "2025-04-28", "2025-05"),
        ("2026-01-31", "2026-02-16", "2026-02"),
        ("2025-09-30", "2025-10-15", "2025-10"),
        ("2025-04-01", "2025-04-16", "2025-05"),
        ("2025-12-15", "2026-01-05", "2026-01"),
    ],
)
def test_the_month_a_benefit_starts_by_the_rule_of_fifteen_days(event: str, received: str, start: str) -> None:
    happened, arrived = Day.fromisoformat(event), Day.fromisoformat(received)
    limit = last_day(happened, FIFTEEN, CITY)
    assert limit is not None
    assert month_after(happened if arrived <= limit else arrived) == start


@pytest.mark.parametrize(("born", "last_month"), [("2007-04-01", "2025-03"), ("2007-04-02", "2026-03")])
def test_the_last_month_of_a_benefit_is_that_of_the_school_year(born: str, last_month: str) -> None:
    assert f"{school_year_end_after(Day.fromisoformat(born), 18):%Y-%m}" == last_month


@pytest.mark.parametrize(("ended", "last_month"), [("2025-06-30", "2025-06"), ("2025-04-01", "2025-04")])
def test_a_benefit_is_paid_to_the_month_in_which_its_reason_ends(ended: str, last_month: str) -> None:
    day = Day.fromisoformat(ended)
    assert months_between(last_month, day) == 0
    assert months_between(last_month, month_after(day)) == 1


@pytest.mark.parametrize(("received", "deadline"), [("2025-11-28", "2025-12-28"), ("2026-01-30", "2026-03-01")])
def test_thirty_days_of_a_certification_do_not_move_off_a_holiday(received: str, deadline: str) -> None:
    assert str(last_day(Day.fromisoformat(received), Limit(days=30), CITY)) == deadline


def test_the_last_day_ends_at_midnight_in_japan() -> None:
    limit = last_day(Day(2025, 4, 30), FIFTEEN, CITY)
    last_second = to_seconds(dt.datetime(2025, 5, 15, 14, 59, 59, tzinfo=dt.UTC))
    assert civil_day(last_second) == limit
    assert civil_day(last_second + 1) == Day(2025, 5, 16)
    assert last_second + 1 == to_seconds(dt.datetime(2025, 5, 16, tzinfo=JST))


@pytest.mark.parametrize("month", ["2025-13", "2025-00", "2025", "２０２５-01", "2025-1", "2025-01\n"])
def test_a_month_is_written_with_year_and_month(month: str) -> None:
    with pytest.raises(ValueError, match="YYYY-MM"):
        months_between(month, Day(2025, 1, 1))


def test_months_are_counted_from_texts_as_from_days() -> None:
    assert months_between("2024-10", "2024-12-10") == months_between("2024-10", Day(2024, 12, 10)) == 2
    assert months_between("2025-04", "2025-03") == -1
    assert add_months(Day(2026, 1, 31), 1) == Day(2026, 2, 28)
    assert add_months(Day(2024, 3, 31), -1) == Day(2024, 2, 29)
