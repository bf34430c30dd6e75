"""What a page would say, asked of a schema that stands by itself: labels, and fields known by how they are called."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from checker.finding import Finding
from checker.rules.data_of_people import LONG, RULE_OF, people
from checker.rules.limits import judging
from checker.schema_file import SchemaFile, Sub
from forms.definition import FieldType
from forms.normalise import normalise
from forms.validation import Validator

_CALLED: Mapping[FieldType, tuple[re.Pattern[str], re.Pattern[str]]] = {
    "postal_code": (re.compile(r"(^|_)(postal|postal_?code|zip|zip_?code|yubin_?bango)$"), re.compile("郵便番号")),
    "phone": (re.compile(r"(^|_)(phone|telephone|tel|mobile|phone_?number)$"), re.compile("電話番号")),
    "email": (re.compile(r"(^|_)(e_?mail|mail_?address)$"), re.compile("メールアドレス")),
    "kana": (re.compile(r"(^|_)(kana|furigana|yomi)$"), re.compile("フリガナ|ふりがな")),
    "date": (re.compile(r"(^|_)(birth_?date|birthday|date_of_birth|date)$"), re.compile("年月日$|日付$")),
    "name": (re.compile(r"^(name|full_?name|person_?name|shimei)$"), re.compile("氏名$")),
}
_CONSENT = re.compile("consent|agree|同意|承諾|確認しました|了承")
_SEAL = re.compile("㊞|押印|捺印|実印|認印|自署")
Named = tuple[Sub, str, Mapping[str, Any], str]


def fields(file: SchemaFile) -> Iterator[Named]:
    """Every described member: its object, its name, its schema and its pointer."""
    for sub in judging(file):
        known = sub.schema.get("properties")
        for name, schema in known.items() if isinstance(known, dict) else ():
            if isinstance(schema, dict):
                yield sub, name, schema, sub.below("properties", name)


def untitled(file: SchemaFile) -> Iterator[Finding]:
    """F15: a field that has no title, in itself or in what it refers to; told once where no field of the file has."""
    asked = [one for one in fields(file) if not {"$ref", "const"} & set(one[2])]
    bare = [one for one in asked if "title" not in one[2]]
    none = len(bare) == len(asked)
    for _, name, _, pointer in bare[:1] if none else bare:
        ja = f"{'どの項目' if none else f'「{name}」'}に{'も' if none else ''}見出し(title)がありません。"
        yield file.found("F15", pointer, ja, "no field has a title" if none else f"{name!r} has no title")


def same_title(file: SchemaFile) -> Iterator[Finding]:
    """F5: two fields of one object under one title."""
    told: dict[tuple[str, str], str] = {}
    for sub, name, schema, pointer in fields(file):
        title = schema.get("title")
        first = told.setdefault((sub.pointer, title), name) if isinstance(title, str) else name
        if first != name:
            ja = f"「{title}」が2つあります({first}・{name})。だれの・何のかを書き分けます。"
            yield file.found("F5", f"{pointer}/title", ja, f"{first!r} and {name!r} have one title")


def turned_away(file: SchemaFile) -> Iterator[Finding]:
    """G2, G3, G7, G8, G15, G17: a field that by its name is somebody's, and refuses what real people have."""
    for _, name, schema, pointer in fields(file):
        kind = _kind(name, schema)
        if kind is None or schema.get("type") != "string" or "enum" in schema:
            continue
        most, least = schema.get("maxLength"), LONG.get(kind, 0)
        if isinstance(most, int) and most < least:
            ja = f"「{_label(name, schema)}」は{most}字までです。実際の長さには{least}字が要ります。"
            yield file.found("G15", f"{pointer}/maxLength", ja, f"at most {most} letters; real ones need {least}")
            continue
        asked = Validator({key: value for key, value in schema.items() if key not in {"$id", "$schema"}})
        for value, whose in people().get(kind, ()):
            if failed := asked.failures(normalise(kind, value)):
                keyword = failed[0].keyword
                ja = f"「{_label(name, schema)}」は{whose}を断ります({keyword})。"
                rule, en = RULE_OF.get(kind, "G17"), f"{name!r} refuses a real person's value"
                yield file.found(rule, f"{pointer}/{keyword}", ja, en, witness=value)
                break


def day_as_text(file: SchemaFile) -> Iterator[Finding]:
    """G4: a day that is not kept as one."""
    for _, name, schema, pointer in fields(file):
        is_text = schema.get("type") == "string" and not {"format", "enum"} & set(schema)
        if is_text and _kind(name, schema) == "date":
            ja = f"「{_label(name, schema)}」は日付です。format を date にすると、ない日や書き方の違う日を断れます。"
            yield file.found("G4", pointer, ja, f"{name!r} is a day: its format is date")


def without_kana(file: SchemaFile) -> Iterator[Finding]:
    """G1: a person's name and birth date without the reading of the name."""
    members: dict[str, dict[FieldType | None, tuple[str, str]]] = {}
    for sub, name, schema, pointer in fields(file):
        members.setdefault(sub.pointer, {})[_kind(name, schema)] = (pointer, _label(name, schema))
    for kinds in members.values():
        if {"name", "date"} <= set(kinds) and "kana" not in kinds:
            pointer, label = kinds["name"]
            yield file.found("G1", pointer, f"「{label}」にフリガナの欄がありません。", "a name without its furigana")


def pressed(file: SchemaFile) -> Iterator[Finding]:
    """H9 and H11: a seal that is demanded, a consent that is ticked beforehand."""
    for _, name, schema, pointer in fields(file):
        said = f"{schema.get('title', '')}{schema.get('description', '')}"
        if found := _SEAL.search(said):
            ja = f"「{found[0]}」を求めています。令和2年以後、多くの手続で要らなくなりました。根拠を確かめます。"
            yield file.found("H9", pointer, ja, f"{found[0]} is demanded")
        if schema.get("default") is True and _CONSENT.search(f"{name}{said}"):
            ja = f"「{_label(name, schema)}」に、はじめから「はい」が入っています。default を消します。"
            yield file.found("H11", f"{pointer}/default", ja, f"{name!r} is ticked beforehand")


def _kind(name: str, schema: Mapping[str, Any]) -> FieldType | None:
    """The type that a page would give to a field, by its name or its title; None where neither tells."""
    title = schema.get("title")
    for kind, (called, titled) in _CALLED.items():
        if called.search(name.lower()) or (isinstance(title, str) and titled.search(title)):
            return kind
    return None


def _label(name: str, schema: Mapping[str, Any]) -> str:
    return str(schema.get("title") or name)


RULES = (untitled, same_title, turned_away, day_as_text, without_kana, pressed)
