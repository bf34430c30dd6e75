"""Texts that several patterns accept or refuse together, found by walking their derivatives side by side.

For patterns that are understood the answer is exact: where no text is found, none exists.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from random import Random
from typing import Any

from forms.expressions import LAST, NONE, SURROGATES, Expression, derived, is_nullable, searching

BUDGET = 6_000
_PLEASANT = "aA0 あア漢-"


class Exhausted(Exception):
    """The walk was broken off: nothing is known."""


@dataclass(frozen=True)
class Wanted:
    """What a text must be: accepted by some patterns, refused by others, and of a length in code points."""

    accepted: tuple[str, ...] = ()
    refused: tuple[str, ...] = ()
    least: int = 0
    most: int | None = None


def text_for(wanted: Wanted, luck: Random | None = None) -> str | None:
    """A text as it is wanted, the shortest unless there is luck; None where no such text exists.

    Raises:
        Unreadable: a pattern is beyond what is understood.
        Exhausted: the search was given up.
    """
    if luck is None:
        return _shortest_of_all(wanted)
    start = tuple(searching(one) for one in (*wanted.accepted, *wanted.refused))
    classes = _classes(start)
    begun, states = "", start
    for _ in range(luck.randint(0, 12)):
        steps = [(one, _stepped(states, one[0])) for one in classes]
        steps = [(one, after) for one, after in steps if not _is_dead(after, len(wanted.accepted))]
        if not steps or (wanted.most is not None and len(begun) >= wanted.most):
            break
        chosen, after = luck.choice(steps)
        begun, states = begun + _some(chosen, luck), after
    found = _shortest(wanted, states, classes, begun, luck) if begun else None
    return found if found is not None else _shortest(wanted, start, classes, "", luck)


@lru_cache(maxsize=1_000)
def _shortest_of_all(wanted: Wanted) -> str | None:
    start = tuple(searching(one) for one in (*wanted.accepted, *wanted.refused))
    return _shortest(wanted, start, _classes(start), "", None)


def _shortest(
    wanted: Wanted, start: Sequence[Expression], classes: list[tuple[int, int]], begun: str, luck: Random | None
) -> str | None:
    accepted = len(wanted.accepted)
    waiting = deque([(tuple(start), begun)])
    seen = {(tuple(start), _counted(len(begun), wanted))}
    while waiting:
        states, text = waiting.popleft()
        if len(text) >= wanted.least and all(is_nullable(s) == (n < accepted) for n, s in enumerate(states)):
            return text
        if wanted.most is not None and len(text) >= wanted.most:
            continue
        for one in classes:
            after = _stepped(states, one[0])
            mark = (after, _counted(len(text) + 1, wanted))
            if mark not in seen and not _is_dead(after, accepted):
                seen.add(mark)
                waiting.append((after, text + _some(one, luck)))
        if len(seen) > BUDGET:
            raise Exhausted
    return None


def _counted(length: int, wanted: Wanted) -> int:
    """The length as far as it matters to what may follow."""
    return length if wanted.most is not None else min(length, wanted.least)


def _stepped(states: Iterable[Expression], character: int) -> tuple[Expression, ...]:
    return tuple(derived(one, character) for one in states)


def _is_dead(states: Sequence[Expression], accepted: int) -> bool:
    return any(one == NONE for one in states[:accepted])


def _some(one: tuple[int, int], luck: Random | None) -> str:
    """A character of a range, a pleasant one if there is one."""
    first, last = one
    pleasant = [c for c in _PLEASANT if first <= ord(c) <= last]
    if luck is None or last - first > 200:  # noqa: PLR2004 - beyond a script's block most are odd
        return pleasant[0] if pleasant else chr(first)
    return chr(luck.randint(first, last))


@lru_cache(maxsize=1_000)
def _classes(expressions: tuple[Expression, ...]) -> list[tuple[int, int]]:
    """Ranges of characters that no expression tells apart."""
    cuts = {0, 0xD800, 0xE000, LAST + 1}
    waiting: list[Any] = list(expressions)
    while waiting:
        one = waiting.pop()
        if isinstance(one, tuple) and one and one[0] == "set":
            cuts |= {cut for first, last in one[1] for cut in (first, last + 1)}
        elif isinstance(one, tuple):
            waiting += [inner for inner in one if isinstance(inner, tuple)]
    ordered = sorted(cuts)
    ranges = [(first, after - 1) for first, after in pairwise(ordered)]
    kept = [one for one in ranges if one not in SURROGATES]
    return sorted(kept, key=lambda one: not any(one[0] <= ord(c) <= one[1] for c in _PLEASANT))
