"""What a name in a condition stands for: the shape behind it and the dotted path that leads there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from engine.conditions.signatures import Called, Result, Signature
from engine.conditions.tree import Call, Comprehension, Ident, Literal, Node, Select, children, dotted
from engine.shapes import Anything, Kind, Many, Record, Scalar, Shape

_COMPARISONS = frozenset({"==", "!=", "<", "<=", ">", ">=", "in", "&&", "||", "!"})
_LISTS: Mapping[Result, Kind] = {"months": "month", "wholes": "whole"}
_TEXT_KINDS = frozenset({"text", "date", "month"})


@dataclass(frozen=True)
class Place:
    """A value that a condition can see. `path` is empty for what was calculated or written in the text."""

    shape: Shape
    path: str = ""

    def field(self, name: str) -> Place | None:
        """The place of a field; None where a record has no such field."""
        match self.shape:
            case Record(fields) if name in fields:
                return Place(fields[name], _joined(self.path, name))
            case Anything():
                return Place(Anything(), _joined(self.path, name))
            case _:
                return None

    def element(self) -> Place | None:
        """The place of an element, written `children[]`."""
        match self.shape:
            case Many(item):
                return Place(item, f"{self.path}[]" if self.path else "")
            case Anything():
                return Place(Anything(), f"{self.path}[]" if self.path else "")
            case _:
                return None


@dataclass(frozen=True)
class Sight:
    """What can be seen from one spot of a text: roots, named conditions by their dotted name, and variables."""

    roots: Mapping[str, Shape]
    named: Mapping[str, Scalar]
    functions: Mapping[str, Signature]
    variables: Mapping[str, Place | None] = field(default_factory=dict)

    def inside(self, comprehension: Comprehension) -> Sight:
        """What its body sees: the variable too."""
        over = self.place(comprehension.over)
        if comprehension.kind != "bind":
            over = over.element() if over else None
        return Sight(self.roots, self.named, self.functions, {**self.variables, comprehension.variable: over})

    def name_of(self, node: Node) -> str | None:
        """The named condition or rule that a node reads."""
        name = dotted(node) or ""
        return name if name in self.named and name.split(".")[0] not in self.variables else None

    def place(self, node: Node) -> Place | None:  # noqa: PLR0911 - one for each kind of node
        """What a node stands for; None where nothing is known of it."""
        if (name := self.name_of(node)) is not None:
            return Place(self.named[name])
        match node:
            case Ident(name):
                if name in self.variables:
                    return self.variables[name]
                return Place(self.roots[name], name) if name in self.roots else None
            case Select(operand, name):
                place = self.place(operand)
                return place.field(name) if place else None
            case Literal(value):
                return None if value is None else Place(_of_literal(value))
            case Comprehension():
                return self._of_comprehension(node)
            case Call(function, args):
                return self._of_call(function, args)

    def _of_comprehension(self, node: Comprehension) -> Place | None:
        match node.kind:
            case "filter":
                return self.place(node.over)
            case "bind":
                return self.inside(node).place(node.body)
            case "map":
                item = self.inside(node).place(node.body)
                return Place(Many(item.shape)) if item else None
            case _:
                return Place(Scalar("yes_no"))

    def _of_call(  # noqa: PLR0911 - one for each kind of call
        self, function: str, args: tuple[Node, ...]
    ) -> Place | None:
        if function in _COMPARISONS:
            return Place(Scalar("yes_no"))
        if function in self.functions:
            return self._of_function(self.functions[function].gives, args)
        match function:
            case "[]":
                return self._element(args[0])
            case "?:":
                return self.place(args[1]) or self.place(args[2])
            case "list":
                items = [place for place in map(self.place, args) if place]
                return Place(Many(items[0].shape)) if items else None
            case "+" | "-" | "*" | "/" | "%" | "neg":
                return self._calculated(args)
            case "size" | "int":
                return Place(Scalar("whole"))
            case _:
                return None

    def _of_function(self, gives: Result, args: tuple[Node, ...]) -> Place | None:
        match gives:
            case "unknown":
                return None
            case "the_list":
                return self.place(args[0])
            case "months" | "wholes":
                return Place(Many(Scalar(_LISTS[gives])))
            case "of_list":
                element = self._element(args[0])
                return Place(element.shape) if element else None
            case kind:
                return Place(Scalar(kind))

    def _element(self, node: Node) -> Place | None:
        place = self.place(node)
        return place.element() if place else None

    def _calculated(self, args: tuple[Node, ...]) -> Place | None:
        """A sum is of the kind of its parts; two texts put together are no date any more, two lists are a list."""
        for arg in args:
            place = self.place(arg)
            if place and isinstance(place.shape, Many):
                return Place(place.shape)
            if place and isinstance(place.shape, Scalar):
                return Place(Scalar("text" if place.shape.kind in _TEXT_KINDS else place.shape.kind))
        return None


def reads(node: Node, sight: Sight) -> Iterator[tuple[str, Node]]:
    """Every dotted path the text itself reads, whole chains only, with the node; named conditions are left out.

    A list that is gone through is read as a list (`form.children`) and by element (`form.children[].birth_date`).
    """
    if sight.name_of(node) is not None:
        return
    place = sight.place(node)
    if place and place.path and _is_read(node, place, sight):
        yield place.path, node
        while isinstance(node, Select):
            node = node.operand
        if isinstance(node, Ident):
            return
    inner = sight.inside(node) if isinstance(node, Comprehension) else sight
    for n, child in enumerate(children(node)):
        yield from reads(child, inner if n else sight)


def names_read(node: Node, sight: Sight) -> Iterator[tuple[str, Node]]:
    """Every named condition and rule the text itself reads or calls, in order, with the node."""
    if (name := sight.name_of(node)) is not None:
        yield name, node
        return
    if isinstance(node, Call) and isinstance(called := sight.functions.get(node.function), Called):
        yield called.rule, node
    inner = sight.inside(node) if isinstance(node, Comprehension) else sight
    for n, child in enumerate(children(node)):
        yield from names_read(child, inner if n else sight)


def _is_read(node: Node, place: Place, sight: Sight) -> bool:
    """Whether a node reads its place: a chain does, an index into values does, a variable over records does not."""
    match node:
        case Ident(name) if name in sight.variables:
            return not isinstance(place.shape, Record)
        case Ident() | Select():
            return True
        case Call("[]"):
            return not isinstance(place.shape, Record)
        case _:
            return False


def _joined(path: str, name: str) -> str:
    return f"{path}.{name}" if path else ""


def _of_literal(value: str | float | bool) -> Shape:  # noqa: FBT001 - it is a literal's value
    match value:
        case bool():
            return Scalar("yes_no")
        case int():
            return Scalar("whole")
        case float():
            return Scalar("number")
        case str():
            return Scalar("text")
