"""B1 to B5, B11, B12: whether what is written is a schema at all."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from checker.finding import Finding
from checker.keywords import speaks_to, types_of
from checker.schema_file import SchemaFile, Sub
from checker.source import replaced
from engine.problems import nearest
from forms.decoding import pointer_to
from forms.validation import FORMATS, schema_problems

_OUR_BLOCKS = "urn:madoguchi:block:"
_KEEPS_PLACE = ("allOf", "anyOf", "oneOf")


def metaschema(file: SchemaFile) -> Iterator[Finding]:
    """B1: what the 2020-12 metaschema refuses; references and patterns have rules of their own."""
    for path, sentence in schema_problems(_alone(file.schema)):
        pointer = ""
        for step in path:
            pointer = pointer_to(pointer, step)
        ja = f"スキーマの書き方が正しくありません: {_shortened(sentence)}"
        yield file.found("B1", pointer, ja, sentence)


def _shortened(sentence: str) -> str:
    longest = 160
    return sentence if len(sentence) <= longest else f"{sentence[:longest]}…"


def _alone(schema: Any) -> Any:  # noqa: ANN401 - any JSON value
    """The schema without what leads out of it, so that nothing is ever asked of a network."""
    if isinstance(schema, dict):
        silent = {"$ref", "$dynamicRef", "$schema", "$id", "pattern"}
        return {key: _alone(value) for key, value in schema.items() if key not in silent or not isinstance(value, str)}
    return [_alone(one) for one in schema] if isinstance(schema, list) else schema


def references(file: SchemaFile) -> Iterator[Finding]:
    """B2 and B5: a reference to nothing, or out of the file to where no program may ask at work."""
    anchors = {anchor for sub in file.subschemas() for anchor in _anchors(sub.schema)}
    own = file.schema.get("$id", "") if isinstance(file.schema, dict) else ""
    pointers = {f"#{pointer}" for pointer in file.spots}
    for sub, key, target in _targets(file):
        inside = target.removeprefix(own) if own and target.startswith(own) else target
        at = sub.below(key)
        if inside.startswith(_OUR_BLOCKS) or inside in {"", "#"}:
            continue
        if not inside.startswith("#"):
            ja = f"{target} はこのファイルの外です。検査のときに通信はしません。$defs に写すか、ブロックにします。"
            yield file.found("B5", at, ja, f"{target} lies outside this file, and nothing is fetched at work")
        elif inside not in pointers and inside not in anchors:
            near = nearest(inside, [f"#/$defs/{name}" for name in _definitions(file)])
            ja = f"{target} はこのファイルにありません。{near and near + '。'}"
            yield file.found("B2", at, ja, f"there is no {target} in this file")


def _targets(file: SchemaFile) -> Iterator[tuple[Sub, str, str]]:
    for sub in file.subschemas():
        for key in ("$ref", "$dynamicRef"):
            if isinstance(target := sub.schema.get(key), str):
                yield sub, key, target


def _definitions(file: SchemaFile) -> list[str]:
    found = file.schema.get("$defs") if isinstance(file.schema, dict) else None
    return list(found) if isinstance(found, dict) else []


def _anchors(schema: object) -> list[str]:
    """The references by name that lead to a schema."""
    found = [schema.get(key) for key in ("$anchor", "$dynamicAnchor")] if isinstance(schema, dict) else []
    return [f"#{name}" for name in found if isinstance(name, str)]


def orphans(file: SchemaFile) -> Iterator[Finding]:
    """B3: a definition that nothing refers to."""
    used = {target for _, _, target in _targets(file)}
    for name in _definitions(file):
        pointer = pointer_to("/$defs", name)
        inside = file.schema["$defs"][name]
        wanted = (f"#{pointer}", *_anchors(inside))
        if not any(one.endswith(end) or f"{end}/" in one for one in used for end in wanted):
            yield file.found(
                "B3", pointer, f"$defs の {name} はどこからも使われていません。", f"nothing refers to {name}"
            )


def circles(file: SchemaFile) -> Iterator[Finding]:
    """B4: a reference that comes back to itself at the same place of a document, so that checking never ends."""
    leads = {sub.pointer: list(_same_place(sub)) for sub in file.subschemas()}
    told: set[str] = set()
    for start, first in leads.items():
        seen, waiting = set[str](), list(first)
        while waiting:
            here = waiting.pop()
            if here == start and start not in told:
                told |= {start, *seen}
                ja = "この $ref をたどると、答えの同じ場所のままここに戻ります。検査が終わりません。"
                yield file.found("B4", start, ja, "this reference comes back to itself without looking at anything")
                break
            if here in leads and here not in seen:
                seen.add(here)
                waiting += leads[here]


def _same_place(sub: Sub) -> Iterator[str]:
    """The subschemas that judge the very value that this one judges."""
    target = sub.schema.get("$ref")
    if isinstance(target, str) and target.startswith("#"):
        yield target.removeprefix("#")
    for key in _KEEPS_PLACE:
        if isinstance(below := sub.schema.get(key), list):
            yield from (sub.below(key, number) for number in range(len(below)))
    for key in ("if", "then", "else", "not"):
        if key in sub.schema:
            yield sub.below(key)


def inapplicable(file: SchemaFile) -> Iterator[Finding]:
    """B11: a keyword that says nothing about values of the type named beside it."""
    for sub in file.subschemas():
        if "type" not in sub.schema:
            continue
        types = types_of(sub.schema)
        for key in sub.schema:
            if not speaks_to(key) & types:
                kinds = "・".join(sorted(types))
                ja, en = (
                    f"「{key}」は {kinds} の値には何も効きません。",
                    f"{key!r} says nothing about values of type {kinds}",
                )
                yield file.found("B11", sub.below(key), ja, en)


def formats(file: SchemaFile) -> Iterator[Finding]:
    """B12: a format that nothing here checks."""
    for sub in file.subschemas():
        name = sub.schema.get("format")
        if isinstance(name, str) and name not in FORMATS:
            hint = nearest(name, FORMATS)
            ja = f"format「{name}」を確かめるものがありません。{hint and hint + '。'}あるもの: {'・'.join(FORMATS)}。"
            fix = None
            if hint:
                spot, right = file.at(sub.below("format")), hint.split()[0]
                said = (f"{right} にする", f"say {right}")
                fix = replaced(file.source, spot.start, spot.end, f'"{right}"', said, safe=False)
            yield file.found("B12", sub.below("format"), ja, f"nothing checks the format {name!r}", fix=fix)
