"""The list of procedures as a person sees it: number, id, title, and how many versions of the law."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

from engine.definition import Procedure
from engine.errors import DefinitionError, UnknownThing
from engine.municipality import Municipality
from procedures.library import Library
from procedures.profiles import load_profile

HEADINGS = ("番号", "ID", "手続", "版")
IN_A_CITY = ("番号", "ID", "担当", "オンライン")


class Listed(NamedTuple):
    """One line of the list. `versions` are the ids of the versions; `errors` keep the procedure from being used.

    `inside` are the city's own matters (職権), which nobody files: the survey of a building beside the certificate.
    `reviews` are requests about what was decided in a case of another.
    `department` and `online` are the city's where one was named: who has it, and when it goes online as printed.
    """

    number: int
    id: str
    title: str
    field: str
    act_kinds: tuple[str, ...]
    department: str
    online: str
    versions: tuple[str, ...]
    inside: bool
    reviews: bool
    errors: int
    file: str


def listed(folders: Sequence[Path] = (), city: str | None = None) -> list[Listed]:
    """Every procedure by number, ours and those of the folders laid over them, as a city has them.

    Raises:
        UnknownThing: a folder is not there, or no city has that name.
        DefinitionError: the city's profile has errors.
    """
    over = laid_over(folders, "procedures")
    library = Library(over)
    municipality = _city(city, over) if city is not None else None
    periods = {row.number: row.period for row in municipality.schedule} if municipality else {}
    found = []
    for entry in library.list():
        loaded = library.read(entry.id)
        department = municipality.department_of(entry.number) if municipality else None
        found.append(
            Listed(
                number=entry.number,
                id=entry.id,
                title=entry.title,
                field=entry.field,
                act_kinds=_act_kinds(loaded.procedure),
                department=department.label if department else entry.department,
                online=periods.get(entry.number, ""),
                versions=tuple(version.id for version in loaded.procedure.versions) if loaded.procedure else (),
                inside=_inside(loaded.procedure),
                reviews=loaded.procedure is not None and loaded.procedure.reviews,
                errors=len(loaded.errors),
                file=entry.file,
            )
        )
    return found


def _act_kinds(procedure: Procedure | None) -> tuple[str, ...]:
    return tuple(dict.fromkeys(row.act_kind for row in procedure.natures)) if procedure else ()


def _inside(procedure: Procedure | None) -> bool:
    """Whether no citizen ever acts in a procedure."""
    return procedure is not None and not any(role.side == "citizen" for role in procedure.roles)


def _city(city: str, folders: Sequence[Path]) -> Municipality:
    municipality, problems = load_profile(city, folders)
    if municipality is None:
        unknown = next((one for one in problems if one.rule == "M001"), None)
        if unknown is not None:
            raise UnknownThing(f"{unknown.ja}{unknown.hint}", unknown.en, city=city)
        raise DefinitionError(problems)
    return municipality


def cells(rows: Iterable[Listed], *, city: bool = False) -> list[tuple[str, ...]]:
    """The list as rows of a table; of a city, with what it says of each in the place of the titles."""
    return [
        (
            str(row.number),
            row.id,
            *((row.department, row.online) if city else (row.title, _errors_or_versions(row))),
        )
        for row in rows
    ]


def _errors_or_versions(row: Listed) -> str:
    return f"誤り{row.errors}" if row.errors else str(len(row.versions) or "")


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
