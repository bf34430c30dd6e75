"""E21, F14, F17, H5, H7: what a form as a whole cannot do, and what its author left out."""

from __future__ import annotations

import re
from collections.abc import Iterator

from checker.finding import Finding
from checker.form_files import FormFiles
from checker.rules.asking import DAY
from checker.rules.left_over import UNFILLED
from checker.rules.wording import texts
from forms.samples import NoSample, Sampler
from registers.port import vocabulary

_TYPED = (
    ("phone", re.compile(r"電話番号$|携帯番号$|FAX番号$")),
    ("email", re.compile(r"メールアドレス$|電子メール$")),
    ("postal_code", re.compile(r"郵便番号$")),
    ("date", re.compile(r"年月日$")),
)


def nobody_can_submit(files: FormFiles) -> Iterator[Finding]:
    """E21: a form for which no document can be made that it accepts."""
    try:
        Sampler(files.form, today=DAY).sample(1)
    except NoSample as refused:
        ja = f"受け付けられる申請データを1つも作れません。{refused.ja}"
        yield files.at_page("E21", files.form.id, ("id",), ja, f"no document can be made that it accepts: {refused.en}")


def plain_text(files: FormFiles) -> Iterator[Finding]:
    """F14: a phone, an address of mail, a postal code or a day as plain text: no keyboard and no autofill fits it."""
    for field in files.form.fields:
        meant = next((kind for kind, label in _TYPED if label.search(field.label.ja)), None)
        if field.type == "text" and meant:
            ja = f"「{field.label.ja}」の type は {meant} です。text では、合うキーボードも自動入力も出ません。"
            yield files.at_field("F14", field, ja, f"{field.path} is of the type {meant}", key="type")


def unfilled(files: FormFiles) -> Iterator[Finding]:
    """F17: words that were left to be written."""
    for owner, path, _, words in texts(files):
        for lang in ("ja", "easy", "en"):
            if found := UNFILLED.search(words.text(lang)):
                ja = f"「{found[0]}」は書きかけのようです。ここを埋めるものはなく、このまま人に見えます。"
                yield files.at_page("F17", owner, (*path, lang), ja, f"{found[0]!r} is left to be filled in")


def asked_again(files: FormFiles) -> Iterator[Finding]:
    """H5: what the register of residents knows of the applicant, and the form does not take from there."""
    told: set[tuple[str, str]] = set()
    for field in files.form.fields:
        one_value = field.type not in {"block", "list"} and (field.owner, field.row) not in told
        if one_value and field.about == "person" and not field.prefill and f"juki.{field.name}" in vocabulary():
            told.add((field.owner, field.row))
            mend = f"prefill に juki.{field.name} と書けば、書かずに済みます。"
            ja = f"「{field.label.ja}」は住民基本台帳にあります。{mend}"
            yield files.at_field("H5", field, ja, f"{field.path} could be prefilled from juki.{field.name}")


def unbounded_file(files: FormFiles) -> Iterator[Finding]:
    """H7: a file that may be of any kind or any size."""
    for field in files.form.fields:
        inner = field.schema.get("properties", {})
        if field.type == "attachment" and "$ref" not in field.schema and not {"media_type", "size"} <= set(inner):
            ja = f"「{field.label.ja}」に、種類(media_type)と大きさ(size)の決まりがありません。"
            yield files.at_field("H7", field, ja, f"{field.path} may be any file of any size", key="type")


RULES = (nobody_can_submit, plain_text, unfilled, asked_again, unbounded_file)
