"""Made-up text that a pattern accepts, for the plain part of ECMA-262 in which forms write their patterns."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

MOST_REPEATS = 4
_SHORTHANDS = {"d": "0123456789", "w": "abcxyz0189_", "s": " "}
_Part = Callable[[Random], str]


class TooRich(ValueError):
    """A pattern that goes beyond what is understood here (look-around, back references, negated classes)."""


def example(pattern: str, luck: Random) -> str:
    """A text that the pattern accepts.

    Raises:
        TooRich: the pattern is not made of literals, classes, groups, alternatives and repeats only.
    """
    reader = _Reader(pattern.removeprefix("^").removesuffix("$"))
    made = reader.alternatives()
    if not reader.at_end:
        raise TooRich(pattern)
    return made(luck)


class _Reader:
    """Reads one pattern from left to right."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._at = 0

    @property
    def at_end(self) -> bool:
        return self._at >= len(self._text)

    def alternatives(self) -> _Part:
        found = [self._sequence()]
        while self._taken("|"):
            found.append(self._sequence())
        return lambda luck: luck.choice(found)(luck)

    def _sequence(self) -> _Part:
        parts: list[_Part] = []
        while not self.at_end and self._text[self._at] not in "|)":
            parts.append(self._repeated(self._one()))
        return lambda luck: "".join(part(luck) for part in parts)

    def _one(self) -> _Part:
        character = self._next()
        if character == "(":
            return self._group()
        if character == "[":
            return _one_of(self._characters())
        if character == "\\":
            return _one_of(self._escaped())
        if character == ".":
            return _one_of("abc123")
        if character in "^$*+?{":
            raise TooRich(self._text)
        return _one_of(character)

    def _group(self) -> _Part:
        if self._taken("?") and not self._taken(":"):
            raise TooRich(self._text)
        inner = self.alternatives()
        if not self._taken(")"):
            raise TooRich(self._text)
        return inner

    def _characters(self) -> str:
        if self._taken("^"):
            raise TooRich(self._text)
        found = ""
        while not self._taken("]"):
            first = self._in_class()
            if len(first) == 1 and self._text[self._at : self._at + 1] == "-" and self._text[self._at + 1] != "]":
                self._next()
                found += "".join(map(chr, range(ord(first), ord(self._in_class()) + 1)))
            else:
                found += first
        return found

    def _in_class(self) -> str:
        character = self._next()
        return self._escaped() if character == "\\" else character

    def _escaped(self) -> str:
        character = self._next()
        if character.isalnum() and character not in _SHORTHANDS:
            raise TooRich(self._text)
        return _SHORTHANDS.get(character, character)

    def _repeated(self, part: _Part) -> _Part:
        least, most = self._bounds()
        return lambda luck: "".join(part(luck) for _ in range(luck.randint(least, most)))

    def _bounds(self) -> tuple[int, int]:
        if self._taken("?"):
            return 0, 1
        if self._taken("*"):
            return 0, MOST_REPEATS
        if self._taken("+"):
            return 1, MOST_REPEATS
        if not self._taken("{"):
            return 1, 1
        end = self._text.index("}", self._at)
        least, comma, most = self._text[self._at : end].partition(",")
        self._at = end + 1
        return int(least), int(most) if most else int(least) + (MOST_REPEATS if comma else 0)

    def _taken(self, character: str) -> bool:
        if self._text[self._at : self._at + 1] != character:
            return False
        self._at += 1
        return True

    def _next(self) -> str:
        if self.at_end:
            raise TooRich(self._text)
        self._at += 1
        return self._text[self._at - 1]


def _one_of(characters: str) -> _Part:
    return lambda luck: luck.choice(characters)
