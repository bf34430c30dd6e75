"""The clock is an argument. Civil time is Japan's: one zone, nine hours ahead, no summer time since 1952."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone
from functools import lru_cache
from typing import Protocol

JST = timezone(timedelta(hours=9), "JST")


class Clock(Protocol):
    """Tells the present instant as an aware datetime."""

    def now(self) -> datetime:
        """The present instant, aware."""
        ...


class SimulatedClock:
    """A clock that stands still until it is moved, for simulation, lessons and tests."""

    def __init__(self, start: datetime) -> None:
        self._now = start.astimezone(JST)

    def now(self) -> datetime:
        """The instant it was last set to."""
        return self._now

    def set(self, instant: datetime) -> None:
        """Move to an instant, forward or back: history is ordered by sequence, never by time."""
        self._now = instant.astimezone(JST)


def to_seconds(instant: datetime) -> int:
    """Whole seconds since 1970-01-01T00:00Z, as stored."""
    return int(instant.timestamp())


def from_seconds(seconds: int) -> datetime:
    """The stored instant in Japanese civil time."""
    return datetime.fromtimestamp(seconds, UTC).astimezone(JST)


@lru_cache(maxsize=4096)
def civil_day(seconds: int) -> date:
    """The Japanese calendar day of a stored instant."""
    return from_seconds(seconds).date()
