"""What the parts of a declaration are called in a drawing: who does an event and when, whose a state is."""

from __future__ import annotations

from dataclasses import dataclass

from engine.definition import Clock, Procedure
from engine.definition.rows import Event, State

UNITS = {"calendar": "暦日", "opening": "開庁日"}
MARKS = {
    "initial": "始",
    "arrived": "到",
    "working": "処",
    "waiting_applicant": "待",
    "waiting_outside": "待",
    "waiting_meeting": "待",
    "deciding": "決",
    "milestone": "節",
    "done": "済",
    "failed": "不",
    "granted": "可",
    "refused": "否",
    "accepted": "受",
    "void": "無",
    "settled": "結",
    "final": "終",
}
"""The letter in a box, so that no kind is told by colour or shape alone. A settled or final state shows its result."""


@dataclass(frozen=True)
class Told:
    """An event in words: what is done, who or what does it, and the mark of its condition in the list."""

    event: str
    label: str
    who: str
    mark: str = ""


class Words:
    """The words of one procedure on one day; conditions are numbered as they are first asked for."""

    def __init__(self, procedure: Procedure) -> None:
        self._procedure = procedure
        self._roles = {role.id: role.label for role in procedure.roles}
        self._natures = {nature.id: nature.label or nature.act_kind for nature in procedure.natures}
        self._signals = {signal.id: signal for signal in procedure.signals}
        self._timers = {timer.id: timer for timer in procedure.timers}
        self._says = {row.id: row.says for row in procedure.conditions}
        self._marks: dict[str, int] = {}

    @property
    def notes(self) -> tuple[tuple[str, str], ...]:
        """The mark and the sentence of every condition asked for so far; one without a name is told by its text."""
        return tuple((f"※{number}", self._says.get(when, when)) for when, number in self._marks.items())

    def told(self, event: Event) -> Told:
        """An event in words."""
        mark = ""
        if event.when is not None:
            mark = f"※{self._marks.setdefault(' '.join(event.when.split()), len(self._marks) + 1)}"
        only = "・".join(self._natures[one] for one in event.nature if one in self._natures)
        return Told(event.id, event.label, self._who(event) + (f"({only}だけ)" if only else ""), mark)

    def role(self, role: str | None) -> str:
        """The label of a role; an empty text for none."""
        return self._roles.get(role, role) if role else ""

    def clock(self, clock: Clock) -> tuple[str, ...]:
        """A legal period in lines: its length, what begins, stops, prolongs and ends it, and its ground."""
        limit = clock.limit
        days = f"{limit.days}日({UNITS[limit.unit]})" if limit.days else ""
        other = {"years": "年", "months": "か月"}
        length = next((f"{found}{word}" for key, word in other.items() if (found := getattr(limit, key))), days)
        length = "決められた日" if limit.date else length
        marks = [
            *(["市の定めがあればそれ" if length else "市の定めによる"] if limit.city else []),
            *(["仮定"] if limit.assumption else []),
        ]
        lines = [" ".join([length, *marks]).strip(), f"始まり: {self._events(clock.starts)}"]
        if clock.pauses_in:
            states = {state.id: state.label for state in self._procedure.states}
            lines.append(f"止まる: {'・'.join(states.get(one, one) for one in clock.pauses_in)}")
        if clock.extended_by:
            most = clock.extended_by.most if clock.extended_by.repeat else 1
            times = f"({most}回まで)" if most else ""
            lines.append(f"延びる: {self._events((clock.extended_by.event,))}{times}")
        if clock.satisfied_by:
            lines.append(f"終わり: {self._events(clock.satisfied_by)}")
        if clock.breach and clock.breach.event:
            lines.append(f"過ぎると: {self._events((clock.breach.event,))}")
        ground = next((f"{law.act}{law.article}" for law in self._procedure.law if law.id == clock.law), "")
        return (*lines, *([f"根拠: {ground}"] if ground else []))

    def timer(self, name: str) -> str:
        """The sentence of a timer and its length, where that is a figure."""
        timer = self._timers.get(name)
        if timer is None:
            return name
        params = self._procedure.params
        days = timer.days if timer.days is not None else params.get(timer.days_of or "")
        years = params.get(timer.years_of or "")
        length = f"{days}日" if days is not None else f"{years}年" if years is not None else ""
        return f"{timer.says} {length}".strip()

    def _events(self, ids: tuple[str, ...]) -> str:
        labels = {event.id: event.label for event in self._procedure.events}
        return "・".join(labels.get(one, one) for one in ids)

    def _who(self, event: Event) -> str:
        if event.by:
            return "/".join(self.role(role) for role in event.by)
        if event.on:
            found = [self._signals[one] for one in event.on if one in self._signals]
            told = "異動" if any(signal.register_ for signal in found) else "知らせ"
            return f"{told}: {'・'.join(signal.label for signal in found)}"
        return f"時: {self.timer(event.after)}" if event.after else "自動"


def mark_of(state: State) -> str:
    """The letter that tells the kind of a state, or for an end its result."""
    return MARKS[state.result or state.kind]
