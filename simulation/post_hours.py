"""How busy each post is at each hour of each day of the week, counted from the records."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from simulation.people import ONE_DAY, Staff
from simulation.records import Records

HOUR = 3600


@dataclass(frozen=True)
class PostHour:
    """An hour of a day of the week (Monday 0) at a post: seconds worked, and seconds that its people were in."""

    weekday: int
    hour: int
    worked_seconds: int
    available_seconds: int


def post_hours(staff: Staff, records: Records, post: str, first: dt.date, last: dt.date) -> tuple[PostHour, ...]:
    """The hours in which people of a post were in, over the days from the first to the last.

    Work that began at an instant goes on from there; on later days it goes on when the post opens for the procedure.
    """
    worked: Counter[tuple[int, int]] = Counter()
    available: Counter[tuple[int, int]] = Counter()
    for one in records.work:
        if one.post == post:
            for day, seconds in one.spent:
                if first <= day <= last:
                    begin = max(one.started, staff.opening(day, post, one.procedure)[0])
                    _add(worked, day, staff, begin, begin + seconds)
    for day in (first + ahead * ONE_DAY for ahead in range((last - first).days + 1)):
        opens, closes = staff.opening(day, post)
        for person in staff.people[post]:
            if staff.is_in(person, day):
                _add(available, day, staff, opens, closes)
    return tuple(PostHour(*at, worked[at], available[at]) for at in sorted({*worked, *available}))


def _add(found: Counter[tuple[int, int]], day: dt.date, staff: Staff, begin: int, end: int) -> None:
    """Put the seconds between two instants of a day into its hours."""
    midnight = staff.opening(day)[0] - _since_midnight(staff)
    for hour, seconds in _by_hour(begin - midnight, end - midnight):
        found[(day.weekday(), hour)] += seconds


def _since_midnight(staff: Staff) -> int:
    opens = staff.hours.opens
    return opens.hour * HOUR + opens.minute * 60 + opens.second


def _by_hour(begin: int, end: int) -> Iterator[tuple[int, int]]:
    while begin < end:
        hour = begin // HOUR
        upto = min(end, (hour + 1) * HOUR)
        yield hour, upto - begin
        begin = upto
