"""Japanese era dates are read by the day, not by the year."""

from __future__ import annotations

import datetime as dt
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forms.eras import ERAS, NotADay, era_of, in_era, read_day, read_month


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("2025-05-01", "2025-05-01"),
        ("2025/5/1", "2025-05-01"),
        ("2025年5月1日", "2025-05-01"),
        ("令和7年5月1日", "2025-05-01"),
        ("令和元年5月1日", "2019-05-01"),
        ("令和1年5月1日", "2019-05-01"),
        ("R7.5.1", "2025-05-01"),
        ("r7/05/01", "2025-05-01"),
        ("Ｒ７．５．１", "2025-05-01"),
        ("令和４年５月２０日", "2022-05-20"),
        ("平成31年4月30日", "2019-04-30"),
        ("昭和64年1月7日", "1989-01-07"),
        ("S55-2-29", "1980-02-29"),
        ("㍻31年4月30日", "2019-04-30"),
        ("大正15年12月24日", "1926-12-24"),
        ("明治45年7月29日", "1912-07-29"),
    ],
)
def test_a_day_is_read_in_any_usual_writing(typed: str, day: str) -> None:
    assert read_day(typed) == dt.date.fromisoformat(day)


@pytest.mark.parametrize(
    "typed", ["平成31年5月1日", "昭和64年1月8日", "H1.1.7", "令和元年4月30日", "R5.2.29", "2025-02-30", "令和0年5月1日"]
)
def test_a_day_outside_its_era_or_the_calendar_is_refused_with_a_sentence(typed: str) -> None:
    with pytest.raises(NotADay) as refused:
        read_day(typed)
    assert typed in refused.value.ja
    assert refused.value.en
    assert refused.value.easy


def test_the_sentence_says_when_the_era_ended() -> None:
    with pytest.raises(NotADay, match="昭和元年12月25日から昭和64年1月7日まで"):
        read_day("昭和64年1月8日")


@pytest.mark.parametrize("typed", ["", "あした", "2025", "令和7年", "20250501", "7年5月1日", "2025-05-01\n2025-05-02"])
def test_other_text_is_no_day(typed: str) -> None:
    assert read_day(typed) is None


@pytest.mark.parametrize(
    ("typed", "month"), [("2025-05", "2025-05"), ("令和7年5月", "2025-05"), ("R元.5", "2019-05"), ("H31.4", "2019-04")]
)
def test_a_month_is_read_alike(typed: str, month: str) -> None:
    assert read_month(typed) == month


@pytest.mark.parametrize("typed", ["平成31年5月", "2025-13", "R1.4"])
def test_a_month_wholly_outside_its_era_is_refused(typed: str) -> None:
    with pytest.raises(NotADay):
        read_month(typed)


@given(st.dates(min_value=ERAS[0].first, max_value=dt.date(2117, 12, 31)))
def test_what_is_written_in_an_era_is_read_back(day: dt.date) -> None:
    assert read_day(in_era(day)) == day


def test_the_eras_leave_no_day_out() -> None:
    for before, after in pairwise(ERAS):
        assert after.first - before.last == dt.timedelta(days=1)
        assert era_of(before.last) == before
        assert era_of(after.first) == after
    assert era_of(dt.date(1872, 12, 31)) is None
