"""Whether a document stands already as it would be stored, which most do that come from a screen.

The schema has judged it before, so a field of which the schema says enough (a choice, a day, a number of digits) needs
no look of its own, and of a record nothing is there that the form does not know. What is in doubt does not stand: then
`forms.intake` reads the whole document the long way.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from forms.decoding import LARGEST_WHOLE
from forms.definition import FieldType
from forms.form import Field, Form, Node, Schema
from forms.intake import is_flat, stands_as_text

_Test = Callable[[Any], object]
_DIGITS_ALONE = re.compile(r"\^\[0-9\]\{[1-9][0-9]*(,[1-9][0-9]*)?\}\$")
_OF_DIGITS: frozenset[FieldType] = frozenset(
    {"phone", "postal_code", "bank_code", "branch_code", "account_number", "my_number"}
)


Standing = dict[str, Callable[[object], bool]]


def standing(form: Form) -> Standing:
    """What says whether a record that the schema accepts is stored as it is, and holds nothing odd; by its pattern.

    The document itself is the record with the empty pattern.
    """
    found: Standing = {}
    _record(form, form.tree, form.schema, found)
    return found


def _record(form: Form, node: Node, schema: Schema, found: Standing) -> Callable[[object], bool]:
    test = found[node.pattern] = _of_members(form, node, schema, found)
    return test


def _of_members(form: Form, node: Node, schema: Schema, found: Standing) -> Callable[[object], bool]:
    known: dict[str, Schema] = schema.get("properties", {})
    fields = {one.name: one for one in node.fields}
    if schema.get("additionalProperties") is not False or known.keys() - {*fields, *node.records, *node.lists}:
        return _never
    tests: list[tuple[str, _Test]] = []
    for name, inner in known.items():
        test = _member(form, node, fields.get(name), name, _referred(form, inner), found)
        if test is not None:
            tests.append((name, test))

    def stands(record: object) -> bool:
        if type(record) is not dict or not record:
            return False
        for name, test in tests:  # noqa: SIM110 - asked of each answer, and a generator takes half as long again
            if name in record and not test(record[name]):
                return False
        return True

    return stands


def _member(form: Form, node: Node, field: Field | None, name: str, schema: Schema, found: Standing) -> _Test | None:
    """The test of a member of a record, or None where the schema says enough."""
    if name in node.records:
        return _record(form, node.records[name], schema, found)
    if name in node.lists:
        return _several(_record(form, node.lists[name], _referred(form, schema.get("items", {})), found))
    if field is None:
        return _never
    if field.items is not None:
        item = form.by_pointer[f"{field.pointer}/*"]
        return _several(_single(item, _referred(form, schema.get("items", {}))) or _anything)
    return _single(field, schema)


def _single(field: Field, schema: Schema) -> _Test | None:
    kind = schema.get("type")
    if field.type == "yes_no" and kind == "boolean":
        return None
    if field.type in {"whole", "yen"} and kind == "integer":
        return _is_whole
    if field.type == "attachment" and kind == "object":
        return _is_paper
    if kind != "string":
        return _never
    return None if _is_said_by(schema, field) else stands_as_text(field)


def _is_said_by(schema: Schema, field: Field) -> bool:
    """Whether every text that the schema accepts is stored as it is."""
    if field.type == "choice":
        return bool(field.choices) and set(schema.get("enum", [None])) <= {one.id for one in field.choices}
    if field.type == "date":
        return schema.get("format") == "date"
    return field.type in _OF_DIGITS and bool(_DIGITS_ALONE.fullmatch(schema.get("pattern", "")))


def _referred(form: Form, schema: Schema) -> Schema:
    while "$ref" in schema:
        schema = form.schema.get("$defs", {}).get(str(schema["$ref"]).removeprefix("#/$defs/"), {})
    return schema


def _several(test: _Test) -> _Test:
    def stand(value: object) -> bool:
        return type(value) is list and bool(value) and all(map(test, value))

    return stand


def _is_whole(value: object) -> bool:
    return type(value) is int and -LARGEST_WHOLE <= value <= LARGEST_WHOLE


def _is_paper(value: object) -> bool:
    return type(value) is dict and bool(value) and is_flat(value)


def _anything(_value: object) -> bool:
    return True


def _never(_value: object) -> bool:
    return False
