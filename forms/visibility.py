"""What the conditions say of a document: answers that should not be there, and answers that are missing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from forms.conditions import Judge
from forms.decoding import pointer_to
from forms.form import Field, Form, Node, pattern_of
from forms.validation import HIDDEN, Failure


class Record(NamedTuple):
    """A record of a document: where it is, itself, the record that its file calls `it`, and its place in the form."""

    pointer: str
    holder: dict[str, Any]
    it: dict[str, Any]
    node: Node


def failures(judge: Judge, found: Iterable[Record]) -> Iterator[Failure]:
    """Every field that is answered though not asked for (`hidden`), or not answered though it must be (`required`).

    Args:
        found: the records of the document.
    """
    for record in found:
        yield from _failures(judge, record, record.node.fields)


def unsaid(judge: Judge, found: Iterable[Record]) -> Iterator[Failure]:
    """The same, as far as the form's schema cannot say it."""
    for record in found:
        if record.node.unsaid:
            yield from _failures(judge, record, record.node.unsaid)


def _failures(judge: Judge, record: Record, fields: Iterable[Field]) -> Iterator[Failure]:
    pointer, holder, it, _ = record
    for field in fields:
        if field.name in holder:
            if not judge.shows(field, it):
                yield Failure(pointer_to(pointer, field.name), HIDDEN)
        elif judge.needs(field, it) and judge.shows(field, it):
            yield Failure(pointer_to(pointer, field.name), "required")


def missing_blocks(form: Form, found: Iterable[Failure]) -> list[str]:
    """The pointers of blocks that must be answered and are not."""
    missing = (one.pointer for one in found if one.keyword == "required")
    return [one for one in missing if (field := form.by_pointer.get(pattern_of(one))) and field.type == "block"]


def without_consequences(form: Form, found: Sequence[Failure]) -> list[Failure]:
    """The failures without answers that seem not to be asked for only because the answer they hang on is wrong itself.

    Whoever mistypes the marital status must not be told to delete the spouse.
    """
    if not any(one.keyword == HIDDEN for one in found):
        return list(found)
    wrong = {pattern_of(one.pointer) for one in found if one.keyword != HIDDEN}
    return [one for one in found if one.keyword != HIDDEN or not wrong & _read_for(form, pattern_of(one.pointer))]


def _read_for(form: Form, pattern: str) -> frozenset[str]:
    """The fields that the condition of a field reads."""
    field = form.by_pointer.get(pattern)
    return frozenset() if field is None else form.conditions.read_at(field.shown, field.scope)


def records(form: Form, document: dict[str, Any]) -> list[Record]:
    """Every record of a document that the form knows, from the outermost inwards."""
    return _all(document, form.tree)


def judged(form: Form, document: dict[str, Any]) -> list[Record]:
    """The outermost record, and of the others those in which something is asked that the schema does not say."""
    return _all(document, form.judged)


def _all(document: dict[str, Any], tree: Node) -> list[Record]:
    found: list[Record] = []
    _collect(found, Record("", document, document, tree))
    return found


def _collect(found: list[Record], record: Record) -> None:
    found.append(record)
    pointer, holder, it, node = record
    if not (node.records or node.lists):
        return
    for name, inner in node.records.items():
        if isinstance(value := holder.get(name), dict):
            _collect(found, Record(f"{pointer}/{name}", value, value if inner.is_file else it, inner))
    for name, inner in node.lists.items():
        if isinstance(several := holder.get(name), list):
            for number, value in enumerate(several):
                if isinstance(value, dict):
                    at = f"{pointer}/{name}/{number}"
                    _collect(found, Record(at, value, value if inner.is_file else it, inner))
