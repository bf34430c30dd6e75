"""Where two forms differ, field by field: what is asked, when, what may be answered, and how it is put in words."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from forms.form import Field, Form
from procedures.differences.found import Difference, Touches

_KEYS = {
    "type": "種類",
    "required": "必ず答えるか",
    "when": "出る条件",
    "required_when": "必ず答える条件",
    "sensitivity": "扱いの注意",
    "prefill": "あらかじめ入れるもと",
}
_RULES = {
    "maxLength": "文字数の上限",
    "minLength": "文字数の下限",
    "pattern": "書き方の型",
    "minimum": "最小",
    "maximum": "最大",
    "minItems": "数の下限",
    "maxItems": "数の上限",
    "format": "形式",
    "const": "決まった値",
}
_WORDS = {"label": "名", "help": "説明", "messages": "誤りの文"}


def form_differences(old: Form | None, new: Form | None) -> list[Difference]:
    """Every difference between two forms; of forms that nobody has, none."""
    if old is None or new is None or (old.behaviour_hash, old.wording_hash) == (new.behaviour_hash, new.wording_hash):
        return []
    found = [*_fields(old, new), *_rules(old, new)]
    said = {one.touches for one in found}
    if old.behaviour_hash != new.behaviour_hash and "behaviour" not in said:
        found.append(_one("changed", (), "behaviour", "申請書の検査のしかた(スキーマ)が変わります。"))
    if old.wording_hash != new.wording_hash and "wording" not in said:
        found.append(_one("changed", (), "wording", "申請書の手引き(題名・段・選択肢・誤りの文)が変わります。"))
    return found


def _fields(old: Form, new: Form) -> Iterator[Difference]:
    for pointer, field in new.by_pointer.items():
        if pointer not in old.by_pointer:
            must = "必ず答える欄" if field.required else "任意の欄"
            shown = f"、出る条件: {field.when}" if field.when else ""
            ja = f"欄「{field.full_label.ja}」({field.path})が加わります({must}{shown})。"
            yield _one("added", (pointer,), "behaviour", ja, None, _plain(field))
        else:
            yield from _of_field(old.by_pointer[pointer], field)
    for pointer, field in old.by_pointer.items():
        if pointer not in new.by_pointer:
            ja = f"欄「{field.full_label.ja}」({field.path})がなくなります。"
            yield _one("removed", (pointer,), "behaviour", ja, _plain(field), None)
    both = [[one for one in form.by_pointer if one in other.by_pointer] for form, other in ((old, new), (new, old))]
    if both[0] != both[1]:
        yield _one("order", ("fields",), "behaviour", "欄の順が変わります。", both[0], both[1])


def _of_field(old: Field, new: Field) -> Iterator[Difference]:
    called = f"欄「{new.full_label.ja}」({new.path})の"
    for key, word in _KEYS.items():
        was, now = getattr(old, key), getattr(new, key)
        if was != now:
            ja = f"{called}{word}: {_said(was)} → {_said(now)}"
            yield _one("changed", (new.pointer, key), "behaviour", ja, was, now)
    for key, word in _RULES.items():
        was, now = old.schema.get(key), new.schema.get(key)
        if was != now:
            ja = f"{called}{word}: {_said(was)} → {_said(now)}"
            yield _one("changed", (new.pointer, key), "behaviour", ja, was, now)
    yield from _choices(called, old, new)
    for key, word in _WORDS.items():
        was, now = getattr(old, key), getattr(new, key)
        if was != now:
            ja = f"{called}{word}が変わります{_how(was, now)}。"
            yield _one("changed", (new.pointer, key), "wording", ja, str(was), str(now))


def _choices(called: str, old: Field, new: Field) -> Iterator[Difference]:
    was, now = ({one.id: one.words.ja for one in field.choices} for field in (old, new))
    allowed = [field.schema.get("enum") or [] for field in (old, new)]
    for choice in [one for one in allowed[1] if one not in allowed[0]]:
        ja = f"{called}選択肢「{now.get(str(choice), choice)}」({choice})が加わります。"
        yield _one("added", (new.pointer, "enum", str(choice)), "behaviour", ja, None, choice)
    for choice in [one for one in allowed[0] if one not in allowed[1]]:
        ja = f"{called}選択肢「{was.get(str(choice), choice)}」({choice})がなくなります。"
        yield _one("removed", (new.pointer, "enum", str(choice)), "behaviour", ja, choice, None)
    for choice in [one for one in now if one in was and was[one] != now[one]]:
        ja = f"{called}選択肢の名: {was[choice]} → {now[choice]}"
        yield _one("changed", (new.pointer, "choices", choice), "wording", ja, was[choice], now[choice])


def _rules(old: Form, new: Form) -> Iterator[Difference]:
    was, now = ({(rule.scope, rule.id): rule for rule in form.rules} for form in (old, new))
    for key, rule in now.items():
        path = ("rules", rule.id)
        if key not in was:
            yield _one(
                "added", path, "behaviour", f"欄どうしの決まり「{rule.says}」({rule.id})が加わります。", None, rule.cel
            )
        elif was[key].cel != rule.cel:
            ja = f"欄どうしの決まり「{rule.says}」({rule.id})の式が変わります。"
            yield _one("changed", path, "behaviour", ja, was[key].cel, rule.cel)
        elif (was[key].says, was[key].words) != (rule.says, rule.words):
            ja = f"欄どうしの決まり「{rule.says}」({rule.id})の文が変わります。"
            yield _one("changed", path, "wording", ja, was[key].words.ja, rule.words.ja)
    for key, rule in was.items():
        if key not in now:
            ja = f"欄どうしの決まり「{rule.says}」({rule.id})がなくなります。"
            yield _one("removed", ("rules", rule.id), "behaviour", ja, rule.cel, None)


def _one(
    kind: Any,  # noqa: ANN401 - one of the four kinds
    path: tuple[str, ...],
    touched: Touches,
    ja: str,
    before: object = None,
    after: object = None,
) -> Difference:
    group = "wording" if touched == "wording" else "form"
    return Difference(group, kind, ("form", *path), touched, ja, before, after)


def _plain(field: Field) -> dict[str, object]:
    return {key: getattr(field, key) for key in _KEYS}


def _said(value: object) -> str:
    if isinstance(value, bool):
        return "はい" if value else "いいえ"
    return "なし" if value is None else str(value)


def _how(was: object, now: object) -> str:
    """The Japanese words before and after, where both have some."""
    texts = [getattr(one, "ja", "") for one in (was, now)]
    return f": {texts[0] or 'なし'} → {texts[1] or 'なし'}" if any(texts) else ""
