"""Files with their safe mends taken, each file written once, whole or not at all."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from checker.checking import Report
from checker.finding import Edit
from checker.source import Source


def mend(report: Report) -> dict[str, int]:
    """Takes the safe mends of a report and gives back how many were taken, by name of file.

    Of two mends that touch the same letters the first is taken; the next run finds the other.
    """
    taken: dict[str, int] = {}
    for name, source in report.sources.items():
        edits = _apart([one for found in report.findings if found.file == name for one in _safe(found.fix)])
        if edits:
            _write(report.paths[name], mended(source, edits))
            taken[name] = len(edits)
    return taken


def mended(source: Source, edits: list[Edit]) -> str:
    """The text with edits that do not touch each other, in ascending order."""
    text = source.text
    for edit in reversed(edits):
        text = text[: edit.start] + edit.text + text[edit.end :]
    return text


def _safe(fix: object) -> tuple[Edit, ...]:
    return fix.edits if getattr(fix, "safe", False) and hasattr(fix, "edits") else ()


def _apart(edits: list[Edit]) -> list[Edit]:
    found: list[Edit] = []
    for edit in sorted(edits):
        if not found or edit.start >= found[-1].end:
            found.append(edit)
    return found


def _write(path: Path, text: str) -> None:
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="") as file:
            file.write(text)
        Path(name).chmod(path.stat().st_mode)
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
