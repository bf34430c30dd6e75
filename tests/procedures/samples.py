"""A small sound procedure, and what is found when one thing in it is written wrongly."""

from pathlib import Path

from engine.problems import Problem
from engine.shapes import Many, Record, Scalar
from procedures.drafts import Source
from procedures.loader import Loaded, load_source
from procedures.reading import parse_source
from procedures.references import check_references

DATA = Path(__file__).parent / "data"
SAMPLE = (DATA / "childcare" / "sample.toml").read_text("utf-8")
FRAGMENTS = {path.stem: path.read_text("utf-8") for path in sorted((DATA / "fragments").glob("*.toml"))}
FORM = Record({"applicant": Record({"name": Scalar("text")}), "papers": Many(Record({"kind": Scalar("text")}))})
HERE = "«"  # marks where a finding is expected


class TextFragments:
    """Fragments from texts."""

    def __init__(self, texts: dict[str, str]) -> None:
        self._texts = texts

    def fragment(self, fragment_id: str) -> tuple[Source | None, list[Problem]]:
        if fragment_id not in self._texts:
            return None, []
        return parse_source(self._texts[fragment_id].encode(), f"{fragment_id}.toml")

    def fragment_ids(self) -> list[str]:
        return sorted(self._texts)


def load_text(text: str, fragments: dict[str, str] = FRAGMENTS) -> Loaded:
    """What becomes of a procedure's text."""
    source, problems = parse_source(text.encode(), "sample.toml")
    return Loaded(None, tuple(problems), None) if source is None else load_source(source, TextFragments(fragments))


def problems_of(text: str, fragments: dict[str, str] = FRAGMENTS) -> list[Problem]:
    """Everything found in a text: its form, and where it has one, its names."""
    loaded = load_text(text, fragments)
    if loaded.procedure is None or loaded.places is None:
        return list(loaded.problems)
    found = check_references(loaded.procedure, procedures=["sample", "other_procedure"], form=FORM)
    return sorted([*loaded.problems, *loaded.places.locate_all(found)])


def edited(text: str, *edits: tuple[str, str]) -> tuple[str, tuple[int, int] | None]:
    """The text with each first piece replaced by the second, and the marked place in it."""
    for old, new in edits:
        assert text.count(old) == 1, f"{text.count(old)} × {old}"
        text = text.replace(old, new)
    before, mark, after = text.partition(HERE)
    spot = (before.count("\n") + 1, len(before) - before.rfind("\n")) if mark else None
    return before + after, spot


def planted(*edits: tuple[str, str]) -> tuple[list[Problem], tuple[int, int] | None]:
    """What is found in the sample after some edits, and the marked place."""
    text, spot = edited(SAMPLE, *edits)
    return problems_of(text), spot


def brief(problem: Problem) -> tuple[str, str, str]:
    """The rule, the path of ids and the hint."""
    return problem.rule, ".".join(problem.path), problem.hint
