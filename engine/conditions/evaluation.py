"""Runs what is plain in a condition directly, so that the runtime is only asked about the rest.

Every call of a host function by the runtime (cel-expr-python 0.1.3) keeps its arguments and its result for ever, and an
evaluation there costs ten times as much. So a linked expression becomes nested Python functions, once, at load. They
answer only where nothing is in doubt: an error, a null where none belongs, an overflow, a mixture of types, a function
that is not listed here raise `Unsure`, and then the runtime decides as it always did, in the same words.

Named conditions and rules are put in wherever they are read, so the same part may stand in an expression many times,
and a loop asks again what does not depend on its variable: such parts are worked out once in an evaluation.
"""

from __future__ import annotations

import copy
from collections.abc import Iterable, Mapping
from typing import Any

from engine.conditions import steps
from engine.conditions.binding import is_scalar, reader
from engine.conditions.operators import BINARY, STANDARD, UNARY
from engine.conditions.signatures import Function
from engine.conditions.steps import Environment, Key, Run, unsure
from engine.conditions.tree import Call, Comprehension, Ident, Literal, Node, Select, children, dotted, walk
from engine.shapes import Shape

__all__ = ["Environment", "Run", "runnable", "unsure"]

_YES_OR_NO = frozenset({"&&", "||", "!", "==", "!=", "<", "<=", ">", ">=", "in"})
_TWO = 2
_NOTHING: frozenset[str] = frozenset()


def runnable(node: Node, functions: Iterable[Function], shapes: Mapping[str, Shape] | None = None) -> Run:
    """What gives the value of a linked expression in an environment of roots, which stays as it was.

    The result is nobody else's: lists and records in it are copies.

    Args:
        shapes: the roots that stand in the environment as they were built; the others are filled.

    Raises:
        Unsure: (when run) the runtime has to decide.
    """
    known = {function.name: function for function in functions}
    again = _met_again(node, shapes or {})
    run = _Writer(known, shapes or {}, again, {}).written(node)
    if again or any(isinstance(one, Comprehension) for one in walk(node)):
        run = _apart(run)
    if isinstance(node, Call) and node.function in _YES_OR_NO:
        return run

    def own(environment: Environment) -> Any:
        found = run(environment)
        return copy.deepcopy(found) if type(found) in {list, dict} else found

    return own


def _apart(run: Run) -> Run:
    """The same in an environment of its own, for what it puts there."""
    return lambda environment: run(environment.copy())


class _Writer:
    """Writes the steps of one expression; `variables` are those of the comprehensions around."""

    def __init__(
        self,
        functions: Mapping[str, Function],
        shapes: Mapping[str, Shape],
        again: Mapping[int, Key],
        variables: Mapping[str, Key],
    ) -> None:
        self._functions = functions
        self._shapes = shapes
        self._again = again
        self._variables = variables

    def written(self, node: Node) -> Run:
        key = self._again.get(id(node))
        return self._step(node) if key is None else steps.once(key, self._step(node))

    def _step(self, node: Node) -> Run:
        root, *path = (dotted(node) or "").split(".")
        if root in self._shapes:
            fill = reader(self._shapes[root], path)
            return steps.scalar(root, path, fill) if is_scalar(self._shapes[root], path) else steps.read(root, fill)
        match node:
            case Literal(value):
                return steps.constant(value)
            case Ident(name):
                return steps.variable(self._variables[name]) if name in self._variables else steps.root(name)
            case Select(operand, name):
                return steps.field(self.written(operand), name)
            case Comprehension():
                return self._macro(node)
            case Call(function, args):
                return self._compared(node) or self._call(function, args)

    def _compared(self, node: Call) -> Run | None:
        """A comparison with texts, a yes/no or null: what is equal to one is of the same type, nothing is in doubt."""
        match node:
            case Call("==", (left, Literal(str() | bool() | None as value))):
                return steps.same(self.written(left), value)
            case Call("!=", (left, Literal(str() | bool() | None as value))):
                return steps.other(self.written(left), value)
            case Call("in", (left, Call("list", args))):
                texts = [one.value for one in args if isinstance(one, Literal) and isinstance(one.value, str)]
                return steps.among(self.written(left), tuple(texts)) if len(texts) == len(args) else None
            case _:
                return None

    def _call(self, function: str, args: tuple[Node, ...]) -> Run:
        if function in {"&&", "||"}:
            return steps.short([self.written(one) for one in _chain(function, args)], stop=function == "||")
        runs = [self.written(arg) for arg in args]
        if function == "?:":
            return steps.choice(*runs)
        if function == "list":
            return steps.several(runs)
        if function in BINARY and len(args) == _TWO:  # a function may have the name of a sign
            return steps.binary(BINARY[function], *runs)
        if (known := UNARY.get(function) or STANDARD.get(function)) is not None:
            return steps.unary(known, *runs) if len(runs) == 1 else lambda at: known(*[run(at) for run in runs])
        return steps.host(self._functions[function], runs) if function in self._functions else unsure

    def _macro(self, node: Comprehension) -> Run:
        key = object()
        inside = _Writer(
            self._functions,
            {root: one for root, one in self._shapes.items() if root != node.variable},
            self._again,
            {**self._variables, node.variable: key},
        )
        over, body = self.written(node.over), inside.written(node.body)
        match node.kind:
            case "bind":
                return steps.bound(key, over, body)
            case "map":
                where = None if node.where is None else inside.written(node.where)
                return steps.mapped(key, over if where is None else steps.filtered(key, over, where), body)
            case "filter":
                return steps.filtered(key, over, body)
            case "exists_one":
                return steps.exactly_one(key, over, body)
            case _:
                return steps.quantified(key, over, body, stop=node.kind == "exists")


def _chain(sign: str, args: tuple[Node, ...]) -> Iterable[Node]:
    """What a sign joins from left to right, without the brackets."""
    for one in args:
        if isinstance(one, Call) and one.function == sign:
            yield from _chain(sign, one.args)
        else:
            yield one


def _met_again(node: Node, shapes: Mapping[str, Shape]) -> dict[int, Key]:
    """Which parts cost something, read no variable and would be worked out more than once; equal ones have one key.

    They are named by their identity: there is no comparing of trees while steps are written.
    """
    places: dict[Node, list[int]] = {}
    looped: set[Node] = set()

    def visit(one: Node, bound: frozenset[str], *, in_loop: bool) -> frozenset[str]:
        """The names it reads, variables of its own apart."""
        path = dotted(one)
        if path is not None:
            free = frozenset({path.partition(".")[0]})
        elif isinstance(one, Comprehension):
            inside, again = bound | {one.variable}, in_loop or one.kind != "bind"
            inner = [visit(part, inside, in_loop=again) - {one.variable} for part in children(one)[1:]]
            free = visit(one.over, bound, in_loop=in_loop).union(*inner)
        else:
            free = _NOTHING.union(*[visit(part, bound, in_loop=in_loop) for part in children(one)])
        if bound.isdisjoint(free) and _may_cost(one, shapes):
            places.setdefault(one, []).append(id(one))
            if in_loop:
                looped.add(one)
        return free

    visit(node, _NOTHING, in_loop=False)
    several = {one: object() for one, found in places.items() if len(found) > 1 or one in looped}
    return {place: key for one, key in several.items() for place in places[one]}


def _may_cost(node: Node, shapes: Mapping[str, Shape]) -> bool:
    """Whether it is more than a scalar, an operator or what was written down."""
    match node:
        case Comprehension():
            return True
        case Call(function):
            return function not in BINARY and function not in UNARY and function not in {"&&", "||", "?:", "list"}
        case _:
            root, *path = (dotted(node) or "").split(".")
            return root in shapes and not is_scalar(shapes[root], path)
