"""A lognormal fitted to lengths of time, and whether it fits: Kolmogorov's distance with estimated parameters."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import NormalDist, fmean, stdev

LEAST = 10
SHORTEST = 1 / 96
"""A quarter of an hour, in days: what took no time at all counts as this much."""
CRITICAL = 0.895
"""The adjusted distance above which normality is refused at 5 %, mean and spread being estimated.

Source: Stephens (1974), JASA 69, table 1A, case 3.
"""


@dataclass(frozen=True)
class Lognormal:
    """A fit to so many lengths in days. `distance` is Kolmogorov's, `adjusted` the one that is compared."""

    count: int
    median: float
    spread: float
    distance: float
    adjusted: float

    @property
    def fits(self) -> bool:
        """Whether the lengths do not contradict the fit at 5 %."""
        return self.adjusted <= CRITICAL


def lognormal(days: Sequence[float]) -> Lognormal | None:
    """The fit to lengths in days; None where there are too few, or all are the same."""
    if len(days) < LEAST:
        return None
    logs = sorted(math.log(max(one, SHORTEST)) for one in days)
    middle, spread = fmean(logs), stdev(logs)
    if spread == 0:
        return None
    normal, count = NormalDist(middle, spread), len(logs)
    below = [normal.cdf(one) for one in logs]
    distance = max(max((place + 1) / count - share, share - place / count) for place, share in enumerate(below))
    root = math.sqrt(count)
    adjusted = distance * (root - 0.01 + 0.85 / root)
    return Lognormal(count, math.exp(middle), spread, distance, adjusted)


def bursts(counts: Sequence[int], expected: Sequence[float]) -> float:
    """How much more counts vary about what is expected than chance alone: about standard normal if they are Poisson.

    Source: Pearson's chi-square by Fisher's normal approximation.
    """
    chi = sum((count - mean) ** 2 / mean for count, mean in zip(counts, expected, strict=True))
    return math.sqrt(2 * chi) - math.sqrt(2 * (len(counts) - 1) - 1)
