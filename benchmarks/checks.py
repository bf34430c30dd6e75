"""Answers judged by the form of procedure 1: our whole path against the validators alone.

Compared: `Checker.check` (strict reading, normalising, schema, conditions between fields, check digits, sentences for
people) with `jsonschema` and `jsonschema-rs`, each with a validator that is kept and asked for every error.
Fair to them, because all read the same assembled schema and the same document, and because a kept validator is their
best use: `jsonschema.validate()` makes one for every call. What only our path does is on our side of the scale.
The document with an error has one more that the schema sees: a field the form does not know.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import jsonschema
import jsonschema_rs

from benchmarks.life import NOON, PROCEDURE, answers
from benchmarks.rounds import interleaved, seconds
from benchmarks.tables import table
from forms.checking import Checker
from forms.loader import Forms

TURN = 40
DAY: dt.date = NOON.date()


def report(forms: Forms, rounds: int) -> str:
    """The table: documents a second for each path, without and with an error."""
    good = answers()
    bad = good | {"no_such_field": "x"}
    figures = [interleaved(_rivals(forms, document), rounds, "forms") for document in (good, bad)]
    ours = [one["our whole path"] for one in figures]
    rows = [
        [
            name,
            *(
                cell
                for one, own in zip(figures, ours, strict=True)
                for cell in (f"{one[name]:,.0f}", f"{one[name] / own:.2f}")
            ),
        ]
        for name in figures[0]
    ]
    headings = ["", "valid /s", "to ours", "one error /s", "to ours"]
    return table(f"Checking the form of procedure 1 ({rounds} rounds, medians)", headings, rows)


def _rivals(forms: Forms, document: dict[str, Any]) -> dict[str, Callable[[], float]]:
    form, problems = forms.load(PROCEDURE)
    if form is None:
        raise SystemExit("\n".join(one.text() for one in problems))
    checker = Checker(forms)
    plain = jsonschema.Draft202012Validator(form.schema, format_checker=jsonschema.FormatChecker())
    fast = jsonschema_rs.Draft202012Validator(form.schema, validate_formats=True)
    acts: dict[str, Callable[[], object]] = {
        "our whole path": lambda: checker.check(PROCEDURE, document, at=DAY),
        "jsonschema, kept": lambda: list(plain.iter_errors(document)),
        "jsonschema-rs, kept": lambda: list(fast.iter_errors(document)),
    }
    return {name: _rate(act) for name, act in acts.items()}


def _rate(act: Callable[[], object]) -> Callable[[], float]:
    """A turn of some documents; gives documents a second."""

    def several() -> None:
        for _ in range(TURN):
            act()

    return lambda: TURN / seconds(several)
