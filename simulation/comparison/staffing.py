"""The fewest people at a post that keep late cases under a bound: the same pairs of luck for every number of people."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import fmean

from engine.errors import DefinitionError, Refusal, UnknownThing
from engine.problems import nearest
from office.office import Definitions
from simulation.comparison.checks import Ground, scenario_problems
from simulation.comparison.comparing import Asked, Prepared, prepared
from simulation.comparison.counted import Counts
from simulation.comparison.differences import totals
from simulation.comparison.levers import KINDS
from simulation.comparison.running import Effort, Pair, run_pairs
from simulation.comparison.scenario import Levers, Scenario, scenario_named
from simulation.statistics import Interval, mean_interval, share_interval

AROUND = 3
"""How many people fewer and more than now are tried, where nobody says how many."""
MOST_TRIED = 30


@dataclass(frozen=True)
class Sought:
    """What is looked for: the post, the bound of the share of late cases, and from how many to how many people."""

    post: str
    bound: float
    least: int | None = None
    most: int | None = None
    scenario: str | None = None


@dataclass(frozen=True)
class Tried:
    """One number of people over the pairs: late cases, days to the notice, and how busy the post was."""

    people: int
    late: float
    interval: Interval | None
    lead_days: float | None
    load: float | None
    unfinished: float


@dataclass(frozen=True)
class Staffed:
    """A finished search. `now` is how many people the city has there."""

    asked: Asked
    sought: Sought
    declared: Definitions
    procedures: tuple[str, ...]
    label: str
    now: int
    pairs: Sequence[Pair]
    tried: tuple[Tried, ...]
    under: str = ""

    @property
    def fewest(self) -> Tried | None:
        """The smallest number from which on every number that was tried keeps the bound; None where none does."""
        found = None
        for one in reversed(self.tried):
            if one.late > self.sought.bound:
                return found
            found = one
        return found

    @property
    def sure(self) -> bool:
        """Whether the whole interval of the fewest lies under the bound."""
        found = self.fewest
        return found is not None and found.interval is not None and found.interval.high <= self.sought.bound


def search(asked: Asked, sought: Sought, out: Path) -> Staffed:
    """Every number of people of the range, tried in the same pairs of luck.

    Raises:
        Refusal: the range, the period or the number of pairs cannot be, no case has a limit, or somebody stopped it.
        UnknownThing: there is no such post at work here.
        DefinitionError: the scenario beneath has errors.
    """
    scenario = scenario_named(sought.scenario) if sought.scenario else None
    ready = prepared(asked)
    problems = scenario_problems(scenario, ready.ground) if scenario else []
    if problems:
        raise DefinitionError(problems)
    now = _now(sought, ready.ground)
    _require_limits(ready)
    numbers = _range(sought, now)
    changes = tuple(_with(scenario, sought.post, people - now) for people in numbers)
    beneath = [row.model_dump_json() for row in _with(scenario, sought.post, 0).rows]
    made_of = f"staff {sought.post} {list(numbers)} {beneath}"
    job = ready.job(changes, made_of)
    pairs = run_pairs(ready.declared, asked.folders, job, out, Effort(asked.pairs, None, asked.workers, asked.show))
    tried = tuple(_tried(people, [pair[rung] for pair in pairs], sought.post) for rung, people in enumerate(numbers))
    label = pairs[0][0]["posts"][sought.post]["label"]
    under = scenario.written.label if scenario else ""
    return Staffed(asked, sought, ready.declared, ready.names, label, now, pairs, tried, under)


def _with(scenario: Scenario | None, post: str, change: int) -> Levers:
    """Everything that the scenario changes, and so many people more or fewer."""
    rows = (*scenario.baseline, *scenario.levers) if scenario else ()
    said = {"id": "people", "kind": "staff", "label": "人数", "post": post, "change": change}
    return Levers((*rows, KINDS["staff"].model_validate(said)) if change else rows)


def _tried(people: int, runs: Sequence[Counts], post: str) -> Tried:
    sums = [totals(run) for run in runs]
    late = [one.late / one.started for one in sums if one.started]
    cases = share_interval(sum(one.late for one in sums), sum(one.started for one in sums))
    days = [one.days / one.told for one in sums if one.told]
    posts = [run["posts"][post] for run in runs]
    loads = [one["worked"] / one["available"] for one in posts if one["available"]]
    open_ones = [sum(row["unfinished"] for row in run["procedures"].values()) for run in runs]
    return Tried(
        people,
        fmean(late) if late else 0.0,
        _wider(mean_interval(late), cases),
        fmean(days) if days else None,
        fmean(loads) if loads else None,
        fmean(open_ones),
    )


def _wider(pairs: Interval | None, cases: Interval | None) -> Interval | None:
    """What holds both the interval over the pairs and that over the cases: few pairs prove little."""
    known = [one for one in (pairs, cases) if one is not None]
    if not known:
        return None
    return Interval(max(0.0, min(one.low for one in known)), min(1.0, max(one.high for one in known)))


def _now(sought: Sought, here: Ground) -> int:
    if sought.post not in here.people:
        hint = nearest(sought.post, here.people) or f"あるのは{'・'.join(here.people)}です。"
        ja = f"「{sought.post}」という職は、この市で動かす手続にありません。{hint}"
        raise UnknownThing(ja, f"nobody holds {sought.post}", post=sought.post)
    return here.people[sought.post]


def _range(sought: Sought, now: int) -> range:
    least = sought.least if sought.least is not None else max(1, now - AROUND)
    most = sought.most if sought.most is not None else max(least, now + AROUND)
    if least < 1 or most < least or most - least >= MOST_TRIED or most > 1000:  # noqa: PLR2004 - more than any post has
        ja = f"{least}人から{most}人までは探せません。1人以上、1000人まで、一度に{MOST_TRIED}通りまでです。"
        raise Refusal(ja, f"cannot search from {least} to {most} people")
    return range(least, most + 1)


def _require_limits(ready: Prepared) -> None:
    if not any(ready.declared.catalogue.procedure(name).clocks for name in ready.names):
        ja = "動かす手続に期限がないので、人数を探せません。期限のある手続を --procedure に加えてください。"
        raise Refusal(ja, "none of the procedures has a limit")
