"""Legal dates from the texts of the rules, day by day, as somebody would count them on a wall calendar.

Written from the texts alone and without the engine. The holidays are the list in `legal_dates.toml`, typed by hand.
"""

from __future__ import annotations

import datetime as dt
import tomllib
from collections.abc import Sequence
from pathlib import Path

HOLIDAYS = frozenset(tomllib.loads(Path(__file__).with_name("legal_dates.toml").read_text("utf-8"))["holidays"])
Stop = tuple[dt.date, dt.date]
"""The day on which correction was asked, and the day of the answer."""


def tomorrow(day: dt.date) -> dt.date:
    return day + dt.timedelta(days=1)


def yesterday(day: dt.date) -> dt.date:
    return day - dt.timedelta(days=1)


def hall_is_closed(day: dt.date) -> bool:
    """市の休日: Saturday, Sunday, the national holidays, 29 December to 3 January."""
    if day.strftime("%a") in {"Sat", "Sun"} or day in HOLIDAYS:
        return True
    return day.strftime("%m-%d") in {"12-29", "12-30", "12-31", "01-01", "01-02", "01-03"}


def stands_still(day: dt.date, stops: Sequence[Stop]) -> bool:
    """補正を求めた日の翌日から、答えのあった日まで."""
    return any(asked < day <= answered for asked, answered in stops)


def fifteen_days(event: dt.date) -> dt.date:
    """児童手当法8条3項: 事由発生日の翌日から15日以内。15日目が閉庁日なら翌開庁日まで(地方自治法4条の2第4項)."""
    return moved_on(counted(event, 15))


def fourteen_days(event: dt.date) -> dt.date:
    """介護保険法36条、児童手当法施行規則5条・6条: 14日以内。初日は数えず(民法140条)、閉庁日なら翌開庁日."""
    return moved_on(counted(event, 14))


def thirty_days(applied: dt.date, expected: dt.date | None = None) -> dt.date:
    """介護保険法27条11項: 申請のあった日から30日、補正でも止まらない。延期を通知したら処理見込期間の末日."""
    return expected or counted(applied, 30)


def standard_period(arrived: dt.date, stops: Sequence[Stop] = ()) -> dt.date:
    """行政手続法6条: 到達から60日の標準処理期間。補正のあいだは止まる."""
    day, number = arrived, 0
    while number < 60:
        day = tomorrow(day)
        number += not stands_still(day, stops)
    return day


def opening_days(arrived: dt.date, stops: Sequence[Stop] = ()) -> dt.date:
    """10開庁日。閉庁日と、補正のあいだは数えない."""
    day, number = arrived, 0
    while number < 10:
        day = tomorrow(day)
        number += not hall_is_closed(day) and not stands_still(day, stops)
    return day


def three_months(known: dt.date) -> dt.date:
    """行政不服審査法18条: 処分を知った日の翌日から3月."""
    return months(tomorrow(known), 3)


def two_years(paid: dt.date) -> dt.date:
    """介護保険法200条: 代金を払った日の翌日から2年."""
    return months(tomorrow(paid), 24)


def renewal_opens(valid_to: dt.date) -> dt.date:
    """介護保険法施行規則39条: 満了日の60日前から(その日を含む)."""
    day = valid_to
    for _ in range(60):
        day = yesterday(day)
    return day


def payment_day(day: dt.date) -> dt.date:
    """支払日が休日なら直前の開庁日."""
    while hall_is_closed(day):
        day = yesterday(day)
    return day


def counted(event: dt.date, number: int) -> dt.date:
    """民法140条・141条: the first day is left out, the last is over when its day is."""
    day = event
    for _ in range(number):
        day = tomorrow(day)
    return day


def moved_on(day: dt.date) -> dt.date:
    """地方自治法4条の2第4項: 休日の翌日を期限とみなす。翌日も休日なら更に翌日."""
    while hall_is_closed(day):
        day = tomorrow(day)
    return day


def months(first: dt.date, number: int) -> dt.date:
    """民法143条2項: the day before the one that corresponds to the first; the month's last where none does."""
    year, month = first.year, first.month
    for _ in range(number):
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)
    corresponding = dt.date(year, month, 1)
    while corresponding.day != first.day:
        if tomorrow(corresponding).month != month:
            return corresponding
        corresponding = tomorrow(corresponding)
    return yesterday(corresponding)
