"""Published figures of one procedure: the mean of each period, and what they add up to where the source says it."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

from pydantic import Field, ValidationError

from engine.definition.rows import Part
from engine.errors import UnknownThing
from engine.problems import Problem, nearest
from procedures.plan_rows import Confidence
from simulation.calibration.findings import BadFigures
from simulation.calibration.grids import Grid, is_grid, read_grid
from simulation.calibration.periods import Periods, periods_known

OURS = "figures"
TOTAL, WITHIN = "total", "within"
LONGEST = 3650


class Figures(Part):
    """Mean days of each period by its id; `total` and `within` (the share done in `days`) may be unknown."""

    procedure: str
    label: str
    source: str
    year: str
    confidence: Confidence = "medium"
    days: int = Field(default=30, ge=1, le=LONGEST)
    means: dict[str, float]
    total: float | None = Field(default=None, gt=0, le=LONGEST)
    within: float | None = Field(default=None, ge=0, le=1)


def figures_named(word: str) -> Figures:
    """The figures of a name that we have, or in a file: TOML, CSV or xlsx.

    Raises:
        UnknownThing: there is no such name and no such file.
        BadFigures: the file cannot be taken; every problem at once.
    """
    known = {path.name.removesuffix(".toml"): path for path in (files("simulation") / OURS).iterdir()}
    path: Path | Traversable = known.get(word, Path(word))
    if not path.is_file():
        names = "・".join(sorted(known))
        ja = f"「{word}」という数字のファイルはありません。用意してあるのは{names}です。{nearest(word, known)}"
        raise UnknownThing(ja.strip(), f"no figures {word!r}", figures=word)
    if isinstance(path, Path) and is_grid(path):
        return _from_grid(read_grid(path))
    return _checked(path.name, _from_toml(path))


def _from_toml(path: Path | Traversable) -> Figures:
    try:
        return Figures.model_validate(tomllib.loads(path.read_text(encoding="utf-8")))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise BadFigures([_wrong(path.name, 1, "", f"TOMLとして読めません: {error}")]) from error
    except ValidationError as error:
        rows = [_wrong(path.name, 1, ".".join(map(str, one["loc"])), one["msg"]) for one in error.errors()]
        raise BadFigures(rows) from error


def _checked(name: str, figures: Figures) -> Figures:
    periods = periods_known().get(figures.procedure)
    if periods is None:
        known = periods_known()
        ja = f"手続「{figures.procedure}」には、公表された期間との対応がありません。あるのは{'・'.join(known)}です。"
        raise BadFigures([_wrong(name, 1, "procedure", ja)])
    problems = list(_problems(name, figures, periods))
    if problems:
        raise BadFigures(problems)
    return figures


def _problems(name: str, figures: Figures, periods: Periods) -> Iterator[Problem]:
    for period, mean in figures.means.items():
        if period not in periods.ids:
            known = "・".join(f"{key}({label})" for key, label in periods.labels.items())
            yield _wrong(name, 1, period, f"「{period}」という期間はありません。書けるのは {known} です。")
        elif not 0 < mean <= LONGEST:
            yield _wrong(name, 1, period, f"平均日数 {mean:g} は使えません。0より大きく{LONGEST}以下の数です。")
    for period in periods.ids:
        if period not in figures.means:
            yield _wrong(name, 1, period, f"「{periods.labels[period]}」({period})の平均日数がありません。")


def _from_grid(grid: Grid) -> Figures:
    """The figures of a table with a row for each period: 項目, 値 and, where there are any, 手続, 年度, 出典."""
    rows = grid.rows_under(("項目", "値"))
    problems: list[Problem] = []
    found: dict[str, float] = {}
    said = {"年度": "", "出典": ""}
    procedure = next(iter(periods_known()))
    for row in rows:
        name = row["項目"].text
        procedure = row["手続"].text or procedure if "手続" in row else procedure
        said = {key: (row[key].text if key in row else "") or value for key, value in said.items()}
        value = row["値"].number(problems)
        if value is not None:
            found[_id(name, periods_known().get(procedure))] = value
    if problems:
        raise BadFigures(problems)
    means = {key: value for key, value in found.items() if key not in {TOTAL, WITHIN}}
    try:
        figures = Figures(
            procedure=procedure,
            label=grid.name,
            source=said["出典"] or grid.name,
            year=said["年度"],
            means=means,
            total=found.get(TOTAL),
            within=found.get(WITHIN),
        )
    except ValidationError as error:
        raise BadFigures(
            [_wrong(grid.name, 1, ".".join(map(str, one["loc"])), one["msg"]) for one in error.errors()]
        ) from error
    return _checked(grid.name, figures)


def _id(name: str, periods: Periods | None) -> str:
    """A period by its id or its Japanese name."""
    labels = {label: key for key, label in periods.labels.items()} if periods else {}
    total = {periods.label: TOTAL} if periods else {}
    return {**labels, **total, "30日以内の割合": WITHIN}.get(name, name)


def _wrong(name: str, line: int, what: str, ja: str) -> Problem:
    return Problem(name, line, 1, "S021", (what,) if what else (), ja, ja)
