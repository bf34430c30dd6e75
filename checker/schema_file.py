"""A JSON Schema file by itself: its value, every subschema, and where each stands in the text."""

from __future__ import annotations

import json
import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import accumulate
from typing import Any

import tree_sitter_json
from tree_sitter import Language, Node, Parser

from checker.finding import Finding, Fix
from checker.source import Source
from forms.decoding import pointer_to

MAX_DEPTH = 200
_JSON = Language(tree_sitter_json.language())
_BRACKETS = re.compile(r'"(?:[^"\\\n]|\\.)*"?|[\[\]{}]', re.DOTALL)
_LONE_NUMBER = 4300
_ONE = frozenset(
    {"additionalProperties", "contains", "else", "if", "items", "not", "propertyNames", "then", "contentSchema"}
    | {"unevaluatedItems", "unevaluatedProperties"}
)
_MANY = frozenset({"allOf", "anyOf", "oneOf", "prefixItems"})
_NAMED = frozenset({"$defs", "definitions", "dependentSchemas", "patternProperties", "properties"})


@dataclass(frozen=True)
class Spot:
    """Where a value stands: the offsets of its key (that of the value, for an item) and of the value's two ends."""

    key: int
    start: int
    end: int


@dataclass(frozen=True)
class Sub:
    """A subschema: its value and its JSON Pointer in the file."""

    pointer: str
    schema: Mapping[str, Any]

    def below(self, *steps: str | int) -> str:
        """The pointer of what stands below."""
        pointer = self.pointer
        for step in steps:
            pointer = pointer_to(pointer, step)
        return pointer


@dataclass
class SchemaFile:
    """A schema that could be read. `twice` are the pointers of keys written twice, with the offset of the later one."""

    source: Source
    schema: Any
    spots: dict[str, Spot] = field(default_factory=dict)
    twice: list[tuple[str, int]] = field(default_factory=list)

    def subschemas(self) -> Iterator[Sub]:
        """Every subschema that is an object, the whole first, each before those inside it."""
        yield from _subschemas(self.schema, "")

    def found(self, name: str, pointer: str, ja: str, en: str, *, witness: str = "", fix: Fix | None = None) -> Finding:
        """A finding of that rule at what a pointer leads to, or at the nearest above it that stands in the file."""
        return self.source.found(name, self.at(pointer).key, ja, en, pointer=pointer, witness=witness, fix=fix)

    def at(self, pointer: str) -> Spot:
        """Where a pointer leads, or the nearest place above it."""
        while pointer not in self.spots:
            if not pointer:
                return Spot(0, 0, 0)
            pointer = pointer.rsplit("/", 1)[0]
        return self.spots[pointer]


def read_schema(source: Source) -> tuple[SchemaFile | None, list[Finding]]:
    """The schema of a text, or the findings that keep it from being looked at."""
    if offset := _too_deep(source.text):
        ja, en = f"入れ子が深すぎます({MAX_DEPTH}段まで)。", f"nested too deeply: at most {MAX_DEPTH} levels"
        return None, [source.found("A0", offset, ja, en)]
    try:
        schema = json.loads(source.text, parse_int=_whole)
    except json.JSONDecodeError as error:
        ja = "JSONとして読めません。この字かそのすぐ前の、かぎかっこ・コンマ・引用符を確かめてください。"
        return None, [source.found("A0", error.pos, ja, f"this is not JSON: {error.msg}")]
    if not isinstance(schema, dict | bool):
        ja = "スキーマは { から } までの1つにしてください。"
        return None, [source.found("A0", 0, ja, "a schema is one object")]
    file = SchemaFile(source, schema)
    _index(file)
    return file, []


def _too_deep(text: str) -> int:
    depth = 0
    for token in _BRACKETS.finditer(text):
        depth += {"[": 1, "{": 1, "]": -1, "}": -1}.get(token[0], 0)
        if depth > MAX_DEPTH:
            return token.start()
    return 0


def _whole(text: str) -> int | float:
    return int(text) if len(text) < _LONE_NUMBER else float("inf")


def _index(file: SchemaFile) -> None:
    """Fills in where everything stands."""
    data = file.source.text.encode("utf-8", "surrogatepass")
    offsets = _Offsets(file.source.text, data)
    root = next((one for one in Parser(_JSON).parse(data).root_node.named_children if one.type != "comment"), None)
    if root is not None:
        _walk(file, root, "", offsets.of(root.start_byte), offsets)


def _walk(file: SchemaFile, node: Node, pointer: str, key_at: int, offsets: _Offsets) -> None:
    file.spots[pointer] = Spot(key_at, offsets.of(node.start_byte), offsets.of(node.end_byte))
    if node.type == "array":
        for number, item in enumerate(node.named_children):
            _walk(file, item, pointer_to(pointer, number), offsets.of(item.start_byte), offsets)
    if node.type != "object":
        return
    for pair in node.named_children:
        key, value = pair.child_by_field_name("key"), pair.child_by_field_name("value")
        if key is None or value is None:
            continue
        below = pointer_to(pointer, json.loads(key.text or b'""'))
        if below in file.spots:
            file.twice.append((below, offsets.of(key.start_byte)))
        _walk(file, value, below, offsets.of(key.start_byte), offsets)


class _Offsets:
    """Letters by bytes: tree-sitter counts bytes, people count letters."""

    def __init__(self, text: str, data: bytes) -> None:
        plain = len(text) == len(data)
        self._ends = [] if plain else list(accumulate(len(one.encode("utf-8", "surrogatepass")) for one in text))

    def of(self, byte: int) -> int:
        """The letter that begins at a byte."""
        return bisect_right(self._ends, byte) if self._ends else byte


def _subschemas(schema: object, pointer: str) -> Iterator[Sub]:
    if not isinstance(schema, dict):
        return
    yield Sub(pointer, schema)
    for key, value in schema.items():
        below = pointer_to(pointer, key)
        if key in _ONE:
            yield from _subschemas(value, below)
        elif key in _MANY and isinstance(value, list):
            for number, item in enumerate(value):
                yield from _subschemas(item, pointer_to(below, number))
        elif key in _NAMED and isinstance(value, dict):
            for name, item in value.items():
                yield from _subschemas(item, pointer_to(below, name))
