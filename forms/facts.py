"""What the keywords that were taken in so far say of one value."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from copy import copy
from dataclasses import dataclass, field, fields
from fractions import Fraction
from typing import Any
from urllib.parse import unquote

from forms.form import Schema
from forms.negation import (
    NO_MULTIPLE,
    NONE_OF,
    NOT_WHAT_IS_THERE,
    OTHER_MEMBER,
    REFUSED_PATTERN,
    AnySchema,
    ways_to_break,
)
from forms.validation import matches

KINDS = ("object", "string", "integer", "boolean", "array", "fraction", "null")
_OF_TYPE = {"number": ("integer", "fraction")}


@dataclass
class Facts:
    """All of them hold; `choices` are still open: of each, one schema must hold."""

    kinds: tuple[str, ...] = KINDS
    allowed: list[Any] | None = None
    excluded: list[Any] = field(default_factory=list)
    low: tuple[Fraction, bool] | None = None
    high: tuple[Fraction, bool] | None = None
    steps: list[Fraction] = field(default_factory=list)
    no_steps: list[Fraction] = field(default_factory=list)
    least_length: int = 0
    most_length: int | None = None
    accepted: list[str] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)
    formats: list[str] = field(default_factory=list)
    least_items: int = 0
    most_items: int | None = None
    unique: bool = False
    rows: list[tuple[list[AnySchema], AnySchema]] = field(default_factory=list)
    contains: list[tuple[AnySchema, int, int | None]] = field(default_factory=list)
    least_members: int = 0
    most_members: int | None = None
    required: list[str] = field(default_factory=list)
    members: list[tuple[Schema, Schema, AnySchema]] = field(default_factory=list)
    others: list[tuple[list[str], list[str], AnySchema]] = field(default_factory=list)
    names: list[AnySchema] = field(default_factory=list)
    needed_with: list[tuple[str, list[str]]] = field(default_factory=list)
    holding_with: list[tuple[str, AnySchema]] = field(default_factory=list)
    choices: list[list[AnySchema]] = field(default_factory=list)
    seen: set[int] = field(default_factory=set)

    def copied(self) -> Facts:
        """The same facts, to be added to independently."""
        other = copy(self)
        for one in fields(self):
            value = getattr(self, one.name)
            if isinstance(value, list | set):
                setattr(other, one.name, value.copy())
        return other

    def take_in(self, schema: AnySchema, home: Home) -> list[AnySchema]:
        """Add what a schema says by itself; gives the schemas that must hold of the same value besides."""
        if schema is False:
            self.kinds = ()
        if isinstance(schema, bool) or id(schema) in self.seen:
            return []
        self.seen.add(id(schema))
        self._take_in_members(schema)
        for keyword, value in schema.items():
            if keyword in _KEEPS:
                _KEEPS[keyword](self, value)
        self.choices += home.choices(schema)
        return [*schema.get("allOf", ()), *(home.at(schema["$ref"]) for _ in range("$ref" in schema))]

    def _take_in_members(self, schema: Schema) -> None:
        properties, patterns = schema.get("properties", {}), schema.get("patternProperties", {})
        if properties or patterns or "additionalProperties" in schema:
            self.members.append((properties, patterns, schema.get("additionalProperties", True)))
        if "prefixItems" in schema or "items" in schema:
            self.rows.append((schema.get("prefixItems", []), schema.get("items", True)))
        if "contains" in schema:
            self.contains.append((schema["contains"], schema.get("minContains", 1), schema.get("maxContains")))

    def of_member(self, name: str) -> tuple[AnySchema, ...]:
        """What the value of a member must satisfy."""
        found: list[AnySchema] = []
        for properties, patterns, others in self.members:
            fitting = [inner for pattern, inner in patterns.items() if matches(pattern, name)]
            known = [properties[name]] if name in properties else []
            found += [*known, *fitting] if known or fitting else [others]
        return tuple(one for one in found if one is not True)

    def of_item(self, place: int) -> tuple[AnySchema, ...]:
        """What an item of a list must satisfy."""
        found = [before[place] if place < len(before) else rest for before, rest in self.rows]
        return tuple(one for one in found if one is not True)

    def known_names(self) -> list[str]:
        """The names of members that some schema speaks of."""
        return list(dict.fromkeys(name for properties, _, _ in self.members for name in properties))


def key_of(value: Any) -> object:  # noqa: ANN401 - any JSON
    """Something equal exactly for values that are equal in JSON: 1 is 1.0 there, and true is neither."""
    if isinstance(value, bool) or value is None:
        return (str(value),)
    if isinstance(value, list):
        return tuple(map(key_of, value))
    if isinstance(value, dict):
        return frozenset((name, key_of(inner)) for name, inner in value.items())
    return value


class Home:
    """The document in which schemas lie: where its references lead, and what was made out of its schemas.

    A schema that was made twice would be taken for another one, and nothing known of it would be found again.
    """

    def __init__(self, root: AnySchema) -> None:
        self._root = root
        self._made: dict[tuple[int, str], tuple[object, list[AnySchema]]] = {}

    def at(self, reference: str) -> AnySchema:
        """The schema to which a reference leads; what is not found here says nothing."""
        found: Any = self._root
        base, _, fragment = reference.partition("#")
        own = found.get("$id", "") if isinstance(found, dict) else ""
        if base not in {"", own} or (fragment and not fragment.startswith("/")):
            return True
        for step in fragment.split("/")[1:]:
            name = unquote(step).replace("~1", "/").replace("~0", "~")
            try:
                found = found[int(name)] if isinstance(found, list) else found[name]
            except (KeyError, IndexError, ValueError, TypeError):
                return True
            if isinstance(found, dict) and "$id" in found:  # from here on references mean something else
                return True
        return found if isinstance(found, dict | bool) else True

    def choices(self, schema: Schema) -> list[list[AnySchema]]:
        """Of each of these lists one schema must hold."""
        found = []
        if NOT_WHAT_IS_THERE in schema:
            found.append(self.broken(self.at(schema[NOT_WHAT_IS_THERE])))
        if "not" in schema:
            found.append(self.broken(schema["not"]))
        if "anyOf" in schema:
            found.append(list(schema["anyOf"]))
        if "oneOf" in schema:
            found.append(self._kept(schema, "oneOf", _one_of))
        if "if" in schema and schema.keys() & {"then", "else"}:
            found.append(self._kept(schema, "if", _either_way))
        return found

    def broken(self, schema: AnySchema) -> list[AnySchema]:
        """The ways to break a schema."""
        return list(ways_to_break(schema)) if isinstance(schema, bool) else self._kept(schema, "not", ways_to_break)

    def _kept(self, schema: Schema, what: str, make: Callable[[Schema], Iterator[AnySchema]]) -> list[AnySchema]:
        if (id(schema), what) not in self._made:
            self._made[id(schema), what] = (schema, list(make(schema)))
        return list(self._made[id(schema), what][1])


def _one_of(schema: Schema) -> Iterator[AnySchema]:
    for place, one in enumerate(schema["oneOf"]):
        yield {"allOf": [one, *({"not": other} for n, other in enumerate(schema["oneOf"]) if n != place)]}


def _either_way(schema: Schema) -> Iterator[AnySchema]:
    yield {"allOf": [{"not": schema["if"]}, schema.get("else", True)]}
    yield {"allOf": [schema["if"], schema.get("then", True)]}


def _kinds(facts: Facts, value: str | list[str]) -> None:
    names = [value] if isinstance(value, str) else value
    kinds = {kind for name in names for kind in _OF_TYPE.get(name, (name,))}
    facts.kinds = tuple(one for one in facts.kinds if one in kinds)


def _allow(facts: Facts, values: list[Any]) -> None:
    keys = [key_of(one) for one in values]
    facts.allowed = values if facts.allowed is None else [one for one in facts.allowed if key_of(one) in keys]


def _raise_low(facts: Facts, value: float, *, is_open: bool = False) -> None:
    facts.low = max([(exact(value), is_open), *([facts.low] if facts.low else [])])


def _lower_high(facts: Facts, value: float, *, is_open: bool = False) -> None:
    facts.high = min([(exact(value), not is_open), *([facts.high] if facts.high else [])])


def exact(value: float) -> Fraction:
    """The number as it is written."""
    return Fraction(str(value))


def _least(name: str) -> Callable[[Facts, Any], None]:
    return lambda facts, value: setattr(facts, name, max(getattr(facts, name), int(value)))


def _most(name: str) -> Callable[[Facts, Any], None]:
    def lower(facts: Facts, value: Any) -> None:  # noqa: ANN401
        now = getattr(facts, name)
        setattr(facts, name, int(value) if now is None else min(now, int(value)))

    return lower


def _adds(name: str) -> Callable[[Facts, Any], None]:
    return lambda facts, value: getattr(facts, name).append(value)


_KEEPS: dict[str, Callable[[Facts, Any], None]] = {
    "type": _kinds,
    "const": lambda facts, value: _allow(facts, [value]),
    "enum": _allow,
    NONE_OF: lambda facts, value: facts.excluded.extend(value),
    "minimum": _raise_low,
    "maximum": _lower_high,
    "exclusiveMinimum": lambda facts, value: _raise_low(facts, value, is_open=True),
    "exclusiveMaximum": lambda facts, value: _lower_high(facts, value, is_open=True),
    "multipleOf": lambda facts, value: facts.steps.append(exact(value)),
    NO_MULTIPLE: lambda facts, value: facts.no_steps.append(exact(value)),
    "minLength": _least("least_length"),
    "maxLength": _most("most_length"),
    "pattern": _adds("accepted"),
    REFUSED_PATTERN: _adds("refused"),
    "format": _adds("formats"),
    "minItems": _least("least_items"),
    "maxItems": _most("most_items"),
    "uniqueItems": lambda facts, value: setattr(facts, "unique", facts.unique or value),
    "minProperties": _least("least_members"),
    "maxProperties": _most("most_members"),
    "required": lambda facts, value: facts.required.extend(one for one in value if one not in facts.required),
    OTHER_MEMBER: lambda facts, value: facts.others.append(tuple(value)),
    "propertyNames": _adds("names"),
    "dependentRequired": lambda facts, value: facts.needed_with.extend(value.items()),
    "dependentSchemas": lambda facts, value: facts.holding_with.extend(value.items()),
}
