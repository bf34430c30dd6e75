"""What the guards of a text say about null: which parts may be null, and which cannot where others are true or false.

Facts are the nodes known not to be null; `None` in their place means that the case cannot happen at all.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from engine.conditions.places import Sight
from engine.conditions.signatures import Called
from engine.conditions.tree import Call, Comprehension, Ident, Literal, Node, Select, substitute, walk
from engine.shapes import Many, Record

Facts = frozenset[Node]
Known = Facts | None

NOTHING: Facts = frozenset()
ORDER = frozenset({"<", "<=", ">", ">="})
ARITHMETIC = frozenset({"+", "-", "*", "/", "%", "neg"})


@dataclass(frozen=True)
class Asked:
    """A yes/no and what it is taken to be."""

    node: Node
    is_: bool


@dataclass(frozen=True)
class Guards:
    """The reasoning for one text.

    Args:
        certain: whether the value at a dotted path is never null.
    """

    certain: Callable[[str], bool]

    def when(  # noqa: PLR0911 - one for each kind of guard
        self, node: Node, facts: Facts, sight: Sight, *, true: bool
    ) -> Known:
        """What is known besides the facts where a yes/no turns out true, or false."""
        match node:
            case Literal(value):
                return NOTHING if value is true else None
            case Ident() | Select():
                return frozenset({node})
            case Call("!", (inner,)):
                return self.when(inner, facts, sight, true=not true)
            case Call("&&" | "||", (left, right)):
                if (node.function == "&&") is true:  # both are so, or only one of them
                    return self._both(Asked(left, true), Asked(right, true), facts, sight)
                return _either(self.when(left, facts, sight, true=true), self.when(right, facts, sight, true=true))
            case Call("?:", (test, then, otherwise)):
                yes = self._both(Asked(test, is_=True), Asked(then, true), facts, sight)
                no = self._both(Asked(test, is_=False), Asked(otherwise, true), facts, sight)
                return _either(yes, no)
            case Call("==" | "!=", (left, right)):
                equal = (node.function == "==") is true
                return self._told(left, right, facts, sight, equal=equal) | self._told(
                    right, left, facts, sight, equal=equal
                )
            case Call("in", (left, right)):
                return NOTHING if not true or self.holds_null(right, facts, sight) else self._strict(left, sight)
            case Call(sign, (left, right)) if sign in ORDER:
                return self._strict(left, sight) | self._strict(right, sight)
            case _:
                return self._of_rule(node, sight, true=true)

    def _of_rule(self, node: Node, sight: Sight, *, true: bool) -> Known:
        """What a call of a rule says: its arguments are not null, or it would be null itself."""
        called = sight.functions.get(node.function) if isinstance(node, Call) else None
        if not isinstance(called, Called):
            return NOTHING
        told = called.if_true if true else called.if_false
        return None if told is None else told | self._strict(node, sight)

    def _both(self, first: Asked, then: Asked, facts: Facts, sight: Sight) -> Known:
        known = self.when(first.node, facts, sight, true=first.is_)
        if known is None:
            return None
        more = self.when(then.node, facts | known, sight, true=then.is_)
        return None if more is None else known | more

    def _told(self, node: Node, other: Node, facts: Facts, sight: Sight, *, equal: bool) -> Facts:
        """What being equal to something that is not null, or different from null, says of a node."""
        if isinstance(other, Literal):
            tells = (other.value is not None) is equal
        else:
            tells = equal and not self.nullable(other, facts, sight)
        return self._strict(node, sight) if tells else NOTHING

    def _strict(self, node: Node, sight: Sight) -> Facts:
        """A node that is not null, and with it everything that would have made it null."""
        found = frozenset({node})
        if isinstance(node, Call) and passes_null(node.function, sight):
            for arg in node.args:
                found |= self._strict(arg, sight)
        return found

    def nullable(self, node: Node, facts: Facts, sight: Sight) -> bool:  # noqa: PLR0911 - one for each kind
        """Whether a node may be null where the facts hold."""
        if node in facts:
            return False
        match node:
            case Literal(value):
                return value is None
            case Call("[]", (over, _)) if self._is_list(over, sight):
                return self.holds_null(over, facts, sight)
            case Ident() | Select() | Call("[]"):
                return self._field(node, sight)
            case Call("?:", (test, then, otherwise)):
                yes, no = self.when(test, facts, sight, true=True), self.when(test, facts, sight, true=False)
                return any(
                    known is not None and self.nullable(branch, facts | known, sight)
                    for branch, known in ((then, yes), (otherwise, no))
                )
            case Call("sum", (numbers,)):
                return self.holds_null(numbers, facts, sight)
            case Call("min_of" | "max_of"):
                return True
            case Call(function, args) if passes_null(function, sight):
                called = sight.functions.get(function)
                by_itself = isinstance(called, Called) and called.may_be_null
                return by_itself or any(self.nullable(arg, facts, sight) for arg in args)
            case Comprehension("bind", variable, over, body):
                return self.nullable(substitute(body, {variable: over}), facts, sight)
            case _:
                return False

    def _field(self, node: Node, sight: Sight) -> bool:
        place = sight.place(node)
        if place is None:
            return True
        return not isinstance(place.shape, Record | Many) and not (place.path and self.certain(place.path))

    def _is_list(self, node: Node, sight: Sight) -> bool:
        place = sight.place(node)
        return place is not None and isinstance(place.shape, Many)

    def holds_null(self, node: Node, facts: Facts, sight: Sight) -> bool:  # noqa: PLR0911 - one for each kind of list
        """Whether a list may hold null."""
        match node:
            case Call("list", args):
                return any(self.nullable(arg, facts, sight) for arg in args)
            case Call("+", lists):
                return any(self.holds_null(one, facts, sight) for one in lists)
            case Call("sorted", (over,)):
                return self.holds_null(over, facts, sight)
            case Call("months_in" | "range"):
                return False
            case Comprehension("bind", variable, over, body):
                return self.holds_null(substitute(body, {variable: over}), facts, sight)
            case Comprehension("map", _, _, body):
                inner, known = self.inside(node, facts, sight)
                return self.nullable(body, known, inner)
            case Comprehension("filter", variable, _, body):
                inner, known = self.inside(node, facts, sight)
                kept = self.when(body, known, inner, true=True)
                return kept is not None and Ident(variable) not in known | kept
            case _:
                place = sight.place(node)
                element = place.element() if place else None
                if element is None:
                    return True
                return not isinstance(element.shape, Record) and not self.certain(element.path)

    def inside(self, node: Comprehension, facts: Facts, sight: Sight) -> tuple[Sight, Facts]:
        """What the body of a macro sees and knows: its variable is new, and a filter before it has been passed."""
        inner = sight.inside(node)
        known = frozenset(fact for fact in facts if Ident(node.variable) not in walk(fact))
        if not self.holds_null(node.over, facts, sight):
            known |= {Ident(node.variable)}
        over = node.over
        while isinstance(over, Comprehension) and over.kind == "filter":
            kept = substitute(over.body, {over.variable: Ident(node.variable)})
            known |= self.when(kept, known, inner, true=True) or NOTHING
            over = over.over
        if node.where is not None:
            known |= self.when(node.where, known, inner, true=True) or NOTHING
        return inner, known


def passes_null(function: str, sight: Sight) -> bool:
    """Whether a function or operator gives null exactly when it is given null."""
    if function in ARITHMETIC or function == "dyn":
        return True
    known = sight.functions.get(function)
    return known is not None and known.null_to_null and known.gives != "of_list"


def _either(one: Known, other: Known) -> Known:
    """What is known when one of two cases has happened."""
    if one is None or other is None:
        return other if one is None else one
    return one & other
