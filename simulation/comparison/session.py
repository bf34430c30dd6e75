"""A comparison or a search for staff as a command runs it: the files on disk, and a summary in words."""

from __future__ import annotations

from pathlib import Path

from engine.errors import Refusal
from simulation.comparison import datasets, page
from simulation.comparison.comparing import Asked, Compared, compare, prepared
from simulation.comparison.saying import points
from simulation.comparison.scenario import scenario_named
from simulation.swings import Ranking, ranking_in

REPORT, NUMBERS = "compare.html", "compare.json"


def run(
    asked: Asked, scenario: str, out: Path, *, only_whole: bool = False, sensitivity: Path | None = None
) -> Compared:
    """The comparison, its report and its numbers written into the folder.

    Args:
        sensitivity: a file that says which assumptions move the differences of this scenario.

    Raises:
        Refusal: that file is about something else, and what `compare` raises.
    """
    swings = _swings(asked, scenario, sensitivity) if sensitivity else None
    found = compare(asked, scenario, out, only_whole=only_whole)
    datasets.write(datasets.every(found), out)
    (out / NUMBERS).write_text(datasets.as_json(found), encoding="utf-8")
    write_whole(out / REPORT, page.render(found, swings))
    return found


def _swings(asked: Asked, scenario: str, path: Path) -> Ranking:
    """The ranking in a file, if it is about the same city, procedures and scenario."""
    found = ranking_in(path, asked.city, prepared(asked).names)
    label = scenario_named(scenario).written.label
    if found.scenario != label:
        ja = f"「{path}」は、別の改善の想定({found.scenario or '現状だけ'})のものです。"
        raise Refusal(f"{ja}--scenario を同じにしてください。", f"{path} is about another scenario")
    return found


def write_whole(path: Path, text: str) -> None:
    """Write a file whole or not at all."""
    draft = path.with_suffix(".part")
    draft.write_text(text, encoding="utf-8")
    draft.replace(path)


def summary(found: Compared) -> str:
    """The comparison in a few lines."""
    city = found.declared.municipality.label
    head = f"{city} {found.scenario.written.label} {found.asked.first}〜{found.asked.last} ({len(found.pairs)}組)"
    return "\n".join([head, *(f"{one.topic}: {one.text}" for one in points(found))])
