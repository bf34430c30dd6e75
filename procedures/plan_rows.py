"""The rows of a simulation file: who comes and when, what takes how long, what people do and how often.

A row about a place names a state of the case, or a task and a state of it; "*" stands for every place that no other row
is about.
"""

from __future__ import annotations

import datetime as dt
from typing import Any, Literal

from pydantic import Field

from engine.definition.rows import Part, ValueType, Words

Scenario = Literal["as-is", "to-be"]
Confidence = Literal["high", "medium", "low"]
Weekday = Literal["mon", "tue", "wed", "thu", "fri"]
ANY = "*"


class Pair(Part):
    """A figure for each scenario."""

    as_is: float = Field(ge=0)
    to_be: float = Field(ge=0)

    def of(self, scenario: Scenario) -> float:
        """The figure of a scenario."""
        return self.as_is if scenario == "as-is" else self.to_be


class Channel(Pair):
    """A way in: its share of applications, when its applications arrive, and who enters them.

    `goes_over` says which share of its applicants take another way instead, so that all others keep theirs.
    """

    id: str
    label: str
    at: Literal["any_time", "opening_hours", "morning_mail"]
    enters: str = "applicant"
    form_value: str = ""
    goes_over: dict[str, float] = {}


class Arrivals(Part):
    """How many applications a year, for a city of what size, and how they spread over months and days of the week.

    Those who come `of` another procedure are people whom that one registered, as long as there are any.
    """

    per_year: float = Field(ge=0)
    city_population: int = Field(ge=1)
    monthly_weights: dict[str, float] = {}
    weekday_weights: dict[Weekday, float] = {}
    of: str | None = None
    source: str = ""
    confidence: Confidence | None = None


class Opened(Part):
    """Cases that a register or a registration of former years opens by itself, besides the applications of a year.

    Rows about channels name them by `id`, as a way in.
    """

    id: str
    label: str
    per_year: float = Field(ge=0)
    source: str = ""

    @property
    def channel(self) -> Channel:
        """The way in that they are counted under."""
        return Channel(id=self.id, label=self.label, at="opening_hours", enters="system", as_is=0, to_be=0)


class Answered(Part):
    """What applicants write in a field of the form: a word by share (`many`: a list of one), or a day.

    A day lies so many days before, is the first of the month so many months later, or the next one of a name, "04-01".
    With `months` or `channels`, only those who come in these months, or by these ways, write it.
    """

    path: str
    shares: dict[str, float] = {}
    many: bool = False
    days_before: tuple[int, int] | None = None
    months_ahead: int | None = Field(default=None, ge=0, le=24)
    next_day: str | None = Field(default=None, pattern=r"^(0[1-9]|1[0-2])-(0[1-9]|1[0-9]|2[0-8])$")
    months: tuple[int, ...] = ()
    channels: Words = ()

    def day(self, today: dt.date) -> dt.date | None:
        """The day that a calendar names after another one; None where shares or days count."""
        if self.months_ahead is not None:
            month = today.month - 1 + self.months_ahead
            return dt.date(today.year + month // 12, month % 12 + 1, 1)
        if self.next_day is not None:
            named = dt.date.fromisoformat(f"{today.year}-{self.next_day}")
            return named if named > today else named.replace(year=today.year + 1)
        return None


class Mistakes(Part):
    """Share of applications with one of the common errors, by channel; which one is drawn by frequency."""

    channel: str
    share: float = Field(ge=0, le=1)


class Noticing(Part):
    """How likely a person who looks sees what is wrong, by role."""

    role: str
    share: float = Field(ge=0, le=1)


class Work(Pair):
    """Hands-on minutes of one step: while an item lies at the desk of the role `by`, or with an event that ends it.

    `by_channel` are the minutes for applications of a channel where they are others. In a share of the times,
    `goes_wrong` by channel, something goes wrong that takes the `redo_minutes` besides.
    """

    id: str
    label: str
    by: str = ANY
    during: str | None = None
    with_: Words = Field(default=(), alias="with")
    task: str | None = None
    first_visit_only: bool = False
    by_channel: dict[str, float] = {}
    goes_wrong: dict[str, float] = {}
    redo_minutes: float = Field(default=0, ge=0)

    def minutes(self, scenario: Scenario, channel: str) -> float:
        """The minutes of a scenario for an application of a channel, before anything goes wrong."""
        return self.by_channel.get(channel, self.of(scenario))


class DeskHours(Part):
    """The part of the day that the posts of a role have for this procedure."""

    role: str
    opens: dt.time
    closes: dt.time


class Batch(Part):
    """An event that is gathered for one weekday."""

    event: str
    weekday: Weekday
    scenarios: tuple[Scenario, ...] = ("as-is", "to-be")


class Wait(Part):
    """How long somebody outside takes to answer: a median and a spread, a share that never answers, or a fixed day.

    Without `until` it is the event by which the declaration lets him answer. At a place where the office works it is
    how long an appointment lies ahead.
    """

    id: str
    label: str
    task: str = ""
    during: str
    until: str | None = None
    days: float = Field(default=0, ge=0)
    spread: float = Field(default=0, ge=0)
    never_share: float = Field(default=0, ge=0, le=1)
    mends_share: float = Field(default=1, ge=0, le=1)
    on: str | None = None
    instead: str | None = None
    instead_share: float = Field(default=0, ge=0, le=1)


class Usual(Part):
    """What a person does at a place where every check passed; where no row says it, what leads on by declaration."""

    at: str | None = None
    task: str | None = None
    role: str | None = None
    events: Words


class Chosen(Part):
    """Which of several events a person means to let happen at a place, by share."""

    at: str
    task: str | None = None
    shares: dict[str, float]


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
    """What a person writes into a field that an event asks for: a value, one by share, an expression, a payment day."""

    input: str
    field: str
    value: Any = None
    shares: dict[str, float] = {}
    yes_share: float | None = Field(default=None, ge=0, le=1)
    cel: str | None = None
    type: ValueType = "text"
    payment_day: bool = False
    month_from: str | None = None
    month_before: str | None = None
    opening_days: int | None = None
    event: str | None = None


class Established(Part):
    """A fact that somebody finds in a register: a value, one drawn by shares, or what an expression gives.

    `{number}` in a value stands for the number of the application: what belongs to nobody else. `{group}` is the same
    for so many applications in a row as `group` says, as the building of several households.

    At the place named, or wherever a condition first asks for it.
    """

    at: str | None = None
    fact: str
    value: Any = None
    shares: dict[str, float] = {}
    group: int = Field(default=1, ge=1)
    between: tuple[int, int] | None = None
    cel: str | None = None


class Looked(Part):
    """In what share of the cases a check that a person makes by looking is not passed, mistakes apart."""

    check: str
    fails: float = Field(ge=0, le=1)


class Acts(Part):
    """Something an applicant does unasked, with a small share, some days after arrival."""

    event: str
    share: float = Field(ge=0, le=1)
    days: float = Field(ge=0)


class RegisterEvent(Part):
    """What a register reports about an applicant within some days of arrival, in a share of the cases."""

    event: str
    label: str
    share: float = Field(ge=0, le=1)
    within_days: int = Field(ge=1)


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
