"""All spots that a case can come to, which events happen on the way, and from where no way leads to an end."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field

from checker.exploring.spots import Spot
from checker.exploring.ways import Way, Ways
from engine.edition import Edition

MOST = 60_000
"""How many spots are looked at before the search gives up and says so."""


@dataclass
class Explored:
    """What a search found. `whole` is False when it gave up; then nothing is said of what it did not reach."""

    ways: dict[Spot, list[Way]] = field(default_factory=dict)
    came_from: dict[Spot, tuple[Spot, Way]] = field(default_factory=dict)
    happened: set[tuple[str | None, str]] = field(default_factory=set)
    whole: bool = True

    def way_to(self, spot: Spot) -> list[Way]:
        """The ways that lead to a spot, the first of them first."""
        found: list[Way] = []
        while spot in self.came_from:
            spot, way = self.came_from[spot]
            found.append(way)
        return found[::-1]

    def path(self, spot: Spot) -> list[str]:
        """The events that lead to a spot, the first of them first."""
        return [f"{way.task}.{way.event}" if way.task else way.event for way in self.way_to(spot)]


def explore(edition: Edition, *, everywhere: bool = False, most: int = MOST) -> Explored:
    """Every spot of an edition.

    Args:
        everywhere: also with the events that leave from any open state; with them hardly anything is ever stuck.
        most: how many spots are looked at.
    """
    plain = Ways(edition)
    ways = plain if everywhere else Ways(edition, without=plain.everywhere)
    found = Explored()
    waiting = deque(ways.begin())
    seen = set(waiting)
    while waiting:
        if len(found.ways) >= most:
            found.whole = False
            break
        spot = waiting.popleft()
        found.ways[spot] = list(ways.from_(spot))
        for way in found.ways[spot]:
            found.happened.add((way.task, way.event))
            if way.to not in seen:
                seen.add(way.to)
                found.came_from[way.to] = (spot, way)
                waiting.append(way.to)
    return found


def without_an_end(edition: Edition, found: Explored) -> list[Spot]:
    """The spots from which no way leads to an end, those reached first first; none where the search gave up."""
    if not found.whole:
        return []
    back: dict[Spot, list[Spot]] = {}
    for spot, ways in found.ways.items():
        for way in ways:
            back.setdefault(way.to, []).append(spot)
    ends = [spot for spot in found.ways if edition.state(spot.state).kind in {"settled", "final"}]
    good, waiting = set(ends), list(ends)
    while waiting:
        for spot in back.get(waiting.pop(), ()):
            if spot not in good:
                good.add(spot)
                waiting.append(spot)
    return [spot for spot in found.ways if spot not in good]
