"""Mistakes planted in schemas, one operator or more a rule: where a rule applies, the schema with its mistake in it."""

from __future__ import annotations

import copy
import hashlib
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from checker.rules import of_schemas
from checker.schema_file import SchemaFile, read_schema
from checker.source import Source
from tests.house.layout import ROOT

FOLDER = ROOT / "forms"
Schema = dict[str, Any]
Operator = Callable[[Schema], None]
NUMBER = {"type": "integer", "minimum": 0, "maximum": 9}
TEXT = {"type": "string", "minLength": 1, "maxLength": 9}


@dataclass(frozen=True)
class Mutant:
    """A schema with one mistake: the rule that is to find it, the file, the place, the text."""

    rule: str
    file: str
    pointer: str
    text: str

    @property
    def name(self) -> str:
        """What it is, without its text."""
        return f"{self.rule} {self.file}{self.pointer}"

    def is_found(self) -> bool:
        """Whether the rule that is meant finds it."""
        file, refused = read_schema(Source(self.file, self.text))
        found = of_schemas.findings(file) if file is not None else refused
        return any(one.rule == self.rule for one in found)


def _sets(**values: Any) -> Operator:  # noqa: ANN401 - JSON values
    return lambda schema: schema.update(copy.deepcopy(values))


def _becomes(**values: Any) -> Operator:  # noqa: ANN401 - JSON values
    def change(schema: Schema) -> None:
        schema.clear()
        schema.update(copy.deepcopy(values))

    return change


def _drops(*keys: str) -> Operator:
    def change(schema: Schema) -> None:
        for key in keys:
            schema.pop(key, None)

    return change


def _above(low: str, high: str) -> Operator:
    return lambda schema: schema.update({low: schema[high] + 1})


def _first_name(schema: Schema) -> str:
    return str(next(iter(schema["properties"])))


def _with_branch(**branch: Any) -> Operator:  # noqa: ANN401 - JSON values
    """An `if` about a new member `kind` of two choices, always there."""

    def change(schema: Schema) -> None:
        schema["properties"]["kind_"] = {"enum": ["x", "y"]}
        schema["required"] = [*schema.get("required", []), "kind_"]
        schema.update(copy.deepcopy(branch))

    return change


def _unanchored(schema: Schema) -> None:
    schema["pattern"] = schema["pattern"].removeprefix("^")


def _vacuous(schema: Schema) -> None:
    schema["properties"]["kind_"] = {"enum": ["x", "y"]}
    schema.update({"if": {"properties": {"kind_": {"const": "x"}}}, "then": {"required": [_first_name(schema)]}})


def _forbidden(schema: Schema) -> None:
    name = _first_name(schema)
    schema["properties"][name] = False
    schema["required"] = sorted({*schema.get("required", []), name})


def _deep(schema: Schema) -> None:
    inner: Schema = dict(NUMBER)
    for name in "fedcba":
        inner = {"type": "object", "additionalProperties": False, "properties": {name: inner}}
    schema["properties"]["deep_"] = inner


def _may_be_empty(schema: Schema) -> None:
    schema["properties"]["text_"] = {"type": "string", "maxLength": 9}
    schema["required"] = [*schema.get("required", []), "text_"]


ROOTS: tuple[tuple[str, Operator], ...] = (
    ("A3", _sets(**{"$schema": "http://json-schema.org/draft-07/schema#"})),
    ("A3", _drops("$schema")),
    ("A4", _drops("$id")),
    ("A4", _sets(**{"$id": "urn:madoguchi:form:another"})),
    ("A5", _sets(title="ﾖｳｼｷ ")),
    ("B3", _sets(**{"$defs": {"old": dict(NUMBER)}})),
    ("B13", _sets(then={"required": []})),
    ("B14", _sets(**{"if": {"required": []}})),
    ("B18", _sets(dependentRequired={"nobody": ["nowhere"]})),
    ("K3", _sets(minProperties=500)),
    ("K4", _forbidden),
    ("K5", lambda schema: schema.update(required=[*schema.get("required", []), "nmae"])),
    ("K8", _with_branch(**{"if": {"properties": {"kind_": {"const": "z"}}}, "then": {"required": []}})),
    ("K9", _with_branch(**{"if": {"properties": {"kind_": {"enum": ["x", "y"]}}}, "then": {"required": []}})),
    ("K10", _vacuous),
    ("K13", _with_branch(**{"if": {"properties": {"kind_": {"const": "x"}}}, "then": {"required": ["nobody"]}})),
    ("K15", _sets(propertyNames={"type": "string", "pattern": "^[A-Z]+$", "maxLength": 40})),
    ("L1", _drops("additionalProperties")),
    ("L5", _deep),
    ("L7", _may_be_empty),
)
ANYWHERE: tuple[tuple[str, Operator], ...] = (
    ("A6", _sets(requird=True)),
    ("B1", _sets(type="sting")),
    ("B2", _becomes(**{"$ref": "#/$defs/nobody"})),
    ("B5", _becomes(**{"$ref": "https://example.jp/person.json"})),
    ("B12", _becomes(type="string", format="dat")),
    ("B15", _becomes(enum=["x", "y", "x"])),
    ("B16", _becomes(enum=[])),
    ("B17", _sets(readOnly=True, writeOnly=True)),
    ("B19", _becomes(anyOf=[NUMBER, NUMBER])),
    ("K2", _becomes(type="integer", enum=[1, "2"])),
    ("K3", _becomes(type="array", maxItems=2, contains={"const": 1}, minContains=3, items=NUMBER)),
    ("K7", _becomes(allOf=[TEXT, NUMBER])),
    ("K11", _becomes(**NUMBER, oneOf=[{"maximum": 5}, {"minimum": 5}])),
    ("K12", _becomes(**NUMBER, default=99)),
    ("K14", _becomes(**TEXT, anyOf=[{"minLength": 2}, {"minLength": 50}])),
    ("K16", _becomes(type="array", minItems=3, maxItems=5, uniqueItems=True, items={"enum": ["am", "pm"]})),
    ("L3", _becomes(type="array", items=NUMBER)),
    ("L4", _becomes(type="integer", minimum=0)),
    ("L6", _becomes(title="何でも")),
)
OF_TEXT: tuple[tuple[str, Operator], ...] = (
    ("B6", _sets(pattern="[", maxLength=7)),
    ("B6", _sets(pattern="\\A[0-9]+\\Z", maxLength=7)),
    ("B7", _sets(pattern="^\\d{7}$", maxLength=7)),
    ("B8", _sets(pattern="^(a+)+$", maxLength=40)),
    ("B11", _sets(minimum=3)),
    ("K1", _above("minLength", "maxLength")),
    ("K6", _becomes(type="string", pattern="^[0-9]{7}$", maxLength=5)),
    ("L2", _becomes(type="string")),
    ("L8", _becomes(type="string", maxLength=0)),
)
OF_PATTERN: tuple[tuple[str, Operator], ...] = (("B9", _unanchored), ("B10", _drops("maxLength")))
OF_NUMBER: tuple[tuple[str, Operator], ...] = (
    ("K1", _above("minimum", "maximum")),
    ("B11", _sets(maxLength=3)),
    ("L4", _drops("maximum")),
)
OF_LIST: tuple[tuple[str, Operator], ...] = (("K1", _above("minItems", "maxItems")), ("L3", _drops("maxItems")))


def mutants() -> Iterator[Mutant]:
    """Every mutant of every schema of ours: each operator once in a file, at a place that the file's name chooses."""
    for path in sorted(FOLDER.glob("*/*.schema.json")):
        name = path.relative_to(ROOT).as_posix()
        text = path.read_text("utf-8")
        yield Mutant("A1", name, "", text.replace("{", '{"$schema": "x",', 1))
        yield Mutant("A2", name, "", text.replace('"$id": "', '"$id": "\u202e', 1))
        file, _ = read_schema(Source(name, text))
        if file is not None:
            yield from _of_file(file, name)


def _of_file(file: SchemaFile, name: str) -> Iterator[Mutant]:
    described = [sub for sub in file.subschemas() if "/properties/" in sub.pointer and "$ref" not in sub.schema]
    plain = [sub for sub in described if "/if/" not in sub.pointer and "/then/" not in sub.pointer]
    kinds: tuple[tuple[tuple[tuple[str, Operator], ...], list[str]], ...] = (
        (ROOTS, [""] if file.schema.get("properties") else []),
        (ANYWHERE, [sub.pointer for sub in plain]),
        (OF_TEXT, [one.pointer for one in plain if one.schema.get("type") == "string" and "maxLength" in one.schema]),
        (OF_PATTERN, [one.pointer for one in plain if {"pattern", "maxLength"} <= set(one.schema)]),
        (OF_NUMBER, [one.pointer for one in plain if {"minimum", "maximum"} <= set(one.schema)]),
        (OF_LIST, [one.pointer for one in plain if one.schema.get("type") == "array" and "maxItems" in one.schema]),
    )
    for operators, pointers in kinds:
        for number, (rule, change) in enumerate(operators if pointers else ()):
            pointer = pointers[_digest(f"{name}{rule}{number}") % len(pointers)]
            schema = copy.deepcopy(file.schema)
            change(_at(schema, pointer))
            yield Mutant(rule, name, pointer, json.dumps(schema, ensure_ascii=False, indent=1))


def _at(schema: Any, pointer: str) -> Schema:  # noqa: ANN401 - any JSON value
    for step in pointer.split("/")[1:]:
        schema = schema[int(step)] if isinstance(schema, list) else schema[step.replace("~1", "/").replace("~0", "~")]
    assert isinstance(schema, dict)
    return schema


def _digest(text: str) -> int:
    return int.from_bytes(hashlib.sha256(text.encode()).digest()[:6], "big")


def frozen(listed: list[Mutant]) -> str:
    """The hash under which a set of mutants is frozen: their rules, files and places."""
    return hashlib.sha256("\n".join(one.name for one in listed).encode()).hexdigest()[:16]


def files() -> list[Path]:
    """The schemas that are mutated."""
    return sorted(FOLDER.glob("*/*.schema.json"))
