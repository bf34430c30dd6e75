"""The names that the national data model (GIF) has for fields of forms, and its code lists: data, never the schemas."""

from __future__ import annotations

import datetime as dt
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, ValidationError

from engine.errors import MadoguchiError
from forms.form import Field, Form
from forms.loader import OURS

FILE = "gif.toml"
PERSON, ORGANIZATION, CONTACT, ADDRESS = "fullName", "tradeName", "contactPointName", "address"
_WEIGHTS = (6, 5, 4, 3, 2)


class BadNames(MadoguchiError):
    """A `gif.toml` that cannot be used; carries the file."""

    code = "gif_names"


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Applicant(_Part):
    """Where a form has its applicant, and their address when it stands apart."""

    at: str
    address: str = ""


class Deputy(_Part):
    """Where a form has who acts for the applicant, as what and by which mandate; nobody where `unless` holds."""

    at: str
    role: str
    mandate: str
    unless: dict[str, str] = {}


class Towns(_Part):
    """Municipalities of a prefecture: the code (全国地方公共団体コード), the name, the name in katakana."""

    prefecture: str
    towns: list[tuple[str, str, str]]


class GifFile(_Part):
    """What a `gif.toml` says, or ours and those laid over it together."""

    source: str = ""
    as_of: dt.date | None = None
    licence: str = ""
    namespace: str = ""
    codes_namespace: str = ""
    applicant: list[Applicant] = []
    deputies: list[Deputy] = []
    dated: list[str] = []
    elements: dict[str, list[str]] = {}
    codes: dict[str, dict[str, str]] = {}
    choices: dict[str, dict[str, str]] = {}
    cities: list[Towns] = []
    names: dict[str, dict[str, str]] = {}


@dataclass(frozen=True)
class Town:
    """A municipality with its code and its name in katakana."""

    code: str
    name: str
    kana: str


@dataclass(frozen=True)
class GifNames:
    """The names, ready to be asked."""

    read: GifFile

    def name(self, form: Form, field: Field) -> str:
        """The name of a field; empty where the model has none for it. A block that a form changes keeps its names."""
        return self.read.names.get(self.owner(form, field), {}).get(field.row, "")

    def owner(self, form: Form, field: Field) -> str:
        """The id of the form or block under which a field's name stands."""
        holder = form.by_pointer.get(field.scope.removesuffix("/*"))
        return holder.block if holder is not None and holder.block else field.owner

    def code(self, name: str, value: object) -> tuple[str, str] | None:
        """The code and the words of a choice, by the list of that name; None where it has none."""
        code = self.read.choices.get(name, {}).get(str(value), "")
        words = self.words(name, code)
        return (code, words) if words else None

    def words(self, name: str, code: str) -> str:
        """What a code of a list says; empty where it is no code."""
        return self.read.codes.get(name, {}).get(code, "")

    @cached_property
    def towns(self) -> Mapping[tuple[str, str], Town]:
        """The municipalities whose code is known, by prefecture and name."""
        rows = [(row.prefecture, Town(*town)) for row in self.read.cities for town in row.towns]
        return {(prefecture, town.name): town for prefecture, town in rows}


def gif_names(folders: Sequence[Path] = (OURS,)) -> GifNames:
    """The names of ours and of the `gif.toml` of folders laid over it: a later file adds rows, and its own win.

    Raises:
        BadNames: a file cannot be read, or says what is not known.
    """
    whole: dict[str, Any] = {}
    for folder in folders:
        if (file := folder / FILE).is_file():
            _lay(whole, _read(file))
            _require_known(GifFile.model_validate(whole), file)
    return GifNames(GifFile.model_validate(whole))


def is_town_code(code: str) -> bool:
    """Whether it is six digits of which the last checks the others (JIS X 0402, 検査数字)."""
    if len(code) != len(_WEIGHTS) + 1 or not (code.isascii() and code.isdecimal()):
        return False
    total = sum(int(digit) * weight for digit, weight in zip(code, _WEIGHTS, strict=False))
    return (11 - total % 11) % 10 == int(code[-1])


def _read(file: Path) -> dict[str, Any]:
    try:
        read = tomllib.loads(file.read_text("utf-8"))
        GifFile.model_validate(read)
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise BadNames(f"「{file}」を読めません: {error}", f"cannot read {file}: {error}", file=str(file)) from error
    except ValidationError as error:
        places = "、".join(".".join(str(step) for step in one["loc"]) for one in error.errors())
        ja = f"「{file}」の {places} は、ない項目か、書き方が違います。forms/gif.toml と同じ形にしてください。"
        raise BadNames(ja, f"{file}: not of the form of ours: {places}", file=str(file)) from error
    return read


def _require_known(read: GifFile, file: Path) -> None:
    """Nothing, when every name is one of the model and every code of a town right; otherwise a BadNames."""
    known = {one for names in read.elements.values() for one in names}
    wrong = [
        f"names.{owner}.{row} = {name}" for owner, rows in read.names.items() for row, name in rows.items()
        if name not in known
    ]  # fmt: skip
    wrong += [f"{name} {code}" for one in read.cities for code, name, _ in one.towns if not is_town_code(code)]
    if wrong:
        ja = f"「{file}」に、GIFにない名か、検査数字の合わない団体コードがあります: {'、'.join(wrong)}。"
        raise BadNames(ja, f"{file}: no name of the model, or no code of a town: {', '.join(wrong)}", file=str(file))


def _lay(whole: dict[str, Any], more: Mapping[str, Any]) -> None:
    for key, value in more.items():
        if isinstance(value, dict):
            _lay(whole.setdefault(key, {}), value)
        elif isinstance(value, list) and key in whole:
            whole[key] = [*value, *whole[key]]
        else:
            whole[key] = value
