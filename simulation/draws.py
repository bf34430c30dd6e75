"""Luck by counting: a draw is a hash of (seed, case, step, visit, purpose) and never depends on earlier draws.

The same key gives the same draw whatever else happens: as-is and to-be share their luck, and logging changes nothing.
"""

from __future__ import annotations

import zlib
from collections.abc import Mapping, Sequence
from functools import cache
from math import exp
from statistics import NormalDist
from typing import TypeVar

T = TypeVar("T")

_BITS = 31
_MASK = (1 << _BITS) - 1
_TABLE = 1024


def draw(seed: int, *key: int | str) -> int:
    """A whole number below 2**31 for a key."""
    return (state_of(seed, *key) >> 33) & _MASK


def state_of(seed: int, *key: int | str) -> int:
    """The 64 bits that a draw is taken from; whoever mixes more words into them gets the draws of longer keys."""
    state = (seed * 0x9E3779B1 + 0x7F4A7C15) & 0xFFFFFFFFFFFFFFFF
    for part in key:
        word = part if isinstance(part, int) else zlib.crc32(part.encode())
        state = ((state ^ (word & 0xFFFFFFFF)) * 0xBF58476D1CE4E5B9) & 0xFFFFFFFFFFFFFFFF
        state ^= state >> 29
        state = (state * 0x94D049BB133111EB) & 0xFFFFFFFFFFFFFFFF
        state ^= state >> 32
    return state


def share(seed: int, *key: int | str) -> float:
    """A share in [0, 1) for a key."""
    return draw(seed, *key) / (_MASK + 1)


def whole(low: int, high: int, seed: int, *key: int | str) -> int:
    """A whole number from low to high, both included."""
    return low + draw(seed, *key) * (high - low + 1) // (_MASK + 1)


def choose(weights: Mapping[T, float], seed: int, *key: int | str) -> T:
    """One of the words, by weight; in the order in which they are given."""
    total = sum(weights.values())
    point = share(seed, *key) * total
    for word, weight in weights.items():
        point -= weight
        if point < 0:
            return word
    return next(reversed(list(weights)))


def around(median: float, spread: float, seed: int, *key: int | str) -> float:
    """A positive length about a median: lognormal, read from a table of 1,024 quantiles; `spread` is its sigma."""
    return median * _quantiles(spread)[draw(seed, *key) * _TABLE // (_MASK + 1)]


def counts(expected: Sequence[float], total: int, seed: int, *key: int | str) -> list[int]:
    """How many of a total fall on each place, when each falls there with its weight."""
    found = [0] * len(expected)
    places = dict(enumerate(expected))
    for number in range(total):
        found[choose(places, seed, number, *key)] += 1
    return found


@cache
def _quantiles(spread: float) -> tuple[float, ...]:
    normal = NormalDist()
    return tuple(exp(spread * normal.inv_cdf((n + 0.5) / _TABLE)) for n in range(_TABLE))
