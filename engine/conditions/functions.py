"""What conditions can calculate with besides CEL: days, ages, months, sums, dated tables and names in kana.

Null goes in and comes out: with something unknown the result is unknown, and the load-time trials make the author say
what follows from that. Only `same_kana` answers false instead. A wrong argument raises, and the condition is an error.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Literal, Protocol

from engine.calendar import OpeningCalendar
from engine.conditions.kana import same_kana
from engine.periods import add_months, age_at, month_after, months_between, school_year_end_after
from engine.shapes import Kind

Parameter = Literal["day", "month", "day_or_month", "whole", "text", "numbers", "list"]
Result = Kind | Literal["of_list", "unknown"]


class Tables(Protocol):
    """Figures that the law dates."""

    def lookup(self, name: str, on: date, key: str) -> int | str:
        """The figure of a table in force on a day.

        Raises:
            LookupError: no such row; a Japanese sentence that names the table, the day and where to add it.
        """
        ...


@dataclass(frozen=True)
class Function:
    """One host function: what it takes and gives, for the type checker and for messages.

    `null_to_null` is false only for a function that has a use for null.
    """

    name: str
    takes: tuple[tuple[str, Parameter], ...]
    gives: Result
    run: Callable[..., object]
    null_to_null: bool = True

    @property
    def usage(self) -> str:
        """How it is called, as in age_at(born, on)."""
        return f"{self.name}({', '.join(name for name, _ in self.takes)})"


class Functions:
    """The host functions of one municipality and one edition.

    age_at(born, on) · add_days(day, n) · add_months(day, n) · days_between(a, b), positive when b is later ·
    next_open_day(day), as the ordinance's holidays have it (地方自治法4条の2) · month_of(day) · month_after(day) ·
    months_between(month, day_or_month) · school_year_end_after(born, age) · same_kana(a, b) · sum(list) ·
    min_of(list) and max_of(list), null for an empty list · table(name, day, key).
    Days are ISO texts (YYYY-MM-DD), months YYYY-MM, all in the Japanese calendar day.
    """

    def __init__(self, calendar: OpeningCalendar, tables: Tables) -> None:
        self._open_day = calendar.by_ordinance.next_open_day
        self._lookup = tables.lookup

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
            Function("months_between", (("month", "month"), ("day_or_month", "day_or_month")), "whole", months_between),
            Function("school_year_end_after", (("born", "day"), ("age", "whole")), "date", _school_year_end_after),
            Function("same_kana", (("a", "text"), ("b", "text")), "yes_no", _same_kana, null_to_null=False),
            Function("sum", (("list", "numbers"),), "of_list", _sum),
            Function("min_of", (("list", "list"),), "of_list", _min_of),
            Function("max_of", (("list", "list"),), "of_list", _max_of),
            Function("table", (("name", "text"), ("day", "day"), ("key", "text")), "unknown", self._table),
        )

    def _next_open_day(self, day: str) -> str:
        return self._open_day(_day(day)).isoformat()

    def _table(self, name: str, day: str, key: str) -> int | str:
        return self._lookup(name, _day(day), key)


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
    return month_after(_day(day if len(day) > len("2024-10") else f"{day}-01"))


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


def _day(text: str) -> date:
    """The day an ISO text names; Python would also read 20241001 and 2024-W40-2, which no form accepts."""
    day = date.fromisoformat(text)
    if day.isoformat() != text:
        raise ValueError(f"{text!r}: a day is written YYYY-MM-DD")
    return day
