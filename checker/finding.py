"""One thing found: which rule, where, what is wrong, a document that shows it, and the mend."""

from __future__ import annotations

from dataclasses import dataclass

from engine.problems import Problem, Severity

Place = tuple[int, int]
"""A line and a column of a file, both from 1; (0, 0) means the file as a whole."""

WHOLE_FILE: Place = (0, 0)
RANK: dict[Severity, int] = {"error": 0, "warning": 1, "info": 2}


@dataclass(frozen=True, order=True)
class Edit:
    """A piece of a file's text, by offsets in letters from 0, and what stands there instead."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, order=True)
class Fix:
    """A mend. `safe` means that no answer that was right becomes wrong, nor the other way round, by taking it."""

    ja: str
    en: str
    edits: tuple[Edit, ...]
    safe: bool = True


@dataclass(frozen=True, order=True)
class Finding:
    """One finding at a place of a file; `pointer` is a JSON Pointer, or ids joined by dots in a declaration."""

    file: str
    line: int
    column: int
    rule: str
    pointer: str
    ja: str
    en: str
    severity: Severity = "error"
    witness: str = ""
    fix: Fix | None = None

    def text(self, lang: str = "ja") -> str:
        """What is wrong, in the language asked for."""
        return self.en if lang == "en" and self.en else self.ja

    @property
    def where(self) -> str:
        """file:line:column, or the file alone."""
        return f"{self.file}:{self.line}:{self.column}" if self.line else self.file


def of_problem(problem: Problem, rule: str = "", severity: Severity | None = None) -> Finding:
    """The finding that a problem of the loader is, under the rule that the catalogue has for its code."""
    hint = problem.hint and f"({problem.hint})"
    return Finding(
        file=problem.file,
        line=problem.line,
        column=problem.column,
        rule=rule or problem.rule,
        pointer=".".join(problem.path),
        ja=f"{problem.ja}{hint}",
        en=problem.en,
        severity=severity or problem.severity,
        witness=problem.witness,
    )
