"""The assumptions that are tried one at a time: each lowered and raised by a share, or by one person."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from engine.definition.rows import Confidence
from engine.municipality import Municipality
from procedures.plan import Plan
from simulation.assumptions import CITY_SOURCE
from simulation.comparison.checks import Ground
from simulation.comparison.lever_words import LEVER_WORDS
from simulation.comparison.levers import Planned, StaffLever
from simulation.comparison.scenario import Levers, Scenario
from simulation.comparison.targets import Lever
from simulation.comparison.units import units
from simulation.comparison.variations import LEVER_FIGURES, PARTS, TO_BE, city_with, lever_with, plan_with
from simulation.people import ONE_DAY, Staff, key_of
from simulation.preparing import post_labels
from simulation.settings import Change

End = Literal["lowered", "raised"]


@dataclass(frozen=True)
class Factor:
    """One assumption or several of a kind. `kind` names how it is changed, `name` which one of the kind it is.

    `people` says that it goes by one person up and down, and not by a share.
    """

    kind: str
    name: str
    label: str
    source: str
    confidence: Confidence
    people: bool = False
    least: bool = True

    @property
    def id(self) -> str:
        """The kind and which of the kind."""
        return f"{self.kind}:{self.name}" if self.name else self.kind

    def ends(self) -> tuple[End, ...]:
        """The ways it can be changed: a post of one person cannot be lowered."""
        return ("lowered", "raised") if self.least else ("raised",)

    def said(self, end: End, vary: float) -> str:
        """How it was changed, in words."""
        sign = "−" if end == "lowered" else "+"
        return f"{sign}1人" if self.people else f"{sign}{100 * vary:g}%"


@dataclass(frozen=True)
class Varied:
    """A change with one assumption changed beneath it: a `simulation.settings.Change`."""

    factor: Factor
    end: End
    vary: float
    over: Levers

    def of_city(self, city: Municipality) -> Municipality:
        """The city with the assumption changed, and then what is done otherwise."""
        return self._over().of_city(city_with(city, self.factor.kind, self.factor.name, self._times))

    def of_plan(self, procedure: str, plan: Plan) -> Plan:
        """A procedure's assumptions with this one changed, and then what is done otherwise."""
        return self._over().of_plan(procedure, plan_with(plan, self.factor.kind, self.factor.name, self._times))

    def of_staff(self, staff: Staff, first: dt.date) -> None:
        """The people, one more or fewer where that is the assumption."""
        if self.factor.people and self.factor.name in staff.people:
            act = staff.add if self.end == "raised" else staff.leave
            act(self.factor.name, 1, first - 400 * ONE_DAY, dt.date.max)
        self._over().of_staff(staff, first)

    @property
    def _times(self) -> float:
        return 1 - self.vary if self.end == "lowered" else 1 + self.vary

    def _over(self) -> Levers:
        """What is done otherwise, with the figure of the lever changed where that is the assumption."""
        if self.factor.kind != "lever":
            return self.over
        return Levers(tuple(lever_with(row, self.factor.name, self._times) for row in self.over.rows))


def changes_of(factor: Factor, vary: float, sides: tuple[Levers, ...]) -> list[tuple[End, tuple[Change, ...]]]:
    """Each end of an assumption with what is otherwise on every side."""
    return [(end, tuple(Varied(factor, end, vary, side) for side in sides)) for end in factor.ends()]


def factors(ground: Ground, meetings: Collection[str], scenario: Scenario | None) -> list[Factor]:
    """Every assumption that what runs has: of the city, the plans and the scenario.

    Args:
        meetings: the meetings that decide in the procedures that run.
    """
    levers = (*scenario.baseline, *scenario.levers) if scenario else ()
    return [*_of_city(ground, meetings, levers), *_of_plans(ground.plans), *_of_levers(scenario, ground.plans)]


def _of_city(ground: Ground, meetings: Collection[str], levers: Sequence[Lever]) -> Iterator[Factor]:
    for row in ground.city.stated:
        if row.id == "absence_share" and row.value:
            yield Factor("absence", "", row.label, row.source or CITY_SOURCE, row.confidence)
    names = post_labels(ground.city, [post for post in ground.city.posts if key_of(post) in ground.people])
    for post in ground.city.posts:
        key = key_of(post)
        if key in ground.people:
            gone = sum(min(0, row.change) for row in levers if isinstance(row, StaffLever) and row.post == key)
            people = ground.people[key]
            label = f"人数 {names[key]}（いま{people}人）"
            yield Factor("staff", key, label, CITY_SOURCE, "medium", people=True, least=people + gone > 1)
    for meeting in ground.city.meetings:
        if meeting.id in meetings:
            source = meeting.source or CITY_SOURCE
            yield Factor("meeting", meeting.id, f"{meeting.label} 1回の件数", source, meeting.confidence)


def _of_plans(plans: Mapping[str, Plan]) -> Iterator[Factor]:
    """Each kind of figure of the plans that any of them has, for all procedures together."""
    for kind, (label, has, _) in PARTS.items():
        ours = [plan for plan in plans.values() if has(plan)]
        if ours:
            yield Factor(kind, "", label, *_ground_of(ours))
    for unit in units().words:
        ours = [p for p in plans.values() if any(units().of(row) == unit and row.as_is for row in p.work)]
        if ours:
            yield Factor("work", unit, f"作業の分 {unit}", *_ground_of(ours))


def _of_levers(scenario: Scenario | None, plans: Mapping[str, Plan]) -> Iterator[Factor]:
    """The figures of a scenario itself, and the to-be columns that it takes over."""
    if scenario is None:
        return
    for row in (*scenario.baseline, *scenario.levers):
        ours = [plan for name, plan in plans.items() if row.about(name)]
        if isinstance(row, Planned):
            if row.part in TO_BE:
                yield Factor(f"to_be_{row.part}", "", f"改善後の値 {row.label}", *_ground_of(ours))
            continue
        source, sure = row.source or scenario.written.source, scenario.written.confidence
        for name in _figures(row):
            yield Factor("lever", f"{row.id}.{name}", f"てこ {row.label}: {LEVER_WORDS[name]}", source, sure)


def _figures(lever: Lever) -> list[str]:
    """The keys of a lever that hold a figure, or figures by name; people come and go one by one, under their post."""
    held = {name: getattr(lever, name) for name in type(lever).model_fields if name in LEVER_FIGURES}
    return [name for name, value in held.items() if value]


def _ground_of(plans: Sequence[Plan]) -> tuple[str, Confidence]:
    """Where figures of several plans come from, and how sure the least sure of them is."""
    sources = list(dict.fromkeys(plan.source for plan in plans if plan.source))
    rest = f"、ほか{len(sources) - 1}" if len(sources) > 1 else ""
    least = min((plan.confidence for plan in plans), key=("low", "medium", "high").index)
    return (sources[0] if sources else "想定ファイル") + rest, least
