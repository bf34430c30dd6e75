"""An opening calendar against a table of holidays typed from the 官報 and against counting day by day."""

import datetime as dt
import pickle
import tomllib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.calendar import OpeningCalendar, UnknownYear, national_holidays

TYPED = frozenset(tomllib.loads(Path(__file__).with_name("legal_dates.toml").read_text("utf-8"))["holidays"])
FIRST, LAST = dt.date(2019, 1, 1), dt.date(2027, 12, 31)
PLAIN = OpeningCalendar()
DAYS = st.dates(FIRST + dt.timedelta(days=200), LAST - dt.timedelta(days=200))
ONE_DAY = dt.timedelta(days=1)


def shut(day: dt.date) -> bool:
    """Whether the city hall is closed, from the typed table alone."""
    new_year = (day.month == 12 and day.day > 28) or (day.month == 1 and day.day < 4)
    return day.isoweekday() > 5 or day in TYPED or new_year


def test_every_day_of_nine_years_is_open_or_closed_as_the_typed_table_says() -> None:
    days = [FIRST + n * ONE_DAY for n in range((LAST - FIRST).days + 1)]
    assert [day for day in days if PLAIN.is_open(day) == shut(day)] == []


def test_national_holidays_are_exactly_the_typed_ones() -> None:
    found = {day for year in range(FIRST.year, LAST.year + 1) for day in national_holidays(year)}
    assert found == TYPED


@pytest.mark.parametrize(
    ("day", "why"),
    [
        (dt.date(2026, 3, 20), "祝日(春分の日)"),
        (dt.date(2026, 5, 6), "振替休日"),
        (dt.date(2026, 9, 22), "国民の休日"),
        (dt.date(2019, 5, 1), "祝日(天皇の即位の日)"),
        (dt.date(2026, 5, 3), "日曜日"),
        (dt.date(2026, 5, 9), "土曜日"),
        (dt.date(2026, 1, 1), "祝日(元日)"),
        (dt.date(2025, 12, 29), "年末年始"),
        (dt.date(2025, 12, 31), "年末年始"),
        (dt.date(2026, 1, 2), "年末年始"),
        (dt.date(2025, 12, 26), None),
        (dt.date(2026, 1, 5), None),
        (dt.date(2026, 3, 31), None),
        (dt.date(2026, 4, 1), None),
        (dt.date(2024, 2, 29), None),
    ],
)
def test_the_ground_of_a_closed_day_is_said_in_japanese(day: dt.date, why: str | None) -> None:
    assert PLAIN.why_closed(day) == why
    assert PLAIN.is_open(day) == (why is None)


def test_a_city_adds_closed_days_of_its_own() -> None:
    citizens_day = dt.date(2025, 11, 13)
    city = OpeningCalendar(closed_days=frozenset({citizens_day}))
    assert city.why_closed(citizens_day) == "市の休日"
    assert PLAIN.is_open(citizens_day)
    assert city.next_open_day(citizens_day) == dt.date(2025, 11, 14)


def test_an_extra_opening_is_work_but_stays_a_holiday_by_ordinance() -> None:
    sunday = dt.date(2026, 3, 29)
    city = OpeningCalendar(extra_open=frozenset({sunday}))
    assert city.is_open(sunday)
    assert city.by_ordinance.why_closed(sunday) == "日曜日"
    assert PLAIN.by_ordinance is PLAIN


def test_weekdays_and_the_year_end_are_arguments() -> None:
    library = OpeningCalendar(closed_weekdays=(0,), year_end=False)
    assert library.why_closed(dt.date(2025, 12, 29)) == "月曜日"
    assert library.is_open(dt.date(2025, 12, 30))
    assert library.is_open(dt.date(2025, 12, 28))


@pytest.mark.parametrize(
    ("day", "previous", "following"),
    [
        (dt.date(2025, 5, 3), dt.date(2025, 5, 2), dt.date(2025, 5, 7)),
        (dt.date(2025, 12, 30), dt.date(2025, 12, 26), dt.date(2026, 1, 5)),
        (dt.date(2019, 4, 27), dt.date(2019, 4, 26), dt.date(2019, 5, 7)),
        (dt.date(2026, 9, 22), dt.date(2026, 9, 18), dt.date(2026, 9, 24)),
        (dt.date(2025, 4, 1), dt.date(2025, 4, 1), dt.date(2025, 4, 1)),
    ],
)
def test_the_nearest_open_days_around_a_day(day: dt.date, previous: dt.date, following: dt.date) -> None:
    assert PLAIN.previous_open_day(day) == previous
    assert PLAIN.next_open_day(day) == following


@given(DAYS, st.integers(1, 80))
def test_adding_opening_days_is_walking_day_by_day(day: dt.date, n: int) -> None:
    walked, left = day, n
    while left:
        walked += ONE_DAY
        left -= not shut(walked)
    assert PLAIN.add_open_days(day, n) == walked
    assert PLAIN.open_days_between(day, walked) == n
    assert PLAIN.open_days_between(walked, day) == -n


@given(DAYS, st.integers(1, 80))
def test_going_back_finds_the_open_day_from_which_one_comes_forward(day: dt.date, n: int) -> None:
    back = PLAIN.add_open_days(day, -n)
    assert not shut(back)
    assert sum(not shut(back + k * ONE_DAY) for k in range((day - back).days)) == n
    assert PLAIN.add_open_days(day, 0) == day


@given(DAYS, DAYS)
@settings(deadline=None)
def test_open_days_between_are_those_after_the_first_up_to_the_second(a: dt.date, b: dt.date) -> None:
    first, second = min(a, b), max(a, b)
    counted = sum(not shut(first + n * ONE_DAY) for n in range(1, (second - first).days + 1))
    assert PLAIN.open_days_between(first, second) == counted


@pytest.mark.parametrize("year", [1900, 1948, 2100, 2200])
def test_a_year_without_known_holidays_is_an_error_and_never_open(year: int) -> None:
    with pytest.raises(UnknownYear) as said:
        PLAIN.is_open(dt.date(year, 6, 1))
    assert f"{year}年の祝日が分からない" in said.value.text("ja")
    assert "1949–2099" in said.value.text("en")


def test_looking_past_the_last_known_year_is_the_same_error() -> None:
    with pytest.raises(UnknownYear):
        PLAIN.next_open_day(dt.date(2099, 12, 31))
    with pytest.raises(UnknownYear):
        PLAIN.add_open_days(dt.date(2099, 12, 25), 10)


def test_an_instant_is_no_civil_day() -> None:
    with pytest.raises(TypeError, match="civil day"):
        PLAIN.is_open(dt.datetime(2026, 5, 3, 12, tzinfo=dt.UTC))


@pytest.mark.parametrize("weekdays", [(7,), (-1,), (0, 1, 2, 3, 4, 5, 6)])
def test_impossible_weekdays_are_refused(weekdays: tuple[int, ...]) -> None:
    with pytest.raises(ValueError, match="closed_weekdays"):
        OpeningCalendar(closed_weekdays=weekdays)


def test_a_day_is_not_both_closed_and_open() -> None:
    day = frozenset({dt.date(2025, 11, 13)})
    with pytest.raises(ValueError, match="2025-11-13"):
        OpeningCalendar(closed_days=day, extra_open=day)


def test_equal_calendars_are_one_key_also_after_use_and_in_another_process() -> None:
    used = OpeningCalendar(closed_days=frozenset({dt.date(2025, 11, 13)}))
    used.is_open(dt.date(2025, 1, 6))
    fresh = OpeningCalendar(closed_days=frozenset({dt.date(2025, 11, 13)}))
    assert {used: "x"}[fresh] == "x"
    assert pickle.loads(pickle.dumps(used)) == fresh  # noqa: S301 - our own bytes
    assert used != PLAIN
