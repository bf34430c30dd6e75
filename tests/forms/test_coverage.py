"""Every way that a form's schema can take is taken, and every keyword that can fail alone is made to fail."""

from __future__ import annotations

import pytest

from forms.coverage import branches, near_misses
from forms.form import Schema
from forms.validation import Validator
from tests.forms.ours import FORMS

KINDS: Schema = {
    "type": "object",
    "required": ["kind"],
    "properties": {"kind": {"enum": ["a", "b"]}, "note": {"type": "string", "minLength": 1, "maxLength": 3}},
    "additionalProperties": False,
    "allOf": [
        {
            "if": {"properties": {"kind": {"const": "a"}}},
            "then": {"required": ["note"]},
            "else": {"properties": {"note": False}},
        }
    ],
}


def test_both_ways_of_an_if_are_taken() -> None:
    found = {(one.keyword, one.number): one.document for one in branches(KINDS)}
    assert found["/allOf/0/if", 0]["kind"] == "b"
    assert found["/allOf/0/if", 1]["kind"] == "a"
    assert "note" in found["/allOf/0/if", 1]


def test_a_way_that_nothing_takes_is_called_dead() -> None:
    only_a = KINDS | {"properties": KINDS["properties"] | {"kind": {"const": "a"}}}
    assert [one.is_dead for one in branches(only_a)] == [True, False]


def test_each_keyword_fails_where_it_stands_and_nothing_else_does() -> None:
    found = {one.keyword: {(f.pointer, f.keyword) for f in one.failures} for one in near_misses(KINDS)}
    assert found == {
        "/type": {("", "type")},
        "/required": {("/kind", "required")},
        "/properties/kind/enum": {("/kind", "enum")},
        "/properties/note/type": {("/note", "type")},
        "/properties/note/minLength": {("/note", "minLength")},
        "/properties/note/maxLength": {("/note", "maxLength")},
        "/additionalProperties": {("/other0", "additionalProperties")},
        "/allOf/0/then/required": {("/note", "required")},
        "/allOf/0/else/properties/note": {("/note", "hidden")},
    }


@pytest.mark.parametrize("form_id", FORMS.ids())
@pytest.mark.parametrize("share", [0.1, pytest.param(1.0, marks=pytest.mark.full)])
def test_every_way_of_a_form_is_taken_or_dead_for_sure(form_id: str, share: float) -> None:
    form, _ = FORMS.load(form_id)
    assert form is not None
    validator = Validator(form.schema)
    for one in branches(form.schema, share=share):
        assert one.is_dead or validator.failures(one.document, both=True) == (), (one.keyword, one.number)
