"""Draws: the same key the same luck, shares and lengths as asked, nothing that depends on what was drawn before."""

from __future__ import annotations

import itertools
from statistics import mean, median

from hypothesis import given
from hypothesis import strategies as st

from simulation.draws import around, choose, counts, draw, share, whole


@given(st.integers(0, 2**40), st.integers(0, 10**6), st.text(max_size=20))
def test_a_draw_depends_on_its_key_only(seed: int, case: int, purpose: str) -> None:
    first = draw(seed, case, purpose)
    draw(seed, case + 1, purpose)
    assert draw(seed, case, purpose) == first
    assert 0 <= first < 2**31


def test_shares_are_spread_evenly() -> None:
    found = [share(1, case, "x") for case in range(20_000)]
    assert abs(mean(found) - 0.5) < 0.01
    tenths = [sum(n / 10 <= one < (n + 1) / 10 for one in found) for n in range(10)]
    assert min(tenths) > 1_850
    assert max(tenths) < 2_150


def test_neighbouring_cases_do_not_share_luck() -> None:
    found = [share(1, case, "x") for case in range(10_000)]
    centred = [one - 0.5 for one in found]
    correlation = mean(a * b for a, b in itertools.pairwise(centred)) * 12
    assert abs(correlation) < 0.05


@given(st.integers(-50, 50), st.integers(0, 100), st.integers(0, 1000))
def test_a_whole_number_lies_between_its_bounds(low: int, span: int, case: int) -> None:
    assert low <= whole(low, low + span, 3, case) <= low + span


def test_both_bounds_of_a_whole_number_come_up() -> None:
    assert {whole(1, 3, 1, case) for case in range(200)} == {1, 2, 3}


def test_words_come_up_by_their_weight() -> None:
    found = [choose({"a": 3.0, "b": 1.0}, 1, case) for case in range(8_000)]
    assert abs(found.count("a") / len(found) - 0.75) < 0.02


def test_a_word_of_no_weight_never_comes_up() -> None:
    assert {choose({"a": 0.0, "b": 1.0}, 1, case) for case in range(500)} == {"b"}


def test_lengths_lie_about_their_median() -> None:
    found = [around(10, 0.8, 1, case) for case in range(20_000)]
    assert abs(median(found) - 10) < 0.3
    assert mean(found) > 12
    assert min(found) > 0


def test_no_spread_is_no_luck() -> None:
    assert {around(7, 0, 1, case) for case in range(50)} == {7}


def test_counts_add_up_and_follow_the_weights() -> None:
    found = counts([1, 2, 1], 4_000, 1, "days")
    assert sum(found) == 4_000
    assert abs(found[1] - 2_000) < 150
