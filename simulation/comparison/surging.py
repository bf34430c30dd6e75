"""A surge under several answers to who does the work: backlog and late cases by day, in the same pairs of luck."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path

from engine.errors import Refusal
from engine.municipality import Municipality
from office.office import Definitions
from procedures.plan import Plan
from simulation.comparison.comparing import Asked, Prepared, prepared
from simulation.comparison.counted import Counts
from simulation.comparison.differences import Quantity, quantities, totals
from simulation.comparison.running import Effort, Pair, run_pairs
from simulation.people import ONE_DAY, Staff
from simulation.preparing import come, simulated_of, staff_of
from simulation.surge import Staffing, Surge, surge_named
from simulation.swings import Figure, figure_of

AFTER = 60
"""Days after the last application of the surge that are looked at."""
NOBODY = Staffing(id="nobody", label="応援なし")


@dataclass(frozen=True)
class Helped:
    """An answer to who does the work: a `simulation.settings.Change`."""

    staffing: Staffing

    def of_city(self, city: Municipality) -> Municipality:
        """The city as it is."""
        return city

    def of_plan(self, procedure: str, plan: Plan) -> Plan:  # noqa: ARG002 - every change is asked by procedure
        """The assumptions as they are."""
        return plan

    def of_staff(self, staff: Staff, first: dt.date) -> None:
        """Let them come, and leave the posts that lend them."""
        come(staff, self.staffing.support, first, self.staffing.label)


@dataclass(frozen=True)
class Day:
    """The end of one day under one answer, over the pairs: applications so far, cases still open, cases late so far."""

    day: dt.date
    arrived: Figure
    open: Figure
    late: Figure


@dataclass(frozen=True)
class Outcome:
    """How it goes under one answer. `rest` are, by procedure, the others' quantities by their ids."""

    staffing: Staffing
    days: tuple[Day, ...]
    late_share: Figure | None
    lead_days: Figure | None
    most_open: Figure
    rest: dict[str, dict[str, Figure]]

    @property
    def worst(self) -> Day:
        """The first day with the most open cases."""
        return max(self.days, key=lambda one: one.open.value)

    @property
    def cleared(self) -> dt.date | None:
        """The first day from which on less than one case in a hundred is open, if it is among the days."""
        few = [one.open.value <= max(one.arrived.value / 100, 1) for one in self.days]
        begins = [at for at, (before, now) in enumerate(pairwise([False, *few])) if now and not before]
        return self.days[begins[-1]].day if few[-1] and begins else None


@dataclass(frozen=True)
class Surged:
    """A finished comparison of the answers."""

    asked: Asked
    declared: Definitions
    surge: Surge
    procedures: tuple[str, ...]
    titles: dict[str, str]
    pairs: Sequence[Pair]
    outcomes: tuple[Outcome, ...]


def answers_of(surge: Surge) -> tuple[Staffing, ...]:
    """The answers of a file; where it has none, nobody's help and the help that it names."""
    if surge.staffing:
        return surge.staffing
    written = Staffing(id="written", label="想定に書いた応援", support=surge.support)
    return (NOBODY, written) if surge.support else (NOBODY,)


def surged(asked: Asked, out: Path) -> Surged:
    """The surge under each of its answers, kept in a folder as the runs are done.

    Raises:
        Refusal: no surge is named, the period or the number of pairs cannot be, or somebody stopped it.
        UnknownThing: a post is named that nobody holds here.
        DefinitionError: a file says what it cannot say.
    """
    if asked.surge is None:
        raise Refusal("急に増える申請の想定を --surge で書いてください。", "name a surge")
    surge = surge_named(asked.surge)
    answers = answers_of(surge)
    ready = prepared(asked)
    _require_people(ready, surge, answers)
    bare = surge.model_copy(update={"support": (), "staffing": ()})
    days = max((asked.last - asked.first).days + 1, surge.first_day + len(surge.daily)) + AFTER
    made_of = f"surge {[row.model_dump_json() for row in answers]} {days}"
    job = replace(ready.job(tuple(map(Helped, answers)), made_of), surge=bare, watched=(surge.procedure, days))
    pairs = run_pairs(ready.declared, asked.folders, job, out, Effort(asked.pairs, None, asked.workers, asked.show))
    outcomes = tuple(_outcome(one, [pair[rung] for pair in pairs], asked, surge) for rung, one in enumerate(answers))
    titles = {name: row["title"] for name, row in pairs[0][0]["procedures"].items()}
    return Surged(asked, ready.declared, surge, ready.names, titles, pairs, outcomes)


def _require_people(ready: Prepared, surge: Surge, answers: Sequence[Staffing]) -> None:
    """See to it that every answer names posts that are there, before the first run."""
    simulated = {name: simulated_of(ready.declared, name) for name in ready.names}
    for one in answers:
        come(staff_of(ready.declared, simulated, 0), one.support, ready.asked.first, f"{surge.label}・{one.label}")


def _outcome(staffing: Staffing, runs: Sequence[Counts], asked: Asked, surge: Surge) -> Outcome:
    known = {one.id: one for one in quantities((asked.last - asked.first).days + 1)}
    others = [name for name in runs[0]["procedures"] if name != surge.procedure]
    late, lead = (_quantity(known[key], runs, surge.procedure) for key in ("late_share", "lead_days"))
    rest = {
        name: {key: one for key in ("lead_days", "late_share") if (one := _quantity(known[key], runs, name))}
        for name in others
    }
    most = figure_of([max(run["days"]["open"]) for run in runs])
    return Outcome(staffing, _days(runs, asked.first), late, lead, most, rest)


def _days(runs: Sequence[Counts], first: dt.date) -> tuple[Day, ...]:
    count = len(runs[0]["days"]["open"])
    return tuple(
        Day(
            first + at * ONE_DAY,
            **{key: figure_of([run["days"][key][at] for run in runs]) for key in ("arrived", "open", "late")},
        )
        for at in range(count)
    )


def _quantity(one: Quantity, runs: Sequence[Counts], procedure: str) -> Figure | None:
    values = [value for run in runs if (value := one.of(totals(run, procedure))) is not None]
    return figure_of(values) if values else None
