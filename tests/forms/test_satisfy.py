"""A schema is satisfiable, shown with a document, or unsatisfiable, with the keywords at fault, or it is not said."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from forms.satisfy import Satisfiable, Undecided, Unsatisfiable, decide, documents
from forms.validation import Validator
from tests.forms.ours import FORMS

OBJECT = {"type": "object"}
TREE = {"type": "object", "required": ["left"], "properties": {"left": {"$ref": "#"}}}
LEAF = {"anyOf": [{"type": "null"}, {"type": "object", "required": ["left"], "properties": {"left": {"$ref": "#"}}}]}


@pytest.mark.parametrize(
    ("schema", "keywords"),
    [
        (False, ("",)),
        ({"allOf": [{"type": "string"}, {"type": "integer"}]}, ("/allOf/0/type", "/allOf/1/type")),
        ({"title": "x", "allOf": [{"const": 1}, {"const": 2}, {"minimum": 0}]}, ("/allOf/0/const", "/allOf/1/const")),
        ({"type": "integer", "minimum": 10, "maximum": 5}, ("/type", "/minimum", "/maximum")),
        ({"type": "number", "exclusiveMinimum": 1, "maximum": 1}, ("/type", "/exclusiveMinimum", "/maximum")),
        (
            {"type": "integer", "multipleOf": 3, "minimum": 4, "maximum": 5},
            ("/type", "/multipleOf", "/minimum", "/maximum"),
        ),
        ({"type": "string", "minLength": 3, "maxLength": 2}, ("/type", "/minLength", "/maxLength")),
        ({"type": "string", "pattern": "^[0-9]{7}$", "maxLength": 5}, ("/type", "/pattern", "/maxLength")),
        (
            {"type": "string", "allOf": [{"pattern": "^[ァ-ヶ]+$"}, {"pattern": "^[a-z]"}]},
            ("/type", "/allOf/0/pattern", "/allOf/1/pattern"),
        ),
        ({"type": "string", "format": "date", "maxLength": 7}, ("/type", "/format", "/maxLength")),
        ({"type": "integer", "enum": ["1", 1.5]}, ("/type", "/enum")),
        ({"enum": ["a", "b"], "not": {"pattern": "^[ab]$"}}, ("/enum", "/not")),
        ({"not": {}}, ("/not",)),
        ({"oneOf": [{"type": "string"}, {"type": "string"}]}, ("/oneOf",)),
        ({"allOf": [{"const": "a"}], "anyOf": [{"const": "b"}, {"const": "c"}]},
         ("/allOf/0/const", "/anyOf/0/const", "/anyOf/1/const")),
        (OBJECT | {"required": ["a"], "properties": {"a": False}}, ("/type", "/required", "/properties/a")),
        (OBJECT | {"required": ["b"], "additionalProperties": False, "properties": {"a": {}}},
         ("/type", "/required", "/additionalProperties")),
        (OBJECT | {"required": ["a"], "dependentRequired": {"a": ["b"]}, "properties": {"b": False}},
         ("/type", "/required", "/dependentRequired", "/properties/b")),
        (OBJECT | {"minProperties": 3, "properties": {"a": {}, "b": {}}, "additionalProperties": False},
         ("/type", "/minProperties", "/additionalProperties")),
        (OBJECT | {"required": ["a"], "propertyNames": {"maxLength": 0}}, ("/type", "/required", "/propertyNames")),
        (OBJECT | {"required": ["a"], "if": {"required": ["a"]}, "then": {"properties": {"a": False}}},
         ("/type", "/required", "/then/properties/a", "/if")),
        ({"type": "array", "items": {"type": "integer"}, "contains": {"type": "string"}},
         ("/type", "/items/type", "/contains")),
        ({"type": "array", "minItems": 2, "prefixItems": [True, False]}, ("/type", "/minItems", "/prefixItems/1")),
        ({"type": "array", "contains": True, "minContains": 3, "maxItems": 2}, ("/type", "/contains", "/maxItems")),
        (TREE, ("/type", "/required")),
    ],
)  # fmt: skip
def test_what_nothing_satisfies_is_said_with_keywords_none_of_which_can_be_spared(
    schema: Any,  # noqa: ANN401 - any schema
    keywords: tuple[str, ...],
) -> None:
    found = decide(schema)
    assert isinstance(found, Unsatisfiable)
    assert set(found.keywords) == set(keywords)


@pytest.mark.parametrize(
    "schema",
    [
        True,
        {"minimum": 10, "maximum": 5},
        LEAF,
        {"$ref": "#"},
        {"oneOf": [{"type": "integer"}, {"type": "number"}], "minimum": 3, "maximum": 4},
        {"type": "number", "multipleOf": 0.01, "exclusiveMinimum": 0.05, "maximum": 0.06},
        {"type": "string", "minLength": 300, "pattern": "^(ab)+$", "not": {"minLength": 303}},
        {"type": "string", "pattern": r"^\p{Script=Katakana}*$"},
        {"type": "string", "format": "email", "maxLength": 20},
        {"type": "array", "uniqueItems": True, "minItems": 3, "items": {"enum": [1, True, "1"]}},
        {"type": "array", "contains": {"const": 1}, "minContains": 2, "maxContains": 2, "minItems": 4},
        {"type": "object", "patternProperties": {"^x": {"type": "null"}}, "required": ["xa"], "minProperties": 3},
        {"type": "object", "properties": {"a": {"const": 1}}, "required": ["a"], "unevaluatedProperties": False},
        {"not": {"properties": {"a": {"type": "string"}}, "additionalProperties": False}},
        {"type": "object", "required": ["k"], "properties": {"k": {"enum": ["a", "b"]}},
         "if": {"properties": {"k": {"const": "a"}}}, "then": False, "dependentSchemas": {"k": {"required": ["m"]}}},
    ],
)  # fmt: skip
def test_what_something_satisfies_is_shown_with_a_document(schema: Any) -> None:  # noqa: ANN401 - any schema
    found = decide(schema)
    assert isinstance(found, Satisfiable)
    assert Validator(schema).accepts(found.witness)


@pytest.mark.parametrize(
    "schema",
    [
        {"type": "sting"},
        {"$ref": "https://example.org/elsewhere"},
        {"type": "string", "pattern": "^(?=a)b$"},
        {"type": "string", "pattern": "^(?!a)a$", "maxLength": 9},
    ],
)
def test_what_cannot_be_told_is_not_guessed(schema: dict[str, Any]) -> None:
    assert decide(schema) == Undecided()


VALUES = st.sampled_from(["", "a", "ab", "b1", 0, 1, 2, 3, -1, 1.5, True, False, None])
JSON = st.recursive(
    VALUES, lambda one: st.lists(one, max_size=3) | st.dictionaries(st.sampled_from("abc"), one, max_size=3)
)
SMALL = st.integers(0, 3)
PATTERNS = st.sampled_from(["^a", "b$", "^[ab]+$", "^.{2}$", "[0-9]", "^(a|b1)?$"])
NAMES = st.lists(st.sampled_from("abc"), max_size=2, unique=True)
ATOMS = st.fixed_dictionaries(
    {},
    optional={
        "type": st.sampled_from(["string", "integer", "number", "object", "array", "boolean", "null"]),
        "const": VALUES,
        "enum": st.lists(VALUES, min_size=1, max_size=3),
        "minimum": SMALL,
        "exclusiveMaximum": SMALL,
        "multipleOf": st.sampled_from([1, 2, 0.5]),
        "minLength": SMALL,
        "maxLength": SMALL,
        "pattern": PATTERNS,
        "minItems": SMALL,
        "maxItems": SMALL,
        "uniqueItems": st.booleans(),
        "minProperties": SMALL,
        "maxProperties": SMALL,
        "required": NAMES,
        "dependentRequired": st.dictionaries(st.sampled_from("abc"), NAMES, max_size=1),
    },
)


def inside(one: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    several = st.lists(one, min_size=1, max_size=3)
    members = st.dictionaries(st.sampled_from("abc"), one, max_size=2)
    lists = {"allOf": several, "anyOf": several, "oneOf": several, "prefixItems": several}
    singles = dict.fromkeys(["not", "if", "then", "else", "items", "contains", "additionalProperties"], one)
    return st.tuples(ATOMS, st.fixed_dictionaries({}, optional=lists | singles | {"properties": members})).map(
        lambda two: two[0] | two[1]
    )


SCHEMAS = st.recursive(ATOMS | st.booleans(), inside, max_leaves=6)


@settings(max_examples=60)
@given(SCHEMAS, st.lists(JSON, min_size=5, max_size=12))
def test_no_schema_that_has_a_document_is_called_unsatisfiable(schema: Any, values: list[Any]) -> None:  # noqa: ANN401
    if isinstance(decide(schema), Unsatisfiable):
        assert not any(map(Validator(schema).accepts, values)), json.dumps(schema)


@pytest.mark.parametrize("form_id", FORMS.ids())
def test_every_form_has_documents_the_same_for_the_same_seed(form_id: str) -> None:
    form, _ = FORMS.load(form_id)
    assert form is not None
    (made,) = documents(form.schema, 7, 1)
    assert Validator(form.schema).failures(made, both=True) == ()
    assert json.dumps(made) == json.dumps(next(documents(form.schema, 7, 1)))
    assert json.dumps(made) != json.dumps(next(documents(form.schema, 8, 1)))
