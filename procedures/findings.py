"""Making a finding: at a place of a draft, or at a path of ids whose place is found later."""

from __future__ import annotations

from collections.abc import Iterable

from engine.problems import Problem, Severity, nearest
from procedures.drafts import Place

_MOST_LISTED = 8
_Path = tuple[str, ...]


def found(rule: str, path: _Path, place: Place, said: tuple[str, str], hint: str = "", *, key: bool = False) -> Problem:
    """A problem at the value of a place, or at its key; `said` is the sentence in Japanese and in English."""
    spot = place.spot(key=key)
    return Problem(place.source.file, spot.line, spot.column, rule, path, said[0], said[1], hint)


def finding(rule: str, path: _Path, said: tuple[str, str], hint: str = "", severity: Severity = "error") -> Problem:
    """A problem at a path of ids, without a place yet."""
    return Problem(rule=rule, path=path, ja=said[0], en=said[1], hint=hint, severity=severity)


def one_of(word: str, known: Iterable[str]) -> str:
    """A hint: the nearest right word, or all of them while they are few."""
    words = list(dict.fromkeys(known))
    near = nearest(word, words)
    if near or not words:
        return near
    return f"あるもの: {'・'.join(words)}" if len(words) <= _MOST_LISTED else ""
