"""Numbers, dates and text as a Japanese official document writes them.

Digits are half-width and without a space before the unit (1,234件). Every function gives plain text: escaping is the
template's work.
"""

from __future__ import annotations

from calendar import monthrange
from datetime import date

from simulation.results import Results
from simulation.statistics import Interval

NONE = "該当なし"
WEEKDAYS = "月火水木金土日"
ERAS = ((date(2019, 5, 1), "令和"), (date(1989, 1, 8), "平成"))
APRIL, MARCH = 4, 3


def count(number: int, unit: str = "件") -> str:
    """A whole number with its unit: 1,234件."""
    return f"{number:,}{unit}"


def decimal(number: float, unit: str = "") -> str:
    """A number to one decimal place with its unit: 14.2日."""
    return f"{number:,.1f}{unit}"


def percent(part: float, whole: float) -> str:
    """A share as a percentage to one place. 0% and 100% are said only of none and all."""
    if whole == 0:
        return NONE
    if part == 0:
        return "0%"
    if part == whole:
        return "100%"
    shown = 100 * part / whole
    if shown < 0.1:  # noqa: PLR2004 - below the last printed place
        return "0.1%未満"
    return "99.9%" if shown > 99.9 and part < whole else f"{shown:.1f}%"  # noqa: PLR2004


def whole_percent(part: float, whole: float) -> str:
    """A share as a whole percentage, for a narrow cell."""
    return "–" if whole == 0 else f"{100 * part / whole:.0f}%"


def hours(seconds: int) -> str:
    """A length of work: hours from one hour up, minutes below."""
    if seconds < 3600:  # noqa: PLR2004 - one hour
        return f"{seconds / 60:.0f}分"
    return f"{seconds / 3600:,.0f}時間" if seconds >= 360_000 else f"{seconds / 3600:,.1f}時間"  # noqa: PLR2004 - 100 hours


def between(interval: Interval | None, unit: str) -> str:
    """A confidence interval to one place, or why there is none."""
    if interval is None:
        return "件数不足"
    return f"{interval.low:.1f}〜{interval.high:.1f}{unit}"


def whole_between(interval: Interval | None, unit: str) -> str:
    """A confidence interval whose ends are whole numbers that occurred."""
    if interval is None:
        return "件数不足"
    return f"{interval.low:.0f}〜{interval.high:.0f}{unit}"


def share_between(interval: Interval | None) -> str:
    """A confidence interval of a share, in per cent."""
    return NONE if interval is None else f"{100 * interval.low:.1f}〜{100 * interval.high:.1f}%"


def day(when: date) -> str:
    """A day in western years: 2022年4月1日."""
    return f"{when.year}年{when.month}月{when.day}日"


def era_year(when: date) -> str:
    """The year of a day by era: 令和4年, the first one as 元年; western before the eras kept here."""
    for first, name in ERAS:
        if when >= first:
            number = when.year - first.year + 1
            return f"{name}{'元' if number == 1 else number}年"
    return f"{when.year}年"


def month(iso: str) -> str:
    """An ISO month as 2022年4月."""
    year, number = iso.split("-")
    return f"{int(year)}年{int(number)}月"


def period(results: Results) -> str:
    """The period of the applications, by name if it is a Japanese fiscal year (令和4年度)."""
    first, last = results.first_day, results.last_day
    if (first.month, first.day, last) == (APRIL, 1, date(first.year + 1, MARCH, 31)):
        return f"{era_year(first)}度"
    return f"{day(first)}から{day(last)}まで"


def length(results: Results) -> str:
    """How long the period is, in whole years, else whole months, else days: 1年分."""
    first, last = results.first_day, results.last_day
    months = (last.year - first.year) * 12 + last.month - first.month + 1
    if first.day != 1 or last.day != monthrange(last.year, last.month)[1]:
        return f"{(last - first).days + 1}日分"
    return f"{months // 12}年分" if months % 12 == 0 else f"{months}か月分"


def basis(results: Results) -> str:
    """What every measured figure rests on: 1年分・1回の試行."""
    return f"{length(results)}・1回の試行"


def listed(parts: list[str]) -> str:
    """Parts joined as an official text joins them."""
    return "、".join(parts)
