"""Whether any document satisfies a JSON Schema (2020-12): a witness, a smallest contradiction, or neither decided.

A witness has been seen by the validator. "Unsatisfiable" is said only where the search was whole and every keyword that
it left out could only have forbidden more; whatever lies between is `Undecided`, never guessed.
"""

from __future__ import annotations

import copy
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import reduce
from itertools import islice
from random import Random
from typing import Any

from forms.decoding import pointer_to
from forms.negation import AnySchema
from forms.search import Search
from forms.validation import Validator, schema_problems

TRIES = 40
Place = tuple[str, ...]
_LEAVES = frozenset(
    {"type", "const", "enum", "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf", "minLength"}
    | {"maxLength", "pattern", "format", "minItems", "maxItems", "uniqueItems", "contains", "minProperties"}
    | {"maxProperties", "required", "propertyNames", "dependentRequired", "not", "oneOf", "if"}
)
_INSIDE = ("properties", "patternProperties", "dependentSchemas", "$defs")
_LISTS = ("allOf", "anyOf", "prefixItems")
_SINGLE = ("additionalProperties", "items", "then", "else")


@dataclass(frozen=True)
class Satisfiable:
    """A document satisfies the schema."""

    witness: Any


@dataclass(frozen=True)
class Unsatisfiable:
    """No document does; `keywords` are pointers to keywords that contradict each other, none of which can be spared."""

    keywords: tuple[str, ...]


@dataclass(frozen=True)
class Undecided:
    """The search did not come to an end, or what it found was refused."""


Decision = Satisfiable | Unsatisfiable | Undecided


def decide(schema: AnySchema) -> Decision:
    """Whether any document satisfies a schema.

    Nothing is decided of what is no schema, or refers to something outside itself.
    """
    if isinstance(schema, dict) and schema_problems(schema):
        return Undecided()
    found = _decided(schema)
    if found is None:
        return Undecided()
    return found if isinstance(found, Satisfiable) else Unsatisfiable(_contradiction(schema))


def is_impossible(schema: AnySchema) -> bool:
    """Whether it is sure that no document satisfies a schema; quicker than a decision with its reasons."""
    return _decided(schema) is False


def documents(schema: AnySchema, seed: int, number: int) -> Iterator[Any]:
    """So many documents that satisfy a schema, fewer where they cannot be found; the same for the same seed."""
    validator = Validator(schema)
    for n in range(number):
        search = Search(schema, Random(f"{seed}/{n}"))
        found = (one.value for one in islice(search.candidates(schema), TRIES) if one.kind == "found")
        yield from islice((one for one in found if validator.accepts(one)), 1)


def _decided(schema: AnySchema) -> Satisfiable | bool | None:
    """A witness, False where there is none, or None where nothing is known."""
    validator = Validator(schema)
    for n, found in enumerate(Search(schema).candidates(schema)):
        if found.kind == "found" and validator.accepts(found.value):
            return Satisfiable(found.value)
        if found.kind != "found" or n >= TRIES:
            return next((Satisfiable(one) for one in documents(schema, 0, 3)), None)
    return False


def _contradiction(schema: AnySchema) -> tuple[str, ...]:
    """Keywords of a schema without witness, of which each is needed for there to be none."""
    places = list(_keywords(schema, ()))
    kept = places
    size = max(len(places) // 2, 1)
    while True:
        for start in range(0, len(kept), size):
            fewer = kept[:start] + kept[start + size :]
            if _decided(without(schema, [one for one in places if one not in fewer])) is False:
                kept = fewer
                break
        else:
            if size == 1:
                return tuple(reduce(pointer_to, at, "") for at in kept)
            size = max(size // 2, 1)


def _keywords(schema: AnySchema, at: Place) -> Iterator[Place]:
    """The places of keywords that can be left out one by one, those below `not`, `if` and `oneOf` with them."""
    if schema is False:
        yield at
    if isinstance(schema, bool):
        return
    for keyword, value in schema.items():
        if keyword in _LEAVES:
            yield (*at, keyword)
        elif keyword in _INSIDE:
            for name, inner in value.items():
                yield from _keywords(inner, (*at, keyword, name))
        elif keyword in _LISTS:
            for number, inner in enumerate(value):
                yield from _keywords(inner, (*at, keyword, str(number)))
        if keyword in _SINGLE:
            yield from _keywords(value, (*at, keyword))


def without(schema: AnySchema, places: Sequence[Place]) -> AnySchema:
    """The schema without the keywords at some places; a `false` there becomes `true`."""
    if () in places:
        return True
    made = copy.deepcopy(schema)
    for place in places:
        holder: Any = made
        for step in place[:-1]:
            holder = holder[int(step)] if isinstance(holder, list) else holder[step]
        last: Any = int(place[-1]) if isinstance(holder, list) else place[-1]
        if holder[last] is False:
            holder[last] = True
        else:
            del holder[last]
    return made
