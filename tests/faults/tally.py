"""What the crash points of each life showed, as a table at the end of the run."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from unicodedata import east_asian_width

TALLY, TOLD = "crash points", "told at the end"  # the properties by which tests hand on their rows and lines
COLUMNS = ("points", "lost", "torn", "twice", "notice", "refusal")
Row = Mapping[str, int]
Note = Callable[[str, object], None]


def table(rows: Iterable[tuple[str, Row]]) -> list[str]:
    """The lines of the table: a life each, in the order of their names, and their sum; none when there are no rows."""
    sums: dict[str, dict[str, int]] = {}
    for name, row in rows:
        life = sums.setdefault(name, dict.fromkeys(COLUMNS, 0))
        for column in COLUMNS:
            life[column] += row[column]
    if not sums:
        return []
    whole = {column: sum(life[column] for life in sums.values()) for column in COLUMNS}
    return [
        _line("scenario", COLUMNS),
        *(_line(*one) for one in _shown(sums)),
        *(_line(*one) for one in _shown({"all": whole})),
    ]


def _shown(sums: Mapping[str, Row]) -> list[tuple[str, tuple[int, ...]]]:
    return [(name, tuple(row[column] for column in COLUMNS)) for name, row in sorted(sums.items())]


def _line(name: str, cells: Iterable[object]) -> str:
    width = sum(2 if east_asian_width(letter) in "WF" else 1 for letter in name)
    return name + " " * max(34 - width, 1) + "".join(f"{cell:>9}" for cell in cells)
