"""Which assumption moves the answer most: one at a time, lowered and raised, in the same pairs of luck."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from engine.errors import DefinitionError
from simulation.comparison.checks import scenario_problems
from simulation.comparison.comparing import Asked, Prepared, prepared
from simulation.comparison.counted import Counts
from simulation.comparison.differences import Quantity, quantities, totals
from simulation.comparison.factors import End, Factor, changes_of, factors
from simulation.comparison.running import Effort, Pair, run_pairs
from simulation.comparison.scenario import Levers, Scenario, scenario_named
from simulation.settings import Change
from simulation.swings import Answer, Ends, Figure, Id, Ranking, Swing, figure_of

ANSWERS: dict[Id, str] = {"hours": "yearly_hours", "days": "lead_days", "late": "late_share"}
"""The answers that are asked about, by the quantities they are."""


@dataclass(frozen=True)
class Doubted:
    """What is asked of the search: by which answer, how far each assumption is moved, beneath which scenario."""

    by: Id
    vary: float
    scenario: str | None = None


@dataclass(frozen=True)
class _Tried:
    """One assumption at one end: the runs that belong to it, one for each side."""

    factor: Factor
    end: End
    rungs: tuple[int, ...]


def rank(asked: Asked, doubted: Doubted, out: Path) -> Ranking:
    """Every assumption that what runs has, in the order in which they move the answer.

    Args:
        out: where runs are kept as they are done; a search that was stopped goes on from there.

    Raises:
        Refusal: the period or the number of pairs cannot be, or somebody stopped it.
        DefinitionError: the scenario has errors, or does not fit the city and its procedures.
    """
    scenario = scenario_named(doubted.scenario) if doubted.scenario else None
    ready = prepared(asked)
    if scenario and (problems := scenario_problems(scenario, ready.ground)):
        raise DefinitionError(problems)
    sides = (scenario.rung(0), scenario.rung(len(scenario.levers))) if scenario else (Levers(()),)
    tried, rungs = _laid_out(ready, doubted, scenario, sides)
    written = [row.model_dump_json() for row in (*scenario.baseline, *scenario.levers)] if scenario else []
    made_of = f"sensitivity {doubted.vary} {[one.factor.id for one in tried]} {written}"
    job = ready.job(rungs, made_of)
    pairs = run_pairs(ready.declared, asked.folders, job, out, Effort(asked.pairs, None, asked.workers, asked.show))
    return _ranking(ready, doubted, scenario, tried, pairs)


def _laid_out(
    ready: Prepared, doubted: Doubted, scenario: Scenario | None, sides: tuple[Levers, ...]
) -> tuple[list[_Tried], tuple[Change, ...]]:
    """What each run of a pair is for: the sides as they are, and then those of every assumption at every end."""
    meetings = {one for name in ready.names for one in ready.declared.catalogue.procedure(name).meetings}
    rungs: list[Change] = list(sides)
    tried = []
    for factor in factors(ready.ground, meetings, scenario):
        for end, changes in changes_of(factor, doubted.vary, sides):
            tried.append(_Tried(factor, end, tuple(range(len(rungs), len(rungs) + len(sides)))))
            rungs += changes
    return tried, tuple(rungs)


def _ranking(
    ready: Prepared, doubted: Doubted, scenario: Scenario | None, tried: Sequence[_Tried], pairs: Sequence[Pair]
) -> Ranking:
    asked = ready.asked
    days = (asked.last - asked.first).days + 1
    known = {one.id: one for one in quantities(days)}
    sides = (0, 1) if scenario else (0,)
    found = {key: known[name] for key, name in ANSWERS.items() if _figures(known[name], pairs, sides)}
    return Ranking(
        city=asked.city,
        city_label=ready.declared.municipality.label,
        first=asked.first.isoformat(),
        last=asked.last.isoformat(),
        seed=asked.seed,
        procedures=ready.names,
        titles=tuple(pairs[0][0]["procedures"][name]["title"] for name in ready.names),
        scenario=scenario.written.label if scenario else "",
        pairs=len(pairs),
        runs=len(pairs) * len(pairs[0]),
        vary=doubted.vary,
        by=doubted.by if doubted.by in found else "hours",
        answers=tuple(_answer(key, one, pairs, sides, bool(scenario)) for key, one in found.items()),
        swings=tuple(_swings(tried, found, doubted.vary, pairs, sides)),
    )


def _answer(key: Id, one: Quantity, pairs: Sequence[Pair], sides: tuple[int, ...], differs: bool) -> Answer:  # noqa: FBT001 - whether there is a scenario
    label = f"{one.label}の差(改善後−現状)" if differs else one.label
    figure = figure_of(_figures(one, pairs, sides))
    return Answer(id=key, label=label, unit=one.unit, share=one.form == "share", figure=figure)


def _swings(
    tried: Sequence[_Tried], found: dict[Id, Quantity], vary: float, pairs: Sequence[Pair], sides: tuple[int, ...]
) -> list[Swing]:
    by_factor: dict[str, dict[End, _Tried]] = {}
    for one in tried:
        by_factor.setdefault(one.factor.id, {})[one.end] = one
    made = []
    for ends in by_factor.values():
        factor = next(iter(ends.values())).factor
        moved = {
            key: Ends(**{end: _moved(quantity, pairs, one.rungs, sides) for end, one in ends.items()})
            for key, quantity in found.items()
        }
        said = {end: factor.said(end, vary) if end in ends else "–" for end in ("lowered", "raised")}
        kept = (factor.source, factor.confidence)
        made.append(Swing(id=factor.id, label=factor.label, **said, source=kept[0], confidence=kept[1], ends=moved))
    return made


def _moved(one: Quantity, pairs: Sequence[Pair], rungs: tuple[int, ...], sides: tuple[int, ...]) -> Figure | None:
    """By how much the answer moves, over the pairs in which it is known both ways."""
    both = ((_of_pair(one, pair, sides), _of_pair(one, pair, rungs)) for pair in pairs)
    moves = [after - before for before, after in both if before is not None and after is not None]
    return figure_of(moves) if moves else None


def _figures(one: Quantity, pairs: Sequence[Pair], rungs: tuple[int, ...]) -> list[float]:
    found = (_of_pair(one, pair, rungs) for pair in pairs)
    return [value for value in found if value is not None]


def _of_pair(one: Quantity, pair: Sequence[Counts], rungs: tuple[int, ...]) -> float | None:
    """The answer in one pair: the quantity itself, or what the other side has more of it."""
    values = [one.of(totals(pair[rung])) for rung in rungs]
    if values[0] is None or values[-1] is None:
        return None
    return values[-1] - values[0] if len(values) > 1 else values[0]
