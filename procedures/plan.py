"""The assumptions of one procedure's simulation, from <id>.simulation.toml: who comes, what takes how long.

Nothing here decides an outcome. All of it is assumption and stays outside the hash of the definition. What a procedure
does not say itself stands in usual.simulation.toml, so that one without a file of its own runs too.
"""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Literal

from pydantic import Field, ValidationError

from engine.definition.rows import Part
from engine.errors import DefinitionError
from engine.problems import Problem
from procedures.plan_rows import (
    Acts,
    Answered,
    Arrivals,
    Batch,
    Channel,
    Chosen,
    Confidence,
    DeskHours,
    Established,
    Genuine,
    Looked,
    Mistakes,
    Noticing,
    Objection,
    Opened,
    Otherwise,
    PaymentDays,
    RegisterEvent,
    Reply,
    Usual,
    Wait,
    Work,
)

USUAL = "usual.simulation.toml"


class Plan(Part):
    """All assumptions of one procedure."""

    assumption: Literal[True]
    source: str = ""
    confidence: Confidence = "low"
    arrivals: Arrivals | None = None
    opened: tuple[Opened, ...] = ()
    channels: tuple[Channel, ...] = ()
    answers: tuple[Answered, ...] = ()
    mistakes: tuple[Mistakes, ...] = ()
    noticing: tuple[Noticing, ...] = ()
    work: tuple[Work, ...] = ()
    work_spread: float | None = Field(default=None, ge=0)
    desk_hours: tuple[DeskHours, ...] = ()
    batches: tuple[Batch, ...] = ()
    waits: tuple[Wait, ...] = ()
    usual: tuple[Usual, ...] = ()
    chooses: tuple[Chosen, ...] = ()
    otherwise: tuple[Otherwise, ...] = ()
    objections: tuple[Objection, ...] = ()
    genuine: tuple[Genuine, ...] = ()
    replies: tuple[Reply, ...] = ()
    established: tuple[Established, ...] = ()
    looks: tuple[Looked, ...] = ()
    acts: tuple[Acts, ...] = ()
    register_events: tuple[RegisterEvent, ...] = ()
    payment_days: PaymentDays | None = None

    def over(self, usual: Plan) -> Plan:
        """This plan with what it does not say taken from the usual one.

        What people write, know and wait for comes before the usual rows; work, ways in, shares of mistakes and what
        registers report take their place.
        """
        own = {name: getattr(self, name) for name in type(self).model_fields}
        found = {name: value if value or value == 0 else getattr(usual, name) for name, value in own.items()}
        found |= {name: own[name] + getattr(usual, name) for name in _BEFORE}
        places = {(row.task, row.during) for row in self.waits}
        found["waits"] = self.waits + tuple(row for row in usual.waits if (row.task, row.during) not in places)
        return Plan.model_construct(**found)


_BEFORE = ("answers", "noticing", "otherwise", "objections", "replies", "established")


def load_plan(path: Path | Traversable) -> Plan:
    """The plan in a file.

    Raises:
        DefinitionError: it is not there, not TOML, or says something that a plan cannot say; every problem at once.
    """
    try:
        return Plan.model_validate(tomllib.loads(path.read_text(encoding="utf-8")))
    except FileNotFoundError as missing:
        raise DefinitionError([_problem(path, (), "この手続の想定ファイルがありません。")]) from missing
    except tomllib.TOMLDecodeError as error:
        raise DefinitionError([_problem(path, (), f"TOMLとして読めません: {error}")]) from error
    except ValidationError as error:
        rows = [_problem(path, tuple(map(str, e["loc"])), f"{e['msg']}") for e in error.errors()]
        raise DefinitionError(rows) from error


@cache
def usual_plan() -> Plan:
    """The assumptions that hold for every procedure which says nothing else."""
    return load_plan(files("procedures") / USUAL)


def _problem(path: Path | Traversable, where: tuple[str, ...], ja: str) -> Problem:
    return Problem(file=path.name, rule="S001", path=where, ja=ja, en=ja)
