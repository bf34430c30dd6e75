"""Making a finding at a place of a draft."""

from __future__ import annotations

from engine.problems import Problem, Severity
from procedures.drafts import Place


def found(
    rule: str, path: tuple[str, ...], place: Place, said: tuple[str, str], hint: str = "", *, key: bool = False
) -> Problem:
    """A problem at the value of a place, or at its key; `said` is the sentence in Japanese and in English."""
    spot = place.spot(key=key)
    severity: Severity = "error"
    return Problem(place.source.file, spot.line, spot.column, rule, path, said[0], said[1], hint, severity)
