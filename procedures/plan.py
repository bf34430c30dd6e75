"""The assumptions of one procedure's simulation, from <id>.simulation.toml: who comes, what takes how long.

Nothing here decides an outcome. All of it is assumption and stays outside the hash of the definition.
"""

from __future__ import annotations

import datetime as dt
import tomllib
from pathlib import Path
from typing import Any, Literal

from pydantic import Field, ValidationError

from engine.definition.rows import Part, Words
from engine.errors import DefinitionError
from engine.problems import Problem

Scenario = Literal["as-is", "to-be"]
Confidence = Literal["high", "medium", "low"]


class Pair(Part):
    """A figure for each scenario."""

    as_is: float = Field(ge=0)
    to_be: float = Field(ge=0)

    def of(self, scenario: Scenario) -> float:
        """The figure of a scenario."""
        return self.as_is if scenario == "as-is" else self.to_be


class Channel(Pair):
    """A way in: its share of applications, when its applications arrive, and who enters them."""

    id: str
    label: str
    at: Literal["any_time", "opening_hours", "morning_mail"]
    enters: str = "applicant"
    form_value: str = ""


class Arrivals(Part):
    """How many applications a year, for a city of what size, and how they spread over the months."""

    per_year: int = Field(ge=1)
    city_population: int = Field(ge=1)
    monthly_weights: dict[str, float] = {}
    event_days_before: tuple[int, int] = (0, 20)


class Work(Pair):
    """Hands-on minutes of one step: while an item lies at the desk of the role `by`, or with an event that ends it."""

    id: str
    label: str
    by: str
    during: str | None = None
    with_: Words = Field(default=(), alias="with")
    task: str | None = None
    first_visit_only: bool = False


class DeskHours(Part):
    """The part of the day that the posts of a role have for this procedure."""

    role: str
    opens: dt.time
    closes: dt.time


class Batch(Part):
    """An event that is gathered for one weekday."""

    event: str
    weekday: Literal["mon", "tue", "wed", "thu", "fri"]
    scenarios: tuple[Scenario, ...] = ("as-is", "to-be")


class Wait(Part):
    """How long somebody outside takes to answer: a median and a spread, a share that never answers, or a fixed day."""

    id: str
    label: str
    task: str
    during: str
    until: str
    days: float = Field(default=0, ge=0)
    spread: float = Field(default=0, ge=0)
    never_share: float = Field(default=0, ge=0, le=1)
    mends_share: float = Field(default=1, ge=0, le=1)
    on: str | None = None
    instead: str | None = None
    instead_share: float = Field(default=0, ge=0, le=1)


class Usual(Part):
    """What a person does at a place where every check passed."""

    at: str | None = None
    task: str | None = None
    role: str | None = None
    events: Words


class Otherwise(Part):
    """What a person does instead when an event is refused."""

    event: str
    use: Words


class Objection(Part):
    """The event by which somebody on the route sends back what he noticed."""

    task: str
    event: str


class Genuine(Part):
    """What an inquiry about a common error brings out: in this share it is so, and then these facts hold."""

    error: str
    share: float = Field(ge=0, le=1)
    establishes: dict[str, Any]


class Reply(Part):
    """What a person writes into a field that an event asks for: a value, a share of yes, a rule, a payment day."""

    input: str
    field: str
    value: Any = None
    yes_share: float | None = Field(default=None, ge=0, le=1)
    cel: str | None = None
    type: Literal["yes_no", "date", "month", "number", "yen", "text"] = "text"
    payment_day: bool = False
    month_from: str | None = None
    month_before: str | None = None
    opening_days: int | None = None
    event: str | None = None


class Established(Part):
    """A fact that a clerk finds in a register at a place: a value, or one drawn by shares."""

    at: str
    fact: str
    value: Any = None
    shares: dict[str, float] = {}
    between: tuple[int, int] | None = None


class Answered(Part):
    """What applicants write in a field of the form, by share."""

    path: str
    shares: dict[str, float]


class Acts(Part):
    """Something an applicant does unasked, with a small share, some days after arrival."""

    event: str
    share: float = Field(ge=0, le=1)
    days: float = Field(ge=0)


class Noticing(Part):
    """How likely a person who looks sees what is wrong, by role."""

    role: str
    share: float = Field(ge=0, le=1)


class Mistakes(Part):
    """Share of applications with one of the common errors, by channel; which one is drawn by frequency."""

    channel: str
    share: float = Field(ge=0, le=1)


class PaymentDays(Part):
    """The months and the day of regular payment; a closed day moves to the opening day before.

    `paid` and `returned` are the events of the task `task` by which money arrives or comes back; `amount` is the answer
    (input.field) that holds the yen.
    """

    months: tuple[int, ...]
    day: int = Field(ge=1, le=28)
    task: str
    paid: str
    returned: str
    amount: str


class Plan(Part):
    """All assumptions of one procedure."""

    assumption: Literal[True]
    source: str = ""
    confidence: Confidence = "low"
    arrivals: Arrivals
    channels: tuple[Channel, ...]
    answers: tuple[Answered, ...] = ()
    mistakes: tuple[Mistakes, ...] = ()
    noticing: tuple[Noticing, ...] = ()
    work: tuple[Work, ...] = ()
    work_spread: float = Field(default=0.4, ge=0)
    desk_hours: tuple[DeskHours, ...] = ()
    batches: tuple[Batch, ...] = ()
    waits: tuple[Wait, ...] = ()
    usual: tuple[Usual, ...] = ()
    otherwise: tuple[Otherwise, ...] = ()
    objections: tuple[Objection, ...] = ()
    genuine: tuple[Genuine, ...] = ()
    replies: tuple[Reply, ...] = ()
    established: tuple[Established, ...] = ()
    acts: tuple[Acts, ...] = ()
    payment_days: PaymentDays | None = None


def load_plan(path: Path) -> Plan:
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


def _problem(path: Path, where: tuple[str, ...], ja: str) -> Problem:
    return Problem(file=path.name, rule="S001", path=where, ja=ja, en=ja)
