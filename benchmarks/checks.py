"""Answers judged by forms: the schema alone, and our whole path, against the validators that people use.

Compared for each form: our whole path (`decode` of the bytes, then `Checker.check`: normalising, schema, conditions and
rules, check digits, sentences in three languages) and our schema step, with `jsonschema` and `jsonschema-rs`, each with
a validator that is kept and asked for every error. Fair to them, because all read the same assembled schema and the
same documents, and because a kept validator is their best use: `jsonschema.validate()` makes one for every call. What
only our path does is on our side of the scale, reading the bytes too. Counted is the time of the processor: nothing
here waits, and so what else the machine does falls on nobody.

The valid documents are made-up answers, half of them with everything answered that can be. The others have one defect
each, of every kind that can be planted in the form and that its schema sees.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable, Sequence
from typing import Any

import jsonschema
import jsonschema_rs

from benchmarks.life import NOON
from benchmarks.rounds import interleaved, worked
from benchmarks.tables import table
from engine.errors import BadAnswers
from forms.breaking import Breaker
from forms.checking import Checker
from forms.decoding import decode
from forms.form import Form
from forms.loader import Forms
from forms.samples import Sampler
from forms.validation import Validator

FORMS = ("child_allowance_claim", "care_certification")
DOCUMENTS = 8
TURNS = 5
DAY: dt.date = NOON.date()
WHOLE, STEP, REFERENCE = "our whole path", "our schema step", "jsonschema, kept"
TARGETS = (
    ("schema step, valid", STEP, 0, 60),
    ("whole path, valid", WHOLE, 0, 8),
    ("whole path, invalid", WHOLE, 1, 6),
)


def report(forms: Forms, rounds: int) -> str:
    """The tables: documents a second for each path and form, without and with an error, and how the targets are met."""
    return "\n\n".join(_of_form(forms, form_id, rounds) for form_id in FORMS)


def _of_form(forms: Forms, form_id: str, rounds: int) -> str:
    form, problems = forms.load(form_id)
    if form is None:
        raise SystemExit("\n".join(one.text() for one in problems))
    both = [interleaved(_rivals(forms, form, documents), rounds, form_id) for documents in _documents(form)]
    rows = [
        [name, *(cell for one in both for cell in (f"{one[name]:,.0f}", f"{one[name] / one[REFERENCE]:.2f}"))]
        for name in both[0]
    ]
    headings = ["", "valid /s", "to jsonschema", "one error /s", "to jsonschema"]
    title = f"Checking the form {form_id} ({len(form.fields)} fields, {rounds} rounds, medians)"
    return "\n".join([table(title, headings, rows), *_verdicts(both)])


def _documents(form: Form) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Valid answers, and answers with one error each that the schema sees."""
    sampler, validator = Sampler(form, today=DAY), Validator(form.schema)
    good = [sampler.sample(seed, full=seed % 2 == 0) for seed in range(DOCUMENTS)]
    broken = [one.document for one in Breaker(sampler).every_kind(0).values()]
    return good, [one for one in broken if validator.failures(one)]


def _verdicts(both: Sequence[dict[str, float]]) -> list[str]:
    found = []
    for what, name, column, wanted in TARGETS:
        ratio = both[column][name] / both[column][REFERENCE]
        found.append(
            f"Target: {what}, {wanted} times jsonschema. {'Met' if ratio >= wanted else 'Not met'}: {ratio:.1f}."
        )
    return found


def _rivals(forms: Forms, form: Form, documents: list[dict[str, Any]]) -> dict[str, Callable[[], float]]:
    checker, ours = Checker(forms), Validator(form.schema)
    plain = jsonschema.Draft202012Validator(form.schema, format_checker=jsonschema.FormatChecker())
    fast = jsonschema_rs.Draft202012Validator(form.schema, validate_formats=True)
    typed = [json.dumps(one, ensure_ascii=False).encode() for one in documents]

    def whole(data: bytes) -> None:
        try:
            checker.check(form.id, decode(data), at=DAY)
        except BadAnswers as refused:
            refused.problems[0].ja  # noqa: B018 - what is said has been made by now

    return {
        WHOLE: _rate(whole, typed),
        STEP: _rate(ours.failures, documents),
        REFERENCE: _rate(lambda one: list(plain.iter_errors(one)), documents),
        "jsonschema-rs, kept": _rate(lambda one: list(fast.iter_errors(one)), documents),
    }


def _rate(act: Callable[[Any], object], documents: Sequence[object]) -> Callable[[], float]:
    """A turn of all documents some times over; gives documents a second of the processor."""

    def several() -> None:
        for one in [*documents] * TURNS:
            act(one)

    return lambda: len(documents) * TURNS / worked(several)
