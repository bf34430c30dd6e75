"""Queues by day: the median over opening time and the greatest length, counted from when items lay."""

from __future__ import annotations

import datetime as dt

from engine.calendar import OpeningCalendar
from engine.clock import JST, to_seconds
from engine.municipality import OpeningHours, Post
from simulation.people import Staff, key_of
from simulation.queues import post_days
from simulation.records import Interval, Records

POST = Post(id="clerk", label="担当", department="d", roles=("clerk",))
KEY = key_of(POST)
STAFF = Staff(OpeningCalendar(), OpeningHours(), (POST,), 0.0, 1)
MONDAY = dt.date(2022, 4, 4)


def at(hour: int, minute: int = 0, day: int = 4) -> int:
    """An instant of April 2022."""
    return to_seconds(dt.datetime(2022, 4, day, hour, minute, tzinfo=JST))


def test_an_empty_day_has_an_empty_queue() -> None:
    (day,) = post_days(STAFF, Records(), KEY, MONDAY, MONDAY)
    assert (day.worked_seconds, day.queue_median, day.queue_max) == (0, 0, 0)
    assert day.available_seconds == 31_500


def test_the_greatest_length_counts_what_lies_at_once() -> None:
    records = Records(queue=[(KEY, at(9), at(10)), (KEY, at(9, 30), at(11)), (KEY, at(9, 45), at(9, 50))])
    (day,) = post_days(STAFF, records, KEY, MONDAY, MONDAY)
    assert day.queue_max == 3
    assert day.queue_median == 0


def test_the_median_is_weighted_by_time() -> None:
    records = Records(queue=[(KEY, at(8), at(16)), (KEY, at(8), at(15))])
    (day,) = post_days(STAFF, records, KEY, MONDAY, MONDAY)
    assert day.queue_median == 2


def test_what_lies_over_night_counts_on_both_days() -> None:
    records = Records(queue=[(KEY, at(17), at(9, day=5))])
    days = post_days(STAFF, records, KEY, MONDAY, dt.date(2022, 4, 5))
    assert [day.queue_max for day in days] == [1, 1]


def test_what_another_post_waits_for_does_not_count() -> None:
    records = Records(queue=[("d/other", at(9), at(16))])
    (day,) = post_days(STAFF, records, KEY, MONDAY, MONDAY)
    assert day.queue_max == 0


def test_closed_days_are_absent() -> None:
    days = post_days(STAFF, Records(), KEY, dt.date(2022, 4, 2), dt.date(2022, 4, 4))
    assert [day.day for day in days] == [MONDAY]


def test_work_counts_on_the_days_on_which_it_was_done() -> None:
    spent = ((MONDAY, 1800), (dt.date(2022, 4, 5), 600))
    records = Records(work=[Interval("p", 1, "s", KEY, 2400, 0, 1, spent)])
    days = post_days(STAFF, records, KEY, MONDAY, dt.date(2022, 4, 5))
    assert [day.worked_seconds for day in days] == [1800, 600]
