"""One expression out of many: named conditions and rules put in where they are read or called.

Done on the checked messages, never on text, so strings, fields after a dot and variables cannot be mistaken for a
name, and the runtime evaluates one expression in one call, with its own rules for errors and short circuits.

A call becomes a `cel.bind` for every argument around the rule's own expression, so each argument is worked out once,
where it stands: no variable of the rule can be taken for one of the caller's. The parameters have names there that no
text can contain, so it cannot happen the other way round either.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from engine.conditions.expression import below, parts

# In bytes. A larger one would be a chain of conditions that doubles at every step; the runtime would run it, slowly.
LARGEST = 100_000


@dataclass(frozen=True)
class Callee:
    """A rule with parameters, linked; `takes` are the names that its parameters have in there."""

    takes: Sequence[str]
    linked: Any


def link(checked: Any, meanings: Mapping[str, Any], callees: Mapping[str, Callee]) -> Any:
    """The CheckedExpr with every name replaced by the linked CheckedExpr that it means, and every call by its rule.

    What the type checker has noted about each part is left out: the runtime has no use for it. The variables of its
    comprehensions must not have such a name; the language refuses that before.
    """
    linked = type(checked)()
    linked.expr.CopyFrom(checked.expr)
    _Linker(linked.expr, meanings, callees).visit(linked.expr)
    return linked


def callee(rule: str, takes: Sequence[str], linked: Any) -> Callee:
    """What callers put in for a rule; the linked expression is changed."""
    inner = {name: f"{name}@{rule}" for name in takes}
    for expr in below(linked.expr):
        if expr.HasField("ident_expr") and expr.ident_expr.name in inner:
            expr.ident_expr.name = inner[expr.ident_expr.name]
    return Callee(tuple(inner.values()), linked)


def size(checked: Any) -> int:
    """How large it is in bytes, about twenty for each expression."""
    return int(checked.ByteSize())


class _Linker:
    def __init__(self, root: Any, meanings: Mapping[str, Any], callees: Mapping[str, Callee]) -> None:
        self.meanings = meanings
        self.callees = callees
        self.last = max(expr.id for expr in below(root))

    def visit(self, expr: Any) -> None:
        meaning = self.meanings.get(expr.ident_expr.name) if expr.HasField("ident_expr") else None
        if meaning is not None:
            self.put(expr, meaning)
            return
        for part in parts(expr):
            self.visit(part)
        called = self.callees.get(expr.call_expr.function) if expr.HasField("call_expr") else None
        if called is not None:
            self.call(expr, called)

    def put(self, expr: Any, meaning: Any) -> None:
        """Copy what a name means over it, under numbers of its own."""
        expr.CopyFrom(meaning.expr)
        shift = self.last
        for copied in below(expr):
            copied.id += shift
            self.last = max(self.last, copied.id)

    def call(self, expr: Any, called: Callee) -> None:
        """Put the rule in for a call, its arguments bound to its parameters: null when any of them is null."""
        call = type(expr)()
        call.CopyFrom(expr)
        expr.Clear()
        for name, arg in zip(called.takes, call.call_expr.args, strict=True):
            expr = self.bound(expr, name, arg)
        for name in called.takes:
            expr = self.unless_null(expr, name)
        self.put(expr, called.linked)

    def bound(self, expr: Any, name: str, value: Any) -> Any:
        """Make an expression `cel.bind(name, value, …)` as the parser does; what is left to fill in."""
        fold = self.numbered(expr).comprehension_expr
        fold.iter_var, fold.accu_var = "#unused", name
        self.numbered(fold.iter_range).list_expr.SetInParent()
        fold.accu_init.CopyFrom(value)
        self.numbered(fold.loop_condition).const_expr.bool_value = False
        self.numbered(fold.loop_step).ident_expr.name = name
        return fold.result

    def unless_null(self, expr: Any, name: str) -> Any:
        """Make an expression `name == null ? null : …`; what is left to fill in."""
        choice = self.numbered(expr).call_expr
        choice.function = "_?_:_"
        test, null, otherwise = (self.numbered(choice.args.add()) for _ in range(3))
        test.call_expr.function = "_==_"
        self.numbered(test.call_expr.args.add()).ident_expr.name = name
        self.numbered(test.call_expr.args.add()).const_expr.null_value = 0
        null.const_expr.null_value = 0
        return otherwise

    def numbered(self, expr: Any) -> Any:
        self.last += 1
        expr.id = self.last
        return expr
