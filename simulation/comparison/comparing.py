"""A comparison from its scenario to its results: checked before the first run, run in pairs, worked out at the end."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from engine.errors import DefinitionError, Refusal
from office.office import Definitions, definitions
from simulation.calibration.fitted import Fitted, all_laid_over, fitted_named
from simulation.comparison.checks import Ground, scenario_problems
from simulation.comparison.differences import saved
from simulation.comparison.job import Job, plans_of
from simulation.comparison.running import Effort, Pair, run_pairs
from simulation.comparison.scenario import Scenario, scenario_named
from simulation.people import key_of
from simulation.plausible import require_plausible
from simulation.preparing import ids_of, modelled, population, reinforce, simulated_of, staff_of
from simulation.settings import Change
from simulation.surge import Surge, surge_named

LEAST_PAIRS = 5
"""Pairs below which no interval is trusted to stop a comparison."""
MOST_PAIRS = 1000


@dataclass(frozen=True)
class Asked:
    """What the command asks for. `halfwidth` is the share at which the interval of the 削減率 is narrow enough."""

    city: str
    first: dt.date
    last: dt.date
    seed: int
    only: tuple[str, ...] = ()
    surge: str | None = None
    fitted: str | None = None
    folders: tuple[Path, ...] = ()
    pairs: int = 10
    halfwidth: float | None = None
    workers: int = 1
    show: bool = False


@dataclass(frozen=True)
class Compared:
    """A finished comparison: what was asked, the city, the scenario and its runs in pairs."""

    asked: Asked
    declared: Definitions
    procedures: tuple[str, ...]
    scenario: Scenario
    pairs: Sequence[Pair]
    enough: bool = field(default=True)

    @property
    def days(self) -> int:
        """The days of the period, both ends included."""
        return (self.asked.last - self.asked.first).days + 1


def compare(asked: Asked, scenario: str, out: Path, *, only_whole: bool = False) -> Compared:
    """The runs of a comparison, kept in a folder as they are done.

    Args:
        scenario: the name of one of ours, or a file.
        only_whole: run the two sides and no lever by itself; the waterfall then has one step.

    Raises:
        Refusal: the period or the number of pairs cannot be, or somebody stopped it.
        DefinitionError: the scenario has errors, or does not fit the city and its procedures.
    """
    read = scenario_named(scenario)
    ready = prepared(asked)
    problems = scenario_problems(read, ready.ground)
    if problems:
        raise DefinitionError(problems)
    rungs = range(len(read.levers) + 1) if not only_whole else (0, len(read.levers))
    made_of = f"compare {[row.model_dump_json() for row in (*read.baseline, *read.levers)]} {list(rungs)}"
    job = ready.job(tuple(read.rung(number) for number in rungs), made_of)
    narrow = _narrow(asked.halfwidth) if asked.halfwidth is not None else None
    pairs = run_pairs(ready.declared, asked.folders, job, out, Effort(asked.pairs, narrow, asked.workers, asked.show))
    return Compared(asked, ready.declared, ready.names, read, pairs, narrow is None or narrow(pairs))


@dataclass(frozen=True)
class Prepared:
    """What is read before the first run: declarations, procedures, what is laid over them, and what may be named."""

    asked: Asked
    declared: Definitions
    names: tuple[str, ...]
    surge: Surge | None
    fitted: Fitted | None
    ground: Ground

    def job(self, changes: tuple[Change, ...], made_of: str) -> Job:
        """The job of these runs."""
        asked = self.asked
        days = (asked.first, asked.last)
        return Job(asked.city, *days, asked.seed, self.names, self.surge, self.fitted, changes, made_of)


def prepared(asked: Asked) -> Prepared:
    """Everything that is asked for, read and found to fit together.

    Raises:
        Refusal: the period or the number of pairs cannot be, or something is named that there is not.
        DefinitionError: a file says what it cannot say.
    """
    _require(asked)
    declared = definitions(asked.city, asked.folders)
    names = tuple(modelled(declared, ids_of(declared, asked.only), (asked.first, asked.last)))
    surge = surge_named(asked.surge) if asked.surge else None
    fitted = fitted_named(asked.fitted) if asked.fitted else None
    simulated = {name: simulated_of(declared, name) for name in names}
    simulated = all_laid_over(fitted, simulated)
    city = declared.municipality
    require_plausible(city, simulated, asked.first, asked.last, population(city))
    staff = staff_of(declared, simulated, asked.seed)
    people = {key_of(post): len(staff.people[key_of(post)]) for post in staff.posts}
    reinforce(staff, surge, asked.first, simulated)
    known = tuple(entry.id for entry in declared.library.list())
    ground = Ground(city, people, known, plans_of(declared, names, fitted))
    return Prepared(asked, declared, names, surge, fitted, ground)


def _narrow(most: float) -> Callable[[Sequence[Pair]], bool]:
    def enough(pairs: Sequence[Pair]) -> bool:
        found = saved(pairs)
        return len(pairs) >= LEAST_PAIRS and found is not None and found.half_width <= most

    return enough


def _require(asked: Asked) -> None:
    """See to it that there is something to run."""
    if asked.last < asked.first or (asked.last - asked.first).days > 366:  # noqa: PLR2004 - a year
        raise Refusal(
            f"{asked.first}から{asked.last}までの期間は比べられません。終わりは始まり以後、長さは1年までです。",
            f"the period {asked.first} to {asked.last} must not be empty or longer than a year",
        )
    if not 1 <= asked.pairs <= MOST_PAIRS:
        raise Refusal(f"組の数は1から{MOST_PAIRS}までです。", f"between 1 and {MOST_PAIRS} pairs")
