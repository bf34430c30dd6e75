"""What applicants bring: when they come, by which channel, what they wrote, and what is wrong with it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from engine.calendar import OpeningCalendar
from engine.clock import JST, to_seconds
from engine.definition import Procedure
from engine.definition.in_force import in_force
from engine.definition.rows import CommonError
from engine.municipality import OpeningHours
from procedures.plan import Plan
from procedures.plan_rows import Arrivals, Channel, Scenario, Weekday
from simulation.draws import choose, counts, whole
from simulation.draws import share as draw_share

Sampler = Callable[[int, Mapping[str, Any], dt.date], dict[str, Any]]

CHANNEL = "identity_check.channel"
FREQUENCY = {"common": 4.0, "sometimes": 2.0, "rare": 1.0}
WEEKDAYS: tuple[Weekday, ...] = ("mon", "tue", "wed", "thu", "fri")
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
    awaited: set[int] = field(default_factory=set)
    who: str = ""

    @property
    def filer(self) -> str:
        """Who filed it, by a name that means nobody."""
        return self.who or f"{self.procedure}-{self.number}"

    @property
    def true_facts(self) -> dict[str, Any]:
        """What registers say because of the mistake: it is so, and no correction changes it."""
        plant = self.planted.plant if self.planted else {}
        return {name.removeprefix("facts."): value for name, value in plant.items() if name.startswith("facts.")}

    @property
    def fault(self) -> CommonError | None:
        """What is still wrong, or None."""
        return None if self.mended else self.planted

    def visit(self, place: str) -> int:
        """How many times this place has now been worked, this time included."""
        self.visits[place] = self.visits.get(place, 0) + 1
        return self.visits[place]


def schedule(
    arrivals: Arrivals | None, population: int, first: dt.date, last: dt.date, seed: int, name: str
) -> list[dt.date]:
    """The day of each application, in order: a year's number scaled to the city, spread by months and weekdays."""
    if arrivals is None:
        return []
    days = [first + n * ONE_DAY for n in range((last - first).days + 1)]
    year = sum(arrivals.monthly_weights.get(str(month), 1.0) for month in range(1, 13)) / 12
    weights = [_weight(arrivals, day) for day in days]
    share = sum(arrivals.monthly_weights.get(str(day.month), 1.0) for day in days) / year / 365
    yearly = arrivals.per_year * population / arrivals.city_population
    whole, part = divmod(yearly * share, 1)
    total = int(whole) + (draw_share(seed, name, "one more") < part)
    found = counts(weights, total, seed, name, "day") if total else [0] * len(days)
    return [day for day, count in zip(days, found, strict=True) for _ in range(count)]


def _weight(arrivals: Arrivals, day: dt.date) -> float:
    on_weekday = dict(zip(range(5), (arrivals.weekday_weights.get(name, 1.0) for name in WEEKDAYS), strict=True))
    return arrivals.monthly_weights.get(str(day.month), 1.0) * on_weekday.get(day.weekday(), 1.0)


def arrival(
    plan: Plan, day: dt.date, number: int, scenario: Scenario, hours: OpeningHours, calendar: OpeningCalendar, seed: int
) -> tuple[Channel, int]:
    """The channel and instant of an application: counters and mail wait for the next opening day, the net does not."""
    channels = {c.id: c for c in plan.channels}
    channel = channels[choose({c.id: c.of(scenario) for c in plan.channels}, seed, number, "channel")]
    if channel.goes_over:
        stays = {channel.id: 1 - sum(channel.goes_over.values())}
        channel = channels[choose({**stays, **channel.goes_over}, seed, number, "goes over")]
    return channel, instant(channel, day, number, hours, calendar, seed)


def instant(
    channel: Channel, day: dt.date, number: int, hours: OpeningHours, calendar: OpeningCalendar, seed: int
) -> int:
    """When a case that begins on a day by a channel does so."""
    if channel.at == "any_time":
        second = whole(0, 86_399, seed, number, "time of day")
        return to_seconds(dt.datetime.combine(day, dt.time(0), JST)) + second
    opens = to_seconds(dt.datetime.combine(calendar.next_open_day(day), hours.opens, JST))
    if channel.at == "morning_mail":
        return opens + 5_400
    span = hours.closes.hour * 3600 + hours.closes.minute * 60 - hours.opens.hour * 3600 - hours.opens.minute * 60
    return opens + whole(0, span - 1_800, seed, number, "time of day")


def write(  # noqa: PLR0913, PLR0917 - everything that a document depends on
    plan: Plan,
    procedure: Procedure,
    channel: Channel,
    number: int,
    day: dt.date,
    sample: Sampler,
    seed: int,
    person: Mapping[str, Any] | None = None,
) -> tuple[dict[str, Any], dict[str, Any], CommonError | None]:
    """The document as filed, the same without its mistake, and the mistake.

    Args:
        person: who files it, by path of the form, where that is already somebody.
    """
    wanted = wanted_answers(plan, channel, number, day, seed) | dict(person or {})
    planted = _mistake(plan, in_force(procedure, day), channel, number, seed)
    clean = sample(number, wanted, day)
    if planted is None:
        return clean, clean, None
    paths = {path.removeprefix("form."): value for path, value in planted.plant.items() if path.startswith("form.")}
    filed = sample(number, wanted | paths, day) if paths else clean
    took = all(_at(filed, path) == value for path, value in paths.items())
    return (filed, clean, planted) if took else (clean, clean, None)


def wanted_answers(plan: Plan, channel: Channel, number: int, day: dt.date, seed: int) -> dict[str, Any]:
    """The answers that a plan has something to say about."""
    found: dict[str, Any] = {}
    for row in plan.answers:
        if row.path in found or not (_in(day.month, row.months) and _in(channel.id, row.channels)):
            continue
        named = row.day(day)
        if named is not None:
            found[row.path] = named.isoformat()
        elif row.days_before is not None:
            found[row.path] = (day - whole(*row.days_before, seed, number, row.path) * ONE_DAY).isoformat()
        else:
            word = _word(choose(row.shares, seed, number, row.path))
            found[row.path] = [word] if row.many else word
    if channel.form_value:
        found[CHANNEL] = channel.form_value
    return found


def _in(one: object, some: Sequence[object]) -> bool:
    return not some or one in some


def _mistake(plan: Plan, procedure: Procedure, channel: Channel, number: int, seed: int) -> CommonError | None:
    """The common error an application carries, drawn by how frequent it is; only those that a check can show."""
    chance = next((m.share for m in plan.mistakes if m.channel == channel.id), 0.0)
    if draw_share(seed, number, "mistake") >= chance:
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
    return {"true": True, "false": False}.get(text, int(text) if text.isdigit() else text)
