"""E6, E9, E11 and E15: what is asked when, told by running the conditions on every combination of what they read."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from itertools import product
from typing import Any

from checker.finding import Finding
from checker.form_files import FormFiles
from engine.conditions import Condition
from engine.shapes import Many, Record, Scalar, Shape
from forms.conditions import fields_read
from forms.form import Field, Form

MOST = 4096
"""How many combinations of answers are tried; where there would be more, nothing is said."""
DAY = dt.date(2025, 4, 1)
Answers = dict[str, Any]


def later(files: FormFiles) -> Iterator[Finding]:
    """E6: a condition that reads an answer of a later step: a page would change after it was left."""
    steps = {one.pointer: one.step for one in files.form.fields}
    for field, key, condition in conditions(files.form):
        for pointer in fields_read(condition, field.scope):
            if steps.get(pointer, 0) > field.step:
                asked = files.form.by_pointer[pointer].label.ja
                ja = f"「{field.label.ja}」を出すかどうかが、あとのステップの「{asked}」で決まります。"
                yield files.at_field("E6", field, ja, f"{field.path} hangs on the later step of {pointer}", key=key)


def constant(files: FormFiles) -> Iterator[Finding]:
    """E9: a condition that holds for every answer, or for none; not of a block that this form alone narrows."""
    for field, key, condition in conditions(files.form):
        if field.owner not in files.pairs:
            continue
        found = {holds for _, holds in _tried(files.form, field, key, condition)}
        if len(found) == 1 and None not in found:
            always = found == {True}
            ja = f"この条件は、どう答えても{'成り立ちます' if always else '成り立ちません'}。"
            en = f"this condition {'always' if always else 'never'} holds"
            yield files.at_field("E9", field, ja, en, key=key)


def empty_step(files: FormFiles) -> Iterator[Finding]:
    """E11: a step on which some answers leave nothing to fill in."""
    form = files.form
    for number, step in enumerate(form.steps):
        fields = [one for one in form.fields if one.step == number and one.parent == ""]
        if not fields or any(one.when is None for one in fields):
            continue
        reads = sorted({one for field in fields for one in _reads(form, field, "when")})
        for answers in combinations(form, reads):
            judge = form.conditions.on(answers, DAY)
            if not any(judge.shows(one, answers) for one in fields):
                ja = f"ステップ「{step.ja}」に何も出ないことがあります。"
                said = _said(form, answers)
                yield files.at_page("E11", form.id, ("steps", step.id), ja, "a step may be empty", witness=said)
                break


def never_seen(files: FormFiles) -> Iterator[Finding]:
    """E15: a choice that a condition looks for although the form does not offer it there."""
    for field in files.form.fields:
        values = field.schema.get("enum")
        if isinstance(values, list) and len(values) == 1 and field.type == "choice" and field.required:
            ja = f"「{field.label.ja}」は選択肢が1つだけです。聞かずに決めておけます。"
            yield files.at_field("E15", field, ja, "only one choice: there is nothing to ask")


def conditions(form: Form) -> Iterator[tuple[Field, str, Condition]]:
    """Every condition on a field: the field, `when` or `required_when`, and the condition; each row of a file once."""
    told: set[tuple[str, str, str]] = set()
    for field in form.fields:
        for key in ("when", "required_when"):
            condition = form.conditions.get((field.owner, ("fields", field.row, key)))
            if condition is not None and (field.owner, field.row, key) not in told:
                told.add((field.owner, field.row, key))
                yield field, key, condition


def combinations(form: Form, pointers: Sequence[str]) -> Iterator[Answers]:
    """Documents with every combination of values of some fields, absent included; none where they cannot be listed."""
    domains: list[tuple[str, list[object]]] = []
    count = 1
    for pointer in pointers:
        values = _domain(form, pointer)
        if not values:
            return
        domains.append((pointer, values))
        count *= len(values)
    if count > MOST:
        return
    for values_ in product(*(values for _, values in domains)):
        answers: Answers = {}
        for (pointer, _), value in zip(domains, values_, strict=True):
            if value is not None:
                _put(answers, pointer.split("/")[1:], value)
        yield answers


def _domain(form: Form, pointer: str) -> list[object]:
    """The values that a field can have, with None where it may stay unanswered; empty where they cannot be listed."""
    shape: Shape | None = form.shape
    for step in pointer.split("/")[1:]:
        if not isinstance(shape, Record) or step not in shape.fields:
            return []
        shape = shape.fields[step]
    if not isinstance(shape, Scalar) or isinstance(shape, Many):
        return []
    unanswered: list[object] = [] if _always_answered(form, pointer) else [None]
    if shape.choices:
        return [*unanswered, *shape.choices]
    return [*unanswered, True, False] if shape.kind == "yes_no" else []


def _always_answered(form: Form, pointer: str) -> bool:
    """Whether every document answers a field: it and all that holds it is required, and always shown."""
    steps = pointer.split("/")[1:]
    above = ("/" + "/".join(steps[:end]) for end in range(1, len(steps) + 1))
    fields = [form.by_pointer.get(one) for one in above]
    return all(one is not None and one.required and one.when is None for one in fields)


def _put(answers: Answers, steps: list[str], value: object) -> None:
    for step in steps[:-1]:
        answers = answers.setdefault(step, {})
    answers[steps[-1]] = value


def _reads(form: Form, field: Field, key: str) -> list[str]:
    condition = form.conditions.get((field.owner, ("fields", field.row, key)))
    return [] if condition is None else fields_read(condition, field.scope)


def _tried(form: Form, field: Field, key: str, condition: Condition) -> Iterator[tuple[Answers, bool | None]]:
    """What a condition says of each combination of the answers it reads; nothing where they cannot be listed."""
    pointers = fields_read(condition, field.scope)
    if not pointers or "today" in condition.roots:
        return
    for answers in combinations(form, pointers):
        it = _record(answers, field.scope)
        yield answers, form.conditions.on(answers, DAY).holds((field.owner, ("fields", field.row, key)), it)


def _record(answers: Mapping[str, Any], scope: str) -> Mapping[str, Any]:
    found: Any = answers
    for step in scope.split("/")[1:]:
        found = found.get(step, {})
    return found if isinstance(found, Mapping) else {}


def _said(form: Form, answers: Answers) -> str:
    """Answers as a person reads them."""
    said = [f"{form.by_pointer[pointer].label.ja}={value}" for pointer, value in _leaves(answers, "")]
    return "、".join(said) or "何も答えないとき"


def _leaves(value: object, pointer: str) -> Iterator[tuple[str, object]]:
    if isinstance(value, dict):
        for name, inner in value.items():
            yield from _leaves(inner, f"{pointer}/{name}")
    else:
        yield pointer, value


RULES = (later, constant, empty_step, never_seen)
