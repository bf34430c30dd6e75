"""A problem found in a definition: what is wrong, where, and what would have been right."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Literal

Severity = Literal["error", "warning", "info"]


@dataclass(frozen=True, order=True)
class Problem:
    """One finding. `path` names ids, never indexes: ("events", "accept", "when").

    `offset` is a (line, column) inside the text at `path`, both from 1, where the text itself has positions. `witness`
    is a case that shows it.
    """

    file: str = ""
    line: int = 0
    column: int = 0
    rule: str = ""
    path: tuple[str, ...] = ()
    ja: str = ""
    en: str = ""
    hint: str = ""
    severity: Severity = "error"
    offset: tuple[int, int] = (1, 1)
    witness: str = ""

    @property
    def where(self) -> str:
        """The place as file:line:column, or the path of ids while the place is unknown."""
        if self.line:
            return f"{self.file}:{self.line}:{self.column}"
        return ".".join(self.path) or self.file

    def text(self, lang: str = "ja") -> str:
        """The finding as one line for a person."""
        said = self.en if lang == "en" and self.en else self.ja
        return f"{self.where}: [{self.rule}] {'.'.join(self.path)}: {said}{self.hint and f'({self.hint})'}"

    def at(self, file: str, line: int, column: int) -> Problem:
        """The same finding at a place in a file."""
        return replace(self, file=file, line=line, column=column)


def nearest(word: str, known: Iterable[str]) -> str:
    """A hint naming the nearest right word, or an empty string when none is near."""
    found = difflib.get_close_matches(word, sorted(set(known)), n=1, cutoff=0.6)
    return f"{found[0]} のことですか" if found else ""
