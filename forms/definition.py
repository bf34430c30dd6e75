"""What the page beside a schema says (a form's or a block's TOML), as frozen types."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from engine.definition.rows import Part, Words
from engine.shapes import Sensitivity
from registers.port import Role

FieldType = Literal[
    "text",
    "name",
    "kana",
    "date",
    "month",
    "choice",
    "yes_no",
    "whole",
    "number",
    "yen",
    "phone",
    "email",
    "postal_code",
    "my_number",
    "bank_code",
    "branch_code",
    "account_number",
    "holder_kana",
    "attachment",
    "block",
    "list",
]
Id = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$")]
Path = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)*$")]
Spoken = Annotated[str, Field(min_length=1)]


class Words3(Part):
    """The same words in Japanese, in やさしい日本語 and in English."""

    ja: Spoken
    easy: Spoken
    en: Spoken

    def text(self, lang: str = "ja") -> str:
        """The words in `ja`, `easy` or `en`."""
        return {"easy": self.easy, "en": self.en}.get(lang, self.ja)


class Step(Words3):
    """One page of the form and the top-level fields on it, in order."""

    id: Id
    fields: Words


class FieldRow(Words3):
    """A field: its label, when it is shown, when it must be answered. Conditions are CEL texts.

    `id` is the path relative to this file; `when` absent means always shown; `required` means required whenever shown.
    A `list` is of a `block`, or of plain `items`: choices that may be ticked together, days, months. `about` says whom
    the registers are asked about; of a block without it and without a page that says it, they are asked nothing.
    """

    id: Path
    type: FieldType
    when: str | None = None
    required: bool = False
    required_when: str | None = None
    prefill: str | None = None
    about: Role | None = None
    sensitivity: Sensitivity = "general"
    block: Id | None = None
    items: FieldType | None = None


class ChangeRow(Part):
    """What this form changes of a field inside a block it uses; `field` is the path from the form.

    `omit` leaves the field out, with the block's rules about it. `only` are the choices that stay, or the one answer a
    yes-or-no field may have. The other keys take the place of the block's; `required` false asks for it no longer.
    """

    field: Path
    omit: bool = False
    only: tuple[str | bool, ...] = ()
    ja: Spoken | None = None
    easy: Spoken | None = None
    en: Spoken | None = None
    when: str | None = None
    required: bool | None = None
    required_when: str | None = None
    prefill: str | None = None


class ChoiceRow(Words3):
    """The words of one choice of a field; `id` is the value that the schema's enum allows."""

    field: Path
    id: str


class HelpRow(Words3):
    """What stands beside a field to help filling it in."""

    field: Path


class MessageRow(Words3):
    """What is said when one keyword of one field fails, in place of the catalogue's words."""

    field: Path
    keyword: str


class RuleRow(Words3):
    """A rule over several fields: `cel` says what must be so; the problem is shown at the first of `fields`."""

    id: Id
    says: Spoken
    cel: Spoken
    fields: Annotated[Words, Field(min_length=1)]


class SampleRow(Part):
    """How a made-up document fills a field so that it hangs together; a field may have several rows.

    `values` are drawn from, a likelier one standing there more often. `years_ago` and `days_ago` are (least, most)
    before the day of filling in, negative after it. `share` is how often an optional field is answered. `same_as`
    copies another field in the end (into the first item of a list), `only` when other fields have these values.
    """

    field: Path
    same_as: Path | None = None
    only: dict[Path, str] = {}
    values: tuple[str | bool | int, ...] = ()
    years_ago: tuple[int, int] | None = None
    days_ago: tuple[int, int] | None = None
    share: Annotated[float, Field(ge=0, le=1)] | None = None


class Page(Part):
    """The TOML beside a schema; a block's page has no steps. `about` is whom a block is about wherever it is used."""

    id: Id
    title: Words3
    about: Role | None = None
    legal_ground_my_number: str = ""
    steps: tuple[Step, ...] = ()
    fields: tuple[FieldRow, ...]
    changes: tuple[ChangeRow, ...] = ()
    choices: tuple[ChoiceRow, ...] = ()
    help: tuple[HelpRow, ...] = ()
    messages: tuple[MessageRow, ...] = ()
    rules: tuple[RuleRow, ...] = ()
    samples: tuple[SampleRow, ...] = ()
