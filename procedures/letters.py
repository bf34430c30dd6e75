"""Words on paper: how wide they are, where a line may break, and what may not be printed."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

FULL = "FWA"
"""East Asian widths that fill a whole square; the rest take about half of one."""

_MARKS = r"[\u0300-\u036f\u3099\u309a\ufe00-\ufe0f\U000e0100-\U000e01ef]"
# A line begins with no mark that closes what is before it; a letter keeps the marks upon it, a ※ its number.
_PIECE = re.compile(rf"※?[!-~]+|\s+|[「(（『]?[^\s!-~]{_MARKS}*[、。」』)）・ーっゃゅょッャュョ]*")


def plain(text: object) -> str:
    """The text without what could hide or reorder it.

    Controls, lone surrogates and direction marks become a visible U+FFFD.
    """
    return "".join("\ufffd" if _unsafe(letter) else letter for letter in str(text))


def text_width(words: str, size: float) -> float:
    """About how wide the words are: a full-width letter is a square, others a little over half of one."""
    return sum(size if unicodedata.east_asian_width(letter) in FULL else size * 0.58 for letter in words)


def shortened(words: str, room: float, size: float) -> str:
    """The words, cut with an ellipsis where they would not fit the room."""
    if text_width(words, size) <= room:
        return words
    kept = words
    while kept and text_width(kept + "…", size) > room:
        kept = kept[:-1]
    return kept + "…"


def wrapped(words: str, room: float, size: float, most: int = 6) -> tuple[str, ...]:
    """The words in lines that fit the room; what `most` lines cannot hold ends in an ellipsis."""
    lines = list(_lines(" ".join(words.split()), room, size))
    if len(lines) > most:
        lines = [*lines[: most - 1], shortened(lines[most - 1] + "…", room, size)]
    return tuple(lines)


def _lines(words: str, room: float, size: float) -> Iterator[str]:
    line = ""
    for piece in _PIECE.findall(words):
        if line and text_width(line + piece, size) > room:
            yield line.rstrip()
            line = ""
        line += piece if line or not piece.isspace() else ""
        while text_width(line, size) > room and len(line) > 1:
            fits = next(cut for cut in range(len(line) - 1, 0, -1) if cut == 1 or text_width(line[:cut], size) <= room)
            yield line[:fits]
            line = line[fits:]
    if line.strip():
        yield line.rstrip()


def _unsafe(letter: str) -> bool:
    return (
        unicodedata.category(letter) in {"Cc", "Cs"} or letter in "\u2028\u2029\u200e\u200f\u061c" or _direction(letter)
    )


def _direction(letter: str) -> bool:
    return "\u202a" <= letter <= "\u202e" or "\u2066" <= letter <= "\u2069"
