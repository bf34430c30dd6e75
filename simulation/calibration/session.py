"""Calibration as its commands run it: what was given, a fit or a prediction, the file, and what is said of it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from engine.errors import Refusal
from office.office import definitions
from simulation.calibration import words
from simulation.calibration.figures import Figures, figures_named
from simulation.calibration.fitted import Fitted, fitted_named, write
from simulation.calibration.fitting import Ground, fit, predicted
from simulation.calibration.logs import Where, fit_log
from simulation.calibration.past import read_past
from simulation.calibration.periods import periods_of
from simulation.calibration.running import Trial, measured
from simulation.calibration.sheets import fit_sheet, template
from simulation.preparing import ids_of, modelled, population, simulated_of

HEAD = ("madoguchi calibrate が書いた想定。madoguchi simulate --fitted で使う。数字の出典は source",)
A_YEAR = (dt.date(2022, 4, 1), dt.date(2023, 3, 31))


@dataclass(frozen=True)
class Given:
    """Where a calibration takes place: the city, folders of definitions, the period of the runs and their seeds."""

    city: str
    folders: Sequence[Path]
    period: tuple[dt.date, dt.date] = A_YEAR
    seeds: tuple[int, ...] = (1,)

    def ground(self, figures: Figures) -> tuple[Ground, Trial]:
        """What a fit stands on, and the runs by which it is held against the engine."""
        declared = definitions(self.city, self.folders)
        one = simulated_of(declared, figures.procedure)
        ground = Ground(one.procedure, one.own or one.plan, periods_of(one.procedure), declared.municipality)
        return ground, Trial(declared, *self.period, self.seeds)


def period(first: dt.date, last: dt.date) -> tuple[dt.date, dt.date]:
    """The period, if it is one.

    Raises:
        Refusal: it ends before it begins, or is longer than ten years.
    """
    if last < first or (last - first).days > 3653:  # noqa: PLR2004 - ten years
        ja = f"{first}から{last}までの期間は動かせません。終わりは始まり以後、長さは10年までです。"
        raise Refusal(ja, f"the period {first} to {last} must not be empty or longer than ten years")
    return first, last


def seeds(first: int, runs: int) -> tuple[int, ...]:
    """The seeds of some runs."""
    return tuple(range(first, first + runs))


def fit_to(given: Given, word: str, rounds: int, out: Path, tell: Callable[[str], None]) -> list[str]:
    """The words about a fit whose file was written.

    Raises:
        Refusal: the period is empty, or the figures say no total or no share.
    """
    figures = figures_named(word)
    if figures.total is None or figures.within is None:
        ja = "合わせるには、全体の平均日数(total)と期限内の割合(within)も要ります。なければ calibrate predict です。"
        raise Refusal(ja, "a fit needs the total and the share; use calibrate predict without them")
    ground, trial = given.ground(figures)
    found = fit(ground, figures, trial, rounds, tell)
    write(found.fitted, out, HEAD)
    measures = measured(found.spans, ground.periods, figures.days)
    return words.of_fit(figures, ground.periods, found.knobs, found.light, measures)


def predict(given: Given, fitted: str, word: str, out: Path | None) -> list[str]:
    """The words about figures that nothing was fitted on: the light model's expectation; the file for a run."""
    figures = figures_named(word)
    ground, _ = given.ground(figures)
    found, knobs, light = predicted(ground, fitted_named(fitted), figures)
    if out is not None:
        write(found, out, HEAD)
    return words.of_prediction(figures, ground.periods, knobs, light)


def check(given: Given, fitted: str, word: str) -> list[str]:
    """The words about a run of the real engine with a file, beside figures."""
    figures = figures_named(word)
    ground, trial = given.ground(figures)
    file: Fitted = fitted_named(fitted)
    spans = trial.run(ground.periods, file)
    return words.of_check(figures, ground.periods, measured(spans, ground.periods, figures.days))


def blank(city: str, folders: Sequence[Path], out: Path) -> int:
    """How many rows the sheet to fill in has, once it is written."""
    return template(definitions(city, folders), out)


def from_sheet(city: str, folders: Sequence[Path], path: Path, out: Path) -> list[str]:
    """The words about a city's own sheet, once what it gives is written."""
    found = fit_sheet(definitions(city, folders), path)
    write(found.fitted, out, HEAD)
    return found.words


def from_log(given: Given, procedure: str, path: Path, out: Path) -> list[str]:
    """The words about a log of past cases of one procedure, once what it gives is written."""
    declared = definitions(given.city, given.folders)
    (name,) = ids_of(declared, [procedure])
    one = simulated_of(declared, *modelled(declared, [name], given.period))
    log = read_past(path)
    where = Where(population(declared.municipality), declared.calendar.is_open)
    found = fit_log(log, one.procedure, one.plan, where)
    fitted = Fitted(
        assumption=True,
        label=f"過去の案件 {len(log.cases):,}件",
        source=path.name,
        confidence="high",
        procedures={one.procedure.id: found.plan},
    )
    write(fitted, out, HEAD)
    head = f"{one.procedure.number}. {one.procedure.title}: 過去の案件{len(log.cases):,}件に合わせました。"
    return [
        head,
        "合わせたもの",
        *(f"  {line}" for line in found.fitted),
        "合わせられなかったもの",
        *(f"  {line}" for line in found.left),
    ]
