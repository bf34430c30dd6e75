"""From a network to the integer tables of the loop, and the quantiles of the usual lengths of time."""

from __future__ import annotations

import zlib
from collections.abc import Iterator, Sequence
from itertools import accumulate
from math import exp, log
from statistics import NormalDist

from simulation.draws import draw, state_of
from simulation.kernel import loop
from simulation.kernel.executors import Executor
from simulation.kernel.network import CHANCES, TABLE, Network, Route


def exponential(mean: float) -> tuple[int, ...]:
    """The quantiles of a length of time that ends at any instant alike, in whole seconds, at least one."""
    return tuple(max(1, round(-mean * log(1 - (n + 0.5) / TABLE))) for n in range(TABLE))


def lognormal(mean: float, variation: float) -> tuple[int, ...]:
    """The quantiles of a length of time by its mean and coefficient of variation, in whole seconds, at least one."""
    spread = log(1 + variation**2) ** 0.5
    median = mean / exp(spread**2 / 2)
    normal = NormalDist()
    return tuple(max(1, round(median * exp(spread * normal.inv_cdf((n + 0.5) / TABLE)))) for n in range(TABLE))


def always(seconds: int) -> tuple[int, ...]:
    """The quantiles of a length of time that is always the same."""
    return (seconds,) * TABLE


def tables_of(network: Network, seed: int, horizon: int, on: Executor) -> loop.Tables:
    """The tables of one run: the network, and the cases that this seed brings before the horizon."""
    posts = [row.id for row in network.posts]
    places = [row.id for row in network.places]
    routes = [_thresholds(row.routes) for row in network.places]
    arrives = list(_arrivals(network.gaps, seed, horizon))
    return loop.Tables(
        people=on.row([row.people for row in network.posts]),
        first_person=on.row([0, *accumulate(row.people for row in network.posts)]),
        post=on.row([loop.NOBODY if row.post is None else posts.index(row.post) for row in network.places]),
        code=on.mixable([zlib.crc32(name.encode()) for name in places]),
        seconds=on.table([row.seconds for row in network.places]),
        first_route=on.row([0, *accumulate(len(one) for one in routes)]),
        below=on.mixable([below for one in routes for below, _ in one]),
        to=on.row([loop.OUT if to is None else places.index(to) for one in routes for _, to in one]),
        arrives=on.row(arrives),
        luck=on.mixable([state_of(seed, case) for case in range(len(arrives))]),
    )


def room_for(tables: loop.Tables, on: Executor) -> loop.Room:
    """An empty room for one run."""
    cases, posts, places = len(tables.arrives), len(tables.people), len(tables.post)
    nobody = on.row([loop.NOBODY] * max(cases, 1))
    return loop.Room(
        holds=on.row([loop.NOBODY] * sum(int(count) for count in tables.people)),
        place=nobody.copy(),
        since=nobody.copy(),
        visit=on.mixable([0] * max(cases, 1)),
        after=nobody.copy(),
        head=on.row([loop.NOBODY] * max(posts, 1)),
        tail=on.row([loop.NOBODY] * max(posts, 1)),
        done=nobody,
        waited=on.row([0] * places),
        taken=on.row([0] * places),
        worked=on.row([0] * max(posts, 1)),
        sums=on.row([0] * 4),
        starts=on.log(),
    )


def _thresholds(routes: Sequence[Route]) -> list[tuple[int, str | None]]:
    """For each way the draws below which it is taken; the last takes what is left, and without any, cases leave."""
    upto = accumulate(row.share for row in routes)
    return [(round(share * CHANCES), row.to) for share, row in zip(upto, routes, strict=True)] or [(CHANCES, None)]


def _arrivals(gaps: Sequence[int], seed: int, horizon: int) -> Iterator[int]:
    at = number = 0
    while (at := at + gaps[draw(seed, number, "gap") * TABLE // CHANCES]) < horizon:
        yield at
        number += 1
