"""What the conditions of a procedure may read: the shape of every root, with the words each may be compared with."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from engine.definition import Procedure
from engine.definition.between import Registration
from engine.definition.rows import FieldType, Input, Row, ValueType
from engine.municipality import Municipality
from engine.shapes import Kind, Many, Record, Scalar, Shape

_KINDS: dict[str, Kind] = {
    "text": "text",
    "file": "text",
    "date": "date",
    "month": "month",
    "yes_no": "yes_no",
    "whole": "whole",
    "number": "number",
    "yen": "yen",
}


def roots_of(
    whole: Procedure, now: Procedure, forms: Mapping[str, Record], municipality: Municipality
) -> dict[str, Shape]:
    """The shape of every root.

    Args:
        whole: the declaration with the rows of every date: a check or fact not in force now is null, not unknown.
        now: the rows in force.

    `register` holds what stands under the declared registrations of the case's own person. What another register has
    told reaches conditions as facts.
    """
    states = tuple(s.id for s in now.states)
    checks = {c.id for c in whole.checks} | {c.stage for c in whole.checks}
    return {
        "form": forms.get(now.form, Record()),
        "case": _case(now, states),
        "given": Record({row.id: input_shape(row, forms) for row in now.inputs}),
        "tasks": Record({kind: _tasks(now, kind) for kind in now.tasks}),
        "clocks": Record(dict.fromkeys(now.clocks, _CLOCK)),
        "checks": Record(dict.fromkeys(sorted(checks), Record({"passed": _YES_NO, "failed": _YES_NO}))),
        "facts": Record({row.id: Scalar(_KINDS[row.type]) for row in whole.facts}),
        "params": Record({name: _plain(value) for name, value in whole.params.items()}),
        "municipality": Record({"id": Scalar("text")} | {k: _plain(v) for k, v in municipality.params.items()}),
        "proposal": Record({"outcome": Scalar("text", _ids(now.outcomes)), "drafted_in": Scalar("text", states)}),
        "register": Record({row.id: _registered(now, row) for row in whole.registrations}),
    }


def certain_paths(procedure: Procedure) -> tuple[str, ...]:
    """The paths that the engine itself always fills, so that conditions need not guard against null there."""
    of_case = tuple(f"case.{name}" for name in ("state", "today", "opened_on", "days_in_state", "opened_by"))
    of_task = ("state", "number", "opened_on", "days_in_state", "turn", "absent", "asked_again")
    many = tuple(f"tasks.{kind}[].{name}" for kind, task in procedure.tasks.items() if task.many for name in of_task)
    return (*of_case, *many, *(f"task.{name}" for name in of_task), "params", "municipality.id")


def asked_shape(procedure: Procedure, forms: Mapping[str, Record]) -> Record:
    """Every field that any input asks for, together: which event asks for which is checked apart."""
    fields: dict[str, Shape] = {}
    for row in procedure.inputs:
        for name, shape in input_shape(row, forms).fields.items():
            fields.setdefault(name, shape)
    return Record(fields)


def input_shape(row: Input, forms: Mapping[str, Record]) -> Record:
    """The shape of one small form."""
    if row.form is not None:
        return forms.get(row.form, Record())
    return Record({name: _field(kind) for name, kind in row.fields.items()})


def task_shape(procedure: Procedure, kind: str) -> Record:
    """The shape of one task as conditions see it; `turn` is true when every step before it is done."""
    return Record(
        {
            "state": Scalar("text", tuple(s.id for s in procedure.tasks[kind].states)),
            "role": Scalar("text"),
            "post": Scalar("text"),
            "step": Scalar("whole"),
            "number": Scalar("whole"),
            "opened_on": Scalar("date"),
            "days_in_state": Scalar("whole"),
            "turn": Scalar("yes_no"),
            "absent": Scalar("yes_no"),
            "asked_again": Scalar("yes_no"),
            "meeting_on": Scalar("date"),
        }
    )


def type_of(procedure: Procedure, text: str) -> ValueType:
    """Whether a text that names a date gives a day or a month: a rule or condition says so, a path is a day."""
    name = text.removeprefix("rules.")
    rows = procedure.rules if text.startswith("rules.") else procedure.conditions
    return next((row.type for row in rows if row.id == name), "date")


_YES_NO = Scalar("yes_no")
_CLOCK = Record(
    {
        "state": Scalar("text", ("running", "due", "overdue", "paused", "satisfied", "stopped")),
        "due_on": Scalar("date"),
        "started_on": Scalar("date"),
        "paused": _YES_NO,
        "satisfied": _YES_NO,
        "breached": _YES_NO,
        "extended": Scalar("whole"),
    }
)


def _case(procedure: Procedure, states: tuple[str, ...]) -> Record:
    return Record(
        {
            "state": Scalar("text", states),
            "nature": Scalar("text", _ids(procedure.natures)),
            "outcome": Scalar("text", _ids(procedure.outcomes)),
            "today": Scalar("date"),
            "opened_on": Scalar("date"),
            "arrived_on": Scalar("date"),
            "decided_on": Scalar("date"),
            "days_in_state": Scalar("whole"),
            "opened_by": Scalar("text", (*_ids(procedure.roles), "system")),
            "turn": Scalar("whole"),
            "meeting_on": Scalar("date"),
            "disputed_on": Scalar("date"),
        }
    )


def _registered(procedure: Procedure, row: Registration) -> Record:
    since = "date" if row.from_ is None else type_of(procedure, row.from_)
    dates = {"since": Scalar(_KINDS[since]), "until": Scalar("date")}
    return Record({"live": _YES_NO, "suspended": _YES_NO, "ours": _YES_NO, **dates})


def _tasks(procedure: Procedure, kind: str) -> Shape:
    shape = task_shape(procedure, kind)
    return Many(shape) if procedure.tasks[kind].many else shape


def _field(kind: FieldType | tuple[str, ...]) -> Shape:
    return Scalar("text", kind) if isinstance(kind, tuple) else Scalar(_KINDS[kind])


def _plain(value: object) -> Shape:
    """The shape of a parameter, from the value it has by default."""
    if isinstance(value, list | tuple):
        return Many(_plain(value[0] if value else ""))
    if isinstance(value, bool):
        return Scalar("yes_no")
    if isinstance(value, int):
        return Scalar("whole")
    return Scalar("number") if isinstance(value, float) else Scalar("text")


def _ids(rows: Iterable[Row]) -> tuple[str, ...]:
    return tuple(row.id for row in rows)
