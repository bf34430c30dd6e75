"""What is to happen, in order: by instant, then by kind, then by the order of planning."""

from __future__ import annotations

import datetime as dt
import heapq
from collections.abc import Callable
from enum import IntEnum

from engine.clock import SimulatedClock, civil_day, from_seconds, to_seconds

Action = Callable[[], None]


class Kind(IntEnum):
    """The order at one instant: work ends, timers run out, answers come, people apply, work begins."""

    COMPLETE = 0
    TIMER = 1
    REPLY = 2
    ARRIVE = 3
    ASSIGN = 4


class Agenda:
    """A heap of actions that moves the clock. It never depends on the luck of a dictionary or a set."""

    def __init__(self, clock: SimulatedClock) -> None:
        self._clock = clock
        self._heap: list[tuple[int, int, int, Action]] = []
        self._planned = 0

    @property
    def now(self) -> int:
        """The present instant in epoch seconds."""
        return to_seconds(self._clock.now())

    def at(self, instant: int, kind: Kind, action: Action) -> None:
        """Plan an action."""
        self._planned += 1
        heapq.heappush(self._heap, (instant, kind, self._planned, action))

    def run(
        self,
        horizon: dt.date,
        progress: Callable[[dt.date], None],
        over: Callable[[dt.date], bool],
    ) -> None:
        """Let everything happen, until nothing is left, the horizon is passed or it is over; tells each new day."""
        known = dt.date.min
        while self._heap:
            instant, _, _, action = heapq.heappop(self._heap)
            day = civil_day(instant)
            if day > horizon:
                return
            self._clock.set(from_seconds(instant))
            if day != known:
                if over(day):
                    return
                known = day
                progress(day)
            action()
