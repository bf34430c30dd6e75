"""A procedure file and its fragments as one Procedure, or every problem that keeps it from being one."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from engine.definition import Procedure
from engine.problems import Problem
from procedures.drafts import Draft, Source, draft_of
from procedures.expand import Expansion, FragmentSource
from procedures.places import Places
from procedures.reading import read_source
from procedures.row_rules import expanded_problems, written_problems
from procedures.types import typed


@dataclass(frozen=True)
class Loaded:
    """What became of a file: the procedure (None when its types refuse it), the problems, and where everything is."""

    procedure: Procedure | None
    problems: tuple[Problem, ...]
    places: Places | None
    draft: Draft | None = None

    @property
    def errors(self) -> tuple[Problem, ...]:
        """The problems that keep the definition from being used."""
        return tuple(problem for problem in self.problems if problem.severity == "error")


def load_procedure(path: Path, fragments: FragmentSource) -> tuple[Procedure | None, list[Problem]]:
    """The procedure of a file with its fragments expanded, and every problem of its form, in the order of places.

    The procedure is None when a file cannot be read or the types refuse something. Names are not followed here: that
    is `procedures.references`.
    """
    loaded = read_procedure(path, fragments)
    return loaded.procedure, list(loaded.problems)


def read_procedure(path: Path, fragments: FragmentSource, name: str = "") -> Loaded:
    """The same, with the map from paths of ids to places in the files."""
    source, problems = read_source(path, name)
    if source is None:
        return Loaded(None, tuple(problems), None)
    return load_source(source, fragments)


def load_source(source: Source, fragments: FragmentSource) -> Loaded:
    """A procedure from a file that has been read."""
    expansion = Expansion(fragments)
    draft = expansion.expand(draft_of(source))
    problems = [*expansion.problems, *expanded_problems(draft)]
    for one in (source, *expansion.sources):
        problems += written_problems(one)
    procedure, refused = typed(draft)
    return Loaded(procedure, tuple(sorted({*problems, *refused})), Places(draft), draft)
