"""When a city hall is open: weekends, national holidays, the year end and a city's own closed days.

The national holidays come from the `holidays` library (祝日, 振替休日, 国民の休日), which knows 1949–2099.
The equinox days of a year are official only from the February before it; later ones are as astronomers expect them.
"""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left, bisect_right
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cache, cached_property
from types import MappingProxyType

from engine.errors import MadoguchiError

ONE_DAY = dt.timedelta(days=1)
WEEKDAYS = "月火水木金土日"
MADE_HOLIDAYS = ("振替休日", "国民の休日")


class UnknownYear(MadoguchiError):
    """The holidays of a year are not known, so nobody can say which of its days are open."""

    code = "unknown_year"


@dataclass(frozen=True)
class _Year:
    """One year worked out: why each closed day is closed, and the open days in order."""

    closed: dict[dt.date, str]
    open_days: tuple[dt.date, ...]


@dataclass(frozen=True)
class OpeningCalendar:
    """The opening days (開庁日) of a city hall, in Japanese civil days.

    Weekdays count from Monday = 0. `year_end` closes 12/29–1/3. `extra_open` are days on which a counter works although
    the ordinance says holiday (日曜開庁); see `by_ordinance`. Methods raise `UnknownYear` outside 1949–2099.
    """

    closed_weekdays: tuple[int, ...] = (5, 6)
    closed_days: frozenset[dt.date] = frozenset()
    extra_open: frozenset[dt.date] = frozenset()
    year_end: bool = True
    _years: dict[int, _Year] = field(default_factory=dict, init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        if not set(self.closed_weekdays) < set(range(7)):
            raise ValueError(f"closed_weekdays {self.closed_weekdays}: 0 (Monday) to 6 (Sunday), not all seven")
        if both := sorted(self.closed_days & self.extra_open):
            raise ValueError(f"{both[0]} is both closed and open: name it in one of closed_days and extra_open")

    @cached_property
    def by_ordinance(self) -> OpeningCalendar:
        """The same calendar as periods count with it: opening a counter on a 市の休日 does not end the holiday.

        Source: 地方自治法4条の2 (the holidays are those of the ordinance).
        """
        return replace(self, extra_open=frozenset()) if self.extra_open else self

    def is_open(self, day: dt.date) -> bool:
        """Whether the city hall is open on that civil day."""
        return day not in self._year_of(day).closed

    def why_closed(self, day: dt.date) -> str | None:
        """The ground on which it is closed, in Japanese and in the ordinance's order, or None on an open day."""
        return self._year_of(day).closed.get(day)

    def next_open_day(self, day: dt.date) -> dt.date:
        """The day itself when open, else the first open day after it."""
        while not self.is_open(day):
            day += ONE_DAY
        return day

    def previous_open_day(self, day: dt.date) -> dt.date:
        """The day itself when open, else the last open day before it."""
        while not self.is_open(day):
            day -= ONE_DAY
        return day

    def add_open_days(self, day: dt.date, n: int) -> dt.date:
        """The n-th open day after `day`, which is not counted itself; before it when n is negative, `day` when 0."""
        if n == 0:
            return day
        days = self._year_of(day).open_days
        at = bisect_right(days, day) + n - 1 if n > 0 else bisect_left(days, day) + n
        year = day.year
        while at >= len(days):
            at -= len(days)
            year += 1
            days = self._year(year).open_days
        while at < 0:
            year -= 1
            days = self._year(year).open_days
            at += len(days)
        return days[at]

    def open_days_between(self, a: dt.date, b: dt.date) -> int:
        """How many open days lie after `a` up to and including `b`; negative when b comes first.

        `open_days_between(day, add_open_days(day, n)) == n`.
        """
        if b < a:
            return -self.open_days_between(b, a)
        start, end = self._year_of(a).open_days, self._year_of(b).open_days
        whole = sum(len(self._year(year).open_days) for year in range(a.year, b.year))
        return whole + bisect_right(end, b) - bisect_right(start, a)

    def _year_of(self, day: dt.date) -> _Year:
        if type(day) is not dt.date:
            raise TypeError(f"{day!r}: a civil day is a date; turn an instant into its Japanese day first")
        return self._years.get(day.year) or self._year(day.year)

    def _year(self, year: int) -> _Year:
        """A year worked out once and kept."""
        if year not in self._years:
            holidays = national_holidays(year)
            days = [dt.date.fromordinal(n) for n in range(dt.date(year, 1, 1).toordinal(), _end_of(year) + 1)]
            closed = {day: why for day in days if (why := self._ground(day, holidays))}
            self._years[year] = _Year(closed, tuple(day for day in days if day not in closed))
        return self._years[year]

    def _ground(self, day: dt.date, holidays: Mapping[dt.date, str]) -> str:
        """Why the day is closed, or nothing: weekday, holiday, year end, own day, in the order of an ordinance."""
        if day in self.extra_open:
            return ""
        if day.weekday() in self.closed_weekdays:
            return f"{WEEKDAYS[day.weekday()]}曜日"
        if name := holidays.get(day, ""):
            return name if name in MADE_HOLIDAYS else f"祝日({name})"
        if self.year_end and ((day.month, day.day) >= (12, 29) or (day.month, day.day) <= (1, 3)):
            return "年末年始"
        return "市の休日" if day in self.closed_days else ""


@cache
def national_holidays(year: int) -> Mapping[dt.date, str]:
    """The national holidays of a year by day, in order, with their Japanese names.

    Raises:
        UnknownYear: the library has no holidays for that year.
    """
    from holidays.countries.japan import Japan  # heavy: only who asks for a calendar pays for it

    if not Japan.start_year <= year <= Japan.end_year:
        known = f"{Japan.start_year}–{Japan.end_year}"
        raise UnknownYear(
            f"{year}年の祝日が分からないため、開庁日を数えられません。{known}年の日付を指定してください。",
            f"the holidays of {year} are not known: opening days can be counted in {known}",
            year=year,
        )
    return MappingProxyType(dict(sorted(Japan(years=year, language="ja").items())))


def _end_of(year: int) -> int:
    return dt.date(year, 12, 31).toordinal()
