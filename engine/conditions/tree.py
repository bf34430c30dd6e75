"""A condition as a small neutral tree, for whoever explains it, translates it or compiles it to something else.

Operators are calls by their sign (`==`, `&&`, `!`, `?:`, `in`, `[]` for an index, `neg` for a minus before a value),
a list in the text is a call of `list`, and a method is a call whose first argument is what stood before the dot.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Literal as OneOf

Position = tuple[int, int]
Plain = str | int | float | bool | None
Macro = OneOf["exists", "all", "exists_one", "filter", "map", "bind"]

START: Position = (1, 1)
BINARY = frozenset({"==", "!=", "<", "<=", ">", ">=", "&&", "||", "+", "-", "*", "/", "%", "in"})


@dataclass(frozen=True, slots=True)
class Literal:
    """A value written in the text."""

    value: Plain
    at: Position = field(default=START, compare=False)


@dataclass(frozen=True, slots=True)
class Ident:
    """A root, a named condition or the variable of a comprehension."""

    name: str
    at: Position = field(default=START, compare=False)


@dataclass(frozen=True, slots=True)
class Select:
    """A field of a record; `at` is the dot before it."""

    operand: Node
    name: str
    at: Position = field(default=START, compare=False)


@dataclass(frozen=True, slots=True)
class Call:
    """A function or an operator with its arguments."""

    function: str
    args: tuple[Node, ...]
    at: Position = field(default=START, compare=False)


@dataclass(frozen=True, slots=True)
class Comprehension:
    """A macro over a list: `over.kind(variable, where, body)`.

    `where` is only there for a map of three arguments. For `bind`, `over` is the value that the variable stands for.
    """

    kind: Macro
    variable: str
    over: Node
    body: Node
    where: Node | None = None
    at: Position = field(default=START, compare=False)


Node = Literal | Ident | Select | Call | Comprehension


def children(node: Node) -> tuple[Node, ...]:
    """The parts of a node, in the order of the text."""
    match node:
        case Select(operand):
            return (operand,)
        case Call(_, args):
            return args
        case Comprehension(_, _, over, body, where):
            return (over, body) if where is None else (over, where, body)
        case _:
            return ()


def walk(node: Node) -> Iterator[Node]:
    """The node and every node below it, parents first."""
    yield node
    for child in children(node):
        yield from walk(child)


def dotted(node: Node) -> str | None:
    """A name with its fields, as in `rules.start_month`, or None for anything else."""
    match node:
        case Ident(name):
            return name
        case Select(operand, name):
            before = dotted(operand)
            return None if before is None else f"{before}.{name}"
        case _:
            return None


def substitute(node: Node, meanings: Mapping[str, Node]) -> Node:
    """The tree with every dotted name replaced by what it means; the variable of a comprehension hides a name.

    What is put in takes the position of the name it replaces.
    """
    if not meanings:
        return node
    if isinstance(node, Ident | Select) and (found := meanings.get(dotted(node) or "")) is not None:
        return _placed(found, node.at)
    match node:
        case Select(operand):
            return replace(node, operand=substitute(operand, meanings))
        case Call(_, args):
            return replace(node, args=tuple(substitute(arg, meanings) for arg in args))
        case Comprehension(_, variable, over, body, where):
            inner = {name: one for name, one in meanings.items() if name.split(".")[0] != variable}
            return replace(
                node,
                over=substitute(over, meanings),
                body=substitute(body, inner),
                where=None if where is None else substitute(where, inner),
            )
        case _:
            return node


def text(node: Node) -> str:
    """The tree as CEL again, with all parentheses."""
    match node:
        case Literal(value):
            return _literal(value)
        case Ident(name):
            return name
        case Select(operand, name):
            return f"{text(operand)}.{name}"
        case Comprehension("bind", variable, over, body):
            return f"cel.bind({variable}, {text(over)}, {text(body)})"
        case Comprehension(kind, variable, over, body, where):
            parts = [variable, *(text(part) for part in (where, body) if part is not None)]
            return f"{text(over)}.{kind}({', '.join(parts)})"
        case Call(function, args):
            return _call(function, [text(arg) for arg in args])


def _call(function: str, args: list[str]) -> str:
    if function in BINARY:
        return f"({args[0]} {function} {args[1]})"
    match function:
        case "?:":
            return f"({args[0]} ? {args[1]} : {args[2]})"
        case "!" | "neg":
            return f"{'!' if function == '!' else '-'}{args[0]}"
        case "[]":
            return f"{args[0]}[{args[1]}]"
        case "list":
            return f"[{', '.join(args)}]"
        case _:
            return f"{function}({', '.join(args)})"


def _literal(value: Plain) -> str:
    if value is None or isinstance(value, bool):
        return {None: "null", True: "true", False: "false"}[value]
    if isinstance(value, str):
        return "'" + value.replace("\\", "\\\\").replace("'", "\\'").replace("\n", "\\n") + "'"
    return repr(value)


def _placed(node: Node, at: Position) -> Node:
    """The tree with one position everywhere. Made anew by hand: `replace` takes three times as long, at every load."""
    match node:
        case Literal(value):
            return Literal(value, at)
        case Ident(name):
            return Ident(name, at)
        case Select(operand, name):
            return Select(_placed(operand, at), name, at)
        case Call(function, args):
            return Call(function, tuple([_placed(arg, at) for arg in args]), at)
        case Comprehension(kind, variable, over, body, where):
            where = None if where is None else _placed(where, at)
            return Comprehension(kind, variable, _placed(over, at), _placed(body, at), where, at)
