"""A comparison or a search for staff as a command runs it: the files on disk, and a summary in words."""

from __future__ import annotations

from pathlib import Path

from simulation.comparison import datasets, page
from simulation.comparison.comparing import Asked, Compared, compare
from simulation.comparison.saying import points

REPORT, NUMBERS = "compare.html", "compare.json"


def run(asked: Asked, scenario: str, out: Path, *, only_whole: bool = False) -> Compared:
    """The comparison, its report and its numbers written into the folder."""
    found = compare(asked, scenario, out, only_whole=only_whole)
    datasets.write(datasets.every(found), out)
    (out / NUMBERS).write_text(datasets.as_json(found), encoding="utf-8")
    write_whole(out / REPORT, page.render(found))
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
