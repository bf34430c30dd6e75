"""P52 to P55, P57: lengths of time, the words that say them, days of rows and of versions, the period of appeal."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Iterator
from itertools import pairwise

from checker.rules.rows import Rows, of_rule
from engine.definition.procedure import LISTS
from engine.definition.rows import Row
from engine.problems import Problem

_APPEAL_MONTHS = 3
_NEAR = 31
_SAID = re.compile(r"([0-9]+)\s*(?:開庁|営業|暦)?(日|[かヶケヵカ]月|年)")
_UNITS = {"日": "days", "年": "years"}


def lengths(rows: Rows) -> Iterator[Problem]:
    """P52: a length of time below one: a timer's days, a parameter that a timer reads, a city's figure for a clock."""
    params = rows.procedure.params
    for timer in rows.procedure.timers:
        if timer.days == 0:
            ja = f"「{timer.says}」が0日です。すぐに起きることは auto で書きます。"
            yield of_rule("P52", ("timers", timer.id, "days"), ja, f"{timer.id} is no time at all")
        for name in (timer.days_of, timer.years_of):
            value = params.get(name or "")
            if isinstance(value, int | float) and value < 1:
                ja = f"「{timer.says}」の長さ {name} が {value} です。1以上にします。"
                yield of_rule("P52", ("params", str(name)), ja, f"{name} is {value}")
    for name, clock in rows.procedure.clocks.items():
        for city in rows.around.cities:
            value = city.params.get(clock.limit.city or "")
            if isinstance(value, int | float) and value < 1:
                ja = f"「{clock.label}」の長さが、{city.label}では {value} です。1以上にします。"
                yield of_rule("P52", ("clocks", name, "limit", "city"), ja, f"{value} in {city.id}")


def said_otherwise(rows: Rows) -> Iterator[Problem]:
    """P53: words that say another figure, or another unit, than the one that counts."""
    for timer in rows.procedure.timers:
        if wrong := _other(timer.says, {"days": timer.days, "months": timer.months}):
            ja = f"「{timer.says}」と書いてありますが、数えるのは {wrong} です。"
            yield of_rule("P53", ("timers", timer.id, "says"), ja, f"it says something else than {wrong}")
    for name, clock in rows.procedure.clocks.items():
        limit = clock.limit
        if wrong := _other(clock.label, {"days": limit.days, "months": limit.months, "years": limit.years}):
            ja = f"「{clock.label}」と書いてありますが、数えるのは {wrong} です。"
            yield of_rule("P53", ("clocks", name, "label"), ja, f"it says something else than {wrong}")


def _other(said: str, figures: dict[str, int | None]) -> str:
    """The figure that counts, where the words name some and not it."""
    known = [
        (int(number), _UNITS.get(unit, "months")) for number, unit in _SAID.findall(unicodedata.normalize("NFKC", said))
    ]
    counts = [(value, unit) for unit, value in figures.items() if value is not None]
    return f"{counts[0][1]} = {counts[0][0]}" if known and counts and counts[0] not in known else ""


def holes(rows: Rows) -> Iterator[Problem]:
    """P54: days between two rows of one id, on which neither holds."""
    for kind in LISTS:
        by_id: dict[str, list[Row]] = {}
        for row in getattr(rows.procedure, kind):
            if isinstance(row, Row):
                by_id.setdefault(row.id, []).append(row)
        for name, several in by_id.items():
            for before, after in pairwise(sorted(several, key=lambda one: one.since or dt.date.min)):
                if before.until is not None and after.since is not None and before.until < after.since:
                    ja = f"{name} は {before.until} から {after.since} の前日まで、どの行も効きません。"
                    en = f"no row of {name} holds from {before.until} until {after.since}"
                    yield of_rule("P54", (kind, name, "since"), ja, en, f"until = {after.since}")


def appeal(rows: Rows) -> Iterator[Problem]:
    """P55: a period of appeal that is not the three months of the law."""
    found = rows.procedure.appeal
    if found is not None and found.months != _APPEAL_MONTHS:
        ja = f"審査請求の期間が {found.months} か月です。法律では、知った日の翌日から3か月です(行政不服審査法18条)。"
        yield of_rule("P55", ("appeal", "months"), ja, f"{found.months} months to appeal; the law has 3")


def near_a_version(rows: Rows) -> Iterator[Problem]:
    """P57: a row that begins or ends within a month of a version, and not with it."""
    bounds = sorted({day for one in rows.procedure.versions for day in (one.from_, one.until) if day is not None})
    for kind in LISTS:
        for row in getattr(rows.procedure, kind) if bounds else ():
            for key in ("since", "until"):
                day = getattr(row, key, None)
                near = next((one for one in bounds if day and day != one and abs((day - one).days) <= _NEAR), None)
                if day is not None and near is not None and day not in bounds:
                    ja = f"{day} は、版の境 {near} の近くですが同じ日ではありません。書き誤りではありませんか。"
                    yield of_rule("P57", (kind, row.id, key), ja, f"{day} is near the version of {near}, not on it")


RULES = (lengths, said_otherwise, holes, appeal, near_a_version)
