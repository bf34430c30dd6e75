"""The answers of a case as a person reads them, each with its label; a My Number whole only where it is asked for."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from engine.shapes import Many, Record, Scalar, Sensitivity, Shape
from forms.form import Form, pattern_of
from forms.loader import Forms
from office import destroyed_shown

if TYPE_CHECKING:
    from engine.work import Work

HIDDEN = "************"


def answers(work: Work, *, numbers: bool = False) -> dict[str, dict[str, Any]]:
    """The latest answers to the form and to every small form; My Numbers hidden, unless `numbers`."""
    given = work.whole.case.memo.get("given", {})
    small: Record = work.edition.shape["given"]
    shapes = {name: work.edition.shape["form"] if name == "form" else small.fields.get(name) for name in given}
    found = {name: work.answers(name) for name in shapes}
    return found if numbers else {name: _hidden(shapes[name], document) for name, document in found.items()}


def values(work: Work, *, numbers: bool = False) -> dict[str, Sensitivity]:
    """The kept values that these answers show, by the names under which they are kept, and how sensitive each is."""
    memo = work.whole.case.memo
    there = {value.field for value in work.tx.values(work.whole.case.id) if value.destroyed_at is None}
    found: dict[str, Sensitivity] = {}
    for name, number in memo.get("given", {}).items():
        for kind in memo["digests"][f"{name}.{number}"]:
            kept = f"{name}.{number}" if kind == "general" else f"{name}.{number}.{kind}"
            if kept in there and (numbers or kind != "my_number"):
                found[kept] = kind
    return found


def answer_lines(work: Work, forms: Forms, *, numbers: bool = False) -> list[str]:
    """The same, a line each."""
    lines = []
    for name, document in answers(work, numbers=numbers).items():
        form = _form(work, forms, name)
        row = work.edition.inputs.get(name)
        lines.append(f"{form.title.ja if form else row.label if row else name}({name})")
        for pointer, value in sorted(_leaves(document, ""), key=lambda leaf: _place(form, leaf[0])):
            label = _label(form, pointer) or (row.labels.get(pointer[1:]) if row else None)
            said = row.words_of(pointer[1:], value) if row and not form and isinstance(value, str) else None
            lines.append(f"  {label or pointer[1:]}: {said or _said(form, pointer, value)}")
        latest = f"{name}.{work.whole.case.memo['given'][name]}"
        gone = [field for field in destroyed_shown.facts(work) if f"{field}.".startswith(f"{latest}.")]
        lines += [f"  {destroyed_shown.words(work, field)} {destroyed_shown.said(work, field)}" for field in gone]
    return lines


def _place(form: Form | None, pointer: str) -> tuple[int, ...]:
    """Where the form asks for it; what belongs to one entry of a list stays together."""
    asked = {one.pointer: place for place, one in enumerate(form.fields)} if form else {}
    steps = pattern_of(pointer).split("/")
    outer = ["/".join(steps[:length]) for length in range(len(steps), 1, -1)]
    own = next((asked[one] for one in outer if one in asked), len(asked))
    of_list = "/".join(steps[: steps.index("*")]) if "*" in steps else ""
    first = min((place for one, place in asked.items() if of_list and one.startswith(of_list)), default=own)
    return (first, *(int(step) for step in pointer.split("/") if step.isdecimal()), own)


def _form(work: Work, forms: Forms, name: str) -> Form | None:
    """The form behind the answers; None for a small form with fields of its own."""
    row = work.edition.inputs.get(name)
    form_id = work.edition.procedure.form if name == "form" else row.form if row else None
    return forms.load(form_id)[0] if form_id else None


def _label(form: Form | None, pointer: str) -> str | None:
    field = form.by_pointer.get(pattern_of(pointer)) if form else None
    places = [str(int(step) + 1) for step in pointer.split("/") if step.isdecimal()]
    return f"{field.full_label.ja}{''.join(f'({place})' for place in places)}" if field else None


def _said(form: Form | None, pointer: str, value: object) -> str:
    field = form.by_pointer.get(pattern_of(pointer)) if form else None
    choices = {one.id: one.words.ja for one in field.choices} if field else {}
    if isinstance(value, bool):
        return "はい" if value else "いいえ"
    return choices.get(str(value), str(value))


def _leaves(value: object, pointer: str) -> Iterator[tuple[str, object]]:
    """Every single answer with its pointer, in the order in which it was written."""
    if isinstance(value, dict):
        for name, one in value.items():
            yield from _leaves(one, f"{pointer}/{name}")
    elif isinstance(value, list):
        for index, one in enumerate(value):
            yield from _leaves(one, f"{pointer}/{index}")
    else:
        yield pointer, value


def _hidden(shape: Shape | None, value: Any) -> Any:  # noqa: ANN401 - a JSON value
    match shape:
        case Record(fields) if isinstance(value, dict):
            return {name: _hidden(fields.get(name), one) for name, one in value.items()}
        case Many(item) if isinstance(value, list):
            return [_hidden(item, one) for one in value]
        case Scalar(sensitivity="my_number") if value is not None:
            return HIDDEN
        case _:
            return value
