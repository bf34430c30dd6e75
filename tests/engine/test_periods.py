"""Legal dates against a table worked out by hand and against a second implementation that walks day by day."""

import datetime as dt
import random
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.calendar import OpeningCalendar, UnknownYear
from engine.clock import JST
from engine.periods import Limit, Pause, explain, last_day

TABLE = tomllib.loads(Path(__file__).with_name("legal_dates.toml").read_text("utf-8"))
TYPED = frozenset(TABLE["holidays"])
CITY = OpeningCalendar()
ONE_DAY = dt.timedelta(days=1)
Day = dt.date


def shut(day: Day) -> bool:
    new_year = (day.month == 12 and day.day > 28) or (day.month == 1 and day.day < 4)
    return day.isoweekday() > 5 or day in TYPED or new_year


def after(day: Day) -> Iterator[Day]:
    while True:
        day += ONE_DAY
        yield day


def walk_months(first: Day, months: int) -> Day:
    """The end of a period of months, found by turning the leaves of a calendar."""
    turned = 0
    for day in after(first - ONE_DAY):
        morrow = day + ONE_DAY
        if turned == months and morrow.day == 1:
            return day
        turned += morrow.day == 1
        if turned == months and morrow.day == first.day:
            return day
    raise AssertionError


def walk(from_: Day, limit: Limit, pauses: list[Pause]) -> Day | None:
    """The last day of a period, one day after the other."""
    before = from_ - ONE_DAY if limit.first_day_counts else from_
    months = (limit.months or 0) + 12 * (limit.years or 0)
    left = (walk_months(before + ONE_DAY, months) - before).days if months else limit.days or 0
    day, opening = before, limit.unit == "opening"
    while left:
        day += ONE_DAY
        if any(pause.start < day and pause.end is None for pause in pauses):
            return None
        stopped = any(pause.end and pause.start < day <= pause.end for pause in pauses)
        left -= not stopped and not (opening and shut(day))
    while limit.shift != "none" and shut(day):
        day += ONE_DAY if limit.shift == "next_open" else -ONE_DAY
    return day


def limit_of(row: dict[str, Any]) -> Limit:
    return Limit(**{key: row[key] for key in Limit.__dataclass_fields__ if key in row})


def pauses_of(row: dict[str, Any]) -> list[Pause]:
    return [Pause(*pause) for pause in row.get("pauses", ())]


ROWS = [*TABLE["by_hand"], *TABLE["worked_out"]]


def test_the_oracle_has_at_least_three_hundred_dates_and_no_id_twice() -> None:
    assert len(ROWS) >= 300
    assert len({row["id"] for row in ROWS}) == len(ROWS)


def test_every_date_of_the_oracle_is_found() -> None:
    found = {row["id"]: last_day(row["from"], limit_of(row), CITY, pauses_of(row)) for row in ROWS}
    assert found == {row["id"]: row.get("last") for row in ROWS}


def test_the_second_implementation_agrees_with_the_oracle() -> None:
    walked = {row["id"]: walk(row["from"], limit_of(row), pauses_of(row)) for row in ROWS}
    assert walked == {row["id"]: row.get("last") for row in ROWS}


def test_the_explanation_of_every_date_of_the_oracle_leads_to_it() -> None:
    for row in ROWS:
        days = explain(row["from"], limit_of(row), CITY, pauses_of(row))
        assert [day for day, _ in days] == [days[0][0] + n * ONE_DAY for n in range(len(days))], row["id"]
        ends = [day for day, why in days if "期限" in why and "延びる" not in why]
        assert ends == ([row["last"]] if "last" in row else []), row["id"]


def spans(first: int, last: int) -> st.SearchStrategy[Day]:
    return st.dates(Day(first, 1, 1), Day(last, 12, 31))


def lengths() -> st.SearchStrategy[Limit]:
    counts = st.booleans()
    days = st.builds(Limit, days=st.integers(1, 90), first_day_counts=counts)
    months = st.builds(Limit, months=st.integers(1, 14), first_day_counts=counts)
    return days | months | st.builds(Limit, years=st.integers(1, 2), first_day_counts=counts)


def stops(from_: Day, numbers: list[tuple[int, int]]) -> list[Pause]:
    """Pauses from distances to the first day; a negative length is an open one."""
    starts = [(from_ + start * ONE_DAY, length) for start, length in numbers]
    return [Pause(start, None if length < 0 else start + length * ONE_DAY) for start, length in starts]


PAUSES = st.lists(st.tuples(st.integers(-20, 120), st.integers(-1, 30)), max_size=4)


@given(spans(1900, 2200), lengths(), PAUSES)
@settings(max_examples=200, deadline=None)
def test_a_period_in_civil_days_ends_where_walking_ends(
    from_: Day, limit: Limit, numbers: list[tuple[int, int]]
) -> None:
    pauses = stops(from_, numbers)
    assert last_day(from_, limit, CITY, pauses) == walk(from_, limit, pauses)


LIMITS_WITH_HOLIDAYS = st.builds(
    Limit,
    days=st.integers(1, 60),
    unit=st.sampled_from(["calendar", "opening"]),
    shift=st.sampled_from(["none", "next_open", "previous_open"]),
    first_day_counts=st.booleans(),
)


@given(spans(2020, 2026), LIMITS_WITH_HOLIDAYS, PAUSES)
@settings(max_examples=200, deadline=None)
def test_opening_days_and_shifts_end_where_walking_ends(
    from_: Day, limit: Limit, numbers: list[tuple[int, int]]
) -> None:
    pauses = stops(from_, numbers)
    found = last_day(from_, limit, CITY, pauses)
    assert found == walk(from_, limit, pauses)
    counted = [why for _, why in explain(from_, limit, CITY, pauses) if "日目" in why]
    assert found is None or len(counted) == limit.days


@given(spans(2020, 2025), LIMITS_WITH_HOLIDAYS, PAUSES, st.integers(0, 99))
@settings(deadline=None)
def test_the_order_of_pauses_and_counting_one_twice_change_nothing(
    from_: Day, limit: Limit, numbers: list[tuple[int, int]], luck: int
) -> None:
    pauses = stops(from_, numbers)
    mixed = [*pauses, *pauses]
    random.Random(luck).shuffle(mixed)
    assert last_day(from_, limit, CITY, mixed) == last_day(from_, limit, CITY, pauses)


@given(spans(1900, 2200), st.integers(1, 60), PAUSES)
@settings(deadline=None)
def test_another_pause_never_brings_the_end_forward(from_: Day, days: int, numbers: list[tuple[int, int]]) -> None:
    ends = [last_day(from_, Limit(days=days), CITY, stops(from_, numbers[:n])) for n in range(len(numbers) + 1)]
    known = [end for end in ends if end]
    assert known == sorted(known)
    assert ends == known + [None] * (len(ends) - len(known))


def said(from_: Day, limit: Limit, *pauses: Pause) -> list[str]:
    return [f"{day:%m-%d} {why}" for day, why in explain(from_, limit, CITY, pauses)]


def test_an_explanation_says_why_each_day_counts_or_does_not() -> None:
    pause = Pause(Day(2025, 5, 1), Day(2025, 5, 2))
    assert said(Day(2025, 4, 28), Limit(days=3, unit="opening"), pause) == [
        "04-28 初日は数えない(民法140条)",
        "04-29 祝日(昭和の日)で数えない",
        "04-30 1日目",
        "05-01 2日目",
        "05-02 停止中で数えない",
        "05-03 土曜日で数えない",
        "05-04 日曜日で数えない",
        "05-05 祝日(こどもの日)で数えない",
        "05-06 振替休日で数えない",
        "05-07 3日目・期限",
    ]


def test_an_explanation_shows_the_end_moving_off_a_holiday() -> None:
    assert said(Day(2025, 5, 1), Limit(days=2, shift="next_open"))[2:] == [
        "05-03 2日目・満了日が土曜日",
        "05-04 日曜日で期限はさらに延びる",
        "05-05 祝日(こどもの日)で期限はさらに延びる",
        "05-06 振替休日で期限はさらに延びる",
        "05-07 休日の翌開庁日・期限",
    ]
    assert said(Day(2025, 8, 10), Limit(days=0, shift="previous_open")) == [
        "08-08 起算の前の開庁日・期限(直前の開庁日に繰上げ)",
        "08-09 土曜日",
        "08-10 初日は数えない(民法140条)・満了日が日曜日",
    ]


def test_an_explanation_of_a_stopped_period_ends_where_it_stopped() -> None:
    assert said(Day(2025, 6, 2), Limit(days=30), Pause(Day(2025, 6, 3)))[1:] == [
        "06-03 1日目",
        "06-04 停止中で数えない(停止の終わりは未定)",
    ]


def test_an_extra_opening_on_a_sunday_neither_counts_nor_ends_a_shift() -> None:
    city = OpeningCalendar(extra_open=frozenset({Day(2025, 5, 11)}))
    assert last_day(Day(2025, 4, 26), Limit(days=15, shift="next_open"), city) == Day(2025, 5, 12)
    assert last_day(Day(2025, 5, 10), Limit(days=1, unit="opening"), city) == Day(2025, 5, 12)


@pytest.mark.parametrize(
    "wrong",
    [
        {},
        {"days": 1, "months": 1},
        {"days": -1},
        {"months": 0},
        {"days": 0, "first_day_counts": True},
        {"months": 1, "unit": "opening"},
    ],
)
def test_a_length_that_means_nothing_is_refused(wrong: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="days"):
        Limit(**wrong)


def test_a_pause_does_not_end_before_it_begins() -> None:
    with pytest.raises(ValueError, match="2025-06-10"):
        Pause(Day(2025, 6, 10), Day(2025, 6, 9))


def test_civil_days_need_no_holidays_and_opening_days_do() -> None:
    assert last_day(Day(1900, 2, 27), Limit(days=2), CITY) == Day(1900, 3, 1)
    with pytest.raises(UnknownYear):
        last_day(Day(1900, 2, 27), Limit(days=2, unit="opening"), CITY)


def test_an_instant_does_not_begin_a_period() -> None:
    with pytest.raises(TypeError, match="begins on a date"):
        last_day(dt.datetime(2025, 6, 10, tzinfo=JST), Limit(days=1), CITY)
