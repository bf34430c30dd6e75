"""What was typed into what is stored: one walk over a document that finds what no answer may hold and normalises it.

What a form asks at each place is prepared once. A value that stands there already as it would be stored is taken by one
look at it; everything else goes the long way, with a pointer to say where it was.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Mapping
from typing import Any, NamedTuple

from engine.errors import AnswerProblem
from forms import messages
from forms.decoding import LARGEST_WHOLE, examine, is_readable, pointer_to
from forms.definition import FieldType
from forms.eras import NotADay
from forms.form import Field, Form, Node
from forms.normalise import SINGLE_LINE, normalise
from forms.validation import is_day

_BREAK = re.compile(r"[\n\r\t]")
_KANA = re.compile("[ァ-ヺー]+(?: [ァ-ヺー]+)*")
_NOTHING = object()


class Taken(NamedTuple):
    """The document as it is stored, and what is wrong with what was typed."""

    tree: dict[str, Any]
    problems: list[AnswerProblem]


class _Notes:
    """What is known of one document, and what is found on the way through it."""

    def __init__(self, wrong: Container[str] | None) -> None:
        self.wrong = wrong
        self.problems: list[AnswerProblem] = []


_Reader = Callable[[Any, str, str, _Notes], object]


class Intake:
    """Takes in documents of one form.

    Args:
        stands: whether a record that the schema accepts is stored as it is, by its pattern (`forms.standing`).
    """

    def __init__(self, form: Form, stands: Mapping[str, Callable[[object], bool]] | None = None) -> None:
        self._form = form
        self._stands = stands or {}
        self._read = self._record(form.tree, 1)

    def take(self, document: dict[Any, Any], wrong: Container[str] | None = None) -> Taken:
        """The document with its fields normalised; fields of the form that hold nothing are left out.

        Args:
            wrong: the pointers of all that the schema does not accept, and of what it lies in, where the schema was
                asked: then records that stand as they are may be taken over, and are not copied.
        """
        notes = _Notes(wrong)
        return Taken(self._read(document, "", notes), notes.problems)

    def _inside(self, node: Node, depth: int) -> Callable[[dict[Any, Any], str, _Notes], dict[str, Any]]:
        """The reading of a record inside another one."""
        read, stands = self._record(node, depth), self._stands.get(node.pattern)
        if stands is None:
            return read
        test = stands

        def taken_over(record: dict[Any, Any], at: str, notes: _Notes) -> dict[str, Any]:
            is_sound = notes.wrong is not None and at not in notes.wrong and test(record)
            return record if is_sound else read(record, at, notes)

        return taken_over

    def _record(self, node: Node, depth: int) -> Callable[[dict[Any, Any], str, _Notes], dict[str, Any]]:
        stands = {one.name: stands_as_text(one) for one in node.fields if _is_single(one, node)}
        readers = self._readers(node, depth + 1)

        def read(record: dict[Any, Any], at: str, notes: _Notes) -> dict[str, Any]:
            found: dict[str, Any] = {}
            for name, value in record.items():
                kind = type(value)
                if (as_stored := stands.get(name)) is not None and (as_stored(value) if kind is str else kind is bool):
                    found[name] = value
                elif (reader := readers.get(name)) is None:
                    found |= self._examined({name: value}, at, depth, notes)
                elif (taken := reader(value, at, name, notes)) is not _NOTHING:
                    found[name] = taken
            return found

        return read

    def _readers(self, node: Node, depth: int) -> Mapping[Any, _Reader]:
        found = {field.name: self._field(field, depth) for field in node.fields}
        for name, inner in node.records.items():
            found[name] = self._inner(self._inside(inner, depth), depth, kept=f"{node.pattern}/{name}")
        for name, inner in node.lists.items():
            found[name] = self._list(self._inside(inner, depth + 1), depth)
        return found

    def _inner(self, read: Callable[[dict[Any, Any], str, _Notes], Any], depth: int, kept: str) -> _Reader:
        """A record in a record; one that is no field stays though it holds nothing."""
        empty = _NOTHING if kept in self._form.by_pointer else {}

        def inner(value: object, at: str, name: str, notes: _Notes) -> object:
            if isinstance(value, dict):
                return read(value, f"{at}/{name}", notes) or empty
            return self._loose(value, at, name, notes, depth)

        return inner

    def _list(self, read: Callable[[dict[Any, Any], str, _Notes], Any], depth: int) -> _Reader:
        def several(value: object, at: str, name: str, notes: _Notes) -> object:
            if not isinstance(value, list):
                return self._loose(value, at, name, notes, depth)
            place = f"{at}/{name}"
            return [
                read(one, f"{place}/{n}", notes)
                if isinstance(one, dict)
                else self._examined(one, f"{place}/{n}", depth + 1, notes)
                for n, one in enumerate(value)
            ] or _NOTHING

        return several

    def _field(self, field: Field, depth: int) -> _Reader:
        """A field that is no record and no list of records."""
        if field.items is not None:
            return self._plain_list(self._form.by_pointer[f"{field.pointer}/*"], depth)
        kind = field.type

        def read(value: object, at: str, name: str, notes: _Notes) -> object:
            found = self._long_way(value, pointer_to(at, name), kind, depth, notes)
            return _NOTHING if is_nothing(found) else found

        return read

    def _plain_list(self, item: Field, depth: int) -> _Reader:
        as_stored = stands_as_text(item)

        def several(value: object, at: str, name: str, notes: _Notes) -> object:
            if not isinstance(value, list):
                return self._loose(value, at, name, notes, depth)
            place = pointer_to(at, name)
            return [
                one
                if type(one) is str and as_stored(one)
                else self._long_way(one, f"{place}/{n}", item.type, depth + 1, notes)
                for n, one in enumerate(value)
            ] or _NOTHING

        return several

    def _long_way(self, typed: object, pointer: str, kind: FieldType, depth: int, notes: _Notes) -> object:
        value = self._examined(typed, pointer, depth, notes)
        if isinstance(value, dict | list) or is_nothing(value):
            return value
        try:
            read = normalise(kind, value)
        except NotADay as error:
            label = messages.label_at(self._form, pointer).ja
            notes.problems.append(AnswerProblem(pointer, "format", error.ja, error.easy, error.en, label))
            return value
        if kind in SINGLE_LINE and isinstance(read, str) and _BREAK.search(read):
            notes.problems.append(messages.problem(self._form, pointer, "line_break"))
        return read

    def _loose(self, value: object, at: str, name: str, notes: _Notes, depth: int) -> object:
        """Something of another kind than the form has at this place, or with an inside that it does not ask for."""
        found = self._examined(value, pointer_to(at, name), depth, notes)
        return _NOTHING if is_nothing(found) else found

    def _examined(self, value: Any, pointer: str, depth: int, notes: _Notes) -> Any:  # noqa: ANN401 - any JSON
        if type(value) is int and -LARGEST_WHOLE <= value <= LARGEST_WHOLE:
            return value
        if type(value) is dict and is_flat(value):
            return dict(value)
        found, problems = examine(value, pointer, depth)
        notes.problems += [messages.named(self._form, one) for one in problems]
        return found


def is_nothing(value: object) -> bool:
    """Whether it stands for no answer."""
    if isinstance(value, str):
        return not value.strip()
    return value is None or value in ({}, [])


def is_flat(record: dict[Any, Any]) -> bool:
    """Whether nothing is in a record, such as an attachment, but readable texts and small numbers."""
    for name, value in record.items():
        if type(name) is not str or not name.isprintable():
            return False
        if type(value) is str:
            if not is_readable(value):
                return False
        elif type(value) is not int or not -LARGEST_WHOLE <= value <= LARGEST_WHOLE:
            return False
    return True


def _says_something(text: str) -> bool:
    return (text.isprintable() or is_readable(text)) and text.strip() != ""


def _is_digits(text: str) -> bool:
    return text.isascii() and text.isdecimal()


def _is_single(field: Field, node: Node) -> bool:
    return field.items is None and field.name not in node.records and field.name not in node.lists


def stands_as_text(field: Field) -> Callable[[str], object]:
    """What says whether a text is stored for the field as it is."""
    if field.type == "choice" and field.choices:
        return frozenset(one.id for one in field.choices).__contains__
    return _STANDS.get(field.type, _says_something)


# What `normalise` would give back as it is, and `examine` would find nothing in.
_STANDS: Mapping[FieldType, Callable[[str], object]] = {
    "date": is_day,
    "month": re.compile("(?!0000)[0-9]{4}-(?:0[1-9]|1[0-2])").fullmatch,
    "kana": _KANA.fullmatch,
    "holder_kana": _KANA.fullmatch,
    "email": re.compile("[!-~]+").fullmatch,
    **dict.fromkeys(("phone", "postal_code", "bank_code", "branch_code", "account_number", "my_number"), _is_digits),
}
