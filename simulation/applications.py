"""What applicants bring: when they come, by which channel, what they wrote, and what is wrong with it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from engine.calendar import OpeningCalendar
from engine.clock import JST, to_seconds
from engine.definition import Procedure
from engine.definition.in_force import in_force
from engine.definition.rows import CommonError
from engine.municipality import OpeningHours
from procedures.plan import Channel, Plan, Scenario
from simulation.draws import choose, counts, share, whole

Sampler = Callable[[int, Mapping[str, Any], dt.date], dict[str, Any]]

FREQUENCY = {"common": 4.0, "sometimes": 2.0, "rare": 1.0}
ONE_DAY = dt.timedelta(days=1)


@dataclass
class Application:
    """One applicant's story: what was written, what is still wrong with it, and who has noticed."""

    number: int
    procedure: str
    channel: Channel
    arrives_at: int
    document: dict[str, Any]
    clean: dict[str, Any]
    planted: CommonError | None = None
    mended: bool = False
    noticed: bool = False
    case_id: int = 0
    visits: dict[str, int] = field(default_factory=dict)
    replied: set[tuple[int, str, int]] = field(default_factory=set)

    @property
    def filer(self) -> str:
        """Who filed it, by a name that means nobody."""
        return f"{self.procedure}-{self.number}"

    @property
    def fault(self) -> CommonError | None:
        """What is still wrong, or None."""
        return None if self.mended else self.planted

    def visit(self, place: str) -> int:
        """How many times this place has now been worked, this time included."""
        self.visits[place] = self.visits.get(place, 0) + 1
        return self.visits[place]


def schedule(plan: Plan, population: int, first: dt.date, last: dt.date, seed: int, name: str) -> list[dt.date]:
    """The day of each application, in order: a year's number scaled to the city, spread by the weights of months."""
    days = [first + n * ONE_DAY for n in range((last - first).days + 1)]
    weights = [plan.arrivals.monthly_weights.get(str(day.month), 1.0) for day in days]
    yearly = plan.arrivals.per_year * population / plan.arrivals.city_population
    total = round(yearly * len(days) / 365)
    found = counts(weights, total, seed, name, "day")
    return [day for day, count in zip(days, found, strict=True) for _ in range(count)]


def arrival(
    plan: Plan, day: dt.date, number: int, scenario: Scenario, hours: OpeningHours, calendar: OpeningCalendar, seed: int
) -> tuple[Channel, int]:
    """The channel and instant of an application: counters and mail wait for the next opening day, the net does not."""
    channel = choose({c: c.of(scenario) for c in plan.channels}, seed, number, "channel")
    if channel.at == "any_time":
        second = whole(0, 86_399, seed, number, "time of day")
        return channel, to_seconds(dt.datetime.combine(day, dt.time(0), JST)) + second
    opens = to_seconds(dt.datetime.combine(calendar.next_open_day(day), hours.opens, JST))
    if channel.at == "morning_mail":
        return channel, opens + 5_400
    span = hours.closes.hour * 3600 + hours.closes.minute * 60 - hours.opens.hour * 3600 - hours.opens.minute * 60
    return channel, opens + whole(0, span - 1_800, seed, number, "time of day")


def write(
    plan: Plan, procedure: Procedure, channel: Channel, number: int, day: dt.date, sample: Sampler, seed: int
) -> tuple[dict[str, Any], dict[str, Any], CommonError | None]:
    """The document as filed, the same without its mistake, and the mistake."""
    wanted: dict[str, Any] = {row.path: _word(choose(row.shares, seed, number, row.path)) for row in plan.answers}
    low, high = plan.arrivals.event_days_before
    wanted["event_date"] = (day - whole(low, high, seed, number, "event date") * ONE_DAY).isoformat()
    wanted["consent.submission_date"] = day.isoformat()
    if channel.form_value:
        wanted["identity_check.channel"] = channel.form_value
    planted = _mistake(plan, in_force(procedure, day), channel, number, seed)
    clean = sample(number, wanted, day)
    if planted is None:
        return clean, clean, None
    paths = {path.removeprefix("form."): value for path, value in planted.plant.items() if path.startswith("form.")}
    filed = sample(number, wanted | paths, day) if paths else clean
    took = all(_at(filed, path) == value for path, value in paths.items())
    return (filed, clean, planted) if took else (clean, clean, None)


def _mistake(plan: Plan, procedure: Procedure, channel: Channel, number: int, seed: int) -> CommonError | None:
    """The common error an application carries, drawn by how frequent it is; only those that a check can show."""
    chance = next((m.share for m in plan.mistakes if m.channel == channel.id), 0.0)
    if share(seed, number, "mistake") >= chance:
        return None
    checks = {check.id for check in procedure.checks}
    rows = {row.id: row for row in procedure.common_errors if row.check in checks and row.plant}
    if not rows:
        return None
    chosen = choose({name: FREQUENCY[row.frequency] for name, row in rows.items()}, seed, number, "which mistake")
    return rows[chosen]


def _at(document: object, path: str) -> object:
    """What a document says at a dotted path; None where the form does not even ask."""
    for step in path.split("."):
        if isinstance(document, list):
            document = document[int(step)] if int(step) < len(document) else None
        else:
            document = document.get(step) if isinstance(document, dict) else None
    return document


def _word(text: str) -> object:
    """A share's name as the value it stands for."""
    return {"true": True, "false": False}.get(text, text)
