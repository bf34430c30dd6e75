"""The list of procedures as a person sees it: number, id, title, and how many versions of the law."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

from engine.errors import UnknownThing
from procedures.library import Library

HEADINGS = ("番号", "ID", "手続", "版")


class Listed(NamedTuple):
    """One line of the list. `versions` are the ids of the versions; `errors` keep the procedure from being used."""

    number: int
    id: str
    title: str
    field: str
    department: str
    versions: tuple[str, ...]
    errors: int
    file: str


def listed(folders: Sequence[Path] = ()) -> list[Listed]:
    """Every procedure by number, ours and those of the folders laid over them.

    Raises:
        UnknownThing: a folder is not there.
    """
    library = Library(laid_over(folders, "procedures"))
    found = []
    for entry in library.list():
        loaded = library.read(entry.id)
        versions = tuple(version.id for version in loaded.procedure.versions) if loaded.procedure else ()
        top = (entry.number, entry.id, entry.title, entry.field, entry.department)
        found.append(Listed(*top, versions, len(loaded.errors), entry.file))
    return found


def cells(rows: Iterable[Listed]) -> list[tuple[str, ...]]:
    """The list as rows of a table."""
    return [
        (
            str(row.number),
            row.id,
            row.title,
            f"誤り{row.errors}" if row.errors else str(len(row.versions) or ""),
        )
        for row in rows
    ]


def laid_over(folders: Sequence[Path], room: str) -> list[Path]:
    """Where folders of definitions keep their procedures or forms: in a folder of that name, or in themselves.

    Raises:
        UnknownThing: a folder is not there.
    """
    for folder in folders:
        if not folder.is_dir():
            ja = f"--definitions のフォルダ「{folder}」がありません。"
            raise UnknownThing(ja, f"there is no folder {folder}", folder=str(folder))
    return [folder / room if (folder / room).is_dir() else folder for folder in folders]
