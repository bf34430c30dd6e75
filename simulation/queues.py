"""Queues and work by day, counted from the records: how long items lay, how much of the day people worked."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict

from simulation.people import ONE_DAY, Staff
from simulation.records import Records
from simulation.results import PostDay


def post_days(staff: Staff, records: Records, post: str, first: dt.date, last: dt.date) -> tuple[PostDay, ...]:
    """Each opening day of a post: seconds worked and available, and the queue over the day's opening time."""
    worked: defaultdict[dt.date, int] = defaultdict(int)
    for interval in records.work:
        if interval.post == post:
            for day, seconds in interval.spent:
                worked[day] += seconds
    spans = sorted((ready, started) for name, ready, started in records.queue if name == post)
    days = [first + n * ONE_DAY for n in range((last - first).days + 1)]
    found = []
    live: list[tuple[int, int]] = []
    upcoming = 0
    for day in (d for d in days if staff.calendar.is_open(d)):
        opens, closes = staff.opening(day, post)
        while upcoming < len(spans) and spans[upcoming][0] < closes:
            live.append(spans[upcoming])
            upcoming += 1
        live = [span for span in live if span[1] > opens]
        median, most = _over_day(live, opens, closes)
        found.append(PostDay(day, worked[day], staff.available(post, day), median, most))
    return tuple(found)


def _over_day(spans: list[tuple[int, int]], opens: int, closes: int) -> tuple[int, int]:
    """The time-weighted median and the greatest length of a queue between two instants."""
    changes: defaultdict[int, int] = defaultdict(int)
    for ready, started in spans:
        begin, end = max(ready, opens), min(started, closes)
        if begin < end:
            changes[begin] += 1
            changes[end] -= 1
    at, length, most = opens, 0, 0
    lasted: defaultdict[int, int] = defaultdict(int)
    for instant in sorted(changes):
        lasted[length] += instant - at
        at, length = instant, length + changes[instant]
        most = max(most, length)
    lasted[length] += closes - at
    return _median(lasted, closes - opens), most


def _median(lasted: dict[int, int], total: int) -> int:
    """The length below or at which the queue was for half of the time."""
    gone = 0
    for length in sorted(lasted):
        gone += lasted[length]
        if 2 * gone >= total:
            return length
    return 0
