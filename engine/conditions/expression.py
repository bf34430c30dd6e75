"""From the runtime's messages to the neutral tree: macros folded back, positions as line and column."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from engine.conditions.tree import Call, Comprehension, Ident, Literal, Macro, Node, Position, Select

_SIGNS = {"_?_:_": "?:", "_[_]": "[]", "@in": "in", "!_": "!", "-_": "neg"} | {
    f"_{sign}_": sign for sign in ("==", "!=", "<", "<=", ">", ">=", "&&", "||", "+", "-", "*", "/", "%")
}


@dataclass(frozen=True)
class Refused:
    """A construct of CEL that conditions do not have: `has`, a `struct`, a `constant` or a `fold`, and where."""

    what: str
    at: Position


@dataclass(frozen=True)
class Places:
    """Where each numbered expression begins in the text, counted in characters."""

    positions: Any
    line_offsets: tuple[int, ...]

    def __call__(self, number: int) -> Position:
        """The line and column of an expression, from 1."""
        offset = self.positions.get(number, 0)
        line = bisect_right(self.line_offsets, offset)
        return line + 1, offset - (self.line_offsets[line - 1] if line else 0) + 1


def to_tree(parsed: Any) -> tuple[Node, list[Refused]]:
    """The tree of a ParsedExpr or CheckedExpr, and what conditions may not contain, which stands as null in it."""
    info = parsed.source_info
    reader = _Reader(Places(info.positions, tuple(info.line_offsets)))
    return reader.node(parsed.expr), reader.refused


class _Reader:
    def __init__(self, places: Places) -> None:
        self.places = places
        self.refused: list[Refused] = []

    def node(self, expr: Any) -> Node:  # noqa: PLR0911 - one for each kind
        at = self.places(expr.id)
        kind = expr.WhichOneof("kind")
        match kind:
            case "const_expr":
                return self.constant(expr.const_expr, at)
            case "ident_expr":
                return Ident(expr.ident_expr.name, at)
            case "select_expr":
                if expr.select_expr.test_only:
                    return self.no("has", at)
                return Select(self.node(expr.select_expr.operand), expr.select_expr.field, at)
            case "call_expr":
                call = expr.call_expr
                target = (call.target,) if call.HasField("target") else ()
                args = tuple(self.node(one) for one in (*target, *call.args))
                return Call(_SIGNS.get(call.function, call.function), args, at)
            case "list_expr":
                return Call("list", tuple(self.node(one) for one in expr.list_expr.elements), at)
            case "comprehension_expr":
                return self.macro(expr.comprehension_expr, at)
            case _:
                return self.no("struct", at)

    def no(self, what: str, at: Position) -> Node:
        self.refused.append(Refused(what, at))
        return Literal(None, at)

    def constant(self, constant: Any, at: Position) -> Node:
        kind = constant.WhichOneof("kind")
        if kind not in {"null_value", "bool_value", "int64_value", "double_value", "string_value"}:
            return self.no("constant", at)
        return Literal(None if kind == "null_value" else getattr(constant, kind), at)

    def macro(self, fold: Any, at: Position) -> Node:  # noqa: PLR0911 - one for each macro
        """The macro a fold came from, told by what it starts with and what it does at each step."""
        if fold.loop_condition.const_expr.WhichOneof("kind") == "bool_value" and not _true(fold.loop_condition):
            return Comprehension("bind", fold.accu_var, self.node(fold.accu_init), self.node(fold.result), None, at)
        step, over = fold.loop_step.call_expr, self.node(fold.iter_range)

        def made(kind: Macro, body: Any, where: Any = None) -> Comprehension:
            condition = None if where is None else self.node(where)
            return Comprehension(kind, fold.iter_var, over, self.node(body), condition, at)

        match step.function, fold.accu_init.WhichOneof("kind"):
            case "_||_", "const_expr":
                return made("exists", step.args[1])
            case "_&&_", "const_expr":
                return made("all", step.args[1])
            case "_?_:_", "const_expr":
                return made("exists_one", step.args[0])
            case "_+_", "list_expr":
                return made("map", step.args[1].list_expr.elements[0])
            case "_?_:_", "list_expr":
                element = step.args[1].call_expr.args[1].list_expr.elements[0]
                if element.ident_expr.name == fold.iter_var:
                    return made("filter", step.args[0])
                return made("map", element, step.args[0])
            case _:
                return self.no("fold", at)


def _true(expr: Any) -> bool:
    return bool(expr.const_expr.bool_value)


def below(expr: Any) -> Iterator[Any]:
    """Every expression below, itself included, parents first."""
    waiting = [expr]
    while waiting:  # no recursion: linked expressions are deep, and every load goes through all of them
        one = waiting.pop()
        yield one
        waiting += parts(one)


def parts(expr: Any) -> list[Any]:
    """The expressions directly below one."""
    match expr.WhichOneof("kind"):
        case "select_expr":
            return [expr.select_expr.operand]
        case "call_expr":
            call = expr.call_expr
            return [*((call.target,) if call.HasField("target") else ()), *call.args]
        case "list_expr":
            return list(expr.list_expr.elements)
        case "comprehension_expr":
            fold = expr.comprehension_expr
            return [fold.iter_range, fold.accu_init, fold.loop_condition, fold.loop_step, fold.result]
        case _:
            return []
