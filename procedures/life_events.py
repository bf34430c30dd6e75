"""Life events (出生, 転入, 被災, …): what is asked of somebody, and which procedures follow until when.

`life_events/<id>.toml` is one event. It is told in Japanese (`ja`), やさしい日本語 (`easy`) and English (`en`).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Literal

from pydantic import Field

from engine.calendar import OpeningCalendar
from engine.definition import Part
from engine.definition.rows import Confidence, Words
from engine.periods import Limit, last_day
from engine.problems import Problem
from procedures.documents import read_as
from procedures.drafts import Place, Source
from procedures.findings import found, one_of
from procedures.reading import read_source

_LENGTHS = ("days", "months", "years")


class Said(Part):
    """What a person is told or asked, in three languages; for whom the questions named are answered so.

    `when` are questions that must be answered with yes, `unless` those that must be answered with no.
    """

    ja: str
    easy: str
    en: str
    when: Words = ()
    unless: Words = ()


class Question(Said):
    """A question; it is asked when the questions before it are answered as it says."""

    kind: Literal["yes_no", "date"] = "yes_no"


class Lead(Said):
    """A procedure to which an event leads, until when, and by which law.

    The deadline is counted from the day answered to `counts_from`, which is not counted itself; `opens_days` is when it
    may be filed at the earliest, counted likewise. Without them there is no day, only what is said.
    """

    to: str
    law: str
    confidence: Confidence = "high"
    counts_from: str | None = None
    opens_days: int | None = None
    days: int | None = Field(default=None, ge=0)
    months: int | None = Field(default=None, ge=1)
    years: int | None = Field(default=None, ge=1)
    shift: Literal["none", "next_open"] = "none"

    def span(self, counted_from: dt.date, calendar: OpeningCalendar) -> tuple[dt.date | None, dt.date | None]:
        """The first and the last day on which it may be filed, by the city's calendar; None where there is none."""
        opens = None if self.opens_days is None else counted_from + dt.timedelta(days=self.opens_days)
        limit = Limit(days=self.days, months=self.months, years=self.years, shift=self.shift)
        return opens, last_day(counted_from, limit, calendar)


class LifeEvent(Part):
    """One life event; events are listed by `order`."""

    id: str
    order: int
    ja: str
    easy: str
    en: str
    questions: dict[str, Question] = {}
    procedures: dict[str, Lead]


def applies(said: Said, answers: Mapping[str, object]) -> bool:
    """Whether the answers given so far are those for which a question is asked, or a procedure is named."""
    return all(answers.get(one) is True for one in said.when) and all(answers.get(one) is False for one in said.unless)


def read_life_events(
    files: Iterable[tuple[Path, str]], procedures: Iterable[str]
) -> tuple[tuple[LifeEvent, ...], list[Problem]]:
    """The life events of some files in their order, and every problem found; a file that cannot be read is left out.

    Args:
        files: each with the name it has in messages.
        procedures: the ids of the procedures there are.
    """
    events: list[LifeEvent] = []
    problems: list[Problem] = []
    known = tuple(procedures)
    for path, name in files:
        source, refused = read_source(path, name)
        event = None
        if source is not None:
            event, refused = read_as(source, LifeEvent)
            if event is not None:
                events.append(event)
                refused = list(_wrong(source, event, path.stem, known))
        problems += refused
    return tuple(sorted(events, key=lambda one: (one.order, one.id))), problems


def _wrong(source: Source, event: LifeEvent, stem: str, procedures: tuple[str, ...]) -> Iterator[Problem]:
    """Names that lead nowhere, and deadlines that cannot be counted."""
    whole = Place(source)
    if event.id != stem:
        said = (f"id はファイルの名と同じ {stem} にします。", f"the id is the name of the file, {stem}")
        yield found("D018", ("id",), whole.below("id"), said, f'id = "{stem}"')
    before: dict[str, Question] = {}
    for name, question in event.questions.items():
        yield from _unasked(whole.below("questions", name), ("questions", name), question, before)
        before[name] = question
    for name, lead in event.procedures.items():
        place, path = whole.below("procedures", name), ("procedures", name)
        yield from _unasked(place, path, lead, before)
        if lead.to not in procedures:
            said = (f"手続 {lead.to} がありません。", f"there is no procedure {lead.to}")
            yield found("D127", (*path, "to"), place.below("to"), said, one_of(lead.to, procedures))
        yield from _uncounted(place, path, lead, before)


def _unasked(place: Place, path: tuple[str, ...], said: Said, before: Mapping[str, Question]) -> Iterator[Problem]:
    """The questions named that are not asked before, or not answered with yes or no."""
    yes_no = [one for one, question in before.items() if question.kind == "yes_no"]
    for key in ("when", "unless"):
        for name in getattr(said, key):
            if name not in yes_no:
                ja = f"{name} は、前に「はい・いいえ」で聞いている問いではありません。"
                en = f"{name} is no yes-or-no question asked before"
                yield found("D125", (*path, key), place.below(key), (ja, en), one_of(name, yes_no))


def _uncounted(place: Place, path: tuple[str, ...], lead: Lead, asked: Mapping[str, Question]) -> Iterator[Problem]:
    """A day to count from without a length, a length without a day, two lengths, or a day that nobody asks for."""
    lengths = [key for key in _LENGTHS if getattr(lead, key) is not None]
    if len(lengths) != (1 if lead.counts_from else 0):
        ja = "期限の日を数えるときは、counts_from と、days・months・years のどれか一つを書きます。"
        en = "a deadline takes counts_from and exactly one of days, months and years"
        yield found("D219", path, place, (ja, en), f"いまは {'・'.join(lengths) or 'どれもありません'}")
    days = [one for one, question in asked.items() if question.kind == "date"]
    if lead.counts_from and lead.counts_from not in days:
        said = (f"{lead.counts_from} は日を聞く問いではありません。", f"{lead.counts_from} asks for no day")
        yield found("D125", (*path, "counts_from"), place.below("counts_from"), said, one_of(lead.counts_from, days))
