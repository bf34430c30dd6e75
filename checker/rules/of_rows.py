"""P10 to P12 and P14 to P22: rows of a declaration that name what is not there, do nothing, or cannot be so."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterator
from typing import Any

from checker.rules import clock_ways, desks, figures, left_over
from checker.rules.rows import Around, Rows, named, of_rule
from engine.conditions.tree import Call, Ident, Literal, Node, Select, walk
from engine.definition import Procedure
from engine.definition.rows import Event
from engine.edition import Edition
from engine.problems import Problem, nearest
from forms.normalise import normalise
from forms.validation import Validator
from procedures.tables import Tables

_READ_AS = {"conditions": ("",), "rules": ("rules.", "")}
OF_THE_HOST = frozenset({"P16", "P43", "P44", "P53", "P56"})
"""Rules of which nothing is told about the rows of a fragment: no host reads all that a fragment brings."""
_SAID = {"conditions": "条件", "rules": "計算"}


def problems(procedure: Procedure, around: Around) -> Iterator[Problem]:
    """What is wrong with the rows of a declaration, each at a path of ids."""
    for one in RULES:
        yield from one(Rows(procedure, around))


def in_edition(edition: Edition, tables: Tables) -> Iterator[Problem]:
    """P18, P20 and P42: what is wrong with the conditions of an edition, once they are trees."""
    for path, one in edition.conditions.items():
        if (found := _constant(one.tree)) is not None and (path[0] == "conditions" or path[-1] in {"when", "passes"}):
            ja = f"この条件は、いつも{'成り立ちます' if found else '成り立ちません'}。"
            yield of_rule("P18", path, ja, f"this condition {'always' if found else 'never'} holds")
        for node in walk(one.tree):
            yield from _looked_up(path, node, tables)
    yield from clock_ways.circles(edition)


def _looked_up(path: tuple[str, ...], node: Node, tables: Tables) -> Iterator[Problem]:
    """P20: a table, or a key of a table, that is not there."""
    match node:
        case Call("table", (Literal(str(name)), _, key)):
            if name not in tables.ids():
                hint = nearest(name, tables.ids())
                yield of_rule("P20", path, f"表 {name} がありません。", f"there is no table {name}", hint)
            elif isinstance(key, Literal) and key.value not in (keys := {row.key for row in tables.table(name).rows}):
                hint = nearest(str(key.value), sorted(keys))
                ja = f"表 {name} に {key.value} の行がありません。"
                yield of_rule("P20", path, ja, f"the table {name} has no row {key.value}", hint)


def _constant(tree: Node) -> bool | None:
    """What a condition always is, as far as its own words tell; None where it depends on anything."""
    if isinstance(tree, Literal):
        return tree.value if isinstance(tree.value, bool) else None
    wanted: dict[str, set[Any]] = {}
    for part in _conjuncts(tree):
        match part:
            case Call("==", (Select() | Ident() as read, Literal(value))):
                wanted.setdefault(_path(read), set()).add(value)
    return False if any(len(values) > 1 for values in wanted.values()) else None


def _path(read: Node) -> str:
    """The path of what is read, without its places in the text; of anything else its places tell it apart."""
    match read:
        case Ident(name):
            return name
        case Select(operand, name):
            return f"{_path(operand)}.{name}"
        case _:
            return repr(read)


def _conjuncts(tree: Node) -> Iterator[Node]:
    if isinstance(tree, Call) and tree.function == "&&":
        for one in tree.args:
            yield from _conjuncts(one)
    else:
        yield tree


def _carried(rows: Rows) -> Iterator[Problem]:
    """P22: a notice that shows an answer which nobody is asked for."""
    inputs = {one.id: one for one in rows.procedure.inputs}
    proposing = {effect.id for effect in rows.procedure.effects if effect.proposes}
    drafts = [inputs[one.asks] for one in rows.procedure.events if one.id in proposing and one.asks in inputs]
    for notice in rows.procedure.notices:
        for word in notice.carries:
            root, _, name = word.partition(".")
            asked = drafts if root == "proposal" else [inputs[root]] if root in inputs else []
            fields = {field for one in asked for field in one.fields}
            if asked and not any(one.form for one in asked) and name not in fields:
                ja, en = f"通知に出す {word} は、どの入力も尋ねていません。", f"nothing asks for {word}"
                hint = nearest(name, sorted(fields))
                yield of_rule("P22", ("notices", notice.id, "carries"), ja, en, hint)


def _endless_clocks(rows: Rows) -> Iterator[Problem]:
    """P10: a clock that nothing satisfies."""
    for name, clock in rows.procedure.clocks.items():
        if not clock.satisfied_by and clock.due is None and (clock.breach is None or clock.breach.event is None):
            ja = f"「{clock.label}」を終わらせる操作がありません。satisfied_by に書きます。"
            yield of_rule("P10", ("clocks", name), ja, f"nothing satisfies the clock {name}")


def _departments(rows: Rows) -> Iterator[Problem]:
    """P11: a department that no city has. What nobody of an office does, such as a review, is of none."""
    inside = any(role.side == "office" for role in rows.procedure.roles)
    named: list[tuple[tuple[str, ...], str]] = [(("department",), rows.procedure.department)] if inside else []
    for name, route in rows.procedure.approval.items():
        named += [(("approval", name, "cosign", one.id, "department"), one.department) for one in route.cosign]
    for path, department in named:
        if rows.around.departments and department not in rows.around.departments:
            ja, en = f"課 {department} は、どの市町村にもありません。", f"no city has a department {department}"
            yield of_rule("P11", path, ja, en, nearest(department, sorted(rows.around.departments)))


def _never_made(rows: Rows) -> Iterator[Problem]:
    """P12: a registration that no event makes, neither here nor in another procedure."""
    made = made_by(rows.procedure)
    for row in rows.procedure.registrations:
        if row.id not in made and row.id not in rows.around.made():
            ja = f"登録「{row.label}」をする操作がありません。effects の registers に書きます。"
            yield of_rule("P12", ("registrations", row.id), ja, f"nothing makes the registration {row.id}")


def made_by(procedure: Procedure) -> set[str]:
    """The registrations that a procedure makes."""
    effects = [*procedure.effects, *(one for task in procedure.tasks.values() for one in task.effects)]
    made = {name for effect in effects for name in effect.registers}
    return made | {one.registers for one in procedure.outcomes if one.registers}


def _hidden_dispositions(rows: Rows) -> Iterator[Problem]:
    """P14: a refusal that somebody is told and that is no disposition, in a procedure where others are."""
    results = {state.id: state.result for state in rows.procedure.states}
    disposing = any(one.disposition for one in rows.procedure.natures)
    for outcome in rows.procedure.outcomes:
        if results.get(outcome.state) == "refused" and disposing and outcome.notice and not outcome.disposition:
            ja = f"「{outcome.label}」は拒否なのに処分ではありません。理由も教示も付かない通知になります。"
            yield of_rule("P14", ("outcomes", outcome.id, "disposition"), ja, "a refusal is a disposition")


def _planted(rows: Rows) -> Iterator[Problem]:
    """P15: a value that a common error plants in the form, and that the form refuses: the lesson could not begin."""
    form = rows.around.forms.get(rows.procedure.form or "")
    for error in rows.procedure.common_errors if form is not None else ():
        for path, value in error.plant.items():
            field = form.by_pointer.get("/" + path.removeprefix("form.").replace(".", "/")) if form else None
            if field is None or value == "" or not path.startswith("form.") or "$ref" in json.dumps(field.schema):
                continue
            judged = normalise(field.type, value) if isinstance(value, str) else value
            if failed := Validator(field.schema).failures(judged):
                ja = f"植える値 {value!r} を「{field.full_label.ja}」は断ります({failed[0].keyword})。"
                yield of_rule("P15", ("common_errors", error.id, "plant"), ja, f"the form refuses {value!r} at {path}")


def _idle(rows: Rows) -> Iterator[Problem]:
    """P16: a condition or a calculation that nothing reads; a fact may be there for the record alone."""
    for kind in ("conditions", "rules"):
        for row in getattr(rows.procedure, kind):
            if not any(named(f"{before}{row.id}", rows.text) for before in _READ_AS[kind]):
                ja = f"{_SAID[kind]} {row.id} は、どこからも読まれていません。"
                yield of_rule("P16", (kind, row.id), ja, f"nothing reads {row.id}")


def _same_words(rows: Rows) -> Iterator[Problem]:
    """P17: labels that are empty, or that two states share, or two acts that one person may choose from."""
    lists: tuple[tuple[str, Collection[Any]], ...] = (
        ("states", rows.procedure.states),
        ("outcomes", rows.procedure.outcomes),
    )
    for kind, listed in lists:
        told: dict[str, str] = {}
        for row in listed:
            first = told.setdefault(row.label, row.id)
            if first != row.id or not row.label.strip():
                ja = (
                    f"「{row.label}」という言葉が {first} にもあります。" if row.label.strip() else "言葉がありません。"
                )
                yield of_rule("P17", (kind, row.id, "label"), ja, f"{row.id}: the label is empty or used twice")
    chosen: dict[tuple[str, str, str], str] = {}
    for event in rows.procedure.events:
        for first in sorted({chosen.setdefault(key, event.id) for key in _choices(event)} - {event.id})[:1]:
            ja = f"「{event.label}」という操作が、同じ状態にもう1つあります({first})。"
            yield of_rule("P17", ("events", event.id, "label"), ja, f"{first} has the same label")
        if not event.label.strip():
            yield of_rule("P17", ("events", event.id, "label"), "言葉がありません。", "an empty label")


def _choices(event: Event) -> Iterator[tuple[str, str, str]]:
    yield from ((state, role, event.label) for state in event.from_ for role in event.by)


def _grounds(rows: Rows) -> Iterator[Problem]:
    """P19: a ground to choose from that is no law of the declaration."""
    laws = [one.id for one in rows.procedure.law]
    for row in rows.procedure.inputs:
        choices = row.fields.get("ground") if "reason" in row.fields else None
        for one in choices if isinstance(choices, tuple) else ():
            if one not in laws:
                ja, en = f"根拠 {one} が law にありません。通知に条文を書けません。", f"there is no law {one}"
                yield of_rule("P19", ("inputs", row.id, "fields"), ja, en, nearest(one, laws))


def _number(rows: Rows) -> Iterator[Problem]:
    """P21: a number that a procedure of another department has."""
    for name, number, department in rows.around.numbers:
        if number == rows.procedure.number and department != rows.procedure.department:
            ja = f"番号 {number} は、ほかの課({department})の手続 {name} の番号です。担当の課が決まりません。"
            yield of_rule("P21", ("number",), ja, f"{name} of another department has the number {number}")


RULES: tuple[Callable[[Rows], Iterator[Problem]], ...] = (
    _carried,
    _endless_clocks,
    _departments,
    _never_made,
    _hidden_dispositions,
    _planted,
    _idle,
    _same_words,
    _grounds,
    _number,
    *clock_ways.RULES,
    *desks.RULES,
    *figures.RULES,
    *left_over.RULES,
)
