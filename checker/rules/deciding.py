"""K3, K6 to K9, K11, K13: what a search decides of a schema: nothing satisfies it, a branch is dead, two overlap.

What the search cannot decide is passed over in silence; nothing is called impossible that may be possible.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from itertools import combinations
from typing import Any

from checker.finding import Finding
from checker.rules import grammar, patterns
from checker.schema_file import SchemaFile, Sub
from forms.satisfy import Satisfiable, Unsatisfiable, decide, is_impossible

MOST = 300
"""How many parts of a file are decided."""
_LENGTHS = frozenset({"pattern", "minLength", "maxLength", "type", "format"})
_CONDITIONS = frozenset({"if", "then", "else"})
_BESIDE = ("if", "then", "else", "not", "$defs", "contains", "propertyNames", "dependentSchemas")
_LONG = 200
_FORBIDDING = frozenset({"not", "oneOf", "if", "contains"})
_UNEVALUATED = frozenset({"unevaluatedProperties", "unevaluatedItems"})
Schema = Mapping[str, Any]


def impossible(file: SchemaFile) -> Iterator[Finding]:
    """K3, K6, K7: a part that no value satisfies, the innermost told only."""
    told: list[str] = []
    for sub in sorted(parts(file), key=lambda one: -one.pointer.count("/")):
        if any(one.startswith(f"{sub.pointer}/") for one in told) or not surely_impossible(sub.schema, file):
            continue
        told.append(sub.pointer)
        found = decide(_whole(sub.schema, file))
        keywords = found.keywords if isinstance(found, Unsatisfiable) else ()
        yield _contradiction(file, sub, [one for one in keywords if not one.startswith("/$defs")])


def _contradiction(file: SchemaFile, sub: Sub, keywords: list[str]) -> Finding:
    names = {one.rsplit("/", 1)[-1] for one in keywords}
    said = "・".join(one.strip("/") for one in keywords) or "ここに書かれたこと"
    at = f"{sub.pointer}{keywords[-1]}" if keywords else sub.pointer
    if names and names <= _LENGTHS and "pattern" in names:
        ja = f"{said} をともに満たす文字がありません。"
        return file.found("K6", at, ja, f"no text satisfies {said} together")
    name = "K7" if any("allOf" in one for one in keywords) else "K3"
    return file.found(name, at, f"どんな値も通りません。矛盾しているもの: {said}", f"no value satisfies this: {said}")


def dead_branches(file: SchemaFile) -> Iterator[Finding]:
    """K8, K9: a condition that can never hold, or always does; and K13: one after which nothing passes any more."""
    for sub in parts(file):
        tested = sub.schema.get("if")
        rest = {key: value for key, value in sub.schema.items() if key not in _CONDITIONS}
        if not isinstance(tested, dict) or is_open_to_doubt(rest) or surely_impossible(rest, file):
            continue
        at = sub.below("if")
        if surely_impossible({"allOf": [rest, tested]}, file):
            yield file.found(
                "K8", at, "この条件が成り立つ答えはありません。then は効きません。", "this condition never holds"
            )
        elif not leads_out(tested) and surely_impossible({"allOf": [rest, {"not": tested}]}, file):
            yield file.found(
                "K9", at, "この条件はどんな答えでも成り立ちます。else は効きません。", "this condition always holds"
            )
        else:
            yield from _after(file, sub, rest, tested)


def _after(file: SchemaFile, sub: Sub, rest: Schema, tested: Schema) -> Iterator[Finding]:
    for key, side in (("then", tested), ("else", {"not": tested})):
        branch = sub.schema.get(key)
        if branch is None or branch is False or is_open_to_doubt(branch) or (key == "else" and leads_out(tested)):
            continue
        if not surely_impossible({"allOf": [rest, side, branch]}, file):
            continue
        found = decide(_whole({"allOf": [rest, side]}, file))
        witness = _shown(found.witness) if isinstance(found, Satisfiable) else ""
        ja = f"{key} に来た答えは、どう書いても通りません。"
        yield file.found("K13", sub.below(key), ja, f"nothing passes once {key} applies", witness=witness)


def overlapping(file: SchemaFile) -> Iterator[Finding]:
    """K11: two branches of a oneOf that one document satisfies; it is refused although it is right twice."""
    for sub in parts(file):
        branches = sub.schema.get("oneOf")
        if not isinstance(branches, list) or leads_out(sub.schema):
            continue
        rest = {key: value for key, value in sub.schema.items() if key != "oneOf"}
        for (first, one), (second, other) in combinations(enumerate(branches), 2):
            found = decide(_whole({"allOf": [rest, one, other]}, file))
            if isinstance(found, Satisfiable):
                ja = f"oneOf の{first + 1}番目と{second + 1}番目の両方に合う答えがあり、断られます。"
                en = f"a value satisfies branches {first + 1} and {second + 1}, and is refused"
                yield file.found("K11", sub.below("oneOf", second), ja, en, witness=_shown(found.witness))
                break


def parts(file: SchemaFile) -> list[Sub]:
    """The parts that judge a value by themselves; of a very large file only the first."""
    if not _can_be_judged(file):
        return []
    found = [sub for sub in file.subschemas() if not set(sub.pointer.split("/")) & set(_BESIDE[:4])]
    return [sub for sub in found if sub.schema.keys() - {"$schema", "$id", "title", "description", "$defs"}][:MOST]


def _can_be_judged(file: SchemaFile) -> bool:
    """Whether a file is a schema at all: nothing is decided of what B1, B2, B4 or B6 have told."""
    wrong = (grammar.metaschema, grammar.references, grammar.circles, patterns.unreadable)
    return not any(found.rule != "B5" for rule in wrong for found in rule(file))


def surely_impossible(schema: Schema, file: SchemaFile) -> bool:
    """Whether it is sure that nothing satisfies a part of a file."""
    return is_impossible(_whole(schema, file))


def _whole(schema: Schema, file: SchemaFile) -> dict[str, Any]:
    """A part that can be judged by itself: with the definitions of its file, what leads out of it taken as anything."""
    there = file.schema.get("$defs", {}) if isinstance(file.schema, dict) else {}
    found: dict[str, Any] = _open({key: value for key, value in schema.items() if key not in {"$id", "$schema"}})
    return {**found, "$defs": _open({**there, **schema.get("$defs", {})})} if there else found


def _open(value: Any) -> Any:  # noqa: ANN401 - any JSON value
    if isinstance(value, dict):
        return {key: _open(one) for key, one in value.items() if key != "$ref" or str(one).startswith("#")}
    return [_open(one) for one in value] if isinstance(value, list) else value


def leads_out(schema: Schema) -> bool:
    """Whether a part refers to what is not in its file: then a negation of it would say too much."""
    return '"$ref": "urn:' in json.dumps(schema, ensure_ascii=False)


def is_open_to_doubt(schema: object) -> bool:
    """Whether a reference out of the file stands where taking it as anything could forbid what may be right."""
    if isinstance(schema, dict):
        if _UNEVALUATED & set(schema):
            return leads_out(schema)
        parts_of = schema.items()
        return any(leads_out({key: one}) if key in _FORBIDDING else is_open_to_doubt(one) for key, one in parts_of)
    return isinstance(schema, list) and any(map(is_open_to_doubt, schema))


def _shown(value: object) -> str:
    said = json.dumps(value, ensure_ascii=False)
    return said if len(said) <= _LONG else f"{said[:_LONG]}…"


RULES = (impossible, dead_branches, overlapping)
