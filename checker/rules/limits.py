"""L1 to L8: a schema that lets through what nobody asked for."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from checker.finding import Finding
from checker.keywords import TYPES, types_of
from checker.schema_file import SchemaFile, Sub
from checker.source import replaced

_PARTS = ("/if", "/then", "/else", "/not")
_MAX_DEPTH = 5
_MAX_FIELDS = 120
_NEVER_EMPTY = frozenset({"minLength", "pattern", "format", "enum", "const", "$ref", "allOf", "anyOf", "oneOf"})


def judging(file: SchemaFile) -> Iterator[Sub]:
    """The subschemas that describe a value by themselves: not conditions, nor branches beside a description."""
    for sub in file.subschemas():
        steps = sub.pointer.split("/")
        beside = any(step in {"if", "then", "else", "not", "allOf", "dependentSchemas"} for step in steps)
        if not beside:
            yield sub


def is_open(file: SchemaFile) -> Iterator[Finding]:
    """L1: an object that takes any other member."""
    for sub in judging(file):
        schema = sub.schema
        if types_of(schema) != {"object"} or "$ref" in schema:
            continue
        if not any(schema.get(key) is False for key in ("additionalProperties", "unevaluatedProperties")):
            ja, en = (
                "知らない項目も通します。additionalProperties を false にします。",
                "any other member is let through",
            )
            yield file.found("L1", sub.pointer, ja, f"{en}: additionalProperties is to be false")


def endless_text(file: SchemaFile) -> Iterator[Finding]:
    """L2: text without a greatest length."""
    for sub in judging(file):
        bounded = {"maxLength", "enum", "const", "format", "$ref"} & set(sub.schema)
        if types_of(sub.schema) == {"string"} and not bounded:
            yield file.found(
                "L2", sub.pointer, "長さに限りがありません。maxLength を書きます。", "text without maxLength"
            )


def endless_list(file: SchemaFile) -> Iterator[Finding]:
    """L3: a list without a greatest number of items."""
    for sub in judging(file):
        if types_of(sub.schema) == {"array"} and not {"maxItems", "const", "enum"} & set(sub.schema):
            yield file.found(
                "L3", sub.pointer, "件数に限りがありません。maxItems を書きます。", "a list without maxItems"
            )


def endless_number(file: SchemaFile) -> Iterator[Finding]:
    """L4: a number without a least or a greatest value."""
    for sub in judging(file):
        if not types_of(sub.schema) <= {"integer", "number"} or {"enum", "const"} & set(sub.schema):
            continue
        lower, upper = (
            {"minimum", "exclusiveMinimum"} & set(sub.schema),
            {"maximum", "exclusiveMaximum"} & set(sub.schema),
        )
        if not (lower and upper):
            missing = "下限(minimum)" if not lower else "上限(maximum)"
            yield file.found("L4", sub.pointer, f"{missing}がありません。", "a number without bounds")


def too_big(file: SchemaFile) -> Iterator[Finding]:
    """L5: a form that nobody can keep in view."""
    leaves = [sub for sub in judging(file) if _is_leaf(sub.schema)]
    deep = next((sub for sub in leaves if sub.pointer.count("/properties/") > _MAX_DEPTH), None)
    if deep is not None:
        ja = f"入れ子が{_MAX_DEPTH}段より深くなっています。ブロックに分けます。"
        yield file.found("L5", deep.pointer, ja, f"nested more than {_MAX_DEPTH} deep")
    if len(leaves) > _MAX_FIELDS:
        ja = f"項目が{len(leaves)}あります。1つのファイルは{_MAX_FIELDS}までにし、ブロックに分けます。"
        yield file.found("L5", "", ja, f"{len(leaves)} fields in one file; at most {_MAX_FIELDS}")


def _is_leaf(schema: Mapping[str, Any]) -> bool:
    return not types_of(schema) & {"object", "array"}


def untyped(file: SchemaFile) -> Iterator[Finding]:
    """L6: a value without a type, or of several types (one of them beside null is one)."""
    for sub in judging(file):
        free = {"$ref", "$dynamicRef", "const", "enum", "anyOf", "oneOf", "allOf", "if", "properties"} & set(sub.schema)
        types = types_of(sub.schema)
        if not free and not sub.pointer.endswith(_PARTS) and len(types - {"null"}) > 1:
            named = "型(type)がありません" if types == TYPES else f"型が{len(types)}つあります"
            ja, en = f"{named}。どの型の値かを1つ書きます。", "no type, or several"
            yield file.found("L6", sub.pointer, ja, en)
        elif types == {"array"} and not {"items", "prefixItems", "$ref", "const", "enum"} & set(sub.schema):
            ja, en = "何が並ぶのか(items)が書かれていません。", "a list of anything"
            yield file.found("L6", sub.pointer, ja, en)


def empty_text(file: SchemaFile) -> Iterator[Finding]:
    """L7: text that must be given and may be empty."""
    for sub in judging(file):
        names, known = sub.schema.get("required"), sub.schema.get("properties")
        needed = names if isinstance(names, list) else []
        for name, schema in known.items() if isinstance(known, dict) else ():
            is_text = isinstance(schema, dict) and schema.get("type") == "string"
            if is_text and name in needed and not _NEVER_EMPTY & set(schema):
                ja = f"「{name}」は必須ですが、空の文字でも通ります。minLength を1にします。"
                spot = file.at(sub.below("properties", name))
                mended = json.dumps({**schema, "minLength": 1}, ensure_ascii=False)
                said = ("minLength を足す", "add minLength")
                fix = replaced(file.source, spot.start, spot.end, mended, said, safe=False)
                yield file.found(
                    "L7", sub.below("properties", name), ja, f"{name!r} may be empty", witness='""', fix=fix
                )


def only_empty(file: SchemaFile) -> Iterator[Finding]:
    """L8: a value that can only be empty: nobody can answer anything."""
    for sub in judging(file):
        found = next((key for key in ("maxLength", "maxItems", "maxProperties") if sub.schema.get(key) == 0), "")
        if found or sub.schema.get("type") == "null":
            ja = f"空の値しか通りません({found or 'type'})。答えを書けない項目です。"
            yield file.found("L8", sub.below(found or "type"), ja, "only an empty value passes")
