"""A schema by itself against its earlier text: which documents that were right are wrong now, each shown.

Decided by instances: a document of the earlier schema, with values at the bounds of each of its places, is held against
both. What the earlier schema refuses, or the new one accepts, is no finding, however much the texts differ.
"""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator, Mapping
from random import Random
from typing import Any

from checker.finding import Finding
from checker.former import values_of
from checker.rules import of_schemas
from checker.schema_file import SchemaFile
from forms.satisfy import Satisfiable, decide
from forms.validation import Failure, Validator

_RULE_OF = {
    **dict.fromkeys(("additionalProperties", "unevaluatedProperties", "false", "propertyNames"), "V1"),
    **dict.fromkeys(("type", "format"), "V2"),
    **dict.fromkeys(("required", "dependentRequired", "minProperties"), "V3"),
    **dict.fromkeys(("enum", "const"), "V4"),
}
_SAID = {
    "V1": "前は書けた項目が、知らない項目として断られます",
    "V2": "前に書かれた値の種類が、いまは合いません",
    "V3": "前は書かなくてよかった項目が、いまは必須です",
    "V4": "前は選べた選択肢が、いまはありません",
    "V5": "前は書けた値が、いまは断られます",
}
_NO_SCHEMA = frozenset({"B1", "B2", "B4", "B5", "B6"})
"""Rules of which a finding says that a validator cannot hold documents against the schema, or only over the network."""
_LONG = 400
_DEEPEST = 8


def compared_alone(old: SchemaFile, new: SchemaFile) -> Iterator[Finding]:
    """What a change of a schema breaks; nothing of one that is wrong, or had no document that could be found."""
    if any(one.rule in _NO_SCHEMA for file in (old, new) for one in of_schemas.findings(file)):
        return
    found = decide(old.schema)
    if not isinstance(found, Satisfiable) or new.schema == old.schema or isinstance(new.schema, bool):
        return
    was, now = Validator(old.schema), Validator(new.schema)
    told: set[tuple[str, str]] = set()
    for document in _documents(old.schema, found.witness):
        if was.failures(document):
            continue
        for failure in now.failures(document):
            name = _RULE_OF.get(failure.keyword, "V5")
            if (name, failure.pointer) not in told:
                told.add((name, failure.pointer))
                yield _finding(new, name, failure, document)


def _finding(new: SchemaFile, name: str, failure: Failure, document: object) -> Finding:
    shown = json.dumps(document, ensure_ascii=False)
    witness = shown if len(shown) <= _LONG else f"{shown[:_LONG]}…({len(shown)}字)"
    at = _described(new.schema, failure.pointer)
    ja = f"{failure.pointer or '全体'}: {_SAID[name]}({failure.keyword})。"
    en = f"{failure.pointer or 'the whole'}: what was right is refused by {failure.keyword}"
    return new.found(name, f"{at}/{failure.keyword}", ja, en, witness=witness)


def _described(schema: object, pointer: str) -> str:
    """The pointer of the subschema that describes a place of a document, as far as it is written out."""
    at = ""
    for step in pointer.split("/")[1:]:
        if not isinstance(schema, Mapping):
            break
        inside = schema.get("properties")
        if isinstance(inside, Mapping) and step in inside:
            schema, at = inside[step], f"{at}/properties/{step}"
        elif "items" in schema:
            schema, at = schema["items"], f"{at}/items"
        else:
            break
    return at


def _documents(schema: object, witness: object) -> Iterator[object]:
    """The witness, then the witness with every place at each of its values; then without what need not be there."""
    yield witness
    for way, inner in _places(schema, (), 0):
        for value in values_of(inner, Random(0)):
            if (changed := _put(witness, way, value)) is not None:
                yield changed
    if isinstance(witness, dict):
        for name in witness:
            yield {key: value for key, value in witness.items() if key != name}


def _places(schema: object, way: tuple[str, ...], depth: int) -> Iterator[tuple[tuple[str, ...], dict[str, Any]]]:
    if not isinstance(schema, dict) or depth > _DEEPEST:
        return
    yield way, schema
    inside = schema.get("properties")
    for name, inner in inside.items() if isinstance(inside, dict) else ():
        yield from _places(inner, (*way, name), depth + 1)


def _put(document: object, way: tuple[str, ...], value: object) -> object:
    """A copy of a document with a value at a place, and the objects on the way to it."""
    if not way:
        return value
    copied = copy.deepcopy(document)
    at = copied
    for step in way[:-1]:
        at = at.setdefault(step, {}) if isinstance(at, dict) else None
    if not isinstance(at, dict):
        return None
    at[way[-1]] = value
    return copied
