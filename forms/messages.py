"""The sentences that tell a citizen what to do: by field type and keyword, in Japanese, やさしい日本語 and English."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache
from importlib.resources import files
from typing import NamedTuple

from engine.errors import AnswerProblem
from forms.definition import Words3
from forms.form import Field, Form, Schema
from forms.normalise import SINGLE_LINE

ANY = "any"
# When several keywords fail at one field, the first of these is said.
_FIRST = ("character", "number", "depth", "hidden", "type", "line_break", "required", "const", "enum", "format")


@lru_cache(maxsize=1)
def catalogue() -> dict[str, dict[str, Words3]]:
    """The words by field type (or `any`) and keyword."""
    raw = tomllib.loads(files("forms").joinpath("messages.toml").read_text("utf-8"))
    return {kind: {keyword: Words3(**words) for keyword, words in rows.items()} for kind, rows in raw.items()}


def words_for(field: Field | None, keyword: str) -> Words3:
    """The words with their placeholders: the field's own, else its type's, else anybody's.

    Raises:
        KeyError: nobody has words for the keyword.
    """
    if field is not None and keyword in field.messages:
        return field.messages[keyword]
    known = catalogue()
    return known.get(field.type if field else ANY, {}).get(keyword) or known[ANY][keyword]


def problem(form: Form, pointer: str, keyword: str, value: object = None) -> AnswerProblem:
    """What is said when a keyword fails at a place of a document; `value` is what stands there."""
    name = pointer.rsplit("/", 1)[-1]
    field = None if keyword == "additionalProperties" else form.field_at(pointer)
    words, label = words_for(field, _spoken(field, keyword)), label_at(form, pointer)
    facts = (("{name}", name), ("{now}", str(_size(value))), ("{limit}", str(_limit(field, keyword))))
    ja, easy, en = (
        _filled(text, facts).replace("{label}", said)
        for text, said in ((words.ja, label.ja), (words.easy, label.easy), (words.en, label.en))
    )
    return AnswerProblem(pointer, keyword, ja, easy, en, label.ja)


def _spoken(field: Field | None, keyword: str) -> str:
    """The keyword by which the catalogue speaks of a failure: a box to tick is another matter than one to leave."""
    return "const_no" if keyword == "const" and field is not None and field.schema.get("const") is False else keyword


def named(form: Form, problem: AnswerProblem) -> AnswerProblem:
    """The same problem with the label of its place."""
    return replace(problem, label=label_at(form, problem.pointer).ja)


class Said(NamedTuple):
    """Words in three languages that were put together here."""

    ja: str
    easy: str
    en: str


def label_at(form: Form, pointer: str) -> Words3 | Said:
    """The label of the field at a place, with its number where it stands in a list."""
    field = form.field_at(pointer)
    if field is None:
        name = pointer.rsplit("/", 1)[-1]
        return Said(name, name, name) if pointer else form.title
    numbers = [int(step) + 1 for step in pointer.split("/") if step.isdecimal()]
    label = field.full_label
    if not numbers:
        return label
    number = "-".join(str(one) for one in numbers)
    return Said(f"{number}番目の{label.ja}", f"{number}ばんめの {label.easy}", f"{label.en} (no. {number})")


def reachable(form: Form) -> Iterator[tuple[Field, str]]:
    """Every pair of a field and a keyword that can fail there."""
    for field in form.fields:
        keywords = {"type", "required", "hidden", *_keywords(resolved(form, field), inside=field.type == "attachment")}
        if field.type == "my_number":
            keywords |= {"check_digit", "real_number"}
        if field.type in SINGLE_LINE:
            keywords.add("line_break")
        if field.type in {"date", "month"}:
            keywords.add("format")
        for keyword in sorted(keywords | set(field.messages)):
            yield field, keyword


def resolved(form: Form, field: Field) -> Schema:
    """The field's subschema, or that of the block it refers to."""
    if "$ref" not in field.schema:
        return field.schema
    definitions: dict[str, Schema] = form.schema.get("$defs", {})
    return definitions.get(str(field.schema["$ref"]).rsplit(":", 1)[-1], {})


def _keywords(schema: Schema, *, inside: bool) -> Iterator[str]:
    """The keywords of a subschema that can fail; of an attachment also those inside, for its fields are not asked."""
    yield from (name for name in schema if name in _KEYWORDS)
    for inner in schema.get("properties", {}).values() if inside else ():
        yield from _keywords(inner, inside=True)


def urgency(keyword: str) -> int:
    """Which of several keywords at one field is said: the least."""
    return _FIRST.index(keyword) if keyword in _FIRST else len(_FIRST)


def _filled(text: str, facts: tuple[tuple[str, str], ...]) -> str:
    """Placeholders by plain replacement: an answer may itself hold braces."""
    if "{" in text:
        for placeholder, value in facts:
            text = text.replace(placeholder, value)
    return text


def _size(value: object) -> object:
    return len(value) if isinstance(value, str | list) else ""


def _limit(field: Field | None, keyword: str) -> object:
    return field.schema.get(keyword, "") if field is not None else ""


_KEYWORDS = frozenset(
    {
        "enum",
        "const",
        "pattern",
        "format",
        "minLength",
        "maxLength",
        "minimum",
        "maximum",
        "exclusiveMinimum",
        "exclusiveMaximum",
        "multipleOf",
        "minItems",
        "maxItems",
        "uniqueItems",
        "additionalProperties",
    }
)
