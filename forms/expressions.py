"""Patterns as expressions, and what is left of an expression after a character (its derivative).

The plain part of ECMA-262 is understood: literals, classes, groups, alternatives, repeats, and anchors at the ends.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import Any

Expression = tuple[Any, ...]
Ranges = tuple[tuple[int, int], ...]
NONE: Expression = ("none",)
NOTHING: Expression = ("nothing",)
LAST = 0x10FFFF
SURROGATES = ((0xD800, 0xDFFF),)
_ANY: Ranges = ((0, 0xD7FF), (0xE000, LAST))
_DIGITS: Ranges = ((48, 57),)
_WORD: Ranges = ((48, 57), (65, 90), (95, 95), (97, 122))
_SPACE: Ranges = ((9, 13), (32, 32), (0xA0, 0xA0), (0x1680, 0x1680), (0x2000, 0x200A), (0x2028, 0x2029))
_SPACES: Ranges = (*_SPACE, (0x202F, 0x202F), (0x205F, 0x205F), (0x3000, 0x3000), (0xFEFF, 0xFEFF))
_LINES: Ranges = ((10, 10), (13, 13), (0x2028, 0x2029))
_CONTROLS = {"t": 9, "n": 10, "v": 11, "f": 12, "r": 13, "0": 0}


class Unreadable(ValueError):
    """A pattern beyond the plain part: look-around, back references, properties, anchors inside."""


def is_nullable(one: Expression) -> bool:
    """Whether an expression accepts the empty text."""
    match one:
        case ("nothing",):
            return True
        case ("then", left, right):
            return is_nullable(left) and is_nullable(right)
        case ("either", *parts):
            return any(map(is_nullable, parts))
        case ("times", inner, least, _):
            return least == 0 or is_nullable(inner)
        case _:
            return False


def derived(one: Expression, character: int) -> Expression:
    """What must follow after a character."""
    match one:
        case ("set", ranges):
            return NOTHING if any(first <= character <= last for first, last in ranges) else NONE
        case ("then", left, right):
            first = _then(derived(left, character), right)
            return _either([first, derived(right, character)]) if is_nullable(left) else first
        case ("either", *parts):
            return _either([derived(part, character) for part in parts])
        case ("times", inner, least, most):
            rest = _times(inner, max(least - 1, 0), None if most is None else most - 1)
            return _then(derived(inner, character), rest)
        case _:
            return NONE


def _then(left: Expression, right: Expression) -> Expression:
    if NONE in (left, right):
        return NONE
    if left == NOTHING:
        return right
    if right == NOTHING:
        return left
    return ("then", left[1], _then(left[2], right)) if left[0] == "then" else ("then", left, right)


def _either(parts: Iterable[Expression]) -> Expression:
    flat: dict[Expression, None] = {}
    for part in parts:
        for one in part[1:] if part[0] == "either" else (part,):
            if one != NONE:
                flat[one] = None
    found = sorted(flat, key=repr)
    return NONE if not found else found[0] if len(found) == 1 else ("either", *found)


def _times(inner: Expression, least: int, most: int | None) -> Expression:
    if most == 0 or inner == NOTHING:
        return NOTHING
    return inner if (least, most) == (1, 1) else ("times", inner, least, most)


@lru_cache(maxsize=1_000)
def searching(pattern: str) -> Expression:
    """The pattern as JSON Schema has it: found anywhere, unless an anchor holds it to an end.

    Raises:
        Unreadable: it is beyond the plain part.
    """
    return _Reader(pattern).whole()


class _Reader:
    """Reads one pattern from left to right."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._at = 0

    def whole(self) -> Expression:
        anywhere = _times(("set", _ANY), 0, None)
        found = []
        while True:
            begins = self._taken("^")
            inner = self._sequence()
            ends = self._taken("$")
            found.append(_then(NOTHING if begins else anywhere, _then(inner, NOTHING if ends else anywhere)))
            if not self._taken("|"):
                break
        if self._at < len(self._text):
            raise Unreadable(self._text)
        return _either(found)

    def _alternatives(self) -> Expression:
        found = [self._sequence()]
        while self._taken("|"):
            found.append(self._sequence())
        return _either(found)

    def _sequence(self) -> Expression:
        parts: list[Expression] = []
        while self._at < len(self._text) and self._text[self._at] not in "|)$":
            parts.append(self._repeated(self._one()))
        found = NOTHING
        for part in reversed(parts):
            found = _then(part, found)
        return found

    def _one(self) -> Expression:
        character = self._next()
        if character == "(":
            return self._group()
        if character == "[":
            return ("set", self._class())
        if character == "\\":
            return ("set", self._escaped())
        if character == ".":
            return ("set", _without(_LINES))
        if character in "^$*+?{})]":
            raise Unreadable(self._text)
        return ("set", ((ord(character), ord(character)),))

    def _group(self) -> Expression:
        if self._taken("?") and not self._taken(":"):
            raise Unreadable(self._text)
        inner = self._alternatives()
        if not self._taken(")"):
            raise Unreadable(self._text)
        return inner

    def _class(self) -> Ranges:
        is_other, found = self._taken("^"), list[tuple[int, int]]()
        while not self._taken("]"):
            first = self._in_class()
            if self._text[self._at : self._at + 1] == "-" and self._text[self._at + 1 : self._at + 2] not in {"]", ""}:
                self._next()
                last = self._in_class()
                if len(first) != 1 or len(last) != 1 or first[0][0] > last[0][1]:
                    raise Unreadable(self._text)
                found.append((first[0][0], last[0][1]))
            else:
                found += first
        return _without(tuple(found)) if is_other else tuple(sorted(found))

    def _in_class(self) -> Ranges:
        character = self._next()
        return self._escaped() if character == "\\" else ((ord(character), ord(character)),)

    def _escaped(self) -> Ranges:
        character = self._next()
        for letter, ranges in (("d", _DIGITS), ("w", _WORD), ("s", _SPACES)):
            if character.lower() == letter:
                return ranges if character == letter else _without(ranges)
        if character in {"u", "x"}:
            found = re.compile("[0-9a-fA-F]{4}" if character == "u" else "[0-9a-fA-F]{2}").match(self._text, self._at)
            if found is None:
                raise Unreadable(self._text)
            self._at = found.end()
            return ((int(found[0], 16), int(found[0], 16)),)
        if character.isalnum() and character not in _CONTROLS:
            raise Unreadable(self._text)
        code = _CONTROLS.get(character, ord(character))
        return ((code, code),)

    def _repeated(self, part: Expression) -> Expression:
        for sign, least, most in (("?", 0, 1), ("*", 0, None), ("+", 1, None)):
            if self._taken(sign):
                self._taken("?")
                return _times(part, least, most)
        if self._at >= len(self._text) or self._text[self._at] != "{":
            return part
        found = re.compile(r"\{([0-9]+)(,([0-9]*))?\}\??").match(self._text, self._at)
        if found is None:
            raise Unreadable(self._text)
        self._at = found.end()
        least = int(found[1])
        return _times(part, least, least if found[2] is None else int(found[3]) if found[3] else None)

    def _taken(self, character: str) -> bool:
        if self._text[self._at : self._at + 1] != character:
            return False
        self._at += 1
        return True

    def _next(self) -> str:
        if self._at >= len(self._text):
            raise Unreadable(self._text)
        self._at += 1
        return self._text[self._at - 1]


def _without(ranges: Ranges) -> Ranges:
    """Every other character."""
    found, after = [], 0
    for first, last in sorted((*ranges, *SURROGATES)):
        if first > after:
            found.append((after, first - 1))
        after = max(after, last + 1)
    return (*found, (after, LAST)) if after <= LAST else tuple(found)
