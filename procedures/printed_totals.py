"""A city's printed schedule against itself: the rows are counted, and a contradiction is told, never mended.

Which figure is right only the city can say; a warning does not keep a profile from being used.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from engine.problems import Problem
from procedures.drafts import Place
from procedures.findings import found
from procedures.profile_rows import City

_ALSO_STATED = re.compile(r"^([0-9]+)手続き?([^\s（(、。]+)")
_KEPT = "数え直して直すことはしません。市の元の資料を確かめてください"


def contradictions(city: City) -> list[Problem]:
    """Where the counted rows differ from the totals printed below them, and from what the plan says elsewhere."""
    rows: dict[str, list[int]] = {}
    for line, number, _ in city.numbers("schedule"):
        rows.setdefault(str(line.values.get("period")), []).append(number)
    return [*_totals(city, rows), *_also(city, rows)]


def _totals(city: City, rows: dict[str, list[int]]) -> Iterator[Problem]:
    for period, printed in city.totals().items():
        numbers = rows.get(period, [])
        if len(numbers) != printed:
            ja = f"予定表の「{period}」の行は{_counted(numbers)}ですが、印刷された計は{printed}件です。"
            en = f"the schedule has {len(numbers)} rows for {period}, its printed total says {printed}"
            place = Place(city.source, ("printed_totals", period))
            yield replace(found("M012", ("printed_totals", period), place, (ja, en), _KEPT), severity="warning")


def _also(city: City, rows: dict[str, list[int]]) -> Iterator[Problem]:
    """A sentence such as 8手続き済 against the rows of that period."""
    stated = city.source.data.get("also_stated")
    place = Place(city.source, ("also_stated",))
    match = _ALSO_STATED.match(stated) if isinstance(stated, str) else None
    if stated and match is None:
        said = ("「○手続き済」の形で読めないため、予定表と比べていません。", "it is not compared with the schedule")
        yield replace(found("M013", ("also_stated",), place, said, "「8手続き済」のように書く"), severity="info")
    elif match is not None and int(match[1]) != len(rows.get(match[2], [])):
        numbers = rows.get(match[2], [])
        ja = f"計画は「{match[0]}」としていますが、予定表の「{match[2]}」の行は{_counted(numbers)}です。"
        en = f"the plan also says {match[0]}; the schedule has {len(numbers)} rows for {match[2]}"
        yield replace(found("M013", ("also_stated",), place, (ja, en), _KEPT), severity="warning")


def _counted(numbers: list[int]) -> str:
    """How many rows were counted, and which."""
    return f"数えると{len(numbers)}件({'・'.join(map(str, sorted(numbers)))})" if numbers else "0件"
