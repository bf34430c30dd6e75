"""G11 to G13: what the national data model (GIF) has no word for, so that an export would have to leave it apart."""

from __future__ import annotations

from collections.abc import Iterator

from checker.catalogue import rule
from checker.finding import Finding
from checker.form_files import FormFiles, name_of_text

_OF_PEOPLE = {"name", "kana", "phone", "email", "postal_code"}
_ADDRESS = "address"


def without_code(files: FormFiles) -> Iterator[Finding]:
    """G11: a choice that its code list does not have."""
    for field in files.form.fields:
        name = files.gif.name(files.form, field)
        choices = field.choices if name in files.gif.read.codes else ()
        missing = [one.words.ja for one in choices if files.gif.code(name, one.id) is None]
        if missing:
            words = "・".join(missing)
            ja = f"「{field.label.ja}」の{words}は、GIFのコード一覧にありません。gif.toml の choices に書きます。"
            yield files.at_field("G11", field, ja, f"{field.path} has choices without a code of the model")


def without_name(files: FormFiles) -> Iterator[Finding]:
    """G12: of a file that has names, a field of a person, an address or a contact that has none."""
    told: set[tuple[str, str]] = set()
    for field in files.form.fields:
        owner = files.gif.owner(files.form, field)
        concerns = field.type in _OF_PEOPLE or field.block == _ADDRESS
        is_new = (owner, field.row) not in told
        if concerns and is_new and owner in files.gif.read.names and not files.gif.name(files.form, field):
            told.add((owner, field.row))
            ja = f"「{field.label.ja}」にGIFの名がありません。gif.toml の names.{owner} に書きます。"
            yield files.at_field("G12", field, ja, f"{field.path} has no name in the national data model")


def unknown_name(files: FormFiles) -> Iterator[Finding]:
    """G13: a `gif.toml` that says what the model does not have; it is left out of account."""
    if (wrong := files.gif_refused) is not None:
        file = name_of_text(str(wrong.facts["file"]))
        yield Finding(file, 1, 1, "G13", "", wrong.ja, wrong.en, rule("G13").severity, "")


RULES = (without_code, without_name, unknown_name)
