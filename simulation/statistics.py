"""Statistics that a run's report needs, small enough to check by hand; the standard library only.

Every interval treats the values as independent. Cases that share staff and a queue are not, so an interval over the
cases of one run is narrower than the truth; whoever prints one says so.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import NormalDist, fmean, stdev

EXACT_UP_TO = 400
"""Degrees of freedom up to which Student's quantile is solved from the exact distribution."""


@dataclass(frozen=True)
class Interval:
    """A confidence interval, both ends included."""

    low: float
    high: float


@dataclass(frozen=True)
class Bin:
    """How many whole numbers lie from `first` to `last`, both included; `last` is None for "and above"."""

    first: int
    last: int | None
    count: int


def quantile(values: Sequence[int], share: float) -> int:
    """The smallest value that at least `share` of the values do not exceed.

    It occurred, so "half within 14 days" is true.

    Raises:
        ValueError: there are no values, or the share is not above 0 and at most 1.

    Source: Hyndman and Fan (1996), definition 1.
    """
    if not values or not 0 < share <= 1:
        message = f"a quantile needs values and a share in (0, 1], got {len(values)} values and {share}"
        raise ValueError(message)
    # The tiny step down keeps 0.1 * 30 = 3.0000000000000004 at the third value.
    return sorted(values)[max(0, math.ceil(share * len(values) - 1e-9) - 1)]


def student(confidence: float, freedom: int) -> float:
    """The two-sided Student quantile: t such that |T| <= t with this confidence.

    Solved from the exact distribution up to `EXACT_UP_TO` degrees of freedom; above it the Cornish-Fisher expansion,
    right to 1e-8 there.

    Raises:
        ValueError: the confidence is not inside (0, 1), or there is no degree of freedom.

    Source: Abramowitz and Stegun 26.7.3, 26.7.4 and 26.7.5.
    """
    if not 0 < confidence < 1 or freedom < 1:
        message = (
            f"Student's quantile needs a confidence in (0, 1) and a degree of freedom, got {confidence} and {freedom}"
        )
        raise ValueError(message)
    if freedom > EXACT_UP_TO:
        return _expanded(NormalDist().inv_cdf((1 + confidence) / 2), freedom)
    low, high = 0.0, 1.0
    while _within(high, freedom) < confidence:
        low, high = high, high * 2
    for _ in range(80):
        middle = (low + high) / 2
        low, high = (middle, high) if _within(middle, freedom) < confidence else (low, middle)
    return (low + high) / 2


def _within(t: float, freedom: int) -> float:
    """The probability that |T| <= t, as the finite sum that exists for whole degrees of freedom."""
    angle = math.atan(t / math.sqrt(freedom))
    cosine = math.cos(angle)
    odd = freedom % 2
    term, total = (cosine if odd else 1.0), 0.0
    for step in range(2 + odd, freedom + 1, 2):
        total += term
        term *= cosine * cosine * (step - 1) / step
    if odd:
        return 2 / math.pi * (angle + math.sin(angle) * total)
    return math.sin(angle) * total


def _expanded(z: float, n: int) -> float:
    """Student's quantile from the normal one, four terms."""
    first = (z**3 + z) / 4
    second = (5 * z**5 + 16 * z**3 + 3 * z) / 96
    third = (3 * z**7 + 19 * z**5 + 17 * z**3 - 15 * z) / 384
    return z + first / n + second / n**2 + third / n**3


def mean_interval(values: Sequence[float], confidence: float = 0.95) -> Interval | None:
    """Student's interval of the mean, or None below two values."""
    count = len(values)
    if count < 2:  # noqa: PLR2004 - one value has no spread
        return None
    middle = fmean(values)
    half = student(confidence, count - 1) * stdev(values) / math.sqrt(count)
    return Interval(middle - half, middle + half)


def median_interval(values: Sequence[int], confidence: float = 0.95) -> Interval | None:
    """The interval of the median, or None where too few values give none.

    Its ends are two of the values, and it holds whatever their distribution.

    The ranks are the widest pair that leaves at most (1 - confidence) / 2 of Binomial(n, 1/2) outside on each side,
    counted in whole numbers.
    Source: Conover, Practical Nonparametric Statistics, 3.2.
    """
    count = len(values)
    allowed = round((1 - confidence) / 2 * 10**9) * 2**count
    ways, below, rank = 1, 0, 0
    while (below + ways) * 10**9 <= allowed:
        below += ways
        ways = ways * (count - rank) // (rank + 1)
        rank += 1
    if rank == 0:
        return None
    ordered = sorted(values)
    return Interval(ordered[rank - 1], ordered[count - rank])


def share_interval(hits: int, total: int, confidence: float = 0.95) -> Interval | None:
    """Wilson's interval of a share between 0 and 1, or None of nothing.

    It stays inside [0, 1] and is not empty at 0 hits.
    """
    if total == 0:
        return None
    z = NormalDist().inv_cdf((1 + confidence) / 2)
    share = hits / total
    middle = share + z * z / (2 * total)
    half = z * math.sqrt(share * (1 - share) / total + z * z / (4 * total * total))
    scale = 1 + z * z / total
    return Interval(max(0.0, (middle - half) / scale), min(1.0, (middle + half) / scale))


def histogram(values: Sequence[int], width: int, edge: int = 0, cap: int | None = None) -> tuple[Bin, ...]:
    """The values in bins of `width` whole numbers, empty bins included.

    The bins are so placed that `edge` is the last number of one, and a line drawn after it cuts none.

    Values above `cap` share one open bin at the end; the bin that holds the cap is kept whole.

    Raises:
        ValueError: the width is not positive.
    """
    if width < 1:
        message = f"a bin holds at least one whole number, got a width of {width}"
        raise ValueError(message)
    if not values:
        return ()
    # Bin k holds edge + (k - 1) * width + 1 .. edge + k * width.
    places = [-((edge - value) // width) for value in values]
    top = max(places) if cap is None else min(max(places), -((edge - cap) // width))
    counts = dict.fromkeys(range(min(*places, top), top + 1), 0)
    above = 0
    for place in places:
        if place > top:
            above += 1
        else:
            counts[place] += 1
    bins = tuple(Bin(edge + (k - 1) * width + 1, edge + k * width, count) for k, count in counts.items())
    return (*bins, Bin(edge + top * width + 1, None, above)) if above else bins
