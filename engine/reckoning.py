"""How every date of a case's legal clocks came about: what happened, what was counted, until when, by which article.

What happened is read from the log; what was counted is counted again, by the same rules.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from engine import clockwork
from engine.calendar import WEEKDAYS
from engine.clock import civil_day
from engine.explain import label_of
from engine.periods import Limit, Pause, explain, last_day

if TYPE_CHECKING:
    from engine.definition.procedure import Clock
    from engine.state import ClockRun, LogRow
    from engine.work import Work


@dataclass(frozen=True)
class Step:
    """One thing that happened to a clock, or will, on a civil day; `how` counts, `due_on` is the end that follows."""

    on: dt.date
    says: str
    how: tuple[str, ...] = ()
    due_on: dt.date | None = None


@dataclass(frozen=True)
class Reckoned:
    """One clock: its ground, how it stands, its steps in the order in which they came, and its days one by one."""

    clock: str
    label: str
    law: str
    run: ClockRun
    steps: tuple[Step, ...]
    days: tuple[tuple[dt.date, str], ...]


def reckoned(work: Work) -> tuple[Reckoned, ...]:
    """Every clock of the case that has started, in declared order; of one that started anew, its last run."""
    rows = work.tx.log(work.whole.case.id)
    found = []
    for name, clock in work.edition.procedure.clocks.items():
        run = work.whole.clocks.get(name)
        if run is not None:
            steps = (*_past(work, name, rows), *_to_come(work, name, run))
            days = tuple(_days(work, clock, run))
            found.append(Reckoned(name, clock.label, work.edition.law(clock.law), run, steps, days))
    return tuple(found)


def dated(day: dt.date) -> str:
    """A civil day with its day of the week."""
    return f"{day.isoformat()}({WEEKDAYS[day.weekday()]})"


class _Telling:
    """Tells one effect on a clock after the other, in words; what it stood still is kept on the way."""

    def __init__(self, work: Work, name: str) -> None:
        self.work = work
        self.name = name
        self.clock: Clock = work.edition.procedure.clocks[name]
        self.pauses: list[Pause] = []
        self.starts_on = dt.date.min
        self.on = self.due_on = dt.date.min
        self.counts = False
        """Whether its end follows from its length: an extension, or a day that somebody gives, sets it otherwise."""

    def begun(self, starts_on: str, due_on: str | None) -> tuple[str, ...]:
        self.starts_on, self.pauses = dt.date.fromisoformat(starts_on), []
        self.counts = self.clock.limit.date is None
        if self.clock.limit.date is not None:
            return (f"期限は{_named(self.work, self.clock.limit.date)}{'' if due_on else '。まだ分からない'}",)
        start = _named(self.work, self.clock.counts_from)
        start += "" if self.starts_on == self.on else f" {dated(self.starts_on)} "
        return (f"{start}から数える", *self._counting(), *self._moved(due_on))

    def paused(self, state: str | None = None) -> tuple[str, ...]:
        self.pauses.append(Pause(self.on))
        known = self.work.edition.machine.states.get(state or "")
        return (f"止まる({known.label})" if known else "止まる",)

    def resumed(self, due_on: str | None) -> tuple[str, ...]:
        begun = self.pauses.pop().start
        self.pauses.append(Pause(begun, max(begun, self.on)))
        return (f"また進む。{max((self.on - begun).days, 0)}日止まった", *self._moved(due_on))

    def extended(self, _until: str) -> tuple[str, ...]:
        self.counts = False
        by = self.clock.extended_by
        ground = self.work.edition.law(by.law if by and by.law else self.clock.law)
        return (f"期限を改める{f'({ground})' if ground else ''}",)

    def found_out(self, due_on: str | None) -> tuple[str, ...]:
        return ("期限の日が決まった" if due_on else "期限の日が分からなくなった",)

    def told(self, rungs: list[int], *missed: bool) -> tuple[str, ...]:
        days = "・".join(f"{rung}日前" for rung in rungs)
        return (
            f"期限の{days}はもう過ぎていた" if missed else days,
            *(() if missed else self._late(-rungs[-1], "その日は {}")),
        )

    def breached(self) -> tuple[str, ...]:
        return ("期限を過ぎた", *self._late(1, "{} から過ぎていた"), *_consequence(self.work, self.clock))

    def ended(self, state: str) -> tuple[str, ...]:
        return ("これで済んだ" if state == "satisfied" else "案件が終わり、打ち切る",)

    def _late(self, days: int, said: str) -> Iterator[str]:
        """On which day it was, so many days after the end, where nobody let time act on that day."""
        day = self.due_on + days * _DAY
        if day < self.on:
            yield said.format(dated(day))

    def _counting(self) -> Iterator[str]:
        """How the length leads to its end, with the articles."""
        limit, first = self._limit, self.starts_on + _DAY
        if self.work.ports.municipality.params.get(self.clock.limit.city or "") is not None:
            yield "長さは市の定め"
        if limit.days is not None:
            yield f"初日は数えず(民法140条)、{limit.days}{'開庁日' if limit.unit == 'opening' else '日'}目"
            return
        length = f"{limit.years}年" if limit.years else f"{limit.months}か月"
        yield f"初日は数えず(民法140条)、{dated(first)} から{length}"
        end = last_day(self.starts_on, replace(limit, shift="none"), self.work.ports.calendar)
        corresponds = end is not None and (end + _DAY).day == first.day
        yield f"{'応当日の前日' if corresponds else '応当日がなく、月の末日'}(民法143条2項)"

    def _moved(self, due_on: str | None) -> Iterator[str]:
        """That the last day is a closed one, and the end therefore another."""
        if not self.counts:
            return
        end = last_day(self.starts_on, replace(self._limit, shift="none"), self.work.ports.calendar, self.pauses)
        if end is not None and due_on is not None and end.isoformat() != due_on:
            closed = self.work.ports.calendar.by_ordinance.why_closed(end)
            to = "次の開庁日" if self._limit.shift == "next_open" else "前の開庁日"
            yield f"満了日 {dated(end)} は{closed}なので{to}"

    @property
    def _limit(self) -> Limit:
        return clockwork.limit_of(self.work, self.clock)


_TELLS: dict[str, Callable[..., tuple[str, ...]]] = {
    "clock+": _Telling.begun,
    "clock.pause": _Telling.paused,
    "clock.resume": _Telling.resumed,
    "clock.extend": _Telling.extended,
    "clock.due": _Telling.found_out,
    "clock.told": _Telling.told,
    "clock.breach": _Telling.breached,
    "clock.end": _Telling.ended,
}
_SETS_END = {"clock+": 3, "clock.resume": 2, "clock.extend": 2, "clock.due": 2}
"""Where in an effect the end stands that it sets."""


def _past(work: Work, name: str, rows: list[LogRow]) -> list[Step]:
    """What the log says of the clock since it started last."""
    steps: list[Step] = []
    telling = _Telling(work, name)
    for row in rows:
        telling.on = civil_day(row.at)
        for effect in json.loads(row.effects):
            if effect[0] not in _TELLS or effect[1] != name:
                continue
            if effect[0] == "clock+":
                steps.clear()
            says, *how = _TELLS[effect[0]](telling, *effect[2:])
            due_on = _end_in(effect)
            telling.due_on = due_on or telling.due_on
            steps.append(Step(telling.on, f"{label_of(work, row)}: {says}", tuple(how), due_on))
    return steps


def _end_in(effect: list[Any]) -> dt.date | None:
    found = effect[_SETS_END[effect[0]]] if effect[0] in _SETS_END else None
    return dt.date.fromisoformat(found) if found else None


def _to_come(work: Work, name: str, run: ClockRun) -> Iterator[Step]:
    """The rungs that are left, and the day after the end."""
    if run.state != "running" or run.due_on is None or run.breached:
        return
    end = dt.date.fromisoformat(run.due_on)
    clock = work.edition.procedure.clocks[name]
    rungs = {*(clock.due.days_before if clock.due else ())} - {*run.memo.get("told", [])}
    condition = "(条件に合えば)" if clock.due and clock.due.when else ""
    for rung in sorted(rungs, reverse=True):
        yield Step(end - rung * _DAY, f"期限の{rung}日前に知らせる{condition}")
    yield Step(end + _DAY, "この日になると期限を過ぎる", tuple(_consequence(work, clock)))


def _consequence(work: Work, clock: Clock) -> Iterator[str]:
    """What follows when the end passes, with the law."""
    breach = clock.breach
    if breach is not None and breach.gives is not None:
        ground = work.edition.law(breach.law)
        yield f"{_GIVES[breach.gives]}{f'({ground})' if ground else ''}"


def _days(work: Work, clock: Clock, run: ClockRun) -> Iterator[tuple[dt.date, str]]:
    """The days of the period one by one; then those of the last extension."""
    pauses = [Pause(dt.date.fromisoformat(a), dt.date.fromisoformat(b) if b else None) for a, b in run.pauses if a]
    calendar = work.ports.calendar
    if clock.limit.date is None:
        known = [one for one in pauses if not run.extensions or one.start.isoformat() <= run.extensions[0][0]]
        yield from explain(dt.date.fromisoformat(run.starts_on), clockwork.limit_of(work, clock), calendar, known)
    if run.extensions:
        on, until = map(dt.date.fromisoformat, run.extensions[-1])
        after = explain(on, Limit(days=(until - on).days), calendar, pauses)[1:]
        yield on, f"延期した日。期限は {dated(until)}" if after else "延期した日・期限"
        yield from after


def _named(work: Work, text: str) -> str:
    """What a text that gives a day is called."""
    root, _, rest = text.partition(".")
    procedure = work.edition.procedure
    if root == "given":
        name, _, field = rest.partition(".")
        found = work.edition.inputs.get(name)
        return f"「{found.label}」の{found.labels.get(field, field)}" if found else text
    lists: dict[str, Sequence[Any]] = {"facts": procedure.facts, "rules": procedure.rules}
    rows = lists.get(root, procedure.conditions)
    wanted = rest if root in {"facts", "rules"} else text
    return _DAYS.get(text) or next((row.says for row in rows if row.id == wanted), text)


_DAY = dt.timedelta(days=1)
_DAYS = {
    "case.arrived_on": "到達の日",
    "case.opened_on": "案件を開いた日",
    "case.decided_on": "決定の日",
    "case.today": "この日",
}
_GIVES = {
    "deemed_rejection": "却下とみなすことができる",
    "suspension": "差し止めることができる",
    "lapse": "効力を失う",
}
