"""Means that queueing theory gives in closed form lie inside the intervals of what the kernel counts.

The intervals hold 99.9 % over independent seeds. The tables of quantiles have the mean and variance of their entries,
and theory is asked with those.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import factorial
from statistics import fmean

import pytest

from simulation.kernel.network import Network, Place, Post, Route
from simulation.kernel.playing import Totals, play_often
from simulation.kernel.tables import exponential, lognormal
from simulation.statistics import student

SEEDS = range(1, 13)
LONG = 3_000_000
WARM = LONG // 5


def erlang_wait(arrivals: float, mean: float, people: int) -> float:
    """The mean wait in M/M/c, in seconds. Source: Erlang C."""
    load = arrivals * mean
    waits = load**people / factorial(people) * people / (people - load)
    chance = waits / (sum(load**n / factorial(n) for n in range(people)) + waits)
    return chance * mean / (people - load)


def interval(values: Sequence[float]) -> tuple[float, float]:
    """The mean and the half width of its interval."""
    middle = fmean(values)
    deviation = (sum((value - middle) ** 2 for value in values) / (len(values) - 1)) ** 0.5
    return middle, student(0.999, len(values) - 1) * deviation / len(values) ** 0.5


def waits(runs: Sequence[Totals], place: int) -> list[float]:
    """The mean wait at a place in each run."""
    return [run.waited[place] / run.taken[place] for run in runs]


@pytest.mark.parametrize(
    ("people", "mean"),
    [pytest.param(1, 350, marks=pytest.mark.full), (2, 700), pytest.param(5, 1500, marks=pytest.mark.full)],
)
def test_the_wait_of_several_desks_is_erlangs(people: int, mean: int) -> None:
    table, gaps = exponential(mean), exponential(500)
    office = Network((Post("desk", people),), (Place("work", table, "desk"),), gaps)
    middle, half = interval(waits(play_often(office, SEEDS, LONG, warm=WARM), 0))
    expected = erlang_wait(1 / fmean(gaps), fmean(table), people)
    assert abs(middle - expected) < half, (middle, half, expected)
    assert half < expected / 3


@pytest.mark.parametrize("variation", [pytest.param(0.3, marks=pytest.mark.full), 1.5])
def test_the_wait_of_one_desk_grows_with_the_variance_of_its_work(variation: float) -> None:
    """Source: Pollaczek and Khinchine."""
    table, gaps = lognormal(350, variation), exponential(500)
    office = Network((Post("desk", 1),), (Place("work", table, "desk"),), gaps)
    middle, half = interval(waits(play_often(office, SEEDS, LONG, warm=WARM), 0))
    arrivals = 1 / fmean(gaps)
    expected = arrivals * fmean([s * s for s in table]) / (2 * (1 - arrivals * fmean(table)))
    assert abs(middle - expected) < half, (middle, half, expected)
    assert half < expected / 3


def test_posts_that_send_cases_to_each_other_and_back_wait_as_if_each_were_alone() -> None:
    """Source: Jackson's theorem; a tenth of the work of the second post goes back to the first."""
    first, second, third, gaps = exponential(800), exponential(1_150), exponential(430), exponential(600)
    office = Network(
        (Post("clerk", 2), Post("chief", 3), Post("head", 1)),
        (
            Place("look", first, "clerk", (Route(1, "draft"),)),
            Place("draft", second, "chief", (Route(0.1, "look"), Route(0.9, "away"))),
            Place("away", lognormal(9_000, 0.6), None, (Route(1, "seal"),)),
            Place("seal", third, "head"),
        ),
        gaps,
    )
    runs = play_often(office, SEEDS, LONG, warm=WARM)
    outer = 1 / fmean(gaps)
    posts = ((0, outer / 0.9, first, 2), (1, outer / 0.9, second, 3), (3, outer, third, 1))
    for place, arrivals, table, people in posts:
        middle, half = interval(waits(runs, place))
        expected = erlang_wait(arrivals, fmean(table), people)
        assert abs(middle - expected) < half, (place, middle, half, expected)
        assert half < expected / 3
