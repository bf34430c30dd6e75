"""Legal periods, ages and months in Japanese civil days (民法138–143条, 年齢計算ニ関する法律), for 1900–2200.

The first day of a period is not counted (140条) unless the law says so; it ends with its last day (141条). Months and
years run to the day before the corresponding day, or to the month's end when there is none (143条). The end moves off
a holiday only where the law says so (142条, 地方自治法4条の2). Opening days are a unit of their own, never hours.
"""

from __future__ import annotations

import datetime as dt
import re
from calendar import monthrange
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from engine.calendar import OpeningCalendar

ONE_DAY = dt.timedelta(days=1)
_SHORTEST_MONTH = 28
_MONTH = re.compile(r"[0-9]{4}-(0[1-9]|1[0-2])(-[0-9]{2})?")
Shift = Literal["none", "next_open", "previous_open"]


@dataclass(frozen=True)
class Limit:
    """A length of time: exactly one of days, months and years.

    `unit` "opening" counts opening days, and goes with days only. `shift` says where an end on a closed day goes.
    `first_day_counts` is for a period that begins with the day (民法140条ただし書). Zero days end on the first day.
    """

    days: int | None = None
    months: int | None = None
    years: int | None = None
    unit: Literal["calendar", "opening"] = "calendar"
    shift: Shift = "none"
    first_day_counts: bool = False

    def __post_init__(self) -> None:
        given = [n for n in (self.days, self.months, self.years) if n is not None]
        least = 0 if self.days is not None and not self.first_day_counts else 1
        if len(given) != 1 or given[0] < least:
            raise ValueError(f"{self}: exactly one of days, months, years, and at least {least}")
        if self.unit == "opening" and self.days is None:
            raise ValueError(f"{self}: opening days are counted in days only")

    @property
    def whole_months(self) -> int:
        """The length in months; 0 for a length in days."""
        return (self.months or 0) + 12 * (self.years or 0)


@dataclass(frozen=True)
class Pause:
    """A time that does not count: the days after `start`, up to and including `end`; None while it still lasts.

    Counted like a period itself: the day on which correction is asked still counts, the day of the answer does not.
    A pause that ends on the day it starts stops nothing.
    """

    start: dt.date
    end: dt.date | None = None

    def __post_init__(self) -> None:
        if self.end is not None and self.end < self.start:
            raise ValueError(f"a pause from {self.start} cannot end on {self.end}")


def last_day(from_: dt.date, limit: Limit, calendar: OpeningCalendar, pauses: Iterable[Pause] = ()) -> dt.date | None:
    """The last day of a period that begins with what happened on `from_`; None while an open pause stops it.

    A pause lengthens the period by the civil days it stops, or by the opening days of a period in opening days; where
    pauses overlap, once. A period in months is then as many days long as it would have been. A pause, also an open one,
    that begins on the last day or later stops nothing, and a shift off a holiday comes after all pauses.
    Holidays are the ordinance's: an extra opening of a counter neither counts nor ends a shift.

    Raises:
        UnknownYear: opening days are asked of a year whose holidays are not known.
    """
    end = _unshifted(from_, limit, calendar.by_ordinance, tuple(pauses))
    return end and _shifted(end, limit.shift, calendar.by_ordinance)


def explain(
    from_: dt.date, limit: Limit, calendar: OpeningCalendar, pauses: Iterable[Pause] = ()
) -> list[tuple[dt.date, str]]:
    """Every day from `from_` to the last, with the reason in Japanese why it counts or does not.

    An end that moves back before `from_` begins the list. While an open pause stops the period, the list ends with the
    first day that it stops.
    """
    calendar, pauses = calendar.by_ordinance, tuple(pauses)
    end = _unshifted(from_, limit, calendar, pauses)
    days = list(_counted(from_, limit, calendar, pauses, end))
    if end is None:
        return days
    last = _shifted(end, limit.shift, calendar)
    days += [(day, _moved_on(day, calendar)) for day in _days(end + ONE_DAY, last)]
    days = [(day, calendar.why_closed(day) or "起算の前の開庁日") for day in _days(last, days[0][0] - ONE_DAY)] + days
    return [(day, why + _at_end(day, end, last, calendar)) for day, why in days]


def _unshifted(from_: dt.date, limit: Limit, calendar: OpeningCalendar, pauses: Sequence[Pause]) -> dt.date | None:
    """The last day before any shift off a holiday."""
    if type(from_) is not dt.date:
        raise TypeError(f"{from_!r}: a period begins on a date; turn an instant into its Japanese day first")
    before = from_ - ONE_DAY if limit.first_day_counts else from_
    if limit.days is not None:
        to_count = limit.days
    else:
        to_count = (_end_of_months(before + ONE_DAY, limit.whole_months) - before).days
    for start, end in _merged(pauses):
        if end is not None and end <= before:
            continue
        free = max(_count(before, start, limit, calendar), 0)
        if to_count <= free:
            break
        if end is None:
            return None
        to_count, before = to_count - free, end
    if limit.unit == "opening":
        return calendar.add_open_days(before, to_count)
    return before + to_count * ONE_DAY


def _count(before: dt.date, until: dt.date, limit: Limit, calendar: OpeningCalendar) -> int:
    """The days that count after `before` up to and including `until`, pauses apart."""
    return calendar.open_days_between(before, until) if limit.unit == "opening" else (until - before).days


def _merged(pauses: Sequence[Pause]) -> Iterator[tuple[dt.date, dt.date | None]]:
    """The pauses in order, those that touch or overlap joined into one; an open one swallows all after it."""
    start: dt.date | None = None
    end: dt.date | None = None
    for pause in sorted(pauses, key=lambda one: one.start):
        if start is None or (end is not None and end < pause.start):
            if start is not None:
                yield start, end
            start, end = pause.start, pause.end
        elif end is not None:
            end = None if pause.end is None else max(end, pause.end)
    if start is not None:
        yield start, end


def _shifted(end: dt.date, shift: Shift, calendar: OpeningCalendar) -> dt.date:
    if shift == "none":
        return end
    return calendar.next_open_day(end) if shift == "next_open" else calendar.previous_open_day(end)


def _counted(
    from_: dt.date, limit: Limit, calendar: OpeningCalendar, pauses: Sequence[Pause], end: dt.date | None
) -> Iterator[tuple[dt.date, str]]:
    """The days from the first to the unshifted last one; without a last one, to the first that an open pause stops."""
    number = 0
    if not limit.first_day_counts:
        yield from_, "初日は数えない(民法140条)"
        from_ += ONE_DAY
    still = min((pause.start for pause in pauses if pause.end is None), default=dt.date.max)
    for day in _days(from_, end or max(from_, still + ONE_DAY)):
        if any(pause.start < day and (pause.end is None or day <= pause.end) for pause in pauses):
            yield day, "停止中で数えない" + ("(停止の終わりは未定)" if day > still else "")
        elif limit.unit == "opening" and (closed := calendar.why_closed(day)):
            yield day, f"{closed}で数えない"
        else:
            number += 1
            yield day, f"{number}日目"


def _moved_on(day: dt.date, calendar: OpeningCalendar) -> str:
    closed = calendar.why_closed(day)
    return f"{closed}で期限はさらに延びる" if closed else "休日の翌開庁日"


def _at_end(day: dt.date, end: dt.date, last: dt.date, calendar: OpeningCalendar) -> str:
    """What the words of a day gain when the period ends on it, or its end moves from or to it."""
    if day == last:
        return "・期限(直前の開庁日に繰上げ)" if last < end else "・期限"
    return f"・満了日が{calendar.why_closed(day)}" if day == end else ""


def _days(first: dt.date, last: dt.date) -> Iterator[dt.date]:
    for ordinal in range(first.toordinal(), last.toordinal() + 1):
        yield dt.date.fromordinal(ordinal)


def age_at(born: dt.date, on: dt.date) -> int:
    """The age in full years on a day; a year of age is reached on the day before the birthday.

    So a child born 2007-04-01 is 18 on 2025-03-31. Who is born on 29 February grows older on every 28 February.

    Raises:
        ValueError: not born yet.

    Source: 年齢計算ニ関する法律, 民法143条.
    """
    if on < born:
        raise ValueError(f"born {born}: no age on {on}")
    years = on.year - born.year
    return years + 1 if _reached(born, years + 1) <= on else years if _reached(born, years) <= on else years - 1


def school_year_end_after(born: dt.date, age: int) -> dt.date:
    """The first 31 March on or after the day on which the age is reached (…歳に達する日以後の最初の3月31日)."""
    reached = _reached(born, age)
    end = dt.date(reached.year, 3, 31)
    return end if reached <= end else dt.date(reached.year + 1, 3, 31)


def add_months(day: dt.date, months: int) -> dt.date:
    """The corresponding day so many months later (earlier when negative), or that month's last day when it has none.

    This is no legal limit: the end of a period of months is `last_day`.
    """
    year, month = _month_later(day, months)
    in_every_month = day.day <= _SHORTEST_MONTH
    return dt.date(year, month, day.day if in_every_month else min(day.day, monthrange(year, month)[1]))


def month_after(day: dt.date) -> str:
    """The month after that of the day, as YYYY-MM."""
    year, month = _month_later(day, 1)
    return f"{year:04}-{month:02}"


def months_between(month: str, day_or_month: str | dt.date) -> int:
    """How many months lie from one month (YYYY-MM) to that of a day or month; negative when it is earlier.

    Raises:
        ValueError: a text that is neither YYYY-MM nor YYYY-MM-DD.
    """
    return _month_number(day_or_month) - _month_number(month)


def _month_number(month: str | dt.date) -> int:
    if isinstance(month, dt.date):
        return month.year * 12 + month.month
    if not _MONTH.fullmatch(month):
        raise ValueError(f"{month!r}: a month is written YYYY-MM")
    return int(month[:4]) * 12 + int(month[5:7])


def _month_later(day: dt.date, months: int) -> tuple[int, int]:
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return year, month + 1


def _end_of_months(first: dt.date, months: int) -> dt.date:
    """The day before the day that corresponds to the first one, or the month's last day when none does (民法143条)."""
    year, month = _month_later(first, months)
    length = monthrange(year, month)[1]
    return dt.date(year, month, length) if first.day > length else dt.date(year, month, first.day) - ONE_DAY


def _reached(born: dt.date, age: int) -> dt.date:
    """The day on which an age is reached: the birth day counts, and the year ends on the day before the birthday."""
    return _end_of_months(born, 12 * age)
