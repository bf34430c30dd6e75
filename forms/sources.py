"""Prefilled answers with the registers they came from, for a person and for a program."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

from rich.console import Console

from engine.clock import from_seconds
from forms.checking import at_pointer
from forms.display import said, show_line, show_rows
from forms.form import Field, Form, pattern_of
from forms.prefilling import Prefilled
from registers.port import LookUp, vocabulary


def show_prefilled(console: Console, form: Form, found: Prefilled, look_ups: Sequence[LookUp], lang: str) -> None:
    """Each answer with its label and its register, then what the form does not take, then the look-ups."""
    words = {"en": ("Field", "Answer", "Register")}.get(lang, ("項目", "答え", "台帳"))
    order = sorted(found.filled, key=lambda one: form.order[pattern_of(one.pointer)])
    rows = [
        (_label(form, one.pointer, lang), _answer(form, found, one.pointer, lang), _register(one.key, lang))
        for one in order
    ]
    show_rows(console, words, rows)
    for source, problem in found.refused:
        missing = "not taken" if lang == "en" else "入れませんでした"
        show_line(
            console,
            f"{missing}: {_label(form, source.pointer, lang)} ({_register(source.key, lang)}) {said(problem, lang)}",
        )
    counts = Counter((one.person, _register(key, lang)) for one in look_ups for key in one.keys)
    for (person, register), count in counts.items():
        show_line(
            console,
            f"looked up: resident {person}, {register}, {count} fields"
            if lang == "en"
            else f"照会: 住民 {person} の{register} {count}項目",
        )


def prefilled_facts(found: Prefilled, look_ups: Sequence[LookUp]) -> dict[str, Any]:
    """The same as plain data."""
    return {
        "answers": found.answers,
        "filled": [{"pointer": one.pointer, "source": one.key, "person": one.person} for one in found.filled],
        "refused": [{"pointer": one.pointer, "source": one.key, "code": why.code} for one, why in found.refused],
        "look_ups": [
            {"at": from_seconds(one.at).isoformat(), "by": one.viewer.person, "for": one.purpose, "fields": one.shown}
            for one in look_ups
        ],
    }


def _label(form: Form, pointer: str, lang: str) -> str:
    """The label of a field, numbered where it lies in a list."""
    numbers = [int(step) + 1 for step in pointer.split("/") if step.isdecimal()]
    label = form.by_pointer[pattern_of(pointer)].full_label.text(lang)
    return f"{label} {'-'.join(map(str, numbers))}" if numbers else label


def _answer(form: Form, found: Prefilled, pointer: str, lang: str) -> str:
    field, value = form.by_pointer[pattern_of(pointer)], at_pointer(found.answers, pointer)
    if isinstance(value, list):
        return "・".join(_word(field, str(one), lang) for one in value)
    if isinstance(value, bool):
        return ("yes" if value else "no") if lang == "en" else ("はい" if value else "いいえ")
    return _word(field, str(value), lang)


def _word(field: Field, value: str, lang: str) -> str:
    return next((one.words.text(lang) for one in field.choices if one.id == value), value)


def _register(key: str, lang: str) -> str:
    return vocabulary()[key].en if lang == "en" else vocabulary()[key].label
