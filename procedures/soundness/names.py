"""Every name in a declaration leads to something: the table of what a word may refer to, and the case and its tasks."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from engine.actors import SYSTEM
from engine.definition import Procedure
from engine.definition.rows import Effect, Event, Row, State
from engine.problems import Problem
from procedures.findings import finding, one_of
from procedures.soundness.machines import MachineView, machines_of

NUMBERS = ("receipt", "document", "case")
RECIPIENTS = ("applicant", "representative", "heirs")
KINDS = {
    "state": ("D101", "状態"),
    "group": ("D102", "状態のまとまり"),
    "role": ("D103", "役割(roles)"),
    "timer": ("D104", "期間(timers)"),
    "signal": ("D105", "通報(signals)"),
    "input": ("D106", "入力(inputs)"),
    "nature": ("D107", "行為の種類(natures)"),
    "event": ("D108", "事象(events)"),
    "outcome": ("D109", "結果(outcomes)"),
    "task": ("D110", "作業([tasks.…])"),
    "notice": ("D111", "通知(notices)"),
    "registration": ("D112", "登録(registrations)"),
    "link": ("D113", "連携(links)"),
    "message": ("D129", "知らせ(messages)"),
    "meeting": ("D114", "会議([meetings.…])"),
    "law": ("D115", "根拠法令(law)"),
    "check": ("D116", "確認(checks)"),
    "clock": ("D117", "期間の時計([clocks.…])"),
    "route": ("D118", "決裁の道すじ([approval.…])"),
    "param": ("D119", "定数([params])"),
    "number": ("D121", "番号の種類"),
    "recipient": ("D122", "通知の相手"),
    "subject": ("D123", "対象者([subjects])"),
    "stage": ("D124", "段階(状態か作業)"),
}
_Path = tuple[str, ...]


@dataclass(frozen=True)
class Known:
    """What each kind of word may be, on one day."""

    words: dict[str, tuple[str, ...]]

    @classmethod
    def of(cls, procedure: Procedure) -> Known:
        """The words of a declaration as it stands on one day."""
        p = procedure
        lists: dict[str, Iterable[Row]] = {
            "state": p.states,
            "role": p.roles,
            "timer": p.timers,
            "signal": p.signals,
            "nature": p.natures,
            "event": p.events,
            "outcome": p.outcomes,
            "notice": p.notices,
            "registration": p.registrations,
            "link": p.links,
            "message": p.messages,
            "law": p.law,
            "check": p.checks,
        }
        tables: dict[str, Iterable[str]] = {
            "input": ("form", *(row.id for row in p.inputs)),
            "group": ("@open", "@undecided", *(f"@{row.id}" for row in p.groups)),
            "task": p.tasks,
            "meeting": p.meetings,
            "clock": p.clocks,
            "route": p.approval,
            "param": p.params,
            "number": NUMBERS,
            "recipient": (*RECIPIENTS, *(row.id for row in p.roles), *p.subjects),
            "subject": p.subjects,
            "stage": (*(row.id for row in p.states), *p.tasks),
        }
        rows = {kind: tuple(row.id for row in found) for kind, found in lists.items()}
        return cls(rows | {kind: tuple(found) for kind, found in tables.items()})

    def missing(self, kind: str, path: _Path, words: str | Collection[str] | None) -> Iterator[Problem]:
        """A problem for every word that is none of a kind; of several words, the path names the wrong one."""
        if words is None:
            return
        known = self.words[kind]
        for word in (words,) if isinstance(words, str) else words:
            if word not in known:
                rule, label = KINDS[kind]
                said = (f"{label}に {word} がありません。", f"there is no {kind} {word}")
                yield finding(rule, path if isinstance(words, str) else (*path, word), said, one_of(word, known))


def name_problems(procedure: Procedure) -> Iterator[Problem]:
    """Every name of the machines, of the case and of tasks, that leads nowhere on one day."""
    known = Known.of(procedure)
    for machine in machines_of(procedure):
        for state in machine.states.values():
            yield from _of_state(known, (*machine.path, "states", state.id), state)
        for event in machine.events:
            yield from _of_event(known, machine, event)
        for effect in machine.effects:
            yield from _of_effect(known, machine, effect)
    for group in procedure.groups:
        yield from known.missing("state", ("groups", group.id, "states"), group.states)
    for kind, task in procedure.tasks.items():
        yield from known.missing("notice", ("tasks", kind, "on_open", "notices"), task.on_open.notices)


def _of_state(known: Known, path: _Path, state: State) -> Iterator[Problem]:
    yield from known.missing("role", (*path, "by"), state.by)
    yield from known.missing("role", (*path, "opened_by"), [word for word in state.opened_by if word != SYSTEM.post])
    yield from known.missing("route", (*path, "approval"), state.approval)
    yield from known.missing("nature", (*path, "nature"), state.nature)


def _of_event(known: Known, machine: MachineView, event: Event) -> Iterator[Problem]:
    path = (*machine.path, "events", event.id)
    own = Known(known.words | {"state": tuple(machine.states)})
    for word in event.from_:
        yield from _source(own, machine, (*path, "from"), word)
    yield from own.missing("state", (*path, "to"), event.to)
    yield from own.missing("role", (*path, "by"), event.by)
    yield from own.missing("timer", (*path, "after"), event.after)
    yield from own.missing("signal", (*path, "on"), event.on)
    yield from own.missing("nature", (*path, "nature"), event.nature)
    yield from own.missing("input", (*path, "asks"), event.asks)
    yield from own.missing("meeting", (*path, "at_meeting"), event.at_meeting)


def _source(own: Known, machine: MachineView, path: _Path, word: str) -> Iterator[Problem]:
    if not word.startswith("@"):
        yield from own.missing("state", path, (word,))
    elif machine.is_case:
        yield from own.missing("group", path, (word,))
    else:
        said = ("作業の事象に @ のまとまりは使えません。", "an event of a task cannot leave from a set of states")
        yield finding("D102", (*path, word), said, f"状態を並べて書く: {'・'.join(machine.states)}")


def _of_effect(known: Known, machine: MachineView, effect: Effect) -> Iterator[Problem]:
    path = (*machine.path, "effects", effect.id)
    own = Known(known.words | {"event": tuple(event.id for event in machine.events)})
    yield from own.missing("event", (*path, "id"), effect.id)
    yield from own.missing("outcome", (*path, "proposes"), effect.proposes)
    yield from own.missing("task", (*path, "opens"), effect.opens)
    yield from own.missing("task", (*path, "closes"), effect.closes)
    yield from own.missing("notice", (*path, "notices"), effect.notices)
    yield from own.missing("recipient", (*path, "notices_to"), effect.notices_to)
    yield from own.missing("number", (*path, "numbers"), effect.numbers)
    yield from own.missing("registration", (*path, "registers"), effect.registers)
    yield from own.missing("meeting", (*path, "books"), effect.books)
    yield from own.missing("law", (*path, "law"), effect.law)
