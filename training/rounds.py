"""Lessons of several cases: a first course, a mixed day until closing time, the end of a month, a surge morning."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from random import Random
from typing import TypeVar

from engine.municipality import OpeningHours
from training.best_way import Prepared, prepared
from training.lessons import COURSE, DAY, Lesson, lessons
from training.scene import School, Unsolvable
from training.spacing import SKILLS

T = TypeVar("T")
MONTH_END = "month_end"
SURGE = "surge"
NAMES = (COURSE, DAY, MONTH_END, SURGE)
CASES_OF_A_DAY = 10
CASES_OF_A_COURSE = 8
CASES_OF_A_SURGE = 8
ERRORS_OF_A_DAY = 6
ERRORS_OF_A_SURGE = 3
LAST_OF_MONTH = dt.date(2022, 6, 30)
NOON = dt.time(12)
MINUTES = {"look": 4, "check": 1, "do": 8, "note": 1, "wait": 0}
"""How long each act takes by the clock on the wall, where a lesson ends with a time of day: an assumption."""


@dataclass(frozen=True)
class Round:
    """The cases of a lesson. `minutes` are those until the counter closes; None where nobody looks at the clock."""

    cases: list[Prepared]
    minutes: int | None = None
    says: str = ""


def round_of(school: School, name: str, seed: int, on: dt.date | None = None) -> Round:
    """The lesson of several cases of a name."""
    hours = school.declared.municipality.hours
    if name == COURSE:
        return Round(_course(school, seed, on), says="新任の人の研修")
    if name == DAY:
        return Round(_day(school, f"day/{seed}", seed, on), _between(hours, hours.closes), "いろいろな案件の一日")
    if name == MONTH_END:
        day = school.declared.calendar.previous_open_day(on or LAST_OF_MONTH)
        return Round(
            _day(school, f"month end/{seed}", seed, day), _between(hours, hours.closes), "月末。期限の案件が先に並ぶ"
        )
    return Round(_surge(school, seed, on), _between(hours, NOON), "同じ手続の人が並ぶ朝")


def spent(acts: Sequence[str]) -> int:
    """The minutes that some acts have taken, by their kinds."""
    return sum(MINUTES.get(kind, 0) for kind in acts)


def time_of_day(hours: OpeningHours, minutes: int) -> str:
    """The time on the wall some minutes after opening."""
    return (dt.datetime.combine(LAST_OF_MONTH, hours.opens) + dt.timedelta(minutes=minutes)).strftime("%H:%M")


def _between(hours: OpeningHours, until: dt.time) -> int:
    return (until.hour - hours.opens.hour) * 60 + until.minute - hours.opens.minute


def _day(school: School, luck: str, seed: int, on: dt.date | None) -> list[Prepared]:
    """Ten cases of one day, with and without mistakes; those about a period are taken first on a day that is named."""
    draw = Random(luck)
    known = [one for one in lessons(school.declared, on) if one.cannot is None]
    first = min(one.on for one in known)
    with_error = _shuffled(draw, [one for one in known if one.error and one.on == first])
    with_error.sort(key=lambda one: on is not None and "clock" not in one.skills)
    clean = _shuffled(draw, [one for one in known if not one.error and one.on == first])
    found = _first(school, with_error, ERRORS_OF_A_DAY, seed)
    found += _first(school, [*clean, *with_error[ERRORS_OF_A_DAY:]], CASES_OF_A_DAY - len(found), seed)
    return _shuffled(draw, found)


def _course(school: School, seed: int, on: dt.date | None) -> list[Prepared]:
    """A first course: the fields in turn, a skill each, two of the cases without a mistake."""
    luck = Random(f"course/{seed}")
    known = _shuffled(luck, [one for one in lessons(school.declared, on) if one.cannot is None])
    fields = list(dict.fromkeys(one.field for one in sorted(known, key=lambda one: one.id)))
    found: list[Prepared] = []
    for place in range(CASES_OF_A_COURSE):
        field, skill = fields[place % len(fields)], SKILLS[place % len(SKILLS)]
        clean = place % (CASES_OF_A_COURSE // 2) == 0
        had = {one.lesson.id for one in found}
        ours = [one for one in known if one.id not in had and (one.error is None) is clean]
        ours.sort(key=lambda one: (one.field != field, skill not in one.skills))
        found += _first(school, ours, 1, seed)
    return found


def _surge(school: School, seed: int, on: dt.date | None) -> list[Prepared]:
    """One procedure all morning: most of the people have made no mistake, and each is somebody else."""
    luck = Random(f"surge/{seed}")
    known = [one for one in lessons(school.declared, on) if one.cannot is None]
    rows: dict[str, list[Lesson]] = {}
    for one in known:
        rows.setdefault(one.procedure, []).append(one)
    crowded = [name for name, found in rows.items() if sum(one.error is not None for one in found) >= ERRORS_OF_A_SURGE]
    ours = rows[luck.choice(crowded or sorted(rows))]
    found = _first(school, _shuffled(luck, [one for one in ours if one.error]), ERRORS_OF_A_SURGE, seed)
    for place in range(CASES_OF_A_SURGE - len(found)):
        found += _first(school, [one for one in ours if one.error is None], 1, seed + place)
    return _shuffled(luck, found)


def _first(school: School, asked: Sequence[Lesson], many: int, seed: int) -> list[Prepared]:
    found: list[Prepared] = []
    for one in asked:
        if len(found) == many:
            break
        try:
            found.append(prepared(school, one, seed))
        except Unsolvable:
            continue
    return found


def _shuffled(luck: Random, items: list[T]) -> list[T]:
    return luck.sample(items, len(items))
