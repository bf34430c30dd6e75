"""Documents that take every branch of a schema, and documents that fail it by one keyword at one place.

Generic over schemas: what a form shows and hides is a branch like any other, an `if` with its `then` and `else`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import reduce
from itertools import islice
from random import Random
from typing import Any

from forms.decoding import pointer_to
from forms.facts import Home
from forms.form import Schema
from forms.negation import AnySchema, ways_to_break
from forms.satisfy import TRIES, Place, is_impossible, without
from forms.search import Search
from forms.validation import Failure, Validator

DEEPEST = 8
_ITEM = "*"
_NOT_BY_ITSELF = frozenset({"allOf", "$ref", "properties", "items", "prefixItems", "if", "not", "anyOf", "oneOf"})


@dataclass(frozen=True)
class Node:
    """A schema inside a document of schemas.

    Args:
        place: the steps to it in the document.
        path: the steps in an instance to what it judges, `*` for an item of a list.
        given: what else must hold for it to be asked, each with its path.
    """

    schema: Any
    place: Place
    path: Place
    given: tuple[tuple[Place, AnySchema], ...]

    def pointer(self, *more: str) -> str:
        """The place, or one below it, as a JSON Pointer."""
        return reduce(pointer_to, (*self.place, *more), "")


@dataclass(frozen=True)
class Branch:
    """One way of a choice, by the pointer of its keyword and its number, with a document that takes it, or None.

    `is_dead` where it is sure that there is none.
    """

    keyword: str
    number: int
    document: Any
    is_dead: bool


@dataclass(frozen=True)
class NearMiss:
    """A document that fails by one keyword at one place, with the pointer of the keyword."""

    keyword: str
    document: Any
    failures: tuple[Failure, ...]


def branches(schema: Schema, seed: int = 0, *, share: float = 1.0) -> Iterator[Branch]:
    """A document for every way of every choice (`if`, `anyOf`, `oneOf`) that the schema makes of some value.

    Args:
        share: how many of them, chosen by the seed.
    """
    home, chosen = Home(schema), Random(seed)
    for node in nodes(schema):
        for keyword in ("if", "anyOf", "oneOf"):
            if isinstance(node.schema, bool) or keyword not in node.schema:
                continue
            alone: Schema = {name: node.schema[name] for name in (keyword, "then", "else") if name in node.schema}
            for number, one in enumerate(choice for choices in home.choices(alone) for choice in choices):
                if chosen.random() >= share:
                    continue
                asked = [_around(path, inner) for path, inner in (*node.given, (node.path, one))]
                luck = Random(f"{seed}{node.place}{number}")
                found = next(_found(schema, asked, luck), None)
                is_dead = found is None and is_impossible(_with(schema, asked))
                yield Branch(node.pointer(keyword), number, found, is_dead)


def near_misses(schema: Schema, seed: int = 0, *, share: float = 1.0) -> Iterator[NearMiss]:
    """Documents that fail by one keyword, one for each way to break it, where one can be found.

    Args:
        share: how many of them, chosen by the seed.
    """
    validator, chosen = Validator(schema), Random(seed)
    for node in nodes(schema):
        for keyword, number, way in _ways_of(node.schema):
            if chosen.random() < share:
                asked = [_around(path, inner) for path, inner in (*node.given, (node.path, way))]
                luck = Random(f"{seed}{node.place}{keyword}{number}")
                for document in _missing(schema, node, keyword, asked, luck):
                    if failures := validator.failures(document):
                        yield NearMiss(node.pointer(*([keyword] if keyword else [])), document, failures)
                        break


def nodes(schema: Schema) -> Iterator[Node]:
    """Every schema that judges some value of an instance for sure, or where something that is told holds."""
    yield from _nodes(Home(schema), Node(schema, (), (), ()), ())


def _nodes(home: Home, node: Node, references: tuple[str, ...]) -> Iterator[Node]:
    schema, place, path, given = node.schema, node.place, node.path, node.given
    if len(path) > DEEPEST:
        return
    yield node
    if isinstance(schema, bool):
        return
    reference = schema.get("$ref")
    if isinstance(reference, str) and reference.startswith("#/") and reference not in references:
        inner = Node(home.at(reference), tuple(reference.split("/")[1:]), path, given)
        yield from _nodes(home, inner, (*references, reference))
    for number, one in enumerate(schema.get("allOf", ())):
        yield from _nodes(home, Node(one, (*place, "allOf", str(number)), path, given), references)
    for keyword, holds in (("then", schema.get("if", False)), ("else", {"not": schema.get("if", True)})):
        if keyword in schema:
            inner = Node(schema[keyword], (*place, keyword), path, (*given, (path, holds)))
            yield from _nodes(home, inner, references)
    for name, one in schema.get("properties", {}).items():
        yield from _nodes(home, Node(one, (*place, "properties", name), (*path, name), given), references)
    if "items" in schema and "prefixItems" not in schema:
        yield from _nodes(home, Node(schema["items"], (*place, "items"), (*path, _ITEM), given), references)


def _ways_of(schema: AnySchema) -> Iterator[tuple[str, int, AnySchema]]:
    """Each way to break a schema by one keyword, numbered; a `false` is broken by anything, and has no keyword."""
    if isinstance(schema, bool):
        yield from [] if schema else [("", 0, True)]
        return
    for keyword in schema:
        if keyword not in _NOT_BY_ITSELF:
            yield from ((keyword, number, way) for number, way in enumerate(_ways(schema, keyword)))


def _ways(schema: Schema, keyword: str) -> Sequence[AnySchema]:
    """The ways to break one keyword, with what it needs of its neighbours."""
    neighbours = {
        "additionalProperties": ("properties", "patternProperties"),
        "contains": ("minContains", "maxContains"),
    }
    known = {name: schema[name] for name in neighbours.get(keyword, ()) if name in schema}
    others = len(list(ways_to_break(known)))
    return list(ways_to_break(known | {keyword: schema[keyword]}))[others:]


def _missing(schema: Schema, node: Node, keyword: str, asked: Sequence[AnySchema], luck: Random) -> Iterator[Any]:
    """Documents that break a keyword, and its neighbours only where it cannot be broken without them."""
    if isinstance(node.schema, bool):
        yield from _found(without(schema, [node.place]), asked, luck)
        return
    for keywords in ((keyword,), tuple(node.schema)):
        yield from _found(without(schema, [(*node.place, one) for one in keywords]), asked, luck)


def _around(path: Place, schema: AnySchema) -> AnySchema:
    """The record, or the list, that has something at a path which satisfies a schema."""
    for step in reversed(path):
        if step == _ITEM:
            schema = {"type": "array", "minItems": 1, "prefixItems": [schema]}
        else:
            schema = {"type": "object", "required": [step], "properties": {step: schema}}
    return schema


def _found(schema: AnySchema, asked: Sequence[AnySchema], luck: Random) -> Iterator[Any]:
    """Documents that satisfy a schema and what is asked besides, with little in them at first."""
    whole = _with(schema, asked)
    validator = Validator(whole)
    for search in (Search(whole), Search(whole, luck)):
        found = (one.value for one in islice(search.candidates(whole), TRIES) if one.kind == "found")
        yield from (one for one in found if validator.accepts(one))


def _with(schema: AnySchema, asked: Sequence[AnySchema]) -> AnySchema:
    return schema if isinstance(schema, bool) else {**schema, "allOf": [*schema.get("allOf", ()), *asked]}
