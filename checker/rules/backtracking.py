"""B8: patterns that a matcher by trial and error reads in exponentially many ways, with a text that makes it do so.

A pattern's positions are its sets of characters; where the same text leads from a position back to itself in two ways,
every repetition of that text doubles the work before a mismatch is noticed.
"""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Iterator
from dataclasses import dataclass, field

from checker.finding import Finding
from checker.rules.patterns import patterns_of
from checker.schema_file import SchemaFile
from forms.expressions import Expression, Ranges, Unreadable, is_nullable, searching

MOST = 90
"""How many positions are looked at; a pattern of more is passed over."""
_COPIES = 3
_PUMPS = 30
_NO_MATCH = "!\u0001"
_Pair = tuple[int, int]


def exponential(file: SchemaFile) -> Iterator[Finding]:
    """B8: a pattern on which a text of thirty letters can keep a matcher busy for minutes."""
    for _, pointer, pattern in patterns_of(file):
        if text := slow_text(pattern):
            shown = text if len(text) <= 40 else f"{text[:20]}…({len(text)}字)"  # noqa: PLR2004 - a line of a terminal
            slow = "合わない文字を読むとき、長さとともに倍々に時間がかかります"
            ja = f"「{pattern}」は、{slow}。繰り返しの中の繰り返しをなくします。"
            yield file.found("B8", pointer, ja, f"{pattern!r} takes exponential time on some texts", witness=shown)


def slow_text(pattern: str) -> str | None:
    """A text on which the pattern is read in exponentially many ways; None where there is none, or it is not known.

    A pattern that need not end at the text's end is satisfied, and read no further, once it comes to an end of its own.
    """
    open_end = not pattern.endswith("$")
    if open_end and "|" in pattern:
        return None
    try:
        graph = _Graph()
        graph.build(searching(f"{pattern}$" if open_end else pattern))
    except (Unreadable, RecursionError, _TooMany):
        return None
    for start in range(len(graph.sets)):
        if open_end and start in graph.ends:
            continue
        if (pump := _pump(graph, start)) is not None:
            return graph.way_to(start) + pump * _PUMPS + _NO_MATCH
    return None


class _TooMany(Exception):
    """More positions than are looked at."""


@dataclass
class _Graph:
    """The positions of a pattern and which may follow which, with how many ways lead from one to the other."""

    sets: list[Ranges] = field(default_factory=list)
    follow: Counter[_Pair] = field(default_factory=Counter)
    begins: list[int] = field(default_factory=list)
    ends: list[int] = field(default_factory=list)
    after: dict[int, list[int]] = field(default_factory=dict)

    def build(self, one: Expression) -> None:
        """Fills the graph with an expression."""
        self.begins, self.ends = self._add(one)
        for before, behind in self.follow:
            self.after.setdefault(before, []).append(behind)

    def _add(self, one: Expression) -> tuple[list[int], list[int]]:
        """Where a part begins and ends."""
        match one:
            case ("set", ranges):
                if len(self.sets) >= MOST:
                    raise _TooMany
                self.sets.append(ranges)
                return [len(self.sets) - 1], [len(self.sets) - 1]
            case ("then", left, right):
                return self._one_after_the_other([left, right])
            case ("either", *parts):
                found = [self._add(part) for part in parts]
                return [p for begins, _ in found for p in begins], [p for _, ends in found for p in ends]
            case ("times", inner, least, most):
                return self._repeated(inner, least, most)
            case _:
                return [], []

    def _one_after_the_other(self, parts: list[Expression]) -> tuple[list[int], list[int]]:
        begins: list[int] = []
        ends: list[int] = []
        open_start = True
        for part in parts:
            first, last = self._add(part)
            self.follow.update((before, behind) for before in ends for behind in first)
            begins += first if open_start else []
            ends = last + (ends if is_nullable(part) else [])
            open_start = open_start and is_nullable(part)
        return begins, ends

    def _repeated(self, inner: Expression, least: int, most: int | None) -> tuple[list[int], list[int]]:
        """A few repeats are copies; many are a loop after as many copies as there must be, two at most."""
        if most is not None and most <= _COPIES:
            optional: Expression = ("times", inner, 0, 1)
            if (least, most) == (0, 1):
                return self._add(inner)
            return self._one_after_the_other([inner] * least + [optional] * (most - least))
        if least > 1:
            return self._one_after_the_other([*[inner] * min(least - 1, 2), ("times", inner, 1, None)])
        first, last = self._add(inner)
        self.follow.update((before, behind) for before in last for behind in first)
        return first, last

    def way_to(self, goal: int) -> str:
        """A shortest text that leads to a position."""
        waiting = deque((start, _letter(self.sets[start])) for start in self.begins)
        seen = set(self.begins)
        while waiting:
            here, text = waiting.popleft()
            if here == goal:
                return text
            for behind in self.after.get(here, ()):
                if behind not in seen:
                    seen.add(behind)
                    waiting.append((behind, text + _letter(self.sets[behind])))
        return ""


def _pump(graph: _Graph, start: int) -> str | None:
    """A text that leads from a position back to itself in two ways; None where there is none."""
    home = (start, start, False)
    waiting = deque([(home, "")])
    seen = {home}
    while waiting:
        (left, right, parted), text = waiting.popleft()
        for one in graph.after.get(left, ()):
            for other in graph.after.get(right, ()):
                letter = _common(graph.sets[one], graph.sets[other])
                if letter is None:
                    continue
                twice = left == right and one == other and graph.follow[left, one] > 1
                after = (one, other, parted or one != other or twice)
                if after == (start, start, True):
                    return text + letter
                if after not in seen:
                    seen.add(after)
                    waiting.append((after, text + letter))
    return None


def _common(one: Ranges, other: Ranges) -> str | None:
    for first, last in one:
        for begin, end in other:
            if max(first, begin) <= min(last, end):
                return chr(max(first, begin))
    return None


def _letter(ranges: Ranges) -> str:
    return chr(ranges[0][0]) if ranges else ""
