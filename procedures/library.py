"""Every definition there is, ours and those of folders laid over ours; nothing is read before it is asked for."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from engine.definition import Procedure
from engine.problems import Problem, nearest
from engine.shapes import Shape
from procedures.files import Found, FragmentFolders, Layers, our_folder
from procedures.life_events import LifeEvent, read_life_events
from procedures.loader import Loaded, read_procedure
from procedures.places import Places
from procedures.references import check_references
from procedures.tables import Tables
from procedures.types import salvaged

_BELOW = re.compile(r"\s*(\w+\s*=\s*)?\[")  # the first list or table: the scalars are over
FormShape = Callable[[str], Shape | None]
Names = list[str]
Problems = list[Problem]  # inside the class, `list` is the list of procedures


@dataclass(frozen=True)
class Entry:
    """One procedure of the list: the few scalars that stand at the top of its file."""

    id: str
    number: int
    title: str
    field: str
    department: str
    file: str


class Library:
    """The procedures, fragments, tables and municipalities of our folder and of others laid over it.

    Args:
        folders: laid over ours in this order; a file of the same id replaces ours and is said so.
        form_shape: the shape of a form by id, or None when there is no such form; without it fields are not followed.
    """

    def __init__(self, folders: Sequence[Path] = (), form_shape: FormShape | None = None) -> None:
        layers = (our_folder(), *folders)
        self._layers = Layers(layers)
        self._form_shape = form_shape
        self._loaded: dict[str, Loaded] = {}
        self._declared: dict[str, Procedure | None] = {}
        self.fragments = FragmentFolders(layers)

    def ids(self) -> Names:
        """The ids of the procedures, sorted; only names of files are looked at."""
        return sorted(self._layers.procedures())

    def list(self) -> tuple[Entry, ...]:
        """The procedures by number; of each file only the scalars at its top are read."""
        entries = [_entry(procedure_id, found) for procedure_id, found in self._layers.procedures().items()]
        return tuple(sorted(entries, key=lambda one: (one.number, one.id)))

    def path(self, procedure_id: str) -> Path | None:
        """The file of a procedure, or None."""
        found = self._layers.procedures().get(procedure_id)
        return found.path if found else None

    def load(self, procedure_id: str) -> tuple[Procedure | None, Problems]:
        """A procedure with its fragments, and every problem of its files and names, each at its place."""
        loaded = self.read(procedure_id)
        return loaded.procedure, list(loaded.problems)

    def read(self, procedure_id: str) -> Loaded:
        """The same with the map of places, kept for the next time it is asked for."""
        if procedure_id not in self._loaded:
            self._loaded[procedure_id] = self._read(procedure_id)
        return self._loaded[procedure_id]

    def places(self, procedure_id: str) -> Places | None:
        """Where everything of a procedure stands; None when its file cannot be read."""
        return self.read(procedure_id).places

    def tables(self) -> Tables:
        """The dated tables."""
        return Tables((found.path, found.name) for found in self._layers.in_folder("tables").values())

    def municipalities(self) -> dict[str, Path]:
        """The files of the cities by id."""
        return {name: found.path for name, found in self._layers.in_folder("municipalities").items()}

    def life_events(self) -> tuple[tuple[LifeEvent, ...], Problems]:
        """The life events in their order, and what is wrong with their files."""
        files = ((found.path, found.name) for found in self._layers.in_folder("life_events").values())
        return read_life_events(files, self.ids())

    def replaced(self) -> Problems:
        """Which of our files a later folder replaces, as information."""
        return self._layers.replaced()

    def _alone(self, procedure_id: str) -> Procedure | None:
        """A procedure as its file has it, without a look at the others."""
        if procedure_id not in self._declared:
            found = self._layers.procedures().get(procedure_id)
            self._declared[procedure_id] = read_procedure(found.path, self.fragments).procedure if found else None
        return self._declared[procedure_id]

    def _read(self, procedure_id: str) -> Loaded:
        found = self._layers.procedures().get(procedure_id)
        if found is None:
            hint = nearest(procedure_id, self.ids())
            ja, en = f"手続 {procedure_id} がありません。", f"there is no procedure {procedure_id}"
            return Loaded(None, (Problem(rule="D001", path=(procedure_id,), ja=ja, en=en, hint=hint),), None)
        return self.examined(read_procedure(found.path, self.fragments, found.name), found)

    def examined(self, loaded: Loaded, found: Found) -> Loaded:
        """A procedure that was read from a file, with what is wrong with its names among all the others."""
        places = loaded.places
        procedure = loaded.procedure or (salvaged(loaded.draft) if loaded.draft else None)
        if procedure is None or places is None:
            return loaded
        form = self._form_shape(procedure.form) if self._form_shape else None
        problems = places.locate_all(check_references(procedure, procedures=self.ids(), form=form, others=self._alone))
        problems += _misplaced(procedure, found, places)
        return Loaded(loaded.procedure, tuple(sorted({*loaded.problems, *problems})), places, loaded.draft)


def _misplaced(procedure: Procedure, found: Found, places: Places) -> list[Problem]:
    """The id is the name of the file and the field the name of its folder."""
    problems = []
    for key, right in (("id", found.path.stem), ("field", found.path.parent.name)):
        wrong = getattr(procedure, key)
        if wrong != right:
            ja = f"{key} は{'ファイル' if key == 'id' else 'フォルダー'}の名と同じ {right} にします(いまは {wrong})。"
            en = f"{key} is {right}, the name of its {'file' if key == 'id' else 'folder'} (now {wrong})"
            problems.append(places.locate(Problem(rule="D018", path=(key,), ja=ja, en=en, hint=f'{key} = "{right}"')))
    return problems


def _entry(procedure_id: str, found: Found) -> Entry:
    """What stands at the top of a file, up to its first list or table; blanks where it cannot be read."""
    top = _top(found.path)
    texts = {key: top[key] if isinstance(top.get(key), str) else "" for key in ("title", "field", "department")}
    number = top.get("number")
    return Entry(procedure_id, number if isinstance(number, int) else 0, **texts, file=found.name)


def _top(path: Path) -> dict[str, Any]:
    lines: list[str] = []
    try:
        with path.open(encoding="utf-8") as file:
            for line in file:
                if _BELOW.match(line):
                    break
                lines.append(line)
        return tomllib.loads("".join(lines))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError):
        return {}  # the list goes on; loading the procedure says what is wrong
