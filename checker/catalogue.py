"""The rules by id: how grave, why, and an example each of what is wrong and of what is right."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field

from engine.definition.rows import Part
from engine.errors import UnknownThing
from engine.problems import Severity, nearest

FOLDER = Path(__file__).parent / "catalogue"
Spoken = Annotated[str, Field(min_length=1)]
Subject = Literal["schema", "form", "procedure", "city", "table", "versions"]


class Change(Part):
    """A piece of a file of the example folder, and what stands there in the bad example.

    Where `old` is empty, `new` is the whole of a file that the example folder does not have.
    """

    file: Spoken
    old: str
    new: str


class Rule(Part):
    """A rule. `known_as` are the codes under which the loader of forms or procedures finds the same.

    `bad` and `good` are whole texts where a rule looks at one schema. Where it looks at more, `bad` is what to
    change in the example folder (`checker/example`), which itself is the good one.
    """

    id: str = Field(pattern=r"^[A-Z][0-9]+$")
    severity: Severity
    subject: Subject
    ja: Spoken
    en: Spoken
    why_ja: Spoken
    why_en: Spoken
    bad: str | tuple[Change, ...]
    good: str = ""
    known_as: tuple[str, ...] = ()

    @property
    def family(self) -> str:
        """The letter that rules of one kind share."""
        return self.id[0]


class FamilyFile(Part):
    """One file of the catalogue: the rules of one letter."""

    family: str = Field(pattern=r"^[A-Z]$")
    ja: Spoken
    en: Spoken
    rules: dict[str, dict[str, object]]


@cache
def _files() -> tuple[FamilyFile, ...]:
    read = (tomllib.loads(path.read_text("utf-8")) for path in sorted(FOLDER.glob("*.toml")))
    return tuple(FamilyFile.model_validate(one) for one in read)


@cache
def rules() -> Mapping[str, Rule]:
    """Every rule by id, in the order of the catalogue's files."""
    return {name: Rule.model_validate({"id": name, **row}) for family in _files() for name, row in family.rules.items()}


@cache
def families() -> Mapping[str, tuple[str, str]]:
    """The name of each family in Japanese and in English, by its letter."""
    return {one.family: (one.ja, one.en) for one in _files()}


@cache
def aliases() -> Mapping[str, Rule]:
    """The rules by the codes under which loaders find the same."""
    return {code: rule for rule in rules().values() for code in rule.known_as}


def rule(name: str) -> Rule:
    """The rule of that id, or of a loader's code that means the same.

    Raises:
        UnknownThing: there is none; the sentence names the nearest.
    """
    known = rules()
    if found := known.get(name) or known.get(name.upper()) or aliases().get(name):
        return found
    hint = nearest(name.upper(), known) or f"{'・'.join(families())} で始まる番号です。"
    raise UnknownThing(f"「{name}」という決まりはありません。{hint}", f"there is no rule {name!r}", rule=name)
