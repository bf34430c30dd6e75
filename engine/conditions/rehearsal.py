"""The null trials: every text is run at load, with made-up values and with each of them missing.

`nulls` has proved already that null stops nothing it knows; the trials run the text itself, so that nothing the proof
does not know (an index, a division, a conversion) refuses an honest person later.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from engine.conditions.functions import Functions
from engine.conditions.literals import COMPARED, written
from engine.conditions.places import Sight
from engine.conditions.runtime import Expression, Plain, is_error
from engine.conditions.tree import Call, Comprehension, Node, children
from engine.conditions.tree import Plain as PlainValue
from engine.shapes import Anything, Kind, Many, Record, Scalar, Shape

_MADE_UP: dict[Kind, tuple[PlainValue, PlainValue]] = {
    "text": ("x", ""),
    "date": ("2024-10-01", "2020-02-29"),
    "month": ("2024-10", "2020-02"),
    "whole": (1, 0),
    "yen": (1, 0),
    "number": (1.0, 0.0),
    "yes_no": (True, False),
}
_BASES = 4
Words = Mapping[str, tuple[PlainValue, ...]]
"""The literals that a text compares each path with."""


class MadeUp(Functions):
    """Host functions that need no city: every day is open, every table has a row."""

    def __init__(self) -> None:
        self.figure: int | str = 1
        self._tables = ()
        self._open_day = _as_given
        self._lookup = self._figure

    def _figure(self, name: str, on: date, key: str) -> int | str:  # noqa: ARG002 - as a table is asked
        return self.figure


def _as_given(day: date) -> date:
    return day


@dataclass(frozen=True)
class Failure:
    """A trial that ended in an error: which values were null, and what the runtime said."""

    null: tuple[str, ...]
    said: str
    lists: str = ""


class Rehearsal:
    """Runs texts on made-up values.

    Args:
        certain: whether the value at a dotted path is never null.
    """

    def __init__(self, roots: Mapping[str, Shape], certain: Callable[[str], bool]) -> None:
        self._functions = MadeUp()
        self._plain = Plain(roots, self._functions.all())
        self._certain = certain

    def first_failure(
        self, checked: object, shapes: Mapping[str, Shape], words: Words, *, tables: bool
    ) -> Failure | None:
        """The first trial that fails, or None; a text that asks a table is right when it can use a number or a word."""
        run = self._plain.runnable(checked)
        failure = None
        for figure in (1, "1") if tables else (1,):
            self._functions.figure = figure
            failure = next(self._failures(run, shapes, words), None)
            if failure is None:
                break
        return failure

    def _failures(self, run: Expression, shapes: Mapping[str, Shape], words: Words) -> Iterator[Failure]:
        for case in _cases(shapes, words, self._certain):
            roots = {name: case.document(shape, name) for name, shape in shapes.items()}
            value = run.eval(self._plain.activation(roots))
            if is_error(value):
                yield Failure(case.null, str(value.value()), case.lists)


@dataclass(frozen=True)
class _Case:
    """One choice of values: `base` numbers the made-up value of each scalar, `null` are the paths left out."""

    base: int
    words: Words
    null: tuple[str, ...] = ()
    lists: str = "one"

    def document(self, shape: Shape, path: str) -> object:
        match shape:
            case Record(fields):
                return {name: self.document(inner, f"{path}.{name}") for name, inner in fields.items()}
            case Many(item):
                return [] if self.lists == "none" else [self.document(item, f"{path}[]")]
            case Scalar():
                return None if path in self.null else self.value(shape, path)
            case Anything():
                return None

    def value(self, scalar: Scalar, path: str) -> PlainValue:
        """A literal of the text where there is one, so that what a guard protects is reached; then others."""
        known = _candidates(scalar, self.words.get(path, ()))
        return known[min(self.base, len(known) - 1)]


def _cases(shapes: Mapping[str, Shape], words: Words, certain: Callable[[str], bool]) -> Iterator[_Case]:
    """Each base as it is, with each value missing, with those of a list's element missing, and with all missing."""
    leaves = {path: scalar for name, shape in shapes.items() for path, scalar in _leaves(shape, name)}
    missing = tuple(path for path in leaves if not certain(path))
    lists = {path.rpartition("[]")[0] for path in missing if "[]" in path}
    of_lists = [tuple(path for path in missing if path.startswith(f"{one}[]")) for one in sorted(lists)]
    wanted = [(), *((path,) for path in missing), *of_lists, missing]
    bases = max((len(_candidates(scalar, words.get(path, ()))) for path, scalar in leaves.items()), default=1)
    for base in range(min(bases, _BASES)):
        for null in dict.fromkeys(wanted):
            yield _Case(base, words, null)
    yield _Case(0, words, lists="none")
    yield _Case(0, words, missing, lists="none")


def _leaves(shape: Shape, path: str) -> Iterator[tuple[str, Scalar]]:
    match shape:
        case Record(fields):
            for name, inner in fields.items():
                yield from _leaves(inner, f"{path}.{name}")
        case Many(item):
            yield from _leaves(item, f"{path}[]")
        case Scalar():
            yield path, shape


def _candidates(scalar: Scalar, words: tuple[PlainValue, ...]) -> list[PlainValue]:
    made_up = (scalar.choices[0], scalar.choices[-1]) if scalar.choices else _MADE_UP[scalar.kind]
    return list(dict.fromkeys([*words, *made_up]))


def words_of(node: Node, sight: Sight) -> dict[str, tuple[PlainValue, ...]]:
    """The literals that a text compares each dotted path with, in the order of the text."""
    found: dict[str, list[PlainValue]] = {}
    for left, right, seen in _compared(node, sight):
        place = seen.place(left)
        if place and place.path and isinstance(place.shape, Scalar):
            values = [literal.value for literal in written(right) if literal.value is not None]
            found.setdefault(place.path, []).extend(values)
    return {path: tuple(values) for path, values in found.items()}


def _compared(node: Node, sight: Sight) -> Iterator[tuple[Node, Node, Sight]]:
    """Both sides of every comparison, either way round."""
    if isinstance(node, Call) and node.function in COMPARED | {"in"}:
        left, right = node.args
        yield left, right, sight
        yield right, left, sight
    inner = sight.inside(node) if isinstance(node, Comprehension) else sight
    for n, child in enumerate(children(node)):
        yield from _compared(child, inner if n else sight)
