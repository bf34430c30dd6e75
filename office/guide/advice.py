"""Which procedures follow from a situation in a city: each once, with its days, its papers, and who has it there."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from engine.definition import Procedure
from engine.definition.in_force import in_force
from engine.definition.rows import Attachment
from engine.errors import DefinitionError, UnknownThing
from office.attachments import labels
from office.guide.situation import Situation
from office.office import Definitions
from procedures.description import require_version
from procedures.life_events import LifeEvent, applies

EVERYBODY = ""


@dataclass(frozen=True)
class Paper:
    """A paper to bring: for whom, in the words of its condition; `spared` is what the city looks up instead."""

    id: str
    label: str
    for_whom: str
    optional: bool
    spared: tuple[str, ...]


@dataclass(frozen=True)
class Advised:
    """One procedure that follows, as its declaration stands on the day, and why it follows.

    `opens_on` and `due_on` are the first and last day on which it may be filed; None where no day is counted.
    """

    procedure: Procedure
    event: LifeEvent
    lead: str
    department: str
    online: str
    opens_on: dt.date | None
    due_on: dt.date | None
    papers: tuple[Paper, ...]


def advice(declared: Definitions, situation: Situation, on: dt.date) -> list[Advised]:
    """What follows, by its last day, then as the events name it; of a procedure named twice, the earlier day.

    Raises:
        DefinitionError: a declaration has errors.
    """
    found: dict[str, Advised] = {}
    for one in _all(declared, situation, on):
        before = found.setdefault(one.procedure.id, one)
        if _urgency(one) < _urgency(before):
            found[one.procedure.id] = one
    return sorted(found.values(), key=_urgency)


def _urgency(one: Advised) -> tuple[bool, dt.date]:
    return one.due_on is None, one.due_on or dt.date.max


def _all(declared: Definitions, situation: Situation, on: dt.date) -> Iterator[Advised]:
    city = declared.municipality
    periods = {row.number: row.period for row in city.schedule}
    for event in situation.events:
        answers = situation.answers[event.id]
        for name, lead in event.procedures.items():
            whole = declared.catalogue.procedure(lead.to) if applies(lead, answers) else None
            if whole is None or not _has_version(whole, on):
                continue
            counted_from = answers.get(lead.counts_from or "")
            opens_on, due_on = (
                lead.span(counted_from, declared.calendar) if isinstance(counted_from, dt.date) else (None, None)
            )
            department = city.department_of(whole.number)
            now = in_force(whole, on)
            yield Advised(
                procedure=now,
                event=event,
                lead=name,
                department=department.label if department else "",
                online=periods.get(whole.number, ""),
                opens_on=opens_on,
                due_on=due_on,
                papers=tuple(_paper(now, row) for row in now.attachments),
            )


def events_of(declared: Definitions) -> tuple[LifeEvent, ...]:
    """The life events, in their order.

    Raises:
        DefinitionError: one of their files has errors.
    """
    events, problems = declared.library.life_events()
    if problems:
        raise DefinitionError(problems)
    return events


def _has_version(whole: Procedure, on: dt.date) -> bool:
    """Whether the law has the procedure on that day."""
    try:
        require_version(whole, on)
    except UnknownThing:
        return False
    return True


def _paper(now: Procedure, row: Attachment) -> Paper:
    named = next((one.says for one in now.conditions if one.id == row.when), "当てはまる人だけ")
    return Paper(row.id, row.label, named if row.when else EVERYBODY, row.optional, labels(row))
