"""Two editions side by side: everything that differs, grouped, and whether it is more than words."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from engine.errors import UnknownThing
from procedures.differences.fields import form_differences
from procedures.differences.figures import figure_differences
from procedures.differences.found import GROUPS, MARKS, Difference, in_groups
from procedures.differences.rows import row_differences
from procedures.differences.sides import Asked, Declared, Side, pairs

HEADINGS = ("ところ", "", "どう違うか")
VERDICTS = {
    "behaviour": "動きが違います。進行中の案件は case migrate で移すまで元の版のままです。",
    "figures": "動きは同じで、表の値が違います。",
    "wording": "違うのは文言だけです。案件の進み方は変わりません。",
    "nothing": "案件の進み方も文言も変わりません。",
    "": "違いはありません。",
}


@dataclass(frozen=True)
class Compared:
    """Two sides, and what differs between them; of undated sides `span` is the first day and the first no more."""

    before: Side
    after: Side
    found: tuple[Difference, ...]
    span: tuple[dt.date, dt.date | None] | None = None

    @property
    def verdict(self) -> str:
        """The most that any difference touches: behaviour, figures, wording, nothing; empty without a difference."""
        said = {one.touches for one in self.found}
        return next((word for word in ("behaviour", "figures", "wording", "nothing") if word in said), "")

    def head(self) -> list[str]:
        """What is compared, and the verdict."""
        whole = self.after.procedure
        sides = [line for mark, side in (("前", self.before), ("後", self.after)) for line in _side(mark, side)]
        span = [f"  期間: {_days(*self.span)}"] if self.span and self.found else []
        return [f"{whole.number}. {whole.title}({whole.id})", *sides, *span, f"  {VERDICTS[self.verdict]}"]

    def rows(self) -> list[tuple[str, ...]]:
        """The differences as rows of a table; a group is named where it begins."""
        found: list[tuple[str, ...]] = []
        before = ""
        for one in self.found:
            found.append((GROUPS[one.group] if one.group != before else "", MARKS[one.kind], one.ja))
            before = one.group
        return found

    def facts(self) -> dict[str, Any]:
        """The same for a program."""
        return {
            "procedure": self.after.procedure.id,
            "before": _facts(self.before),
            "after": _facts(self.after),
            "span": self.span and [day and day.isoformat() for day in self.span],
            "verdict": self.verdict or "same",
            "differences": [asdict(one) for one in self.found],
        }


def compared(words: Sequence[str], folders: Sequence[Path]) -> list[Compared]:
    """What the words ask to compare; without a day, every span of days in which the same differs.

    Raises:
        MadoguchiError: as `procedures.differences.sides.pairs`, or there is no version on a day.
    """
    return [one for first, second in pairs(words, folders) for one in _pair(first, second)]


def compare(before: Side, after: Side) -> Compared:
    """Two editions side by side."""
    names = list(dict.fromkeys([*before.forms, *after.forms]))
    found = [one for name in names for one in form_differences(before.forms.get(name), after.forms.get(name))]
    if before.procedure.form != after.procedure.form:
        found += form_differences(before.forms[before.procedure.form], after.forms[after.procedure.form])
    found += row_differences(before.procedure, after.procedure)
    tables = (before.declared.tables, after.declared.tables)
    found += figure_differences([before.procedure, after.procedure], tables, (before.day, after.day))
    return Compared(before, after, tuple(in_groups(found)))


def _pair(first: Asked, second: Asked) -> Iterator[Compared]:
    (one, day), (other, also) = first, second
    if day is not None or also is not None:
        yield compare(one.on(day or also or dt.date.min), other.on(also or day or dt.date.min))
        return
    yield from _spans(one, other)


def _spans(one: Declared, other: Declared) -> list[Compared]:
    """What differs from day to day, spans in which the same differs as one; of two that never differ, the last day."""
    spans: list[Compared] = []
    days = sorted({*one.starts(), *other.starts(), *_of_tables(one), *_of_tables(other)})
    for day in days:
        try:
            now = compare(one.on(day), other.on(day))
        except UnknownThing:
            continue  # one of the two has no version yet
        if spans and _said(spans[-1]) == _said(now):
            continue
        if spans:
            spans[-1] = replace(spans[-1], span=(spans[-1].after.day, day))
        spans.append(replace(now, span=(day, None)))
    if not spans:
        ja = f"「{one.name}」と「{other.name}」が同じ日に定めを持つことがありません。"
        raise UnknownThing(ja, "there is no day on which both have a version")
    return [span for span in spans if span.found] or spans[-1:]


def _of_tables(one: Declared) -> set[dt.date]:
    first = min(one.starts(), default=dt.date.min)
    rows = (row for name in one.tables.ids() for row in one.tables.table(name).rows)
    return {row.since for row in rows if row.since >= first}


def _said(span: Compared) -> list[str]:
    return [one.ja for one in span.found]


def _days(first: dt.date, until: dt.date | None) -> str:
    return f"{first}から{f'{until}の前日まで' if until else ''}" if first > dt.date.min else "すべての日"


def _side(mark: str, side: Side) -> list[str]:
    version = f"版 {side.version}  " if side.version else ""
    hashes = f"{version}動き {side.behaviour[:12]}  文言 {side.wording[:12]}"
    return [f"  {mark}: {side.name}", f"      {hashes}"]


def _facts(side: Side) -> dict[str, str]:
    return {"name": side.name, "version": side.version, "behaviour": side.behaviour, "wording": side.wording}
