"""Finding files: our folder and others laid over it, procedures, fragments, tables, cities and life events."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from pathlib import Path

from engine.problems import Problem
from procedures.drafts import Source
from procedures.reading import read_source

KINDS = ("fragments", "tables", "municipalities", "life_events")
_BESIDE = ".simulation"


@cache
def our_folder() -> Path:
    """The folder of the definitions that come with the program."""
    return Path(str(resources.files("procedures")))


@dataclass(frozen=True)
class Found:
    """A file and the name it has in messages."""

    path: Path
    name: str


class Layers:
    """Folders over each other; a later folder's file replaces one of the same id.

    A folder holds `<field>/<id>.toml`, `fragments/`, `tables/`, `municipalities/` and `life_events/`.
    """

    def __init__(self, folders: Sequence[Path]) -> None:
        self._folders = tuple(folders)

    def procedures(self) -> dict[str, Found]:
        """The procedures by id."""
        return {path.stem: self._found(folder, path) for folder, path in self._procedure_files()}

    def in_folder(self, kind: str) -> dict[str, Found]:
        """The fragments, tables, municipalities or life events by id."""
        return {path.stem: self._found(folder, path) for folder, path in self._files(f"{kind}/*.toml")}

    def replaced(self) -> list[Problem]:
        """Which files a later folder replaces, as information."""
        problems = []
        for files in (self._procedure_files(), *(self._files(f"{kind}/*.toml") for kind in KINDS)):
            known: dict[str, Found] = {}
            for folder, path in files:
                found = self._found(folder, path)
                before = known.get(path.stem)
                if before is not None:
                    ja = f"{path.stem} は {before.name} のかわりにこのファイルを使います。"
                    en = f"{path.stem} is taken from this file instead of {before.name}"
                    problems.append(Problem(found.name, 1, 1, "D019", (path.stem,), ja, en, severity="info"))
                known[path.stem] = found
        return problems

    def _procedure_files(self) -> Iterator[tuple[Path, Path]]:
        for folder, path in self._files("*/*.toml"):
            if path.parent.name not in KINDS and not path.stem.endswith(_BESIDE):
                yield folder, path

    def _files(self, pattern: str) -> Iterator[tuple[Path, Path]]:
        for folder in self._folders:
            for path in sorted(folder.glob(pattern)):
                yield folder, path

    def _found(self, folder: Path, path: Path) -> Found:
        ours = folder == our_folder()
        return Found(path, f"procedures/{path.relative_to(folder).as_posix()}" if ours else path.as_posix())


class FragmentFolders:
    """The fragments of some folders, each read once; a later folder replaces an earlier one's."""

    def __init__(self, folders: Sequence[Path]) -> None:
        self._files = Layers(folders).in_folder("fragments")
        self._read: dict[str, tuple[Source | None, list[Problem]]] = {}

    def fragment(self, fragment_id: str) -> tuple[Source | None, list[Problem]]:
        """The file of a fragment, or None with what kept it from being read."""
        if fragment_id not in self._files:
            return None, []
        if fragment_id not in self._read:
            found = self._files[fragment_id]
            self._read[fragment_id] = read_source(found.path, found.name)
        return self._read[fragment_id]

    def fragment_ids(self) -> Iterable[str]:
        """The ids of all fragments."""
        return sorted(self._files)
