"""H1 to H11: what a form may ask, and on what ground."""

from __future__ import annotations

import re
from collections.abc import Iterator

from checker.finding import Finding
from checker.form_files import FormFiles
from checker.rules.wording import texts
from forms.form import Field

_SEAL = re.compile("㊞|押印|捺印|実印|認印|自署")
_SEX = ("sex", "gender", "seibetsu")
_CALLED_MY_NUMBER = re.compile("個人番号|マイナンバー")


def no_ground(files: FormFiles) -> Iterator[Finding]:
    """H1: a My Number without its legal ground."""
    form = files.form
    if not form.legal_ground_my_number:
        for field in form.fields:
            if field.type == "my_number":
                ja = "個人番号を聞く根拠がありません。legal_ground_my_number に条項か条例を書くか、欄を外します。"
                yield files.at_page("H1", form.id, ("legal_ground_my_number",), ja, f"{field.path}: no legal ground")
                return


def unmarked(files: FormFiles) -> Iterator[Finding]:
    """H2: a My Number that is not marked as one: it would be shown, logged and exported like any answer."""
    for field in files.form.fields:
        named = _CALLED_MY_NUMBER.search(field.label.ja) and field.type in {"text", "whole"}
        if (field.type == "my_number" and field.sensitivity != "my_number") or named:
            ja = f"「{field.label.ja}」に type と sensitivity の my_number がありません。一覧や記録に出てしまいます。"
            yield files.at_field("H2", field, ja, f"{field.path} is a My Number and not marked as one")


def no_purpose(files: FormFiles) -> Iterator[Finding]:
    """H3: special-care data without a word on why it is asked, beside it or beside the block that it stands in."""
    for field in files.form.fields:
        asked = field.sensitivity == "special_care" and field.type not in {"block", "list"}
        if asked and not _explained(files, field):
            ja = f"「{field.label.ja}」は要配慮個人情報です。何のために聞くのかを help に書きます。"
            yield files.at_field("H3", field, ja, f"{field.path}: special-care data without its purpose")


def _explained(files: FormFiles, field: Field) -> bool:
    """Whether the field, or a special-care record that holds it, says why it is asked."""
    if field.help is not None:
        return True
    holder = files.form.by_pointer.get(field.parent.removesuffix("/*"))
    return holder is not None and holder.sensitivity == "special_care" and _explained(files, holder)


def seal(files: FormFiles) -> Iterator[Finding]:
    """H9: a seal or a handwritten signature, which an online form cannot take and the law has mostly given up."""
    for owner, path, _, words in texts(files):
        if found := _SEAL.search(words.ja):
            ja = f"「{found[0]}」を求めています。令和2年以後、多くの手続で要らなくなりました。根拠を確かめます。"
            yield files.at_page("H9", owner, (*path, "ja"), ja, f"{found[0]} is demanded")


def sex(files: FormFiles) -> Iterator[Finding]:
    """H10: sex asked although no condition reads it and nothing says why."""
    for field in files.form.fields:
        if field.name in _SEX and field.help is None:
            ja = f"「{field.label.ja}」を何に使うかがありません。要らなければ聞きません。"
            yield files.at_field("H10", field, ja, f"{field.path} is asked without a reason")


def ticked(files: FormFiles) -> Iterator[Finding]:
    """H11: a consent that is given before anybody gave it."""
    for field in files.form.fields:
        if field.schema.get("default") is True:
            ja = f"「{field.label.ja}」に、はじめから「はい」が入っています。default を消します。"
            yield files.at_schema("H11", field, "default", ja, f"{field.path} is ticked beforehand")


RULES = (no_ground, unmarked, no_purpose, seal, sex, ticked)
