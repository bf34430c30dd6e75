"""One expression out of many: named conditions and rules put in where they are read.

Done on the checked messages, never on text, so strings, fields after a dot and variables cannot be mistaken for a
name, and the runtime evaluates one expression in one call, with its own rules for errors and short circuits.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from engine.conditions.expression import below, parts

# A longer one would be a chain of conditions that doubles at every step; the runtime would still run it, slowly.
LARGEST = 5_000


def link(checked: Any, meanings: Mapping[str, Any]) -> Any:
    """The CheckedExpr with every name replaced by the linked CheckedExpr that it means.

    The variables of its comprehensions must not have such a name; the language refuses that before.
    """
    linked = type(checked)()
    linked.CopyFrom(checked)
    _Linker(linked, meanings).visit(linked.expr)
    return linked


def size(checked: Any) -> int:
    """How many expressions it holds."""
    return sum(1 for _ in below(checked.expr))


class _Linker:
    def __init__(self, linked: Any, meanings: Mapping[str, Any]) -> None:
        self.linked = linked
        self.meanings = meanings
        self.last = max((expr.id for expr in below(linked.expr)), default=0)

    def visit(self, expr: Any) -> None:
        meaning = self.meanings.get(expr.ident_expr.name) if expr.HasField("ident_expr") else None
        if meaning is not None:
            self.put(expr, meaning)
            return
        for part in parts(expr):
            self.visit(part)

    def put(self, expr: Any, meaning: Any) -> None:
        """Copy what a name means over it, under numbers of its own."""
        for table in (self.linked.reference_map, self.linked.type_map):
            table.pop(expr.id, None)
        expr.CopyFrom(meaning.expr)
        shift = self.last
        for copied in below(expr):
            old, copied.id = copied.id, copied.id + shift
            self.last = max(self.last, copied.id)
            if old in meaning.reference_map:
                self.linked.reference_map[copied.id].CopyFrom(meaning.reference_map[old])
            if old in meaning.type_map:
                self.linked.type_map[copied.id].CopyFrom(meaning.type_map[old])
