"""What is compared: a procedure by id, a file or a folder of a former copy, on a day or on every day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from engine.definition import Procedure
from engine.definition.hashes import behaviour_hash, wording_hash
from engine.definition.in_force import in_force
from engine.errors import DefinitionError, MadoguchiError, UnknownThing
from engine.problems import nearest
from forms.form import Form
from forms.loader import OURS, Forms
from procedures.description import require_version
from procedures.editions import form_hash, forms_of
from procedures.files import FragmentFolders, Layers, our_folder
from procedures.library import Library
from procedures.listing import laid_over
from procedures.loader import read_procedure
from procedures.tables import Tables


class Misused(MadoguchiError):
    """The words do not say what is to be compared."""

    code = "usage"


@dataclass(frozen=True)
class Declared:
    """A whole declaration with all that stands beside it; `name` is how it was asked for."""

    name: str
    whole: Procedure
    forms: Forms
    tables: Tables

    @cached_property
    def _forms(self) -> dict[str, Form]:
        found, problems = forms_of(self.whole, self.forms)
        if problems:
            raise DefinitionError(problems)
        return found

    def on(self, day: dt.date) -> Side:
        """The declaration as it stands on a day.

        Raises:
            UnknownThing: it has no version on that day.
        """
        require_version(self.whole, day)
        return Side(self, day, in_force(self.whole, day), self._forms)

    def starts(self) -> list[dt.date]:
        """The first day of each edition."""
        changes = self.whole.changes()
        first = min((version.from_ for version in self.whole.versions), default=dt.date.min)
        last = max((version.until or dt.date.max for version in self.whole.versions), default=dt.date.max)
        days = changes if self.whole.versions else (dt.date.min, *changes)
        return [day for day in days if first <= day < last]


@dataclass(frozen=True)
class Side:
    """One of two that are compared: the rows of one day, the forms, and the two hashes."""

    declared: Declared
    day: dt.date
    procedure: Procedure
    forms: dict[str, Form]

    @property
    def name(self) -> str:
        """How it was asked for, with its day."""
        return f"{self.declared.name}@{self.day}" if self.day > dt.date.min else self.declared.name

    @cached_property
    def behaviour(self) -> str:
        """The hash by which a case is pinned to this edition."""
        return behaviour_hash(self.procedure, form_hash(self.forms))

    @cached_property
    def wording(self) -> str:
        """The hash of its words, those of the forms left out."""
        return wording_hash(self.procedure)

    @property
    def version(self) -> str:
        """The id of its version; empty when the declaration names none."""
        held = (v for v in self.procedure.versions if v.holds(self.day))
        return next((version.id for version in held), "")


Asked = tuple[Declared, dt.date | None]


def pairs(words: Sequence[str], folders: Sequence[Path]) -> Iterator[tuple[Asked, Asked]]:
    """The declarations to compare, each with the day asked for.

    Args:
        words: A and B, each an id, a file or a folder, with @DATE where a day is meant; or an id and two days.

    Raises:
        Misused: they say something else.
        UnknownThing: no such procedure, file, folder.
        DefinitionError: one of the declarations has errors.
    """
    first, second = (_part(word) for word in _two(words))
    one, other = (_ids(where, folders) for where, _ in (first, second))
    folders_too = Path(first[0]).is_dir() or Path(second[0]).is_dir()
    both = [(name, name) for name in one if name in other] if folders_too else [(one[0], other[0])]
    if not both:
        ja = f"「{first[0]}」と「{second[0]}」に同じ id の手続がありません。"
        raise UnknownThing(ja, f"no procedure is in both {first[0]} and {second[0]}")
    for a, b in both:
        yield (_declared(first[0], a, folders), first[1]), (_declared(second[0], b, folders), second[1])


def declared(procedure: str, folders: Sequence[Path]) -> Declared:
    """The declaration of an id.

    Raises:
        UnknownThing: there is no such procedure.
        DefinitionError: it has errors.
    """
    return _declared(procedure, _ids(procedure, folders)[0], folders)


def _two(words: Sequence[str]) -> list[str]:
    if len(words) == 3 and all(_date(word) for word in words[1:]):  # noqa: PLR2004 - an id and two days
        return [f"{words[0]}@{word}" for word in words[1:]]
    if len(words) == 2 and not any(_date(word) for word in words):  # noqa: PLR2004 - two things
        return list(words)
    ja = "比べる二つを書いてください。例: ID@2024-09-01 ID@2024-10-01、ID 2024-09-01 2024-10-01、古いフォルダ ID"
    raise Misused(ja, "give the two to compare: ID@DATE ID@DATE, or ID DATE DATE, or two files or folders")


def _part(word: str) -> tuple[str, dt.date | None]:
    where, at, day = word.rpartition("@")
    if not at:
        return word, None
    found = _date(day)
    if found is None:
        ja = f"「{word}」の @ の後は 2024-10-01 のような日にしてください。"
        raise Misused(ja, f"what follows @ in {word!r} must be a day like 2024-10-01", word=word)
    return where, found


def _date(text: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        return None


def _ids(where: str, folders: Sequence[Path]) -> list[str]:
    """The ids of the procedures that a word means."""
    path = Path(where)
    if path.is_dir():
        found = sorted(Layers(laid_over([path], "procedures")).procedures())
        if not found:
            ja = f"フォルダ「{where}」に手続がありません。procedures/<分野>/<id>.toml を置いてください。"
            raise UnknownThing(ja, f"there is no procedure in {where}", folder=where)
        return found
    if path.suffix == ".toml" or len(path.parts) > 1:
        if not path.is_file():
            raise UnknownThing(f"ファイル「{where}」がありません。", f"there is no file {where}", file=where)
        return [path.stem]
    known = Library(laid_over(folders, "procedures")).ids()
    if where not in known:
        hint = nearest(where, known) or "madoguchi procedures list で一覧を見られます。"
        ja = f"「{where}」という手続はありません。{hint}"
        raise UnknownThing(ja, f"there is no procedure {where!r}", procedure=where)
    return [where]


def _declared(where: str, procedure: str, folders: Sequence[Path]) -> Declared:
    """A declaration with the forms and tables of its own folder, ours below them."""
    path = Path(where)
    if path.is_file():
        return _of_file(path)
    over = [path] if path.is_dir() else folders
    library = Library(laid_over(over, "procedures"))
    loaded = library.read(procedure)
    if loaded.procedure is None or loaded.errors:
        raise DefinitionError(loaded.errors)
    return Declared(where, loaded.procedure, Forms([OURS, *laid_over(over, "forms")]), library.tables())


def _of_file(path: Path) -> Declared:
    """A single file; what stands beside it in a folder of definitions counts too."""
    root = path.resolve().parent.parent
    forms = root.parent / "forms"
    beside = [root] if root != our_folder() and (root / "fragments").is_dir() else []
    loaded = read_procedure(path, FragmentFolders([our_folder(), *beside]), path.as_posix())
    if loaded.procedure is None or loaded.errors:
        raise DefinitionError(loaded.errors)
    with_forms = [forms] if root.name == "procedures" and forms.is_dir() and forms != OURS else []
    return Declared(path.as_posix(), loaded.procedure, Forms([OURS, *with_forms]), Library(beside).tables())
