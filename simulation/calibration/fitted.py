"""Fitted assumptions as a file, laid over the plans of a run; all of it stays assumption, with its source."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any, Literal

from pydantic import Field, ValidationError

from engine.definition.rows import Part
from engine.errors import DefinitionError, UnknownThing
from engine.problems import Problem, nearest
from procedures.plan import Plan
from procedures.plan_names import plan_problems
from procedures.plan_rows import Arrivals, Chosen, Confidence, Wait, Work
from simulation.settings import Simulated

OURS = "fitted"


class Model(Part):
    """What the light model needs to be used with other means: the fitted knobs, its frame, what it misses."""

    figures: str
    office: float = Field(ge=0)
    spread: float = Field(gt=0)
    branches: tuple[float, ...]
    turn: float = Field(ge=0)
    before: tuple[int, ...] = Field(min_length=1)
    days: int
    missed_means: tuple[float, ...]
    missed_total: float
    missed_within: float


class FittedPlan(Part):
    """What was fitted for one procedure. `minutes` are as-is minutes by step, `channels` as-is shares by channel."""

    arrivals: Arrivals | None = None
    channels: dict[str, float] = {}
    minutes: dict[str, float] = {}
    waits: tuple[Wait, ...] = ()
    chooses: tuple[Chosen, ...] = ()
    model: Model | None = None

    def over(self, plan: Plan) -> Plan:
        """The plan with what was fitted in place of what it says; a wait it does not have comes first."""
        mine = {row.id for row in self.waits}
        places = {(row.at, row.task) for row in self.chooses}
        changed: dict[str, Any] = {
            "waits": self.waits + tuple(row for row in plan.waits if row.id not in mine),
            "work": tuple(_timed(row, self.minutes) for row in plan.work),
            "chooses": self.chooses + tuple(row for row in plan.chooses if (row.at, row.task) not in places),
            "channels": tuple(
                row.model_copy(update={"as_is": self.channels.get(row.id, row.as_is)}) for row in plan.channels
            ),
        }
        if self.arrivals is not None:
            changed["arrivals"] = self.arrivals
        return plan.model_copy(update=changed)


class Fitted(Part):
    """A file of fitted assumptions, by procedure."""

    assumption: Literal[True]
    label: str
    source: str
    confidence: Confidence
    procedures: dict[str, FittedPlan]


def _timed(row: Work, minutes: dict[str, float]) -> Work:
    """A step with its measured minutes; what it is to take keeps its proportion."""
    if row.id not in minutes:
        return row
    measured = minutes[row.id]
    later = measured * row.to_be / row.as_is if row.as_is else measured
    return row.model_copy(update={"as_is": measured, "to_be": round(later, 3)})


def laid_over(fitted: Fitted, one: Simulated) -> Simulated:
    """A procedure with what was fitted for it; as it was if nothing was.

    Raises:
        DefinitionError: it names what the procedure does not declare.
    """
    found = fitted.procedures.get(one.procedure.id)
    if found is None:
        return one
    base = one.own or one.plan
    known = {row.id for row in base.work}
    unknown = [
        _problem(
            fitted.label, (one.procedure.id, "minutes", name), f"作業「{name}」はありません。{nearest(name, known)}"
        )
        for name in found.minutes
        if name not in known
    ]
    said = f"{base.source}。合わせた値: {fitted.label}({fitted.source})"
    own = found.over(base).model_copy(update={"source": said})
    problems = [*unknown, *plan_problems(own, one.procedure, fitted.label)]
    if problems:
        raise DefinitionError(problems)
    return replace(one, plan=found.over(one.plan).model_copy(update={"source": said}), own=own)


def all_laid_over(fitted: Fitted | None, simulated: Mapping[str, Simulated]) -> dict[str, Simulated]:
    """The procedures of a run with what was fitted; as they were where nothing is given.

    Raises:
        UnknownThing: none of the procedures that it is about runs.
        DefinitionError: it names what a procedure does not declare.
    """
    if fitted is None:
        return dict(simulated)
    if not set(fitted.procedures) & set(simulated):
        names = "・".join(fitted.procedures)
        ja = f"合わせた値「{fitted.label}」の手続({names})を動かしていません。--procedure に加えてください。"
        raise UnknownThing(ja, f"none of {names} runs")
    return {name: laid_over(fitted, one) for name, one in simulated.items()}


def fitted_named(word: str) -> Fitted:
    """The fitted assumptions of a name that we have, or in a file.

    Raises:
        UnknownThing: it is neither.
        DefinitionError: the file says something that it cannot say; every problem at once.
    """
    known = {path.name.removesuffix(".toml"): path for path in (files("simulation") / OURS).iterdir()}
    path: Path | Traversable = known.get(word, Path(word))
    if not path.is_file():
        names = "・".join(sorted(known))
        ja = f"「{word}」という合わせた値のファイルはありません。用意してあるのは{names}です。{nearest(word, known)}"
        raise UnknownThing(ja.strip(), f"no fitted file {word!r}", fitted=word)
    try:
        return Fitted.model_validate(tomllib.loads(path.read_text(encoding="utf-8")))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise DefinitionError([_problem(path.name, (), f"TOMLとして読めません: {error}")]) from error
    except ValidationError as error:
        rows = [_problem(path.name, tuple(map(str, one["loc"])), one["msg"]) for one in error.errors()]
        raise DefinitionError(rows) from error


def write(fitted: Fitted, path: Path, head: Iterable[str]) -> None:
    """The file, written whole or not at all, under lines that say what it is."""
    draft = path.with_name(path.name + ".part")
    draft.write_text("\n".join([*(f"# {line}" for line in head), *_lines(fitted), ""]), encoding="utf-8")
    draft.replace(path)


def _lines(fitted: Fitted) -> Iterator[str]:
    top = fitted.model_dump(exclude={"procedures"})
    yield from (f"{key} = {_inline(value)}" for key, value in top.items())
    for name, plan in fitted.procedures.items():
        said = plan.model_dump(exclude_defaults=True, by_alias=True)
        tables = {key: said.pop(key) for key in ("model", "arrivals", "minutes", "channels") if key in said}
        yield from ("", f"[procedures.{name}]")
        for key, rows in said.items():
            yield from (f"{key} = [", *(f"  {_inline(row)}," for row in rows), "]")
        for key, table in tables.items():
            yield from ("", f"[procedures.{name}.{key}]")
            yield from (f"{_key(word)} = {_inline(value)}" for word, value in table.items() if value is not None)


def _inline(value: object) -> str:
    if isinstance(value, dict):
        rows = [f"{_key(key)} = {_inline(one)}" for key, one in value.items() if one is not None]
        return "{ " + ", ".join(rows) + " }"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(map(_inline, value)) + "]"
    if isinstance(value, float):
        return f"{value:.10g}" if value != int(value) else f"{value:.1f}"
    return json.dumps(value, ensure_ascii=False)


def _key(word: str) -> str:
    return word if re.fullmatch(r"[A-Za-z0-9_-]+", word) else json.dumps(word, ensure_ascii=False)


def _problem(name: str, where: tuple[str, ...], ja: str) -> Problem:
    return Problem(file=name, rule="S022", path=where, ja=ja.strip(), en=ja.strip())
