"""Numbers and dates as an official document writes them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from simulation.report import words
from simulation.statistics import Interval
from tests.simulation.sample_results import sample

SAMPLE = sample()


@pytest.mark.parametrize(
    ("part", "whole", "said"),
    [
        (0, 10, "0%"),
        (10, 10, "100%"),
        (1, 3, "33.3%"),
        (1, 100_000, "0.1%未満"),
        (99_999, 100_000, "99.9%"),
        (3, 2, "150.0%"),
        (0, 0, "該当なし"),
    ],
)
def test_none_and_all_are_said_only_of_none_and_all(part: int, whole: int, said: str) -> None:
    assert words.percent(part, whole) == said


@pytest.mark.parametrize(
    ("seconds", "said"), [(0, "0分"), (90 * 60, "1.5時間"), (59 * 60, "59分"), (3_704_400, "1,029時間")]
)
def test_work_is_told_in_minutes_then_hours(seconds: int, said: str) -> None:
    assert words.hours(seconds) == said


def test_numbers_have_no_space_before_their_unit() -> None:
    assert (words.count(1234), words.decimal(1234.56, "日")) == ("1,234件", "1,234.6日")
    assert words.whole_percent(1, 3) == "33%"
    assert words.whole_percent(0, 0) == "–"


def test_intervals_say_when_there_are_too_few_cases() -> None:
    found = Interval(1.26, 20)
    assert (words.between(found, "日"), words.whole_between(found, "日")) == ("1.3〜20.0日", "1〜20日")
    assert words.share_between(Interval(0.01, 0.5)) == "1.0〜50.0%"
    assert (words.between(None, "日"), words.whole_between(None, "日"), words.share_between(None)) == (
        "件数不足",
        "件数不足",
        "該当なし",
    )


@pytest.mark.parametrize(
    ("when", "said"),
    [
        (date(2022, 4, 1), "令和4年"),
        (date(2019, 5, 1), "令和元年"),
        (date(2019, 4, 30), "平成31年"),
        (date(1989, 1, 7), "1989年"),
    ],
)
def test_years_are_counted_by_era(when: date, said: str) -> None:
    assert words.era_year(when) == said


def test_a_fiscal_year_has_a_name_and_another_period_its_days() -> None:
    assert words.period(SAMPLE) == "令和4年度"
    assert words.period(replace(SAMPLE, last_day=date(2022, 4, 30))) == "2022年4月1日から2022年4月30日まで"


@pytest.mark.parametrize(
    ("first", "last", "said"),
    [
        (date(2022, 4, 1), date(2023, 3, 31), "1年分・1回の試行"),
        (date(2022, 4, 1), date(2024, 3, 31), "2年分・1回の試行"),
        (date(2024, 2, 1), date(2024, 2, 29), "1か月分・1回の試行"),
        (date(2022, 4, 1), date(2022, 4, 10), "10日分・1回の試行"),
        (date(2022, 4, 15), date(2022, 4, 30), "16日分・1回の試行"),
    ],
)
def test_what_the_figures_rest_on_follows_the_period(first: date, last: date, said: str) -> None:
    assert words.basis(replace(SAMPLE, first_day=first, last_day=last)) == said
