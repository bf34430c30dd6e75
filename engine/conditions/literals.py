"""What types cannot see: a word that is none of a field's choices, a day written wrong, a day compared with a month."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from engine.conditions.complaints import problem
from engine.conditions.places import Sight
from engine.conditions.signatures import Parameter
from engine.conditions.sources import Source
from engine.conditions.tree import Call, Comprehension, Literal, Node, children
from engine.problems import Problem, nearest
from engine.shapes import Kind, Many, Scalar

COMPARED = frozenset({"==", "!=", "<", "<=", ">", ">="})
_KINDS: dict[Kind, str] = {"date": "日付", "month": "月"}
_WANTED: dict[Parameter, tuple[Kind, ...]] = {"day": ("date",), "month": ("month",), "day_or_month": ("date", "month")}
_MONTH = re.compile(r"[0-9]{4}-(0[1-9]|1[0-2])")


def check(source: Source, node: Node, sight: Sight) -> Iterator[Problem]:
    """Every problem of the words and days in a text."""
    if isinstance(node, Call):
        yield from _call(source, node, sight)
    inner = sight.inside(node) if isinstance(node, Comprehension) else sight
    for n, child in enumerate(children(node)):
        yield from check(source, child, inner if n else sight)


def written(node: Node) -> Iterator[Literal]:
    """The values that a side of a comparison may be: a literal, those of a list, those of both branches."""
    match node:
        case Literal():
            yield node
        case Call("list", args):
            for arg in args:
                yield from written(arg)
        case Call("?:", args):
            for arg in args[1:]:
                yield from written(arg)


def _call(source: Source, node: Call, sight: Sight) -> Iterator[Problem]:
    if node.function in COMPARED:
        left, right = node.args
        yield from _fits(source, _scalar(left, sight), right)
        yield from _fits(source, _scalar(right, sight), left)
        yield from _same_kind(source, node, _scalar(left, sight), _scalar(right, sight))
    elif node.function == "in":
        left, right = node.args
        yield from _fits(source, _scalar(left, sight), right)
        yield from _fits(source, _item(right, sight), left)
        yield from _same_kind(source, node, _scalar(left, sight), _item(right, sight))
    elif node.function in sight.functions:
        function = sight.functions[node.function]
        for (name, parameter), arg in zip(function.takes, node.args, strict=False):
            yield from _argument(source, node, parameter, arg, sight)
            yield from _fits(source, Scalar("text", function.choices.get(name, ())), arg)


def _fits(source: Source, scalar: Scalar | None, other: Node) -> Iterator[Problem]:
    """Every literal on one side that the field on the other side can never be."""
    if scalar is None:
        return
    for literal in written(other):
        value = literal.value
        if not isinstance(value, str):
            continue
        if scalar.choices and value not in scalar.choices:
            hint = nearest(value, scalar.choices) or f"選べるのは {'・'.join(scalar.choices[:8])}"
            ja, en = f"「{value}」という値はありません。", f"{value!r} is none of the choices"
            yield problem(source, "C008", literal.at, ja, en, hint)
        elif not _reads_as(value, scalar.kind):
            form = "YYYY-MM-DD" if scalar.kind == "date" else "YYYY-MM"
            ja, en = f"「{value}」は{_KINDS[scalar.kind]}として読めません。", f"{value!r} is no {scalar.kind}"
            yield problem(source, "C008", literal.at, ja, en, form)


def _same_kind(source: Source, node: Call, left: Scalar | None, right: Scalar | None) -> Iterator[Problem]:
    if left and right and {left.kind, right.kind} == {"date", "month"}:
        ja = "日付と月は比べられません。"
        hint = "month_of(日付) と書くと月になります"
        yield problem(source, "C017", node.at, ja, "a day cannot be compared with a month", hint)


def _argument(source: Source, node: Call, parameter: Parameter, arg: Node, sight: Sight) -> Iterator[Problem]:
    """A day or month that a function wants and would not get."""
    wanted = _WANTED.get(parameter)
    if wanted is None:
        return
    if isinstance(arg, Literal):
        fits = isinstance(arg.value, str) and any(_reads_as(arg.value, kind) for kind in wanted)
    else:
        scalar = _scalar(arg, sight)
        fits = scalar is None or scalar.kind in wanted
    if not fits:
        kinds = "か".join(_KINDS[kind] for kind in wanted)
        ja = f"「{node.function}」のここには{kinds}が要ります。"
        en = f"{node.function} wants a {' or '.join(wanted)} here"
        yield problem(source, "C017", arg.at, ja, en, sight.functions[node.function].usage)


def _scalar(node: Node, sight: Sight) -> Scalar | None:
    """The scalar a node stands for; a literal stands for none."""
    if isinstance(node, Literal):
        return None
    place = sight.place(node)
    return place.shape if place and isinstance(place.shape, Scalar) else None


def _item(node: Node, sight: Sight) -> Scalar | None:
    """The scalar that a list holds; a list written in the text holds none."""
    if isinstance(node, Call) and node.function == "list":
        return None
    place = sight.place(node)
    held = place.shape.item if place and isinstance(place.shape, Many) else None
    return held if isinstance(held, Scalar) else None


def _reads_as(value: str, kind: Kind) -> bool:
    if kind == "month":
        return _MONTH.fullmatch(value) is not None
    if kind != "date":
        return True
    try:
        return date.fromisoformat(value).isoformat() == value
    except ValueError:
        return False
