"""The null trials: every text is run at load, with made-up values and with each of them missing.

`nulls` has proved already that null stops nothing it knows; the trials run the text itself, so that nothing the proof
does not know (an index, a division, a conversion) refuses an honest person later.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

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
# Digests of the trials passed in this process: most texts are the same on every date of a declaration.
_PASSED: set[bytes] = set()
Words = Mapping[str, tuple[PlainValue, ...]]
"""Values by path: the literals that a text compares it with, or all that a trial may put there."""


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

    def first_failure(self, checked: Any, shapes: Mapping[str, Shape], words: Words, *, tables: bool) -> Failure | None:
        """The first trial that fails, or None; a text that asks a table is right when it can use a number or a word."""
        digest = self._digest(checked, shapes, words)
        if digest in _PASSED:
            return None
        run = self._plain.runnable(checked)
        failure = None
        for figure in (1, "1") if tables else (1,):
            self._functions.figure = figure
            failure = next(self._failures(run, shapes, words), None)
            if failure is None:
                _PASSED.add(digest)
                break
        return failure

    def _digest(self, checked: Any, shapes: Mapping[str, Shape], words: Words) -> bytes:
        """Of all that decides how the trials of a text end."""
        leaves = [path for name, shape in shapes.items() for path, _ in _leaves(shape, name)]
        told = repr((shapes, words, [path for path in leaves if self._certain(path)]))
        return hashlib.sha256(checked.SerializeToString(deterministic=True) + told.encode()).digest()

    def _failures(self, run: Expression, shapes: Mapping[str, Shape], words: Words) -> Iterator[Failure]:
        made: dict[tuple[object, ...], object] = {}
        for case in _cases(shapes, words, self._certain):
            value = run.eval(self._plain.activation(case.roots(shapes, made)))
            if is_error(value):
                yield Failure(case.null, str(value.value()), case.lists)


@dataclass(frozen=True)
class _Case:
    """One choice of values: `base` numbers which of the `values` of each path, `null` are the paths left out."""

    values: Words
    base: int
    null: tuple[str, ...] = ()
    lists: str = "one"

    def roots(self, shapes: Mapping[str, Shape], made: dict[tuple[object, ...], object]) -> dict[str, object]:
        """A document for every root; cases differ in few of them, so those `made` before are taken again."""
        found = {}
        for name, shape in shapes.items():
            below = (f"{name}.", f"{name}[")
            key = (name, self.base, self.lists, *(path for path in self.null if path.startswith(below)))
            if key not in made:
                made[key] = self.document(shape, name)
            found[name] = made[key]
        return found

    def document(self, shape: Shape, path: str) -> object:
        match shape:
            case Record(fields):
                return {name: self.document(inner, f"{path}.{name}") for name, inner in fields.items()}
            case Many(item):
                return [] if self.lists == "none" else [self.document(item, f"{path}[]")]
            case Scalar():
                return None if path in self.null else self.values[path][min(self.base, len(self.values[path]) - 1)]
            case Anything():
                return None


def _cases(shapes: Mapping[str, Shape], words: Words, certain: Callable[[str], bool]) -> Iterator[_Case]:
    """Each base as it is, with each value missing, with those of a list's element missing, and with all missing."""
    leaves = {path: scalar for name, shape in shapes.items() for path, scalar in _leaves(shape, name)}
    values = {path: _candidates(scalar, words.get(path, ())) for path, scalar in leaves.items()}
    missing = tuple(path for path in leaves if not certain(path))
    lists = {path.rpartition("[]")[0] for path in missing if "[]" in path}
    of_lists = [tuple(path for path in missing if path.startswith(f"{one}[]")) for one in sorted(lists)]
    wanted = [(), *((path,) for path in missing), *of_lists, missing]
    for base in range(min(max(map(len, values.values()), default=1), _BASES)):
        for null in dict.fromkeys(wanted):
            yield _Case(values, base, null)
    yield _Case(values, 0, lists="none")
    yield _Case(values, 0, missing, lists="none")


def _leaves(shape: Shape, path: str) -> Iterator[tuple[str, Scalar]]:
    match shape:
        case Record(fields):
            for name, inner in fields.items():
                yield from _leaves(inner, f"{path}.{name}")
        case Many(item):
            yield from _leaves(item, f"{path}[]")
        case Scalar():
            yield path, shape


def _candidates(scalar: Scalar, words: tuple[PlainValue, ...]) -> tuple[PlainValue, ...]:
    """The literals of the text first, so that what a guard protects is reached; then others."""
    made_up = (scalar.choices[0], scalar.choices[-1]) if scalar.choices else _MADE_UP[scalar.kind]
    return tuple(dict.fromkeys([*words, *made_up]))


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
