"""Searches a value that satisfies schemas: every open choice is tried, and only what is sure is called impossible.

A keyword that is not understood is left out. That lets more values through, never fewer: where nothing is left all the
same, nothing satisfies the schema; and what is found is only a candidate until a validator has seen it.
"""

from __future__ import annotations

from collections.abc import Iterator
from random import Random
from typing import Any, Literal, NamedTuple

from forms import scalars
from forms.facts import KINDS, Facts, Home
from forms.negation import NONE_OF, AnySchema
from forms.numbers import numbers
from forms.validation import matches

DEEPEST = 14
STEPS = 20_000
_FEW = 30
_OTHER = "other"
_LIKES = 0.5
_LONGER = 2


class Outcome(NamedTuple):
    """What came of a search; `value` where something was found."""

    kind: Literal["found", "impossible", "unknown"]
    value: Any = None


IMPOSSIBLE, UNKNOWN = Outcome("impossible"), Outcome("unknown")


class Search:
    """Searches in one document of schemas.

    Args:
        luck: for other values each time; without it the search always gives the same, with as little as there need be.
    """

    def __init__(self, root: AnySchema, luck: Random | None = None) -> None:
        self._home = Home(root)
        self._luck = luck
        self._sure = self if luck is None else Search(root)
        self._steps = 0
        self._known: dict[frozenset[int], tuple[tuple[AnySchema, ...], Outcome]] = {}
        self._open: dict[frozenset[int], tuple[AnySchema, ...]] = {}
        self._leaned: set[frozenset[int]] = set()

    def candidates(self, *schemas: AnySchema) -> Iterator[Outcome]:
        """What may satisfy all the schemas, one way after another; in the end `UNKNOWN` if the search was not whole."""
        is_whole = True
        for facts in self._ways(Facts(), list(schemas), 0):
            found = UNKNOWN if facts is None else self._made(facts, 0)
            is_whole = False
            if found.kind == "found":
                yield found
        if not is_whole:
            yield UNKNOWN

    def _solved(self, schemas: tuple[AnySchema, ...], depth: int) -> Outcome:
        """What a value inside must satisfy.

        Inside the search for the same schemas there is nothing to be found: what would be found there is itself an
        answer to the search outside, and a smaller one. A search that leaned on that is only good for the outer one.
        """
        key = frozenset(map(id, schemas))
        if key in self._known and self._luck is None:
            return self._known[key][1]
        if key in self._open:
            self._leaned.add(key)
            return IMPOSSIBLE if self._luck is None else self._sure._solved(schemas, depth)  # noqa: SLF001 - of the same class
        outside, self._leaned = self._leaned, set()
        self._open[key] = schemas
        found = self._searched(schemas, depth)
        del self._open[key]
        leaned = self._leaned - {key}
        if not leaned or found.kind != "impossible":
            self._known[key] = (schemas, found)
        self._leaned = outside | leaned
        return found

    def _searched(self, schemas: tuple[AnySchema, ...], depth: int) -> Outcome:
        if depth > DEEPEST:
            return UNKNOWN
        found = IMPOSSIBLE
        for facts in self._ways(Facts(), list(schemas), depth):
            found = UNKNOWN
            if facts is not None and (made := self._made(facts, depth)).kind == "found":
                return made
        return found

    def _ways(self, facts: Facts, schemas: list[AnySchema], depth: int) -> Iterator[Facts | None]:
        """The facts that are left when every choice is made; None for a way that was not followed to its end."""
        waiting = schemas
        while waiting:
            waiting += facts.take_in(waiting.pop(), self._home)
            waiting += self._along(facts)
        self._steps += 1
        if self._steps > STEPS:
            yield None
            return
        facts.kinds = tuple(kind for kind in facts.kinds if self._sure._may_be(facts, kind, depth))  # noqa: SLF001
        if not facts.kinds:
            return
        if not facts.choices:
            yield facts
            return
        choice = facts.choices.pop()
        if self._luck is not None:
            self._luck.shuffle(choice)
        for one in choice:
            yield from self._ways(facts.copied(), [one], depth)

    def _along(self, facts: Facts) -> list[AnySchema]:
        """What must hold because a member is required, which others may be by that."""
        for name, others in facts.needed_with:
            if name in facts.required:
                facts.required += [one for one in others if one not in facts.required]
        here = [one for one in facts.holding_with if one[0] in facts.required]
        facts.holding_with = [one for one in facts.holding_with if one not in here]
        return [schema for _, schema in here] if facts.kinds == ("object",) else []

    def _may_be(self, facts: Facts, kind: str, depth: int) -> bool:
        """False where no value of a kind fits the facts, for sure."""
        if facts.allowed is not None:
            return bool(scalars.allowed(facts, kind))
        if kind in {"null", "boolean"}:
            return bool(scalars.simple(facts, kind))
        if kind in {"integer", "fraction"}:
            return next(numbers(facts, whole=kind == "integer", luck=None), "none") != "none"
        if kind == "string":
            return scalars.may_be_text(facts)
        return self._may_be_array(facts, depth) if kind == "array" else self._may_be_object(facts, depth)

    def _may_be_array(self, facts: Facts, depth: int) -> bool:
        if facts.most_items is not None and facts.least_items > facts.most_items:
            return False
        for place in range(min(facts.least_items, _FEW)):
            if self._solved(facts.of_item(place), depth + 1).kind == "impossible":
                return False
        for schema, least, most in facts.contains:
            is_row = any(before for before, _ in facts.rows)
            together = (schema, *facts.of_item(0))
            if least > 0 and not is_row and self._solved(together, depth + 1).kind == "impossible":
                return False
            limits = [one for one in (most, facts.most_items) if one is not None]
            if limits and least > min(limits):
                return False
        return True

    def _may_be_object(self, facts: Facts, depth: int) -> bool:
        most = facts.most_members
        if most is not None and max(facts.least_members, len(facts.required)) > most:
            return False
        if any(inner[2] is False for inner in facts.others):
            return False
        for name in facts.required:
            if self._solved(facts.of_member(name), depth + 1).kind == "impossible" or not self._may_be_named(
                facts, name
            ):
                return False
        if facts.least_members > len(facts.required) and self._is_closed(facts):
            possible = [one for one in facts.known_names() if False not in facts.of_member(one)]
            return len({*possible, *facts.required}) >= facts.least_members
        return True

    def _is_closed(self, facts: Facts) -> bool:
        return any(others is False and not patterns for _, patterns, others in facts.members)

    def _may_be_named(self, facts: Facts, name: str) -> bool:
        if not facts.names:
            return True
        return any(one is None or one.kinds for one in self._ways(Facts(), [*facts.names, {"const": name}], DEEPEST))

    def _made(self, facts: Facts, depth: int) -> Outcome:
        """A value that fits the facts, without every doubt being out of the way."""
        kinds = [kind for kind in KINDS if kind in facts.kinds]
        if self._luck is not None:
            self._luck.shuffle(kinds)
        for kind in kinds:
            found = self._of_kind(facts, kind, depth)
            if found.kind == "found":
                return found
        return UNKNOWN

    def _of_kind(self, facts: Facts, kind: str, depth: int) -> Outcome:
        if facts.allowed is not None:
            values: list[Any] = scalars.allowed(facts, kind)
        elif kind == "string":
            values = scalars.texts(facts, self._luck)
        elif kind in {"integer", "fraction"}:
            made = next(numbers(facts, whole=kind == "integer", luck=self._luck), None)
            values = [] if made is None else [made]
        elif kind == "array":
            return self._array(facts, depth)
        elif kind == "object":
            return self._object(facts, depth)
        else:
            values = scalars.simple(facts, kind)
        if not values:
            return UNKNOWN
        return Outcome("found", values[0] if self._luck is None else self._luck.choice(values))

    def _array(self, facts: Facts, depth: int) -> Outcome:
        wanted = [schema for schema, least, _ in facts.contains for _ in range(least)]
        length = max(facts.least_items, len(wanted))
        most = length + _LONGER if facts.most_items is None else min(facts.most_items, length + _LONGER)
        if self._luck is not None and most > length and depth < DEEPEST // 2:
            length = self._luck.randint(length, most)
        made: list[Any] = []
        for place in range(length):
            asked = list(facts.of_item(place))
            asked += wanted[place : place + 1] if place < len(wanted) else self._no_more(facts)
            asked += [{NONE_OF: list(made)}] if facts.unique else []
            found = self._solved(tuple(asked), depth + 1)
            if found.kind != "found":
                return UNKNOWN
            made.append(found.value)
        return Outcome("found", made)

    def _no_more(self, facts: Facts) -> list[AnySchema]:
        return [{"not": schema} for schema, _, most in facts.contains if most is not None]

    def _object(self, facts: Facts, depth: int) -> Outcome:
        made: dict[str, Any] = {}
        for name in facts.required:
            found = self._solved(facts.of_member(name), depth + 1)
            if found.kind != "found":
                return UNKNOWN
            made[name] = found.value
        for names, patterns, schema in facts.others:
            name = self._fresh([*names, *made], patterns)
            found = self._solved((schema, *facts.of_member(name)), depth + 1)
            if found.kind != "found":
                return UNKNOWN
            made[name] = found.value
        for name in [*facts.known_names(), *(f"{_OTHER}{n}" for n in range(facts.least_members))]:
            if name not in made and self._takes(facts, name, made):
                found = self._solved(facts.of_member(name), depth + 1)
                if found.kind == "found":
                    made[name] = found.value
        return Outcome("found", made) if len(made) >= facts.least_members else UNKNOWN

    def _takes(self, facts: Facts, name: str, made: dict[str, Any]) -> bool:
        """Whether to put in what need not be there."""
        if facts.most_members is not None and len(made) >= facts.most_members:
            return False
        if not self._may_be_named(facts, name):
            return False
        if len(made) < facts.least_members:
            return True
        hangs = {one for one, _ in facts.needed_with} | {one for one, _ in facts.holding_with}
        return (
            name in facts.known_names()
            and name not in hangs
            and self._luck is not None
            and self._luck.random() < _LIKES
        )

    def _fresh(self, names: list[str], patterns: list[str]) -> str:
        """The name of a member that nobody speaks of."""
        numbered = (f"{_OTHER}{n}" for n in range(len(names) + _FEW))
        free = (one for one in numbered if one not in names and not any(matches(p, one) for p in patterns))
        return next(free, _OTHER)
