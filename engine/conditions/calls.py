"""Rules with parameters, as their own text and those that call them see them.

A rule is proved once, with parameters that are not null, because a call with null gives null without asking the rule.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace

from engine.conditions.complaints import STANDARD, problem
from engine.conditions.guards import Facts, Guards, Known
from engine.conditions.places import Place, Sight
from engine.conditions.signatures import Called, Parameter, Signature
from engine.conditions.sources import Source
from engine.conditions.tree import START, Ident, Node, walk
from engine.definition import ValueType
from engine.problems import Problem
from engine.shapes import Scalar

_PARAMETERS: dict[ValueType, Parameter] = {
    "date": "day",
    "month": "month",
    "whole": "whole",
    "yen": "whole",
    "number": "number",
    "text": "text",
    "yes_no": "yes_no",
}
_RESERVED = frozenset({*STANDARD, "exists", "all", "exists_one", "filter", "map", "has", "bool", "type"})


def callable_rules(sources: Iterable[Source], functions: Collection[str]) -> dict[str, Called]:
    """Every rule with parameters by the name it is called by, of which nothing is proved yet.

    Args:
        functions: names of host functions, which no rule can have.
    """
    taken = _RESERVED.union(functions)
    return {
        source.id: Called(
            source.id, tuple((name, _PARAMETERS[kind]) for name, kind in source.takes.items()), source.type, source.name
        )
        for source in sources
        if source.takes and source.id.isidentifier() and source.id not in taken
    }


def parameters(source: Source) -> dict[str, Place | None]:
    """What a text sees of its own parameters."""
    return {name: Place(Scalar(kind)) for name, kind in source.takes.items()}


def given(source: Source) -> Facts:
    """What its text may rely on: parameters that are not null."""
    return frozenset(Ident(name) for name in source.takes)


def proved(called: Called, node: Node, sight: Sight, guards: Guards) -> Called:
    """The same with what its text, named conditions put in, says of null; facts about parameters are not handed on."""
    facts = frozenset(Ident(name) for name, _ in called.takes)
    if called.gives != "yes_no":
        return replace(called, may_be_null=guards.nullable(node, facts, sight))
    told = (_outside(guards.when(node, facts, sight, true=true), facts) for true in (True, False))
    return Called(called.name, called.takes, called.gives, called.rule, False, *told)  # noqa: FBT003 - proved before


def misnamed(source: Source, functions: Mapping[str, Signature], taken: Collection[str]) -> Iterator[Problem]:
    """A rule that nobody could call by its name, and each parameter that hides another name."""
    if source.takes and not isinstance(functions.get(source.id), Called):
        ja = f"「{source.id}」は関数の名前に使えません。引数のある規則は {source.id}(…) と呼ばれます。"
        yield problem(source, "C015", START, ja, f"{source.id!r} cannot be the name of a rule that takes parameters")
    for name in source.takes:
        if name in taken:
            ja = f"引数「{name}」は、ほかの名前と同じです。別の名前にしてください。"
            yield problem(source, "C012", START, ja, f"the parameter {name!r} hides something else of that name")


def _outside(known: Known, parameters: Facts) -> Known:
    if known is None:
        return None
    return frozenset(fact for fact in known if not any(node in parameters for node in walk(fact)))
