"""A case that shows something, told by the words of the form and of the declaration: one line for each answer."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from checker.proving.scene import Roots
from checker.proving.subject import Subject
from engine.conditions.tree import Ident, Node, Select, dotted, walk
from forms.form import Form

_TOLD = frozenset({"form", "facts", "proposal", "given", "checks", "case", "register", "clocks", "asked"})
_OF_CASE = {"today": "きょう", "arrived_on": "到達の日", "opened_on": "始まった日", "days_in_state": "この状態での日数"}
_SAID = {True: "はい", False: "いいえ", None: "なし"}


def told(subject: Subject, names: Iterable[str], roots: Roots) -> str:
    """What the terms read, each a line `label = value`; what the engine itself keeps of tasks is left out."""
    terms = [subject.terms[name] for name in names]
    read = dict.fromkeys(path for term in terms for path in _paths(term) if path.split(".")[0] in _TOLD)
    return "\n".join(_line(subject, path, roots) for path in read)


def _paths(term: Node) -> list[str]:
    """The longest dotted fields in a term."""
    found = [path for one in walk(term) if isinstance(one, Ident | Select) and "." in (path := dotted(one) or "")]
    return [one for one in found if not any(other.startswith(f"{one}.") for other in found)]


def _line(subject: Subject, path: str, roots: Roots) -> str:
    value: Any = roots
    for name in path.removesuffix(".result").split("."):
        value = value.get(name) if isinstance(value, dict) else None
    if isinstance(value, dict) and path.startswith("checks."):
        value = True if value.get("passed") else False if value.get("failed") else None
    label, words = _words(subject, path)
    return f"{label} = {_shown(value, words)}"


def _shown(value: object, words: Mapping[str, str]) -> str:
    if isinstance(value, list):
        return "、".join(_shown(one, words) for one in value) or "なし"
    if isinstance(value, dict):
        return "{" + "、".join(f"{name}: {_shown(one, words)}" for name, one in value.items()) + "}"
    if isinstance(value, str):
        return f"{words[value]}({value})" if value in words else value
    return _SAID.get(value, str(value)) if isinstance(value, bool | None) else str(value)


def _words(subject: Subject, path: str) -> tuple[str, Mapping[str, str]]:  # noqa: PLR0911 - one for each root
    """What a field is called, and its choices."""
    root, _, rest = path.partition(".")
    edition = subject.edition
    match root:
        case "form" if subject.form is not None:
            return _of_form(subject.form, "/" + rest.replace(".", "/"))
        case "facts":
            return (edition.facts[rest].says if rest in edition.facts else path), {}
        case "proposal":
            return "起案の案", {name: row.label for name, row in edition.outcomes.items()} | _states(subject)
        case "given":
            name, _, field = rest.partition(".")
            row = edition.inputs.get(name)
            return (f"{row.label}の{row.labels.get(field, field)}" if row else path), {}
        case "checks":
            known = edition.checks.get(rest.split(".")[0])
            return (known.says if known else path), {}
        case "case":
            natures = {row.id: row.label or row.act_kind for row in edition.procedure.natures}
            return _OF_CASE.get(rest, path), {**natures, **edition.role_labels}
        case _:
            return path, {}


def _states(subject: Subject) -> dict[str, str]:
    return {row.id: row.label for row in subject.edition.procedure.states}


def _of_form(form: Form, pointer: str) -> tuple[str, Mapping[str, str]]:
    field = form.by_pointer.get(pointer)
    if field is None:
        return "form" + pointer.replace("/", "."), {}
    return field.full_label.ja, {one.id: one.words.ja for one in field.choices}
