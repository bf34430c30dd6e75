"""A scenario file: what the city does otherwise, as levers in the order in which they are counted."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import Field, ValidationError

from engine.definition.rows import Confidence, Part
from engine.errors import DefinitionError, UnknownThing
from engine.municipality import Municipality
from engine.problems import Problem, nearest
from procedures.documents import read_as
from procedures.drafts import Place, Source
from procedures.findings import found
from procedures.plan import Plan
from procedures.reading import parse_source
from procedures.refusals import Finder, Holder, frozen, refusals
from simulation.comparison.levers import KINDS
from simulation.comparison.targets import Lever, Minutes
from simulation.people import Staff

OURS = "scenarios"
LISTS = ("baseline", "levers")


class ApplicantRow(Part):
    """The minutes of an applicant for a piece of 作業単位, by channel, as it is and as it will be."""

    unit: str
    channel: str
    as_is: Minutes
    to_be: Minutes


class Written(Part):
    """A scenario file before its levers are read one by one."""

    assumption: Literal[True]
    label: Annotated[str, Field(min_length=1, max_length=60)]
    source: str
    confidence: Confidence = "low"
    applicant: tuple[ApplicantRow, ...] = ()
    baseline: tuple[dict[str, Any], ...] = ()
    levers: Annotated[tuple[dict[str, Any], ...], Field(min_length=1, max_length=20)]


@dataclass(frozen=True)
class Levers:
    """Some levers, pulled one after another: a `simulation.settings.Change`."""

    rows: tuple[Lever, ...]

    def of_city(self, city: Municipality) -> Municipality:
        """The city after all of them."""
        for row in self.rows:
            city = row.of_city(city)
        return city

    def of_plan(self, procedure: str, plan: Plan) -> Plan:
        """The assumptions of a procedure after all that are about it."""
        for row in self.rows:
            plan = row.of_plan(plan) if row.about(procedure) else plan
        return plan

    def of_staff(self, staff: Staff, first: dt.date) -> None:
        """Let people come and go."""
        for row in self.rows:
            row.of_staff(staff, first)


@dataclass(frozen=True)
class Scenario:
    """A scenario file that has been read. `source` knows where everything stands in it."""

    written: Written
    baseline: tuple[Lever, ...]
    levers: tuple[Lever, ...]
    source: Source

    def rung(self, number: int) -> Levers:
        """What is changed when the first so many levers are pulled; 0 is the as-is side."""
        return Levers(self.baseline + self.levers[:number])


def scenario_named(word: str) -> Scenario:
    """The scenario of a name that we have, or in a file.

    Raises:
        UnknownThing: it is neither.
        DefinitionError: the file says something that a scenario cannot say; every problem at once.
    """
    known = {path.name.removesuffix(".toml"): path for path in (files("simulation") / OURS).iterdir()}
    path = known.get(word, Path(word))
    if not path.is_file():
        names = "・".join(sorted(known))
        hint = nearest(word, known)
        ja = f"「{word}」という改善の想定はありません。あるのは{names}です。{hint}"
        raise UnknownThing(ja.strip(), f"no scenario {word!r}", scenario=word)
    scenario, problems = read_scenario(path.read_bytes(), path.name if word in known else word)
    if scenario is None:
        raise DefinitionError(sorted(problems))
    return scenario


def read_scenario(raw: bytes, name: str) -> tuple[Scenario | None, list[Problem]]:
    """The scenario in a file's bytes, or None with every problem found."""
    source, problems = parse_source(raw, name)
    if source is None:
        return None, problems
    written, problems = read_as(source, Written)
    lists: dict[str, list[Lever]] = {}
    for key in LISTS:
        lists[key], more = _levers(source, key)
        problems += more
    problems += _twice(source, [row for rows in lists.values() for row in rows])
    if written is None or problems:
        return None, problems
    return Scenario(written, tuple(lists["baseline"]), tuple(lists["levers"]), source), []


def _levers(source: Source, key: str) -> tuple[list[Lever], list[Problem]]:
    rows = source.data.get(key, [])
    levers: list[Lever] = []
    problems: list[Problem] = []
    for at, row in enumerate(rows if isinstance(rows, list) else []):
        if not isinstance(row, dict):
            continue  # told already
        place = Place(source, (key, at))
        model = KINDS.get(str(row.get("kind")))
        if model is None:
            word = str(row.get("kind", ""))
            said = (f"kind に「{word}」という語はありません。", f"there is no kind of lever {word!r}")
            hint = nearest(word, KINDS) or f"あるもの: {'・'.join(KINDS)}"
            problems.append(found("D012", (key, str(row.get("id", at))), place.below("kind"), said, hint))
            continue
        try:
            levers.append(model.model_validate(frozen(row), strict=True))
        except ValidationError as refused:
            name = (key, str(row.get("id", at)))
            problems += refusals(model, refused, _finder(name, place))
    return levers, problems


def _finder(name: tuple[str, ...], place: Place) -> Finder:
    """What tells where in a lever a complaint of its type is."""
    return lambda steps: Holder(name, place, tuple(steps), place.below)


def _twice(source: Source, rows: Sequence[Lever]) -> list[Problem]:
    names = [row.id for row in rows]
    again = sorted({name for name in names if names.count(name) > 1})
    said = [(f"id「{name}」のてこが二つあります。", f"two levers are called {name!r}") for name in again]
    return [
        found("D016", ("levers", name), Place(source, ("levers",)), one, "別の id にする")
        for name, one in zip(again, said, strict=True)
    ]
