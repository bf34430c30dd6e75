"""A form against the form it was before: which answers that were right are wrong now, each with one that shows it.

Decided by instances: of every field, values that the former schema accepts, at its bounds too, are held against the new
one. What a comparison of texts would call a change and no answer can feel is no finding.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator
from difflib import SequenceMatcher
from random import Random
from typing import Any

from checker.declared import Declared
from checker.finding import Finding
from checker.form_files import FormFiles, form_files
from checker.scope import Scope
from forms.form import Field
from forms.patterns import TooRich, example
from forms.validation import Validator

_TRIES = 40
_OTHER_MEANING = 0.5
_LONG = 400
_RULE_OF = {"type": "V2", "enum": "V4", "const": "V4", "format": "V2"}


def compared(new: Scope, old: Scope, today: dt.date) -> Iterator[Finding]:
    """What a change of forms breaks; forms are matched by their ids, and a form that is gone is told too."""
    now, before = Declared(new, today), Declared(old, today)
    there = set(now.forms.ids())
    for form_id in before.form_ids():
        was = form_files(before.forms, form_id)
        if was is None:
            continue
        if form_id not in there:
            ja = f"様式「{was.form.title.ja}」がなくなりました。保存された申請データを開けなくなります。"
            yield was.at_page("V1", form_id, ("id",), ja, f"the form {form_id} is gone")
        elif is_ := form_files(now.forms, form_id):
            yield from _form(was, is_)


def _form(was: FormFiles, now: FormFiles) -> Iterator[Finding]:
    if was.form.behaviour_hash == now.form.behaviour_hash and was.form.wording_hash == now.form.wording_hash:
        return
    for old in was.form.fields:
        new = now.form.by_pointer.get(old.pointer)
        if new is None:
            ja = f"「{old.full_label.ja}」がなくなりました。書いてある申請データは、知らない項目として断られます。"
            yield now.at_page("V1", now.form.id, ("fields",), ja, f"{old.path} is gone", witness=old.pointer)
        else:
            yield from _field(now, old, new)
    for new in now.form.fields:
        if new.pointer not in was.form.by_pointer and new.required and new.when is None and _reached(was, new):
            ja = f"「{new.full_label.ja}」が新しい必須の項目です。前に書かれた申請データには答えがありません。"
            yield now.at_field("V3", new, ja, f"{new.path} is new and required", key="required")


def _reached(was: FormFiles, new: Field) -> bool:
    """Whether the record that holds a field was there before: a new record is told once, by its own field."""
    return new.parent == "" or new.parent.removesuffix("/*") in was.form.by_pointer


def _field(now: FormFiles, old: Field, new: Field) -> Iterator[Finding]:
    label = new.full_label.ja
    if new.required and new.when is None and not (old.required and old.when is None):
        ja = f"「{label}」が必須になりました。書かずに出された申請データが断られます。"
        yield now.at_field("V3", new, ja, f"{new.path} is required now", key="required")
    if old.type != new.type:
        ja = f"「{label}」の種類が {old.type} から {new.type} に変わりました。"
        yield now.at_field("V2", new, ja, f"{new.path} was {old.type} and is {new.type}", key="type")
    elif found := _broken(old, new):
        value, keyword = found
        said = json.dumps(value, ensure_ascii=False)
        shown = said if len(said) <= _LONG else f"{said[:60]}…({len(said)}字)"
        ja = f"「{label}」に前は書けた値が、いまは断られます({keyword})。"
        name = _RULE_OF.get(keyword, "V5")
        yield now.at_schema(name, new, keyword, ja, f"{new.path}: a value that was right is refused", shown)
    if SequenceMatcher(None, old.label.ja, new.label.ja).ratio() < _OTHER_MEANING:
        ja = f"「{old.label.ja}」が「{new.label.ja}」になりました。意味が変わるなら、別の名前の項目にします。"
        yield now.at_field("V7", new, ja, f"{new.path}: the label says something else now", key="ja")


def _broken(old: Field, new: Field) -> tuple[object, str] | None:
    """A value that the former schema of a field accepts and the new one refuses, and the keyword that does."""
    if old.schema == new.schema or "$ref" in old.schema or "$ref" in new.schema:
        return None
    was, now = Validator(old.schema), Validator(new.schema)
    for value in values_of(old.schema, Random(0)):
        if not was.failures(value) and (failed := now.failures(value)):
            return value, failed[0].keyword
    return None


def values_of(schema: dict[str, Any], luck: Random) -> Iterator[object]:
    """Values at the bounds of a schema and inside them; those that it refuses after all are passed over."""
    yield from schema.get("enum", [])
    match schema.get("type"):
        case "string":
            yield from _texts(schema, luck)
        case "integer" | "number":
            low, high = schema.get("minimum", -1_000_000), schema.get("maximum", 1_000_000_000)
            yield from (low, high, 0, 1)
            yield from (luck.randint(int(low), int(high)) for _ in range(_TRIES))
        case "boolean":
            yield from (True, False)
        case "array":
            item = next(values_of(schema.get("items", {}), luck), {})
            yield from ([item] * count for count in sorted({schema.get("minItems", 0), schema.get("maxItems", 20)}))


def _texts(schema: dict[str, Any], luck: Random) -> Iterator[str]:
    least, most = schema.get("minLength", 0), min(schema.get("maxLength", 200), 5_000)
    pattern = schema.get("pattern")
    if schema.get("format") == "date":
        yield from ("1907-01-15", "2024-02-29", "2025-04-01")
    elif isinstance(pattern, str):
        made = _made(pattern, luck)
        yield from made
        yield from (_stretched(one, most) for one in made)
    else:
        letters = "アa1あ髙"
        yield from (letter * length for length in (most, least, max(least, 1)) for letter in letters)
    yield ""


def _made(pattern: str, luck: Random) -> list[str]:
    try:
        return [example(pattern, luck) for _ in range(_TRIES)]
    except (TooRich, ValueError):
        return []


def _stretched(text: str, length: int) -> str:
    """A text with one of its letters, that nearest the middle, repeated up to a length."""
    middle = len(text) // 2
    return text[:middle] + text[middle : middle + 1] * max(length - len(text), 0) + text[middle:]
