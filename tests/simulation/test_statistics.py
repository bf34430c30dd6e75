"""Statistics against published tables, and rules that must hold for any values."""

from __future__ import annotations

import math
from itertools import pairwise
from random import Random
from statistics import fmean

import pytest
from hypothesis import given
from hypothesis import strategies as some

from simulation.statistics import (
    EXACT_UP_TO,
    Bin,
    Interval,
    histogram,
    mean_interval,
    median_interval,
    quantile,
    share_interval,
    student,
)

days = some.lists(some.integers(0, 400), min_size=1, max_size=60)


@given(days, some.integers(1, 100))
def test_a_quantile_is_the_smallest_value_that_covers_its_share(values: list[int], per_cent: int) -> None:
    found = quantile(values, per_cent / 100)
    assert found in values
    assert 100 * sum(value <= found for value in values) >= per_cent * len(values)
    assert 100 * sum(value < found for value in values) < per_cent * len(values)


@pytest.mark.parametrize("share", [0, -0.1, 1.1])
def test_a_quantile_of_no_share_is_refused(share: float) -> None:
    with pytest.raises(ValueError, match="share"):
        quantile([1, 2], share)


def test_a_quantile_of_nothing_is_refused() -> None:
    with pytest.raises(ValueError, match="0 values"):
        quantile([], 0.5)


@pytest.mark.parametrize(
    ("freedom", "expected"),
    [(1, 12.706205), (2, 4.302653), (3, 3.182446), (5, 2.570582), (10, 2.228139), (30, 2.042272), (120, 1.979930)],
)
def test_students_quantile_is_the_published_one(freedom: int, expected: float) -> None:
    assert student(0.95, freedom) == pytest.approx(expected, abs=1e-6)


def test_students_quantile_for_many_values_is_the_published_one() -> None:
    assert student(0.95, 1000) == pytest.approx(1.962339, abs=1e-6)
    assert student(0.99, 1000) == pytest.approx(2.580755, abs=1e-6)


def test_the_expansion_agrees_with_the_exact_distribution_where_it_begins() -> None:
    # Both values solved from the exact distribution.
    assert student(0.95, EXACT_UP_TO + 1) == pytest.approx(1.9658974653, abs=1e-8)
    assert student(0.999, EXACT_UP_TO + 1) == pytest.approx(3.3149537444, abs=1e-8)


@pytest.mark.parametrize("confidence", [0.5, 0.9, 0.95, 0.999])
def test_students_quantile_does_not_jump_where_the_method_changes(confidence: float) -> None:
    before, after = student(confidence, EXACT_UP_TO), student(confidence, EXACT_UP_TO + 1)
    assert 0 < before - after < 1e-4


@pytest.mark.parametrize(("confidence", "freedom"), [(0.0, 3), (1.0, 3), (0.95, 0)])
def test_students_quantile_outside_its_range_is_refused(confidence: float, freedom: int) -> None:
    with pytest.raises(ValueError, match="Student"):
        student(confidence, freedom)


def test_the_interval_of_a_mean_is_the_worked_example() -> None:
    # Mean 5, standard deviation 2.138, 8 values: 5 +- 2.364624 * 2.138090 / sqrt(8).
    found = mean_interval([2, 4, 4, 4, 5, 5, 7, 9])
    assert found is not None
    assert [found.low, found.high] == pytest.approx([3.212512, 6.787488], abs=1e-5)


def test_one_value_has_no_interval_of_its_mean() -> None:
    assert mean_interval([7]) is None
    assert mean_interval([]) is None


def test_intervals_of_the_mean_hold_the_truth_about_as_often_as_they_say() -> None:
    luck = Random(7)
    held = []
    for _ in range(600):
        found = mean_interval([luck.gauss(10, 3) for _ in range(8)])
        held.append(found is not None and found.low <= 10 <= found.high)
    assert 0.93 <= fmean(held) <= 0.97


@pytest.mark.parametrize(("count", "ranks"), [(6, (1, 6)), (10, (2, 9)), (20, (6, 15)), (100, (40, 61))])
def test_the_interval_of_a_median_lies_between_the_published_ranks(count: int, ranks: tuple[int, int]) -> None:
    assert median_interval(range(1, count + 1)) == Interval(*ranks)


@pytest.mark.parametrize("count", [0, 1, 5])
def test_too_few_values_have_no_interval_of_the_median(count: int) -> None:
    assert median_interval(range(count)) is None


@pytest.mark.parametrize(
    ("hits", "total", "low", "high"),
    [(0, 10, 0.0, 0.277533), (5, 10, 0.236593, 0.763407), (10, 10, 0.722467, 1.0)],
)
def test_the_interval_of_a_share_is_wilsons(hits: int, total: int, low: float, high: float) -> None:
    found = share_interval(hits, total)
    assert found is not None
    assert [found.low, found.high] == pytest.approx([low, high], abs=1e-6)


@given(some.integers(1, 2000), some.data())
def test_the_ends_of_a_share_are_where_the_score_test_gives_in(total: int, draw: some.DataObject) -> None:
    hits = draw.draw(some.integers(1, total))
    found = share_interval(hits, total)
    assert found is not None
    # At the lower end the observed share is just 1.96 standard errors away.
    distance = 1.959964 * math.sqrt(found.low * (1 - found.low) / total)
    assert hits / total - found.low == pytest.approx(distance, rel=1e-4, abs=1e-6)


def test_a_share_of_nothing_has_no_interval() -> None:
    assert share_interval(0, 0) is None


@given(days, some.integers(1, 30), some.integers(0, 60), some.none() | some.integers(0, 400))
def test_a_histogram_counts_every_value_once(values: list[int], width: int, edge: int, cap: int | None) -> None:
    found = histogram(values, width, edge, cap)
    for one in found:
        inside = [value for value in values if one.first <= value and (one.last is None or value <= one.last)]
        assert one.count == len(inside)
    assert sum(one.count for one in found) == len(values)


@given(days, some.integers(1, 30), some.integers(0, 60))
def test_bins_follow_one_another_and_none_straddles_the_edge(values: list[int], width: int, edge: int) -> None:
    found = histogram(values, width, edge)
    for one, following in pairwise(found):
        assert one.last is not None
        assert following.first == one.last + 1
    assert not any(one.last is not None and one.first <= edge < one.last for one in found)


def test_values_above_the_cap_share_an_open_bin() -> None:
    assert histogram([1, 2, 9, 40], width=2, edge=2, cap=3) == (Bin(1, 2, 2), Bin(3, 4, 0), Bin(5, None, 2))


def test_a_histogram_of_nothing_is_empty_and_of_no_width_refused() -> None:
    assert histogram([], 1) == ()
    with pytest.raises(ValueError, match="width of 0"):
        histogram([1], 0)
