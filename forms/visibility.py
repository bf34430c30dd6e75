"""What the conditions say of a document: answers that should not be there, and answers that are missing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from forms.conditions import Judge, fields_read
from forms.decoding import pointer_to
from forms.form import Form, pattern_of
from forms.validation import HIDDEN, Failure

Record = tuple[str, dict[str, Any], dict[str, Any], str]


def open_required_blocks(form: Form, judge: Judge, document: dict[str, Any]) -> None:
    """Put an empty block where one must be answered and nothing is, so that its own fields are asked for."""
    for _, holder, it, pattern in records(form, document):
        for field in form.by_parent.get(pattern, ()):
            wanted = field.type == "block" and field.name not in holder
            if wanted and judge.needs(field, it[field.scope]) and judge.shows(field, it[field.scope]):
                holder[field.name] = {}


def failures(form: Form, judge: Judge, found: Iterable[Record]) -> Iterator[Failure]:
    """Every field that is answered though not asked for (`hidden`), or not answered though it must be (`required`).

    Args:
        found: the records of the document.
    """
    for pointer, holder, it, pattern in found:
        for field in form.by_parent.get(pattern, ()):
            here = it[field.scope]
            if field.name in holder:
                if not judge.shows(field, here):
                    yield Failure(pointer_to(pointer, field.name), HIDDEN)
            elif judge.needs(field, here) and judge.shows(field, here):
                yield Failure(pointer_to(pointer, field.name), "required")


def without_consequences(form: Form, found: Sequence[Failure]) -> list[Failure]:
    """The failures without answers that seem not to be asked for only because the answer they hang on is wrong itself.

    Whoever mistypes the marital status must not be told to delete the spouse.
    """
    wrong = {pattern_of(one.pointer) for one in found if one.keyword != HIDDEN}
    return [one for one in found if one.keyword != HIDDEN or not wrong & _read_for(form, pattern_of(one.pointer))]


def _read_for(form: Form, pattern: str) -> set[str]:
    """The fields that the condition of a field reads."""
    field = form.by_pointer.get(pattern)
    condition = None if field is None else form.conditions.get(field.owner, ("fields", field.row, "when"))
    return set() if field is None or condition is None else set(fields_read(condition, field.scope))


def records(form: Form, document: dict[str, Any]) -> Iterator[Record]:
    """Every record of a document: its pointer, itself, the record that each scope calls `it` there, and its pattern.

    Records put into a record while it is looked at are looked at as well.
    """
    yield from _records(form, document, "", "", {"": document})


def _records(form: Form, record: dict[str, Any], pointer: str, pattern: str, above: dict[str, Any]) -> Iterator[Record]:
    yield pointer, record, above, pattern
    for name in list(record):
        value, inner, inside = record[name], f"{pattern}/{name}", pointer_to(pointer, name)
        if isinstance(value, dict):
            yield from _records(form, value, inside, inner, above | {inner: value})
        for number, item in enumerate(value if isinstance(value, list) else ()):
            if isinstance(item, dict):
                yield from _records(form, item, f"{inside}/{number}", f"{inner}/*", above | {f"{inner}/*": item})
