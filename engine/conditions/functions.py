"""What conditions can calculate with besides CEL: days, ages, months, sums, dated tables and names in kana.

Null goes in and comes out: with something unknown the result is unknown, and the load-time trials make the author say
what follows from that. Only `same_kana` answers false instead. A wrong argument raises, and the condition is an error.
"""

from __future__ import annotations

from datetime import date, timedelta
from functools import lru_cache
from typing import Any, Protocol, runtime_checkable

from engine.calendar import OpeningCalendar
from engine.conditions.kana import same_kana
from engine.conditions.signatures import Function, Parameter
from engine.periods import add_months, age_at, month_after, months_between, school_year_end_after

MOST = 1_000
"""How many elements `months_in` and `range` give at most; more is an error, never a shorter list."""


class Tables(Protocol):
    """Figures that the law dates."""

    def lookup(self, name: str, on: date, key: str) -> int | str:
        """The figure of a table in force on a day.

        Raises:
            LookupError: no such row; a Japanese sentence that names the table, the day and where to add it.
        """
        ...


@runtime_checkable
class ListedTables(Tables, Protocol):
    """Tables that can say which there are, so that a wrong name is found at load."""

    def ids(self) -> list[str]:
        """The ids of all tables."""
        ...


class Functions:
    """The host functions of one municipality and one edition.

    age_at(born, on) · add_days(day, n) · add_months(day, n) · days_between(a, b), positive when b is later ·
    next_open_day(day), as the ordinance's holidays have it (地方自治法4条の2) · month_of(day) · month_after(day) ·
    first_day(month) · months_in(first, last), both included, empty when the last comes before the first ·
    months_between(month, day_or_month) · school_year_end_after(born, age) · same_kana(a, b) · sum(list) ·
    min_of(list) and max_of(list), null for an empty list · sorted(list), ascending, what is unknown last ·
    range(n), the list of 0 to n - 1 · table(name, day_or_month, key), a month standing for its first day.
    Days are ISO texts (YYYY-MM-DD), months YYYY-MM, all in the Japanese calendar day.
    """

    def __init__(self, calendar: OpeningCalendar, tables: Tables) -> None:
        self._open_day = calendar.by_ordinance.next_open_day
        self._lookup = tables.lookup
        self._tables = tuple(tables.ids()) if isinstance(tables, ListedTables) else ()

    def all(self) -> tuple[Function, ...]:
        """Every function, in the order of the list above."""
        return (
            Function("age_at", (("born", "day"), ("on", "day")), "whole", _age_at),
            Function("add_days", (("day", "day"), ("n", "whole")), "date", _add_days),
            Function("add_months", (("day", "day"), ("n", "whole")), "date", _add_months),
            Function("days_between", (("a", "day"), ("b", "day")), "whole", _days_between),
            Function("next_open_day", (("day", "day"),), "date", self._next_open_day),
            Function("month_of", (("day", "day"),), "month", _month_of),
            Function("month_after", (("day", "day_or_month"),), "month", _month_after),
            Function("first_day", (("month", "month"),), "date", _first_day),
            Function("months_in", (("first", "month"), ("last", "month")), "months", _months_in),
            Function("months_between", (("month", "month"), ("day_or_month", "day_or_month")), "whole", months_between),
            Function("school_year_end_after", (("born", "day"), ("age", "whole")), "date", _school_year_end_after),
            Function("same_kana", (("a", "text"), ("b", "text")), "yes_no", _same_kana, null_to_null=False),
            Function("sum", (("list", "numbers"),), "of_list", _sum),
            Function("min_of", (("list", "list"),), "of_list", _min_of),
            Function("max_of", (("list", "list"),), "of_list", _max_of),
            Function("sorted", (("list", "list"),), "the_list", _sorted),
            Function("range", (("n", "whole"),), "wholes", _range),
            self._of_tables(),
        )

    def _of_tables(self) -> Function:
        takes: tuple[tuple[str, Parameter], ...] = (("name", "text"), ("day_or_month", "day_or_month"), ("key", "text"))
        return Function("table", takes, "unknown", self._table, choices={"name": self._tables} if self._tables else {})

    def _next_open_day(self, day: str) -> str:
        return self._open_day(_day(day)).isoformat()

    def _table(self, name: str, day: str, key: str) -> int | str:
        return self._lookup(name, _day_in(day), key)


def _age_at(born: str, on: str) -> int:
    return age_at(_day(born), _day(on))


def _add_days(day: str, n: int) -> str:
    return (_day(day) + timedelta(days=n)).isoformat()


def _add_months(day: str, n: int) -> str:
    return add_months(_day(day), n).isoformat()


def _days_between(a: str, b: str) -> int:
    return (_day(b) - _day(a)).days


def _month_of(day: str) -> str:
    return _day(day).isoformat()[:7]


def _month_after(day: str) -> str:
    return month_after(_day_in(day))


def _first_day(month: str) -> str:
    return _first(month).isoformat()


def _months_in(first: str, last: str) -> list[str]:
    count = months_between(first, _first(last)) + 1
    if count > MOST:
        raise ValueError(f"{first} to {last}: more than {MOST} months")
    return [add_months(_first(first), n).isoformat()[:7] for n in range(count)]


def _school_year_end_after(born: str, age: int) -> str:
    return school_year_end_after(_day(born), age).isoformat()


def _same_kana(a: str | None, b: str | None) -> bool:
    return a is not None and b is not None and same_kana(a, b)


def _sum(numbers: list[int | float | None]) -> int | float | None:
    known = [number for number in numbers if number is not None]
    return sum(known) if len(known) == len(numbers) else None


def _min_of(values: list[Any]) -> object:
    return None if None in values else min(values, default=None)


def _max_of(values: list[Any]) -> object:
    return None if None in values else max(values, default=None)


def _sorted(values: list[Any]) -> list[Any]:
    known = [value for value in values if value is not None]
    return [*sorted(known), *[None] * (len(values) - len(known))]


def _range(n: int) -> list[int]:
    if n > MOST:
        raise ValueError(f"range({n}): at most {MOST}")
    return list(range(n))


def _day_in(day_or_month: str) -> date:
    """A day as it is, or the first of a month."""
    return _day(day_or_month) if len(day_or_month) > len("2024-10") else _first(day_or_month)


def _first(month: str) -> date:
    return _day(f"{month}-01")


@lru_cache(maxsize=4096)
def _day(text: str) -> date:
    """The day an ISO text names; Python would also read 20241001 and 2024-W40-2, which no form accepts."""
    day = date.fromisoformat(text)
    if day.isoformat() != text:
        raise ValueError(f"{text!r}: a day is written YYYY-MM-DD")
    return day
