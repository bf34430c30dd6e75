"""What no run could end with, or nobody could mean: told all at once before the first day, in place of a hang."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping

from engine.calendar import OpeningCalendar
from engine.errors import DefinitionError
from engine.municipality import Municipality
from engine.problems import Problem
from procedures.plan import Plan
from simulation.settings import Simulated

MOST = 250_000
"""Applications for one procedure in a run: the numbers kept for them, and more than any city has."""
PATIENCE = 60
"""Days after the period within which a hall must open at all."""
LONGEST = 30 * 24 * 60
"""Minutes of one step: a month of days and nights."""


def require_plausible(
    city: Municipality, simulated: Mapping[str, Simulated], first: dt.date, last: dt.date, population: int
) -> None:
    """Look at everything that a run is given.

    Raises:
        DefinitionError: something of it cannot be (S007); every problem at once.
    """
    problems = [_problem(f"{city.id}.toml", *said) for said in _of_city(city, population, first, last)]
    for name, one in simulated.items():
        file = f"{name}.simulation.toml"
        problems += [_problem(file, *said) for said in _of_plan(one.plan, (last - first).days + 1, population)]
    if problems:
        raise DefinitionError(problems)


def _problem(file: str, path: tuple[str, ...], ja: str, en: str) -> Problem:
    return Problem(file=file, rule="S007", path=path, ja=ja, en=en)


Said = tuple[tuple[str, ...], str, str]


def _of_city(city: Municipality, population: int, first: dt.date, last: dt.date) -> Iterator[Said]:
    calendar = OpeningCalendar(closed_days=frozenset(city.hours.closed_days))
    ahead = range((last - first).days + PATIENCE)
    if not any(calendar.is_open(first + dt.timedelta(days=n)) for n in ahead):
        ja = f"{first}から、期間のあと{PATIENCE}日たっても、開庁日が一日もありません。closed_days を確かめてください。"
        yield ("hours", "closed_days"), ja, f"the hall does not open within {PATIENCE} days of {last}"
    absent = next((float(row.value) for row in city.stated if row.id == "absence_share"), 0.0)
    if not 0 <= absent < 1:
        ja = f"不在の割合が{absent:g}です。0以上1未満でないと、だれも出勤しません。"
        yield ("assumptions", "absence_share"), ja, f"with an absence of {absent:g} nobody comes to work"
    if population <= 0:
        yield ("assumptions", "population"), f"人口が{population}人です。1人以上にしてください。", "nobody lives here"


def _of_plan(plan: Plan, days: int, population: int) -> Iterator[Said]:
    for hours in plan.desk_hours:
        if hours.closes <= hours.opens:
            ja = f"{hours.role}の時間帯が{hours.opens:%H:%M}〜{hours.closes:%H:%M}です。これでは開きません。"
            yield ("desk_hours", hours.role), ja, f"the hours of {hours.role} never open"
    for step in plan.work:
        if max(step.as_is, step.to_be, step.redo_minutes, *step.by_channel.values()) > LONGEST:
            ja = f"作業「{step.label}」が{LONGEST:,}分(30日)を超えています。分で書いてください。"
            yield ("work", step.id), ja, f"the step {step.id} takes longer than a month"
    if plan.arrivals is None:
        return
    weights = [plan.arrivals.monthly_weights.get(str(month), 1.0) for month in range(1, 13)]
    if min(weights) < 0 or not sum(weights):
        ja = "月の重みに負の数があるか、すべて0です。"
        yield ("arrivals", "monthly_weights"), ja, "monthly weights are negative or all zero"
    expected = plan.arrivals.per_year * population / plan.arrivals.city_population * days / 365
    if expected > MOST:
        ja = f"この期間の申請が約{expected:,.0f}件になります。一つの手続で{MOST:,}件までです。"
        yield ("arrivals", "per_year"), ja, f"about {expected:,.0f} applications; at most {MOST:,}"
