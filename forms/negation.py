"""What it takes to break a schema: one schema for each way."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations
from typing import Any

from forms.form import Schema

AnySchema = Schema | bool
ANYTHING: AnySchema = True
_TYPES = ("null", "boolean", "integer", "number", "string", "array", "object")
# Keywords of our own, for what JSON Schema has no word for.
REFUSED_PATTERN, OTHER_MEMBER, NO_MULTIPLE = "¬pattern", "¬additionalProperties", "¬multipleOf"
NONE_OF, NOT_WHAT_IS_THERE = "¬enum", "¬$ref"


def ways_to_break(schema: AnySchema) -> Iterator[AnySchema]:
    """Schemas of which a value satisfies one exactly when it does not satisfy the given one.

    Where JSON Schema cannot say it exactly, the way says less: it lets more values through, never fewer.
    """
    if isinstance(schema, bool):
        if not schema:
            yield ANYTHING
        return
    for keyword, value in schema.items():
        yield from _WAYS[keyword](schema, value) if keyword in _WAYS else ()


def _bound(kind: str, keyword: str, shift: int = 0) -> Any:  # noqa: ANN401 - a row of the table below
    def ways(_schema: Schema, value: Any) -> Iterator[Schema]:  # noqa: ANN401
        limit = value + shift
        if shift == 0 or limit >= 0:
            yield {"type": kind, keyword: limit}

    return ways


def _type(_schema: Schema, value: str | list[str]) -> Iterator[Schema]:
    names = {value} if isinstance(value, str) else set(value)
    if "number" in names:
        names.add("integer")
    others = [name for name in _TYPES if name not in names]
    if "number" in others and "integer" not in others:
        yield {"type": "number", NO_MULTIPLE: 1}
        others.remove("number")
    if others:
        yield {"type": others}


def _properties(_schema: Schema, value: dict[str, AnySchema]) -> Iterator[Schema]:
    for name, inner in value.items():
        yield {"type": "object", "required": [name], "properties": {name: {"not": inner}}}


def _additional(schema: Schema, value: AnySchema) -> Iterator[Schema]:
    if value is not True:
        known = [list(schema.get("properties", ())), list(schema.get("patternProperties", ()))]
        yield {"type": "object", OTHER_MEMBER: [*known, {"not": value}]}


def _pattern_properties(_schema: Schema, value: dict[str, AnySchema]) -> Iterator[Schema]:
    if any(inner is not True for inner in value.values()):
        yield {"type": "object", "minProperties": 1}


def _items(schema: Schema, value: AnySchema) -> Iterator[Schema]:
    before = len(schema.get("prefixItems", ()))
    if value is not True:
        yield {"type": "array", "minItems": before + 1} | ({"contains": {"not": value}} if not before else {})


def _prefix(_schema: Schema, value: list[AnySchema]) -> Iterator[Schema]:
    for place, inner in enumerate(value):
        before: list[AnySchema] = [True] * place
        yield {"type": "array", "minItems": place + 1, "prefixItems": [*before, {"not": inner}]}


def _contains(schema: Schema, value: AnySchema) -> Iterator[Schema]:
    least, most = schema.get("minContains", 1), schema.get("maxContains")
    if least == 1:
        yield {"type": "array", "items": {"not": value}}
    elif least > 1:
        yield {"type": "array", "contains": value, "minContains": 0, "maxContains": least - 1}
    if most is not None:
        yield {"type": "array", "contains": value, "minContains": most + 1}


def _required(_schema: Schema, value: list[str]) -> Iterator[Schema]:
    for name in value:
        yield {"type": "object", "properties": {name: False}}


def _dependent_required(_schema: Schema, value: dict[str, list[str]]) -> Iterator[Schema]:
    for name, needed in value.items():
        for other in needed:
            yield {"type": "object", "required": [name], "properties": {other: False}}


def _dependent_schemas(_schema: Schema, value: dict[str, AnySchema]) -> Iterator[Schema]:
    for name, inner in value.items():
        yield {"type": "object", "required": [name], "not": inner}


def _property_names(_schema: Schema, value: AnySchema) -> Iterator[Schema]:
    if value is not True:
        yield {"type": "object", "minProperties": 1}


def _if(schema: Schema, value: AnySchema) -> Iterator[Schema]:
    yield {"allOf": [value, {"not": schema.get("then", True)}]}
    yield {"allOf": [{"not": value}, {"not": schema.get("else", True)}]}


def _one_of(_schema: Schema, value: list[AnySchema]) -> Iterator[Schema]:
    yield {"allOf": [{"not": one} for one in value]}
    for one, other in combinations(value, 2):
        yield {"allOf": [one, other]}


def _unknown(_schema: Schema, _value: object) -> Iterator[AnySchema]:
    yield ANYTHING


_WAYS: dict[str, Any] = {
    "type": _type,
    "const": lambda _schema, value: iter([{NONE_OF: [value]}]),
    "enum": lambda _schema, value: iter([{NONE_OF: value}]),
    "minimum": _bound("number", "exclusiveMaximum"),
    "maximum": _bound("number", "exclusiveMinimum"),
    "exclusiveMinimum": _bound("number", "maximum"),
    "exclusiveMaximum": _bound("number", "minimum"),
    "multipleOf": lambda _schema, value: iter([{"type": "number", NO_MULTIPLE: value}]),
    "minLength": _bound("string", "maxLength", -1),
    "maxLength": _bound("string", "minLength", 1),
    "pattern": lambda _schema, value: iter([{"type": "string", REFUSED_PATTERN: value}]),
    "format": lambda _schema, _value: iter([{"type": "string"}]),
    "minItems": _bound("array", "maxItems", -1),
    "maxItems": _bound("array", "minItems", 1),
    "uniqueItems": lambda _schema, value: iter([{"type": "array", "minItems": 2}] if value else []),
    "items": _items,
    "prefixItems": _prefix,
    "contains": _contains,
    "minProperties": _bound("object", "maxProperties", -1),
    "maxProperties": _bound("object", "minProperties", 1),
    "required": _required,
    "properties": _properties,
    "patternProperties": _pattern_properties,
    "additionalProperties": _additional,
    "propertyNames": _property_names,
    "dependentRequired": _dependent_required,
    "dependentSchemas": _dependent_schemas,
    "not": lambda _schema, value: iter([value]),
    "allOf": lambda _schema, value: iter([{"not": one} for one in value]),
    "anyOf": lambda _schema, value: iter([{"allOf": [{"not": one} for one in value]}]),
    "oneOf": _one_of,
    "if": _if,
    "$ref": lambda _schema, value: iter([{NOT_WHAT_IS_THERE: value}]),
    "$dynamicRef": _unknown,
    "unevaluatedProperties": _unknown,
    "unevaluatedItems": _unknown,
}
