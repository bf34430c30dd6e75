"""The flow of a lesson: a procedure with its assumptions, a few weeks of it that show enough cases, and its runs."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterator
from dataclasses import dataclass

from engine.definition.in_force import in_force
from engine.errors import UnknownThing
from engine.problems import nearest
from office.office import Definitions
from procedures.plan import Plan
from simulation.comparison.checks import Ground
from simulation.comparison.job import luck, plan_of
from simulation.comparison.scenario import Levers
from simulation.comparison.units import units
from simulation.people import key_of
from simulation.preparing import own_plan, population, simulated_of, staff_of
from simulation.settings import Change
from simulation.surge import Surge
from simulation.year import simulate
from training.flow.observed import Names, Observed, observed
from training.lessons import FIRST_DAY, Lesson

FLOW = "flow"
ENDING = f".{FLOW}"
CASES = 16
"""About how many cases a run shows: enough for a mean, few enough for a lesson."""
SHORTEST, LONGEST = 7, 28
"""Days of a run; a procedure that is rarer than that has applications besides the usual ones."""
RUNS = 3
WORKED = 60
"""For how many days cases are worked after the last application: what comes after the notice is no part of it."""


@dataclass(frozen=True)
class Flow:
    """A BPR lesson: the lesson, its assumptions before any lever, its days, and whose luck the runs have."""

    lesson: Lesson
    plan: Plan
    first: dt.date
    last: dt.date
    more: Surge | None
    seed: int

    @property
    def mark(self) -> str:
        """A digest of the assumptions: the lesson is another when they change."""
        return hashlib.sha256(self.plan.model_dump_json().encode()).hexdigest()[:16]


def flow_lessons(declared: Definitions) -> Iterator[Lesson]:
    """A BPR lesson for each procedure with a file of assumptions."""
    for name in declared.library.ids():
        if own_plan(declared, name) is not None:
            yield _lesson(declared, name)


def _lesson(declared: Definitions, name: str) -> Lesson:
    procedure = in_force(declared.catalogue.procedure(name), FIRST_DAY)
    day = max([FIRST_DAY, *(version.from_ for version in procedure.versions[:1])])
    return Lesson(f"{name}{ENDING}", name, procedure.title, None, day, procedure.field, (FLOW,))


def flow_of(declared: Definitions, name: str, seed: int) -> Flow:
    """The BPR lesson of a name.

    Raises:
        UnknownThing: no procedure of that name has a file of assumptions.
    """
    procedure = name.removesuffix(ENDING)
    if procedure not in declared.library.ids() or own_plan(declared, procedure) is None:
        hint = nearest(name, [f"{one}{ENDING}" for one in declared.library.ids()])
        ja = f"「{name}」という流れの課題はありません。{hint} madoguchi train list で一覧を見られます。"
        raise UnknownThing(ja, f"no lesson {name!r}; see `madoguchi train list`", lesson=name)
    lesson = _lesson(declared, procedure)
    plan = plan_of(declared, lesson.procedure)
    rate = _a_day(plan, population(declared.municipality))
    days = min(LONGEST, max(SHORTEST, round(CASES / rate))) if rate else LONGEST
    last = lesson.on + dt.timedelta(days=days - 1)
    return Flow(lesson, plan, lesson.on, last, _more(lesson.procedure, round(CASES - rate * days), days), seed)


def _a_day(plan: Plan, people: int) -> float:
    rows = plan.arrivals
    return rows.per_year * people / rows.city_population / 365 if rows else 0.0


def _more(procedure: str, cases: int, days: int) -> Surge | None:
    """Applications besides the usual ones, spread over the days; None where there are enough."""
    if cases <= 0:
        return None
    daily = tuple(cases * (day + 1) // days - cases * day // days for day in range(days))
    label = "課題のための申請"
    return Surge(assumption=True, label=label, source="課題で見るための追加", procedure=procedure, daily=daily)


def walked(declared: Definitions, flow: Flow, change: Change | None = None) -> Observed:
    """What the runs of a flow show, as it is or after some levers; the luck is the same either way."""
    name = flow.lesson.procedure
    runs = [
        simulate(
            declared,
            first=flow.first,
            last=flow.last,
            scenario="as-is",
            seed=luck(flow.seed, number),
            only=[name],
            surge=flow.more,
            change=change or Levers(()),
            worked=WORKED,
        )
        for number in range(RUNS)
    ]
    kinds = {row.id: row.kind for row in declared.catalogue.procedure(name).states}
    plan = change.of_plan(name, flow.plan) if change else flow.plan
    return observed(runs, Names(kinds, {row.id: units().of(row) for row in plan.work}))


def ground_of(declared: Definitions, flow: Flow) -> Ground:
    """What the levers of a lesson may name."""
    name = flow.lesson.procedure
    staff = staff_of(declared, {name: simulated_of(declared, name)}, flow.seed)
    people = {key_of(post): len(staff.people[key_of(post)]) for post in staff.posts}
    return Ground(declared.municipality, people, (name,), {name: flow.plan})
