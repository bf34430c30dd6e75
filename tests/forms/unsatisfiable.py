"""A hundred schemas that no document satisfies, ten of each of ten kinds, each by hand."""

from __future__ import annotations

from typing import Any

OBJECT = {"type": "object"}
A = {"required": ["a"], "properties": {"a": {"type": "string"}}, "type": "object"}


def _text(**more: Any) -> dict[str, Any]:  # noqa: ANN401 - JSON values
    return {"type": "string", **more}


def _closed(*names: str, **more: Any) -> dict[str, Any]:  # noqa: ANN401 - JSON values
    return {"type": "object", "properties": dict.fromkeys(names, True), "additionalProperties": False, **more}


def _list(**more: Any) -> dict[str, Any]:  # noqa: ANN401 - JSON values
    return {"type": "array", **more}


def _either(value: str, **then: Any) -> dict[str, Any]:  # noqa: ANN401 - JSON values
    tested = {"required": ["a"], "properties": {"a": {"const": value}}}
    return {"type": "object", "required": ["a"], "properties": {"a": {"enum": [value]}}, "if": tested, "then": then}


KINDS: dict[str, list[Any]] = {
    "bounds of numbers": [
        {"type": "integer", "minimum": 10, "maximum": 5},
        {"type": "number", "exclusiveMinimum": 1, "maximum": 1},
        {"type": "number", "minimum": 3, "exclusiveMaximum": 3},
        {"type": "integer", "exclusiveMinimum": 1, "exclusiveMaximum": 2},
        {"type": "integer", "minimum": 1.2, "maximum": 1.8},
        {"type": "integer", "multipleOf": 7, "minimum": 1, "maximum": 6},
        {"type": "number", "multipleOf": 0.5, "minimum": 0.1, "maximum": 0.4},
        {"type": "number", "allOf": [{"minimum": 4}, {"maximum": 3}]},
        {"type": "integer", "allOf": [{"multipleOf": 2}, {"multipleOf": 3}], "minimum": 1, "maximum": 5},
        {"const": 12, "maximum": 11},
    ],
    "lengths": [
        _text(minLength=5, maxLength=4),
        _text(allOf=[{"minLength": 9}, {"maxLength": 8}]),
        _text(format="date", maxLength=9),
        _text(format="date", minLength=11),
        _list(minItems=3, maxItems=2),
        {"type": "object", "minProperties": 2, "maxProperties": 1},
        _text(enum=["ab", "cde"], minLength=4),
        _list(allOf=[{"minItems": 4}, {"maxItems": 3}]),
        {"type": "object", "required": ["a", "b"], "maxProperties": 1},
        {"const": "abc", "maxLength": 2},
    ],
    "choices": [
        {"enum": []},
        {"type": "integer", "enum": ["1", "2"]},
        {"const": "x", "enum": ["y", "z"]},
        {"allOf": [{"enum": ["a", "b"]}, {"enum": ["c"]}]},
        {"allOf": [{"const": 1}, {"const": 2}]},
        {"enum": ["a", "b"], "not": {"enum": ["a", "b", "c"]}},
        {"enum": [1, 2, 3], "minimum": 4},
        _text(enum=["a1", "b2"], pattern="^[0-9]+$"),
        {"type": "boolean", "enum": [0, 1]},
        {"const": None, "type": "string"},
    ],
    "types": [
        {"allOf": [{"type": "string"}, {"type": "integer"}]},
        {"type": "string", "allOf": [{"type": ["number", "null"]}]},
        {"type": "array", "const": {}},
        {"allOf": [{"type": ["string", "null"]}, {"type": ["array", "object"]}]},
        {"type": "object", "enum": [[], 1, "x"]},
        {"type": "integer", "const": 1.5},
        {"not": {"type": ["string", "number", "boolean", "null", "array", "object"]}},
        {"type": "null", "not": {"const": None}},
        {"type": "boolean", "allOf": [{"not": {"const": True}}, {"not": {"const": False}}]},
        {"anyOf": [{"type": "string"}, {"type": "null"}], "type": "integer"},
    ],
    "patterns": [
        _text(pattern="^[0-9]{7}$", maxLength=5),
        _text(pattern="^[a-z]{1,3}$", minLength=4),
        _text(allOf=[{"pattern": "^[ァ-ヶ]+$"}, {"pattern": "^[a-z]+$"}]),
        _text(allOf=[{"pattern": "^a"}, {"pattern": "^b"}]),
        _text(pattern="^(ab)+$", minLength=3, maxLength=3),
        _text(pattern="^[0-9]{3}-[0-9]{4}$", maxLength=7),
        _text(pattern="^0[0-9]{9,10}$", maxLength=9),
        _text(pattern="^[A-Z]+$", const="abc"),
        _text(pattern="^[0-9]+$", enum=["a", "b"]),
        _text(pattern="^x+$", allOf=[{"not": {"pattern": "^x"}}]),
    ],
    "members": [
        _closed("a", required=["b"]),
        _closed("a", minProperties=2),
        {**OBJECT, "required": ["a"], "properties": {"a": False}},
        {**OBJECT, "required": ["a"], "propertyNames": {"pattern": "^b"}},
        {**OBJECT, "required": ["a"], "patternProperties": {"^a": False}},
        {**A, "patternProperties": {"^a$": {"type": "integer"}}},
        {**OBJECT, "required": ["a"], "properties": {"a": {"type": "string", "minLength": 2, "maxLength": 1}}},
        {**A, "not": {"required": ["a"]}},
        {**A, "dependentRequired": {"a": ["b"]}, "properties": {"a": {"type": "string"}, "b": False}},
        {**A, "dependentSchemas": {"a": {"properties": {"a": {"type": "integer"}}}}},
    ],
    "lists": [
        _list(maxItems=2, contains={"const": 1}, minContains=3),
        _list(minItems=1, items=False),
        _list(minItems=1, items={"enum": []}),
        _list(minItems=2, maxItems=2, prefixItems=[{"type": "string"}, False]),
        _list(contains={"type": "string"}, items={"type": "integer"}),
        _list(minItems=3, uniqueItems=True, items={"type": "boolean"}),
        _list(minItems=3, uniqueItems=True, items={"enum": ["x", "y"]}),
        _list(const=[1, 1], uniqueItems=True),
        _list(minItems=2, prefixItems=[{"type": "string"}], items=False),
        _list(maxItems=0, contains={"type": "null"}),
    ],
    "conditions": [
        _either("x", required=["b"], properties={"b": False}),
        _either("x", properties={"a": {"const": "y"}}),
        _either("x", properties={"a": False}),
        _either("x", **{"not": {"required": ["a"]}}),
        _either("x", maxProperties=0),
        {"if": True, "then": False},
        {"if": False, "else": False},
        {"if": {"type": "string"}, "then": {"maxLength": 1, "minLength": 2}, "else": False},
        {"type": "integer", "if": {"minimum": 5}, "then": {"maximum": 4}, "else": {"minimum": 5}},
        {"type": "string", "if": {"minLength": 3}, "then": {"maxLength": 2}, "else": {"minLength": 3}},
    ],
    "references": [
        {"$ref": "#/$defs/no", "$defs": {"no": False}},
        {"$ref": "#/$defs/text", "type": "integer", "$defs": {"text": {"type": "string"}}},
        {"allOf": [{"$ref": "#/$defs/a"}, {"$ref": "#/$defs/b"}], "$defs": {"a": {"const": 1}, "b": {"const": 2}}},
        {**OBJECT, "required": ["left"], "properties": {"left": {"$ref": "#"}}},
        _list(minItems=1, items={"$ref": "#"}),
        {"$ref": "#/$defs/short", "minLength": 9, "$defs": {"short": {"type": "string", "maxLength": 8}}},
        {**OBJECT, "required": ["a"], "properties": {"a": {"$ref": "#/$defs/no"}}, "$defs": {"no": {"enum": []}}},
        {"not": {"$ref": "#/$defs/all"}, "$defs": {"all": True}},
        {"anyOf": [{"$ref": "#/$defs/no"}, False], "$defs": {"no": {"not": {}}}},
        {"$ref": "#/$defs/a", "$defs": {"a": {"$ref": "#/$defs/b"}, "b": {"type": "null", "enum": [1]}}},
    ],
    "alternatives": [
        False,
        {"not": {}},
        {"anyOf": [False, {"enum": []}]},
        {"oneOf": [True, True]},
        {"oneOf": [{"type": "string"}, {"type": "string"}], "type": "string"},
        {"type": "integer", "oneOf": [{"minimum": 0}, {"minimum": 0}], "minimum": 1},
        {"allOf": [{"type": "string"}, {"not": {"type": "string"}}]},
        {"type": "string", "anyOf": [{"type": "integer"}, {"minLength": 2, "maxLength": 1}]},
        {"oneOf": [{"const": 1}, {"const": 2}], "enum": [3, 4]},
        {"type": "integer", "not": {"anyOf": [{"minimum": 0}, {"maximum": 0}]}},
    ],
}
