"""G1 to G17: the data of real people, as a catalogue of those whom forms turn away, run against every field."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from checker.finding import Finding
from checker.form_files import FormFiles
from forms.form import Field
from forms.normalise import normalise
from forms.validation import Validator

_PEOPLE = Path(__file__).parents[1] / "people.toml"
RULE_OF = {"kana": "G2", "name": "G3", "postal_code": "G7", "phone": "G8"}
_OTHER_NUMBERING = "yucho"
"""ゆうちょ銀行 numbers accounts in a way of its own (記号・番号), in fields of the same types."""
LONG = {"name": 50, "kana": 75, "holder_kana": 30, "email": 100}
_HAS_KANA = ("kana", "furigana", "yomi")
_ADDRESS_PARTS = frozenset({"prefecture", "city", "street", "postal_code"})
_ACCOUNT = {"bank_code": "金融機関", "branch_code": "支店", "account_number": "口座番号", "holder_kana": "名義人カナ"}


@cache
def people() -> Mapping[str, list[tuple[str, str]]]:
    """Values of real people by type of field, each with whose it is."""
    read: dict[str, Any] = tomllib.loads(_PEOPLE.read_text("utf-8"))
    return {kind: [(value, whose) for value, whose in table["values"]] for kind, table in read.items()}


def turned_away(files: FormFiles) -> Iterator[Finding]:
    """G2, G3, G7, G8, G17: a field that refuses what a real person has."""
    told: set[tuple[str, str]] = set()
    for field in files.form.fields:
        if (field.owner, field.row) in told or "enum" in field.schema or _OTHER_NUMBERING in field.name:
            continue
        told.add((field.owner, field.row))
        for value, whose in people().get(field.type, ()):
            failed = Validator(field.schema).failures(normalise(field.type, value))
            if failed:
                name, keyword = RULE_OF.get(field.type, "G17"), failed[0].keyword
                ja = f"「{field.label.ja}」は{whose}を断ります({keyword})。"
                yield files.at_schema(name, field, keyword, ja, f"{field.path} refuses a real person's value", value)
                break


def too_short(files: FormFiles) -> Iterator[Finding]:
    """G15: room for fewer letters than real names and addresses have."""
    for field in files.form.fields:
        most, least = field.schema.get("maxLength"), _least(field)
        if least and isinstance(most, int) and most < least:
            ja = f"「{field.label.ja}」は{most}字までです。実際の長さには{least}字が要ります。"
            yield files.at_schema("G15", field, "maxLength", ja, f"at most {most} letters; real ones need {least}")


def _least(field: Field) -> int:
    if field.type == "text" and field.name == "street":
        return 100
    if field.type == "text" and field.name == "building":
        return 60
    return LONG.get(field.type, 0)


def without_kana(files: FormFiles) -> Iterator[Finding]:
    """G1: a person's name without its furigana: nobody can call them, and accounts cannot be matched."""
    for siblings in files.form.by_parent.values():
        names = [one for one in siblings if one.type == "name"]
        kana = [one for one in siblings if one.type in {"kana", "holder_kana"} or one.name.endswith(_HAS_KANA)]
        person = any(one.type == "date" and one.name.startswith("birth") for one in siblings)
        if person and len(names) > len(kana):
            missing = next((one for one in names if not any(_of_one(one, other) for other in kana)), names[-1])
            ja = f"「{missing.label.ja}」にフリガナの欄がありません。"
            en = f"{missing.path} has no furigana beside it"
            left_out = _left_out(files, missing)
            at = ("changes", left_out, "omit") if left_out else ("fields", missing.row, "id")
            yield files.at_page("G1", files.form.id if left_out else missing.owner, at, ja, en)


def _left_out(files: FormFiles, name: Field) -> str:
    """The field that the form leaves out of the block of a name, where it does; the reading, as often as not."""
    page = files.own.page
    above = name.path.rpartition(".")[0]
    omitted = [one.field for one in page.changes if one.omit] if page is not None else []
    return next((one for one in omitted if one.rpartition(".")[0] == above and one.endswith(_HAS_KANA)), "")


def _of_one(name: Field, kana: Field) -> bool:
    """Whether a reading belongs to a name, by how they are called."""
    stem = name.name.replace("_kanji", "").replace("name", "")
    return stem in kana.name


def day_as_text(files: FormFiles) -> Iterator[Finding]:
    """G4: a day that is not kept as one: eras and slips cannot be read then."""
    for field in files.form.fields:
        if field.type == "text" and field.name.endswith(("_date", "_day", "birthday")):
            ja = f"「{field.label.ja}」は日付です。type を date にすると、和暦でも書けて、ない日は断れます。"
            yield files.at_field("G4", field, ja, f"{field.path} is a day: its type is date", key="type")


def endless_day(files: FormFiles) -> Iterator[Finding]:
    """G5: a birth date that no rule holds to the day of submission or before it."""
    ruled = {pointer for rule in files.form.rules for pointer in rule.fields}
    for field in files.form.fields:
        if field.type == "date" and field.name.startswith("birth") and field.pointer not in ruled:
            ja = f"「{field.label.ja}」は先の日でも通ります。きょうまでの日という決まり(rules)を書きます。"
            yield files.at_field("G5", field, ja, f"{field.path} may lie in the future")


def one_line_address(files: FormFiles) -> Iterator[Finding]:
    """G9: an address as one text: it cannot be matched with the register."""
    for field in files.form.fields:
        parts = {one.name for one in files.form.by_parent[field.parent]} & _ADDRESS_PARTS
        if field.type == "text" and field.name in {"address", "jusho"} and not parts:
            ja = f"「{field.label.ja}」が1つの欄です。address ブロックを使い、郵便番号・市町村・町名番地に分けます。"
            yield files.at_field("G9", field, ja, f"{field.path} is an address in one line")


def broken_account(files: FormFiles) -> Iterator[Finding]:
    """G10: an account without one of the parts that a transfer needs."""
    for siblings in files.form.by_parent.values():
        there = {one.type: one for one in siblings}
        missing = [words for kind, words in _ACCOUNT.items() if kind not in there]
        if "account_number" in there and missing:
            ja = f"口座に{'・'.join(missing)}の欄がありません。bank_account ブロックを使います。"
            yield files.at_field("G10", there["account_number"], ja, "an account lacks parts that a transfer needs")


RULES = (turned_away, too_short, without_kana, day_as_text, endless_day, one_line_address, broken_account)
