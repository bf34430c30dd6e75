"""K1 to K5 and K10 to K12, B13 to B18: what a schema says against itself, told without any search."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from checker.finding import Finding
from checker.schema_file import SchemaFile
from checker.source import replaced
from forms.decoding import pointer_to
from forms.validation import Validator

_PAIRS = (
    ("minLength", "maxLength"),
    ("minItems", "maxItems"),
    ("minProperties", "maxProperties"),
    ("minContains", "maxContains"),
    ("minimum", "maximum"),
    ("exclusiveMinimum", "exclusiveMaximum"),
    ("minimum", "exclusiveMaximum"),
    ("exclusiveMinimum", "maximum"),
)
_ALONE = {"minContains": "contains", "maxContains": "contains", "then": "if", "else": "if"}
_ADDING = frozenset({"$ref", "$dynamicRef", "allOf", "anyOf", "oneOf", "if", "dependentSchemas", "patternProperties"})
Schema = Mapping[str, Any]


def crossed(file: SchemaFile) -> Iterator[Finding]:
    """K1: a least value above the greatest, or no multiple between them."""
    for sub in file.subschemas():
        for low, high in _PAIRS:
            least, most = sub.schema.get(low), sub.schema.get(high)
            if _number(least) and _number(most) and _nothing_between(least, most, strict="exclusive" in low + high):
                ja = f"{low}({least})が{high}({most})を超え、どんな値も通りません。"
                yield file.found("K1", sub.below(low), ja, f"{low} {least} and {high} {most} leave nothing between")
        if found := _no_multiple(sub.schema):
            ja = f"{found}の倍数が下限と上限の間にありません。"
            yield file.found("K1", sub.below("multipleOf"), ja, "no multiple lies between the bounds")


def _number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _nothing_between(least: Any, most: Any, *, strict: bool) -> bool:  # noqa: ANN401 - numbers
    return bool(least >= most if strict else least > most)


def _no_multiple(schema: Schema) -> object:
    """The divisor of which no multiple lies within the bounds, or None."""
    step, least, most = (schema.get(key) for key in ("multipleOf", "minimum", "maximum"))
    if not (_number(step) and _number(least) and _number(most)) or not step or least > most:  # type: ignore[operator]
        return None
    first = -(-least // step) * step  # type: ignore[operator]
    return step if first > most else None


def members_at_odds(file: SchemaFile) -> Iterator[Finding]:
    """K2: a member of an enum, or a const, that what stands beside it refuses."""
    for sub in file.subschemas():
        beside = {
            key: value for key, value in sub.schema.items() if key not in {"enum", "const", "$ref", "$dynamicRef"}
        }
        asked = judge({key: value for key, value in beside.items() if key != "default"})
        if asked is None:
            continue
        listed = sub.schema.get("enum")
        members = (
            [(sub.below("enum", number), one) for number, one in enumerate(listed)] if isinstance(listed, list) else []
        )
        members += [(sub.below("const"), sub.schema["const"])] if "const" in sub.schema else []
        for pointer, member in members:
            if failed := asked.failures(member):
                said = json.dumps(member, ensure_ascii=False)
                ja = f"{said} は、並んで書かれた{failed[0].keyword}に合わず、選べません。"
                yield file.found("K2", pointer, ja, f"{said} is refused by {failed[0].keyword} beside it", witness=said)


def impossible_required(file: SchemaFile) -> Iterator[Finding]:
    """K4 and K5: a member that must be there and may not be there."""
    for sub in file.subschemas():
        names, known = sub.schema.get("required"), sub.schema.get("properties", {})
        if not isinstance(names, list) or not isinstance(known, dict):
            continue
        closed = _takes_only(sub.schema)
        for number, name in enumerate(names):
            at = sub.below("required", number)
            if known.get(name) is False:
                ja = f"「{name}」は必須なのに、どんな値も許されていません(false)。"
                yield file.found("K4", at, ja, f"{name!r} is required and forbidden")
            elif closed and name not in known:
                ja = f"「{name}」は必須なのに properties になく、書くと余分な項目として断られます。"
                yield file.found("K5", at, ja, f"{name!r} is required, and refused as unknown")


def _takes_only(schema: Schema) -> bool:
    """Whether an object takes no member but those of its own `properties`."""
    if schema.get("additionalProperties") is False:
        return "patternProperties" not in schema
    return schema.get("unevaluatedProperties") is False and not _ADDING & set(schema)


def vacuous_if(file: SchemaFile) -> Iterator[Finding]:
    """K10: a condition on members that holds where the member is not there at all."""
    for sub in file.subschemas():
        tested = sub.schema.get("if")
        if not isinstance(tested, dict) or not isinstance(tested.get("properties"), dict):
            continue
        needed = {*tested.get("required", []), *sub.schema.get("required", [])}
        loose = [name for name in tested["properties"] if name not in needed]
        if loose and ("then" in sub.schema or "else" in sub.schema):
            ja = f"if の中に「{loose[0]}」の required がありません。「{loose[0]}」を書かない人にも条件が成り立ちます。"
            pointer = sub.below("if")
            spot = file.at(pointer)
            mended = json.dumps({"required": loose, **tested}, ensure_ascii=False)
            said = ("required を足す", "add required")
            fix = replaced(file.source, spot.start, spot.end, mended, said, safe=False)
            yield file.found(
                "K10", pointer, ja, f"the condition holds where {loose[0]!r} is absent", witness="{}", fix=fix
            )


def examples_at_odds(file: SchemaFile) -> Iterator[Finding]:
    """K12: a default or an example that the schema itself refuses."""
    for sub in file.subschemas():
        alone = {key: value for key, value in sub.schema.items() if key not in {"default", "examples"}}
        given = [(sub.below("default"), sub.schema["default"])] if "default" in sub.schema else []
        listed = sub.schema.get("examples")
        given += [(sub.below("examples", n), one) for n, one in enumerate(listed)] if isinstance(listed, list) else []
        asked = judge(_with_definitions(alone, file.schema)) if given else None
        for pointer, value in given if asked is not None else ():
            if failed := asked.failures(value):  # type: ignore[union-attr]
                said = json.dumps(value, ensure_ascii=False)
                ja = f"{said} は、このスキーマ自身が断ります({failed[0].keyword})。"
                yield file.found("K12", pointer, ja, f"{said} is refused by its own schema", witness=said)


def _with_definitions(schema: Schema, root: Any) -> dict[str, Any]:  # noqa: ANN401 - any schema
    """A part of a file that can be judged by itself."""
    there = root.get("$defs") if isinstance(root, dict) else None
    return {**schema, "$defs": there} if there is not None and "$defs" not in schema else dict(schema)


def judge(schema: Schema) -> Validator | None:
    """A judge by a schema; None where it refers to what is not in it, or is no schema."""
    asked = Validator({key: value for key, value in schema.items() if key not in {"$id", "$schema"}})
    try:
        asked.failures(None)
    except Exception:  # noqa: BLE001 - the library's own errors of many kinds: B1, B2 and B6 have told them
        return None
    return asked


def lonely(file: SchemaFile) -> Iterator[Finding]:
    """B13 and B14: a branch without its condition, a bound without what it bounds, or a condition without a branch."""
    for sub in file.subschemas():
        for key, wanted in _ALONE.items():
            if key in sub.schema and wanted not in sub.schema:
                ja = f"「{key}」は「{wanted}」がないと何も効きません。"
                yield file.found("B13", sub.below(key), ja, f"{key!r} does nothing without {wanted!r}")
        if "if" in sub.schema and not {"then", "else"} & set(sub.schema):
            ja = "then も else もない if は何も効きません。"
            yield file.found("B14", sub.below("if"), ja, "an if without then and else does nothing")


def doubled(file: SchemaFile) -> Iterator[Finding]:
    """B15 and B16: an enum that says something twice, or nothing."""
    for sub in file.subschemas():
        listed = sub.schema.get("enum")
        if not isinstance(listed, list):
            continue
        if not listed:
            yield file.found(
                "B16", sub.below("enum"), "選択肢が1つもなく、どんな値も通りません。", "an enum without members"
            )
        told = [json.dumps(one, ensure_ascii=False, sort_keys=True) for one in listed]
        for number, one in enumerate(told):
            if one in told[:number]:
                yield file.found(
                    "B15", sub.below("enum", number), f"{one} が二度あります。", f"{one} stands there twice"
                )


def read_and_write_only(file: SchemaFile) -> Iterator[Finding]:
    """B17: a value that may only be read and only be written."""
    for sub in file.subschemas():
        if sub.schema.get("readOnly") is True and sub.schema.get("writeOnly") is True:
            ja = "readOnly と writeOnly が両方あります。読むだけか、書くだけか、どちらかにします。"
            yield file.found("B17", sub.below("writeOnly"), ja, "readOnly and writeOnly together")


def unknown_dependent(file: SchemaFile) -> Iterator[Finding]:
    """B18: `dependentRequired` about a member that the schema does not describe."""
    for sub in file.subschemas():
        described, depends = sub.schema.get("properties"), sub.schema.get("dependentRequired")
        known = described if isinstance(described, dict) else {}
        for name, needed in depends.items() if isinstance(depends, dict) and known else ():
            for one in (name, *needed) if isinstance(needed, list) else ():
                if one not in known:
                    at = pointer_to(sub.below("dependentRequired"), name)
                    ja = f"dependentRequired の「{one}」が properties にありません。"
                    yield file.found("B18", at, ja, f"dependentRequired names {one!r}, which properties lacks")


RULES = (
    crossed,
    members_at_odds,
    impossible_required,
    vacuous_if,
    examples_at_odds,
    lonely,
    doubled,
    read_and_write_only,
    unknown_dependent,
)
