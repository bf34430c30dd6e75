"""A light model of the days from arrival to the end: branches side by side, then a turn, then a sitting.

It is only for the search; what it says is held against the real engine, and the difference is carried along. Days are
civil days; holidays are left out, closed weekends are not.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from statistics import NormalDist, fmean

SAMPLES = 3000
WEEK, FRIDAY = 7, 4
OPENS, CLOSES = 8.5 / 24, 17.25 / 24
LEAST_SPREAD, MOST_SPREAD = 0.05, 1.6
HALVINGS, ROUNDS = 11, 4


@dataclass(frozen=True)
class Knobs:
    """What is fitted: days at the office before the branches begin, one spread, and how long the waits are.

    `branches` stretch the waits of each branch; `turn` is the median of the wait before the sitting is fixed.
    """

    office: float
    spread: float
    branches: tuple[float, ...]
    turn: float


@dataclass(frozen=True)
class Told:
    """What a model, a run or a table says: mean days of the branches and of what comes after, in all, share in time."""

    means: tuple[float, ...]
    total: float
    within: float

    def shifted(self, by: Told, sign: int = 1) -> Told:
        """This with another added, or taken away."""
        means = tuple(a + sign * b for a, b in zip(self.means, by.means, strict=True))
        return Told(means, self.total + sign * by.total, self.within + sign * by.within)


@dataclass(frozen=True)
class Frame:
    """What the definition and the city set.

    `waits` are the usual medians of each branch's waits, `before` days from arrival to the branches in cases that
    happened, `weekdays` those of the sittings with Monday as 0. What else the office takes is part of what is missed.
    """

    waits: tuple[tuple[float, ...], ...]
    before: tuple[int, ...]
    papers_before: int
    weekdays: tuple[int, ...]
    days: int
    samples: int = SAMPLES

    @property
    def columns(self) -> int:
        """How many draws a case takes."""
        return 3 + sum(map(len, self.waits)) + 1

    @cached_property
    def luck(self) -> tuple[tuple[float, ...], ...]:
        """Evenly spread draws in (0, 1) for each case, by an additive recurrence; the same every time.

        Source: Roberts (2018), the generalised golden ratio.
        """
        ratio = 2.0
        for _ in range(40):
            ratio = (1 + ratio) ** (1 / (self.columns + 1))
        steps = [ratio ** -(n + 1) for n in range(self.columns)]
        return tuple(tuple((0.5 + step * n) % 1 for step in steps) for n in range(1, self.samples + 1))

    @cached_property
    def normals(self) -> tuple[tuple[float, ...], ...]:
        """The draws of the waits as normal ones."""
        normal = NormalDist()
        return tuple(tuple(normal.inv_cdf(min(max(u, 1e-9), 1 - 1e-9)) for u in row[3:]) for row in self.luck)


def told(frame: Frame, knobs: Knobs) -> Told:
    """What the model says."""
    rows = [_case(frame, knobs, luck, z) for luck, z in zip(frame.luck, frame.normals, strict=True)]
    means = tuple(fmean(column) for column in zip(*(row[:-1] for row in rows), strict=True))
    totals = [row[-1] for row in rows]
    return Told(means, fmean(totals), sum(total <= frame.days for total in totals) / len(totals))


def _case(frame: Frame, knobs: Knobs, luck: Sequence[float], z: Sequence[float]) -> tuple[float, ...]:
    """The days of the branches, of what comes after, and in all, of one made-up case."""
    weekday = int(luck[0] * 5)
    before = frame.before[int(luck[1] * len(frame.before))]
    begin = _open(weekday + OPENS + luck[2] * (CLOSES - OPENS) + before + knobs.office)
    lengths, ends, at = list[int](), list[float](), 0
    for waits, stretch in zip(frame.waits, knobs.branches, strict=True):
        days = 0.0
        for median in waits:
            days += stretch * median * math.exp(knobs.spread * z[at])
            at += 1
        ends.append(_open(begin + days))
        lengths.append(math.floor(ends[-1]) - math.floor(begin))
    gathered = max(ends)
    ready = _open(gathered + knobs.turn * math.exp(knobs.spread * z[at]))
    sat = _sitting(math.floor(ready) + frame.papers_before, frame.weekdays)
    return (*lengths, sat - math.floor(gathered), sat - weekday)


def _open(moment: float) -> float:
    """The moment, or the next at which the office opens; day 0 is a Monday."""
    day = math.floor(moment)
    if moment - day > CLOSES:
        day, moment = day + 1, day + 1 + OPENS
    if day % WEEK > FRIDAY:
        return day + WEEK - day % WEEK + OPENS
    return max(moment, day + OPENS)


def _sitting(day: int, weekdays: Sequence[int]) -> int:
    return day + min((weekday - day) % WEEK for weekday in weekdays)


@dataclass(frozen=True)
class Lead:
    """The model with what it misses: the engine's figures less its own at the same knobs."""

    frame: Frame
    misses: Told

    def told(self, knobs: Knobs) -> Told:
        """What the engine is expected to say."""
        return told(self.frame, knobs).shifted(self.misses)

    def stretched(self, knobs: Knobs, means: Sequence[float]) -> Knobs:
        """The knobs with the waits so long that the means come out, the others as they are.

        A mean that the office's own days and the sittings already exceed gives a wait of nothing.
        """
        none = self.told(replace(knobs, branches=(0.0,) * len(knobs.branches), turn=0.0)).means
        knobs = replace(knobs, branches=tuple(max(one, 0.1) for one in knobs.branches), turn=max(knobs.turn, 0.1))
        for _ in range(ROUNDS):
            had = self.told(knobs).means
            by = [
                max(0.0, wanted - least) / max(found - least, 0.01)
                for wanted, found, least in zip(means, had, none, strict=True)
            ]
            branches = tuple(one * by_ for one, by_ in zip(knobs.branches, by, strict=False))
            knobs = replace(knobs, branches=branches, turn=knobs.turn * by[-1])
        return knobs

    def fitted(self, target: Told, start: Knobs) -> Knobs:
        """The knobs at which total and share come out too: the spread gives the share, the office days the total.

        Where the share cannot be reached, the spread that comes nearest.
        """
        knobs = start
        low, high = LEAST_SPREAD, MOST_SPREAD
        for _ in range(HALVINGS):
            middle = (low + high) / 2
            knobs = self._totalled(replace(knobs, spread=middle), target)
            if self.told(knobs).within < target.within:
                low = middle
            else:
                high = middle
        return knobs

    def _totalled(self, knobs: Knobs, target: Told) -> Knobs:
        """The knobs with the waits for the means, and the office days for the total, at a spread."""
        for _ in range(2):
            knobs = self.stretched(knobs, target.means)
            short = target.total - self.told(knobs).total
            knobs = replace(knobs, office=max(0.0, knobs.office + short))
        return knobs
