"""Small forms with one thing wrong each, and where the loader has to name it."""

from __future__ import annotations

from typing import Any, NamedTuple

from tests.forms.small_forms import WORDS, row, rule

TEXT: dict[str, Any] = {"type": "string", "maxLength": 20}
KIND: dict[str, Any] = {"type": "string", "enum": ["a", "b"]}
BLOCK = "urn:madoguchi:block:person"


class Bad(NamedTuple):
    """What is wrong, the rule and the path that say so, and what stands at the place that is named."""

    about: str
    rule: str
    path: str
    begins: str
    rows: list[dict[str, Any]]
    properties: dict[str, Any] = {"a": TEXT}
    more: dict[str, Any] = {}


A = row("a", "text")
FROM_A_DAY = row("a", "text", prefill="juki.birth_date")
NO_ENGLISH = {name: value for name, value in A.items() if name != "en"}
HELP = {"help": [{"field": "b"} | WORDS]}
STEP = {"steps": [{"id": "s", "fields": ["b"]} | WORDS]}
HINT = {"samples": [{"field": "b", "share": 0.5}]}
UNLIKE = [row("k", "choice"), row("a", "text", when="form.k == 'c'")]

BAD = [
    Bad("a field the schema lacks", "form-field", "fields.aa", '{ id = "aa"', [A, row("aa", "text")]),
    Bad("a property without a row", "form-field", "properties.b", '"b"', [A], {"a": TEXT, "b": TEXT}),
    Bad("a type that does not fit", "form-type", "fields.a.type", "type", [row("a", "whole")]),
    Bad("an unknown key", "form-key", "fields.a.wehn", "wehn", [row("a", "text", wehn="true")]),
    Bad("an unknown type", "form-value", "fields.a.type", "type", [row("a", "txt")]),
    Bad("no English", "form-key", "fields.a.en", '{ id = "a"', [NO_ENGLISH]),
    Bad(
        "a choice without words", "form-choice", "fields.a", "{ id", [row("a", "choice")], {"a": KIND}, {"choices": []}
    ),
    Bad(
        "words for no choice",
        "form-choice",
        "choices.a.x",
        "{ field",
        [A],
        more={"choices": [{"field": "a", "id": "x"} | WORDS]},
    ),
    Bad("a condition on no field", "C003", "fields.a.when", ".b", [row("a", "text", when="form.b == 'x'")]),
    Bad("a condition on no choice", "C008", "fields.a.when", "'c'", UNLIKE, {"k": KIND, "a": TEXT}),
    Bad(
        "a rule at no field", "form-field", "rules.r.fields", "fields", [A], more={"rules": [rule("r", "true", ["b"])]}
    ),
    Bad("a hint about no field", "form-field", "samples.b.field", "field", [A], more=HINT),
    Bad("help for no field", "form-field", "help.b", "{ field", [A], more=HELP),
    Bad(
        "a source no register has",
        "form-prefill",
        "fields.a.prefill",
        "prefill",
        [row("a", "text", prefill="juki.nam")],
    ),
    Bad("a source of a day for a text", "form-prefill", "fields.a.prefill", "prefill", [FROM_A_DAY]),
    Bad("a person nobody knows", "form-value", "fields.a.about", "about", [row("a", "text", about="uncle")]),
    Bad("two rows", "form-twice", "fields.a", "{ id", [A, A]),
    Bad("a field in no step", "form-step", "fields.a", "{ id", [A], more=STEP),
    Bad("a step with no field", "form-step", "steps.s", "{ id", [A], more=STEP),
    Bad(
        "required and conditional",
        "form-required",
        "fields.a",
        "{ id",
        [A | {"when": "true"}],
        more={"required": ["a"]},
    ),
    Bad("required on the page alone", "form-required", "fields.a", "{ id", [A | {"required": True}]),
    Bad(
        "no such block",
        "form-ref",
        "properties.a.$ref",
        '"$ref"',
        [row("a", "block", block="person")],
        {"a": {"$ref": BLOCK}},
    ),
    Bad(
        "a reference to the world",
        "form-ref",
        "properties.a.$ref",
        '"$ref"',
        [A],
        {"a": {"$ref": "https://example.org"}},
    ),
    Bad(
        "a format that nothing checks",
        "form-format",
        "properties.a.format",
        '"format"',
        [A],
        {"a": TEXT | {"format": "uuid"}},
    ),
    Bad("a schema that is none", "form-schema", "properties.a.type", '"type"', [A], {"a": {"type": "sting"}}),
]
