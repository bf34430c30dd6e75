"""Finding files: procedures, fragments, tables and municipalities, ours and those of folders laid over ours."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from importlib import resources
from pathlib import Path

from engine.problems import Problem
from procedures.drafts import Source
from procedures.reading import read_source


def our_folder() -> Path:
    """The folder of the definitions that come with the program."""
    return Path(str(resources.files("procedures")))


class FragmentFolders:
    """The fragments of some folders, each read once; a later folder replaces an earlier one's."""

    def __init__(self, folders: Sequence[Path]) -> None:
        self._files = {file.stem: file for folder in folders for file in sorted(folder.glob("fragments/*.toml"))}
        self._read: dict[str, tuple[Source | None, list[Problem]]] = {}

    def fragment(self, fragment_id: str) -> tuple[Source | None, list[Problem]]:
        """The file of a fragment, or None with what kept it from being read."""
        if fragment_id not in self._files:
            return None, []
        if fragment_id not in self._read:
            self._read[fragment_id] = read_source(self._files[fragment_id])
        return self._read[fragment_id]

    def fragment_ids(self) -> Iterable[str]:
        """The ids of all fragments."""
        return sorted(self._files)
