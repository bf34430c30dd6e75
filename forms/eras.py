"""Japanese era dates (和暦): each era's first and last day, reading and writing. Calendar days only, no time of day.

Source: 元号を改める政令 (明治は改暦後の 1873-01-01 から数える; 平成 1989-01-08、令和 2019-05-01).
"""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from dataclasses import dataclass


@dataclass(frozen=True)
class Era:
    """One era (元号): its names and the days it covers, both included."""

    name: str
    letter: str
    english: str
    first: dt.date
    last: dt.date

    @property
    def year_zero(self) -> int:
        """The Gregorian year before the era's first year (元年)."""
        return (1868 if self.letter == "M" else self.first.year) - 1


ERAS = (
    Era("明治", "M", "Meiji", dt.date(1873, 1, 1), dt.date(1912, 7, 29)),
    Era("大正", "T", "Taisho", dt.date(1912, 7, 30), dt.date(1926, 12, 24)),
    Era("昭和", "S", "Showa", dt.date(1926, 12, 25), dt.date(1989, 1, 7)),
    Era("平成", "H", "Heisei", dt.date(1989, 1, 8), dt.date(2019, 4, 30)),
    Era("令和", "R", "Reiwa", dt.date(2019, 5, 1), dt.date(9999, 12, 31)),
)

_ERA = r"(?P<era>明治|大正|昭和|平成|令和|[MTSHR])"
_PART = r"\.?\s*(?P<year>元|[0-9]{1,2})\s*(?:年|[./-])\s*(?P<month>[0-9]{1,2})"
_ERA_DAY = re.compile(rf"{_ERA}{_PART}\s*(?:月|[./-])\s*(?P<day>[0-9]{{1,2}})日?", re.IGNORECASE)
_ERA_MONTH = re.compile(rf"{_ERA}{_PART}月?", re.IGNORECASE)
_DAY = re.compile(r"(?P<year>[0-9]{4})(?:年|[./-])(?P<month>[0-9]{1,2})(?:月|[./-])(?P<day>[0-9]{1,2})日?")
_MONTH = re.compile(r"(?P<year>[0-9]{4})(?:年|[./-])(?P<month>[0-9]{1,2})月?")


class NotADay(ValueError):
    """Text that names no real day; `ja`, `easy` and `en` say why in a sentence."""

    def __init__(self, ja: str, easy: str, en: str) -> None:
        super().__init__(ja)
        self.ja, self.easy, self.en = ja, easy, en


def read_day(text: str) -> dt.date | None:
    """The day that the text names (ISO, 2025年5月1日, 令和7年5月1日, R7.5.1, 元年, full-width), or None for no date.

    Raises:
        NotADay: the day does not exist, or lies outside its era.
    """
    plain = unicodedata.normalize("NFKC", text).strip()
    if found := _DAY.fullmatch(plain):
        return _gregorian(plain, int(found["year"]), int(found["month"]), int(found["day"]))
    if found := _ERA_DAY.fullmatch(plain):
        era = _era(found["era"])
        day = _gregorian(plain, _year(era, found["year"]), int(found["month"]), int(found["day"]))
        if not era.first <= day <= era.last:
            raise _outside(era, plain)
        return day
    return None


def read_month(text: str) -> str | None:
    """The month that the text names as YYYY-MM, or None if it names none.

    Raises:
        NotADay: no such month, or no day of it lies inside its era.
    """
    plain = unicodedata.normalize("NFKC", text).strip()
    if found := _MONTH.fullmatch(plain):
        return f"{_gregorian(plain, int(found['year']), int(found['month']), 1):%Y-%m}".rjust(7, "0")
    if found := _ERA_MONTH.fullmatch(plain):
        era = _era(found["era"])
        month = _gregorian(plain, _year(era, found["year"]), int(found["month"]), 1)
        if not (era.first.year, era.first.month) <= (month.year, month.month) <= (era.last.year, era.last.month):
            raise _outside(era, plain)
        return month.isoformat()[:7]
    return None


def era_of(day: dt.date) -> Era | None:
    """The era in which a day lies, or None before 1873."""
    return next((era for era in ERAS if era.first <= day <= era.last), None)


def in_era(day: dt.date) -> str:
    """The day as 令和7年5月1日 (first years as 元年), or as 1870年5月1日 before 1873."""
    era = era_of(day)
    if era is None:
        return f"{day.year}年{day.month}月{day.day}日"
    year = day.year - era.year_zero
    return f"{era.name}{'元' if year == 1 else year}年{day.month}月{day.day}日"


def _era(name: str) -> Era:
    return next(era for era in ERAS if name.upper() in (era.name, era.letter))


def _year(era: Era, text: str) -> int:
    return era.year_zero + (1 if text == "元" else int(text))


def _gregorian(text: str, year: int, month: int, day: int) -> dt.date:
    try:
        return dt.date(year, month, day)
    except ValueError:
        raise NotADay(
            f"「{text}」という日付はありません。カレンダーで確かめてください。",
            f"「{text}」は ありません。カレンダーを みて ください。",
            f"There is no such date as {text}; please look at a calendar.",
        ) from None


def _outside(era: Era, text: str) -> NotADay:
    first, last = in_era(era.first), in_era(era.last)
    if era.last.year == dt.MAXYEAR:
        return NotADay(
            f"「{text}」はありません。{era.name}は{first}からです。",
            f"「{text}」は ありません。{era.name}は {first}からです。",
            f"There is no {text}: {era.english} began on {era.first}.",
        )
    return NotADay(
        f"「{text}」はありません。{era.name}は{first}から{last}までです。",
        f"「{text}」は ありません。{era.name}は {first}から {last}までです。",
        f"There is no {text}: {era.english} ran from {era.first} to {era.last}.",
    )
