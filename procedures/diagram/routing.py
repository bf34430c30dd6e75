"""Links between two rows as lines that run down, across and down; no two run across on top of each other."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate, pairwise

from procedures.diagram.layers import Link

TRACK = 6.0
ABOVE, BELOW = 7.0, 11.0
"""Room between a row and the first line that runs across, and from the last one to the next row's arrow heads."""
_NEAR = 4.5
_ON_TOP = 100


def tracks(links: Sequence[Link]) -> tuple[dict[Link, int], int]:
    """The track of every link that runs across, from the top, and how many tracks there are."""
    across = sorted((link for link in links if link.top != link.bottom), key=lambda link: (_ends(link), link.way))
    order: list[Link] = []
    for link in across:
        steps = (_cost(one, link) - _cost(link, one) for one in order)  # what it costs to stand below one more
        costs = list(accumulate(steps, initial=0))
        order.insert(costs.index(min(costs)), link)
    _improve(order)
    found: dict[Link, int] = {}
    for index, link in enumerate(order):
        found[link] = max((found[one] + 1 for one in order[:index] if _apart(one, link)), default=0)
    return found, max(found.values(), default=-1) + 1


def _improve(order: list[Link]) -> None:
    """Let neighbours change places as long as that helps."""
    for _ in order:
        changed = False
        for index, (one, other) in enumerate(pairwise(list(order))):
            if order[index] is one and _cost(other, one) < _cost(one, other):
                order[index], order[index + 1] = other, one
                changed = True
        if not changed:
            return


def _ends(link: Link) -> tuple[float, float]:
    return min(link.top, link.bottom), max(link.top, link.bottom)


def _apart(one: Link, other: Link) -> bool:
    """Whether two links need tracks of their own."""
    (left, right), (left_, right_) = _ends(one), _ends(other)
    same = one.way == other.way and (one.upper is other.upper or one.lower is other.lower)
    return not same and left - _NEAR <= right_ and left_ - _NEAR <= right


def _cost(upper: Link, lower: Link) -> int:
    """How often two links cross, or lie on top of each other, when the first runs across above the second."""
    if upper.way == lower.way and (upper.upper is lower.upper or upper.lower is lower.lower):
        return 0
    found = 0
    if abs(upper.bottom - lower.top) < _NEAR:
        found += _ON_TOP
    (left, right), (left_, right_) = _ends(upper), _ends(lower)
    found += left_ < upper.bottom < right_
    return found + (left < lower.top < right)
