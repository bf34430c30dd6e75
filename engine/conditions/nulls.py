"""Proves that a condition can be worked out whatever is null, or finds where it cannot.

CEL makes an error of `null < 3`, of `null && x` and of a method of null, and an error never holds: an honest person
would be refused for a field left empty. So every place where null could reach such an operator must be guarded in the
text (`x != null && x < 3`). Arithmetic and host functions give null for null and need no guard themselves.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from engine.conditions.guards import ARITHMETIC, Facts, Guards
from engine.conditions.places import Sight
from engine.conditions.tree import Call, Comprehension, Node, Position, children, substitute

_PREDICATES = frozenset({"exists", "all", "exists_one", "filter"})
_TAKE_NULL = ARITHMETIC | {"==", "!=", "in", "list", "dyn"}


@dataclass(frozen=True)
class Gap:
    """A value that may be null where that is an error: what it is, and the operator, function or macro it stops."""

    value: Node
    stops: str
    is_yes_no: bool
    at: Position


def gaps(node: Node, sight: Sight, guards: Guards, facts: Facts, *, yes_no: bool) -> list[Gap]:
    """Every place where null is an error; a yes/no must not be null in the end either.

    Args:
        node: the text with its named conditions put in.
        facts: what is not null to begin with: the parameters of a rule.
    """
    proof = _Proof(guards)
    found = list(proof.gaps(node, facts, sight))
    if yes_no and not found:
        found = list(proof.needs("", node, facts, sight, is_yes_no=True))
    return found


@dataclass(frozen=True)
class _Proof:
    guards: Guards

    def gaps(self, node: Node, facts: Facts, sight: Sight) -> Iterator[Gap]:
        match node:
            case Comprehension("bind", variable, over, body):
                yield from self.gaps(over, facts, sight)
                yield from self.gaps(substitute(body, {variable: over}), facts, sight)
            case Comprehension():
                yield from self.in_list(node, facts, sight)
            case Call("&&" | "||"):
                yield from self.joined(node, facts, sight)
            case Call("?:"):
                yield from self.branches(node, facts, sight)
            case _:
                for child in children(node):
                    yield from self.gaps(child, facts, sight)
                if isinstance(node, Call):
                    yield from self.arguments(node, facts, sight)

    def arguments(self, node: Call, facts: Facts, sight: Sight) -> Iterator[Gap]:
        if node.function == "in":
            yield from self.needs("in", node.args[1], facts, sight)
        elif node.function not in _TAKE_NULL and node.function not in sight.functions:
            for arg in node.args:
                yield from self.needs(node.function, arg, facts, sight, is_yes_no=node.function == "!")

    def needs(self, stops: str, value: Node, facts: Facts, sight: Sight, *, is_yes_no: bool = False) -> Iterator[Gap]:
        if self.guards.nullable(value, facts, sight):
            culprit = self.culprit(value, facts, sight)
            yield Gap(culprit, stops, is_yes_no and culprit == value, culprit.at)

    def joined(self, node: Call, facts: Facts, sight: Sight) -> Iterator[Gap]:
        """One side may rely on the other, whichever stands first: CEL forgives an error that the other side decides."""
        left, right = node.args
        found = self.in_turn(node.function, left, right, facts, sight)
        if found and not self.in_turn(node.function, right, left, facts, sight):
            return
        yield from found

    def in_turn(self, sign: str, first: Node, second: Node, facts: Facts, sight: Sight) -> list[Gap]:
        found = [*self.gaps(first, facts, sight), *self.needs(sign, first, facts, sight, is_yes_no=True)]
        known = self.guards.when(first, facts, sight, true=sign == "&&")
        if known is not None:
            found += self.gaps(second, facts | known, sight)
            found += self.needs(sign, second, facts | known, sight, is_yes_no=True)
        return found

    def branches(self, node: Call, facts: Facts, sight: Sight) -> Iterator[Gap]:
        test, then, otherwise = node.args
        yield from self.gaps(test, facts, sight)
        yield from self.needs("?:", test, facts, sight, is_yes_no=True)
        for branch, taken in ((then, True), (otherwise, False)):
            known = self.guards.when(test, facts, sight, true=taken)
            if known is not None:
                yield from self.gaps(branch, facts | known, sight)

    def in_list(self, node: Comprehension, facts: Facts, sight: Sight) -> Iterator[Gap]:
        yield from self.gaps(node.over, facts, sight)
        yield from self.needs(node.kind, node.over, facts, sight)
        inner, known = self.guards.inside(node, facts, sight)
        if node.where is not None:
            before = self.guards.inside(_without_where(node), facts, sight)[1]
            yield from self.gaps(node.where, before, inner)
            yield from self.needs(node.kind, node.where, before, inner, is_yes_no=True)
        yield from self.gaps(node.body, known, inner)
        if node.kind in _PREDICATES:
            yield from self.needs(node.kind, node.body, known, inner, is_yes_no=True)

    def culprit(self, node: Node, facts: Facts, sight: Sight) -> Node:
        """The smallest part that makes a node null."""
        if isinstance(node, Call) and node.function not in {"?:", "[]"}:
            for arg in node.args:
                if self.guards.nullable(arg, facts, sight):
                    return self.culprit(arg, facts, sight)
        return node


def _without_where(node: Comprehension) -> Comprehension:
    return Comprehension(node.kind, node.variable, node.over, node.body, None, node.at)
