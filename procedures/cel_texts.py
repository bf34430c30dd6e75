"""Every place of a declaration where CEL stands, with what it is expected to give and what it may read."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from engine.definition import Clock, Procedure, ValueType
from engine.definition.rows import Event, Row
from procedures.references import dated

_Path = tuple[str, ...]


@dataclass(frozen=True)
class CelContext:
    """What surrounds a text.

    `gives` is the type of value; `asks` the input whose answers `asked` reads (None: `asked` may not be read); `task`
    the kind of task that `task` is; the text is in force from `since` until the day before `until`; `takes` are the
    parameters of a rule.
    """

    gives: ValueType
    asks: str | None = None
    task: str | None = None
    since: dt.date | None = None
    until: dt.date | None = None
    takes: Mapping[str, ValueType] = field(default_factory=dict)


class CelText(NamedTuple):
    """A text at a path of ids that `Places` knows."""

    path: _Path
    text: str
    context: CelContext


def cel_texts(procedure: Procedure) -> list[CelText]:
    """Every CEL text of all dates, in declared order; nothing is parsed here."""
    found = [*_scalars(procedure), *_named(procedure), *_events(procedure), *_of_rows(procedure)]
    for name, clock in procedure.clocks.items():
        found += _of_clock(("clocks", name), clock)
    for name, route in procedure.approval.items():
        for part, rows in (("levels", route.levels), ("cosign", route.cosign)):
            found += [_text(("approval", name, part), row, "when", row.when) for row in rows if row.when is not None]
        if route.not_by_deputy is not None:
            found.append(CelText(("approval", name, "not_by_deputy"), route.not_by_deputy, CelContext("yes_no")))
    return [one._replace(path=dated(procedure, one.path, one.context.since or dt.date.min)) for one in found]


def _text(path: _Path, row: Row, key: str, text: str, gives: ValueType = "yes_no") -> CelText:
    return CelText((*path, row.id, key), text, CelContext(gives, since=row.since, until=row.until))


def _scalars(procedure: Procedure) -> Iterator[CelText]:
    for key in ("effective_date", "version_by"):
        text = getattr(procedure, key)
        yield CelText((key,), text, CelContext(day_or_month(procedure, text)))
    if procedure.priority is not None:
        yield CelText(("priority",), procedure.priority, CelContext("yes_no"))


def _named(procedure: Procedure) -> Iterator[CelText]:
    for row in procedure.conditions:
        yield _text(("conditions",), row, "cel", row.cel, row.type)
    for rule in procedure.rules:
        context = CelContext(rule.type, since=rule.since, until=rule.until, takes=rule.takes)
        yield CelText(("rules", rule.id, "cel"), rule.cel, context)


def _events(procedure: Procedure) -> Iterator[CelText]:
    machines: list[tuple[_Path, str | None, tuple[Event, ...]]] = [((), None, procedure.events)]
    machines += [(("tasks", kind), kind, task.events) for kind, task in procedure.tasks.items()]
    for path, kind, events in machines:
        for event in events:
            if event.when is not None:
                context = CelContext("yes_no", event.asks, kind, event.since, event.until)
                yield CelText((*path, "events", event.id, "when"), event.when, context)


_YES_NO_KEYS = (
    *(("natures", "when"), ("attachments", "when"), ("outcomes", "when"), ("links", "when")),
    *(("checks", "passes"), ("outcomes", "reasons")),
)


def _of_rows(procedure: Procedure) -> Iterator[CelText]:
    """The texts of rows that are neither events nor named."""
    for name, key in _YES_NO_KEYS:
        for row in getattr(procedure, name):
            text = getattr(row, key)
            if text is not None and (key, text) != ("reasons", "always"):
                yield _text((name,), row, key, text)
    for timer in procedure.timers:
        if timer.date is not None:
            yield _text(("timers",), timer, "date", timer.date, "date")
    for row in procedure.registrations:
        if row.from_ is not None:
            yield _text(("registrations",), row, "from", row.from_, day_or_month(procedure, row.from_))
        if row.to is not None:
            yield _text(("registrations",), row, "to", row.to, "date")


def _of_clock(path: _Path, clock: Clock) -> Iterator[CelText]:
    yield CelText((*path, "counts_from"), clock.counts_from, CelContext("date"))
    if clock.limit.date is not None:
        yield CelText((*path, "limit", "date"), clock.limit.date, CelContext("date"))
    if clock.extended_by is not None:
        text = clock.extended_by.new_limit
        yield CelText((*path, "extended_by", "new_limit"), text, CelContext("date"))
    if clock.due is not None and clock.due.when is not None:
        yield CelText((*path, "due", "when"), clock.due.when, CelContext("yes_no"))


def day_or_month(procedure: Procedure, text: str) -> ValueType:
    """Whether a text that names a date gives a day or a month: a rule or condition says so, a path is a day."""
    rows = procedure.rules if text.startswith("rules.") else procedure.conditions
    return next((row.type for row in rows if row.id == text.removeprefix("rules.")), "date")
