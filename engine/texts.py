"""Every place of a declaration where a condition stands, with what it may read and what it must give."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from engine.conditions import Source
from engine.definition import Procedure
from engine.definition.rows import Event
from engine.shapes import Record
from engine.vocabulary import asked_shape, task_shape, type_of


@dataclass(frozen=True)
class Placed:
    """A text and its place; `named` texts can be read by others, `asks` is the input of the event it belongs to."""

    source: Source
    named: bool = False
    asks: str | None = None


def texts_of(procedure: Procedure, forms: Mapping[str, Record]) -> list[Placed]:
    """Every CEL text of a declaration as it stands on one day, in declared order."""
    asked = asked_shape(procedure, forms)
    found = [*_named(procedure, asked), *_of_case(procedure, asked), *_of_rows(procedure)]
    for kind in procedure.tasks:
        found += _of_task(procedure, kind, asked)
    return found


def _named(procedure: Procedure, asked: Record) -> Iterator[Placed]:
    for row in procedure.conditions:
        yield Placed(Source(row.id, row.cel, row.type, ("conditions", row.id), asked=asked), named=True)
    for rule in procedure.rules:
        source = Source(rule.id, rule.cel, rule.type, ("rules", rule.id), asked=asked, takes=rule.takes)
        yield Placed(source, named=True)


def _of_case(procedure: Procedure, asked: Record) -> Iterator[Placed]:
    for key in ("version_by", "effective_date"):
        text = getattr(procedure, key)
        yield Placed(Source(key, text, type_of(procedure, text), (key,)))
    if procedure.priority:
        yield Placed(Source("priority", procedure.priority, "yes_no", ("priority",)))
    for event in procedure.events:
        yield from _of_event(event, ("events", event.id), asked, None)


def _of_event(event: Event, path: tuple[str, ...], asked: Record, task: Record | None) -> Iterator[Placed]:
    if event.when is not None:
        place = (*path, "when")
        yield Placed(Source(event.id, event.when, "yes_no", place, asked=asked, task=task), asks=event.asks)


def _of_task(procedure: Procedure, kind: str, asked: Record) -> Iterator[Placed]:
    shape = task_shape(procedure, kind)
    for event in procedure.tasks[kind].events:
        yield from _of_event(event, ("tasks", kind, "events", event.id), asked, shape)


def _of_rows(procedure: Procedure) -> Iterator[Placed]:
    """The texts of rows that are neither events nor named."""
    for name, key in _QUESTIONS:
        for row in getattr(procedure, name):
            text = getattr(row, key)
            if text not in {None, "always"}:
                unknown = name == "checks"  # a check of which nobody can know yet has neither passed nor failed
                yield Placed(Source(row.id, text, "yes_no", (name, row.id, key), may_be_null=unknown))
    for name, route in procedure.approval.items():
        for part in ("levels", "cosign"):
            for row in getattr(route, part):
                if row.when is not None:
                    yield Placed(Source(row.id, row.when, "yes_no", ("approval", name, part, row.id, "when")))
        if route.not_by_deputy is not None:
            yield Placed(Source(name, route.not_by_deputy, "yes_no", ("approval", name, "not_by_deputy")))
    yield from _of_dates(procedure)


def _of_dates(procedure: Procedure) -> Iterator[Placed]:
    """The texts that give a day, or the month from which something holds, and those of clocks."""
    for timer in procedure.timers:
        if timer.date is not None:
            yield Placed(Source(timer.id, timer.date, "date", ("timers", timer.id, "date")))
    for row in procedure.registrations:
        if row.from_ is not None:
            kind = type_of(procedure, row.from_)
            yield Placed(Source(row.id, row.from_, kind, ("registrations", row.id, "from")))
        if row.to is not None:
            yield Placed(Source(row.id, row.to, "date", ("registrations", row.id, "to")))
    for name, clock in procedure.clocks.items():
        yield Placed(Source(name, clock.counts_from, "date", ("clocks", name, "counts_from")))
        if clock.limit.date is not None:
            yield Placed(Source(name, clock.limit.date, "date", ("clocks", name, "limit", "date")))
        if clock.extended_by is not None:
            place = ("clocks", name, "extended_by", "new_limit")
            yield Placed(Source(name, clock.extended_by.new_limit, "date", place))
        if clock.due is not None and clock.due.when is not None:
            yield Placed(Source(name, clock.due.when, "yes_no", ("clocks", name, "due", "when")))


# Lists whose rows may ask something, and the key that asks it; "always" is no question.
_QUESTIONS = (
    *(("natures", "when"), ("attachments", "when"), ("outcomes", "when"), ("links", "when")),
    *(("checks", "passes"), ("outcomes", "reasons")),
)
