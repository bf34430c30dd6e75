"""A condition as yes and no over terms: what it compares with constants, and what it asks as a whole.

A term is a part of the tree whose value the abstraction does not look into: a field, a call, a question to a list.
Every value that a real case can give it lies in one of its regions; so what holds for no choice of regions holds for no
case at all. The other way round only a real document can tell.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from checker.exploring.guessing import UNKNOWN
from engine.conditions.tree import Call, Comprehension, Ident, Literal, Node, Plain, substitute, walk

LARGEST = 3000
"""From how many nodes on a value that was given a name is not put in where it is read."""
Known = Mapping[str, Any]
_ORDER: Mapping[str, Callable[[Any, Any], bool]] = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}
_SAME = frozenset({"==", "!="})
_TESTS = frozenset({"exists", "all", "exists_one"})
_YES_NO = frozenset({"&&", "||", "!", "in", *_ORDER, *_SAME})


@dataclass
class Uses:
    """How a term is used: the constants it is held against, whether their order counts, whether it is a yes or no."""

    constants: set[Plain] = field(default_factory=set)
    ordered: bool = False
    asked: bool = False


def plain(node: Node) -> Node:
    """The tree without names for values, and with comparisons of terms written one way only."""
    match node:
        case Comprehension("bind", variable, over, body):
            inlined = substitute(body, {variable: over})
            return plain(inlined) if sum(1 for _ in walk(inlined)) <= LARGEST else node
        case Call("dyn", (inner,)):
            return plain(inner)
        case Call(sign, (left, right)) if sign in _ORDER or sign in _SAME:
            return _compared(sign, plain(left), plain(right))
        case Call(function, args):
            return Call(function, tuple(plain(one) for one in args), node.at)
        case _:
            return node


def _compared(sign: str, left: Node, right: Node) -> Node:
    """A comparison; between two terms as `==` or `<` or the contrary of one of them."""
    if _is_constant(left) or _is_constant(right) or _is_yes_no(left) or _is_yes_no(right):
        return Call(sign, (left, right))
    if sign in _SAME:
        pair = (left, right) if repr(left) <= repr(right) else (right, left)
        return Call("==", pair) if sign == "==" else Call("!", (Call("==", pair),))
    less = Call("<", (left, right) if sign in {"<", ">="} else (right, left))
    return less if sign in {"<", ">"} else Call("!", (less,))


def interned(node: Node, name_of: Callable[[Node], str]) -> Node:
    """The tree with a short name for each term, so that a search need not look into terms again."""
    if is_term(node):
        return Ident(name_of(node))
    match node:
        case Call("in", (one, listed)):
            return Call("in", (interned(one, name_of), listed))
        case Call(function, args):
            return Call(function, tuple(interned(one, name_of) for one in args))
        case _:
            return node


def value(node: Node, known: Known, missing: list[str]) -> Any:  # noqa: ANN401, PLR0911 - a case for each kind
    """The value of an interned tree where some terms are known, or `UNKNOWN`; those it hangs on go to `missing`."""
    match node:
        case Ident(name):
            if name in known:
                return known[name]
            missing.append(name)
            return UNKNOWN
        case Literal(found):
            return found
        case Call("&&" | "||", _):
            return _joined(node, known, missing)
        case Call("!", (inner,)):
            found = value(inner, known, missing)
            return UNKNOWN if found is UNKNOWN else found is not True
        case Call("?:", (test, yes, no)):
            found = value(test, known, missing)
            return UNKNOWN if found is UNKNOWN else value(yes if found is True else no, known, missing)
        case Call("in", (one, Call("list", items))):
            found = value(one, known, missing)
            return UNKNOWN if found is UNKNOWN else found in [item.value for item in items if isinstance(item, Literal)]
        case Call(sign, (left, right)):
            return _held(sign, value(left, known, missing), value(right, known, missing))
        case _:
            raise TypeError(node)


def _joined(node: Call, known: Known, missing: list[str]) -> Any:  # noqa: ANN401
    decides = node.function == "||"
    open_ones: list[str] = []
    unknown = False
    for one in node.args:
        found = value(one, known, open_ones)
        if (found is True) is decides and found is not UNKNOWN:
            return decides
        unknown |= found is UNKNOWN
    missing += open_ones
    return UNKNOWN if unknown else not decides


def _held(sign: str, left: Any, right: Any) -> Any:  # noqa: ANN401
    if left is UNKNOWN or right is UNKNOWN:
        return UNKNOWN
    if sign in _SAME:
        return (left == right) is (sign == "==")
    try:
        return _ORDER[sign](left, right)
    except TypeError:
        return False  # null is guarded: it does not come here


def is_term(node: Node) -> bool:
    """Whether a tree is one term: nothing in it is known but its value."""
    match node:
        case Literal() | Call("&&" | "||" | "!" | "?:", _):
            return False
        case Call("in", (_, Call("list", items))):
            return not all(isinstance(item, Literal) for item in items)
        case Call(sign, (left, right)) if sign in _ORDER or sign in _SAME:
            return not (_is_constant(left) or _is_constant(right) or _is_yes_no(left) or _is_yes_no(right))
        case _:
            return True


def uses(node: Node) -> dict[Node, Uses]:
    """The terms of a tree and how each is used, in the order of the text."""
    found: dict[Node, Uses] = {}
    _note(node, found)
    return found


def _note(node: Node, found: dict[Node, Uses]) -> None:
    if is_term(node):
        found.setdefault(node, Uses()).asked = True
        return
    match node:
        case Call("&&" | "||" | "!", args):
            for one in args:
                _note(one, found)
        case Call("?:", (test, yes, no)):
            for one in (test, yes, no):
                _note(one, found)
        case Call("in", (one, Call("list", items))):
            _note_values(one, [item.value for item in items if isinstance(item, Literal)], found, ordered=False)
        case Call(sign, (left, right)):
            for one, other in ((left, right), (right, left)):
                constants = [part.value for part in _values(other) if isinstance(part, Literal)]
                _note_values(one, constants, found, ordered=sign in _ORDER)
        case _:
            return


def _note_values(node: Node, constants: list[Plain], found: dict[Node, Uses], *, ordered: bool) -> None:
    """Note the constants at every term that may be the value of a tree."""
    for part in _values(node):
        if isinstance(part, Literal):
            continue
        if not is_term(part):
            _note(part, found)
            continue
        use = found.setdefault(part, Uses())
        use.constants.update(constants)
        use.ordered |= ordered
    for test in _tests(node):
        _note(test, found)


def _values(node: Node) -> Iterator[Node]:
    """What a tree may give, choices followed."""
    if isinstance(node, Call) and node.function == "?:":
        for one in node.args[1:]:
            yield from _values(one)
    else:
        yield node


def _tests(node: Node) -> Iterator[Node]:
    if isinstance(node, Call) and node.function == "?:":
        yield node.args[0]
        for one in node.args[1:]:
            yield from _tests(one)


def _is_constant(node: Node) -> bool:
    return all(isinstance(part, Literal) for part in _values(node))


def _is_yes_no(node: Node) -> bool:
    match node:
        case Call(function, _):
            return function in _YES_NO
        case Comprehension(kind, _, _, _):
            return kind in _TESTS
        case _:
            return False


def roots_read(node: Node) -> frozenset[str]:
    """The roots that a term reads, those of variables left out."""
    bound = {one.variable for one in walk(node) if isinstance(one, Comprehension)}
    return frozenset(one.name for one in walk(node) if isinstance(one, Ident) and one.name not in bound)


def named(tree: Node) -> list[str]:
    """The terms of an interned tree, each once."""
    return list(dict.fromkeys(one.name for one in walk(tree) if isinstance(one, Ident)))
