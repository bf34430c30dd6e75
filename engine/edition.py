"""An edition: a declaration as it stands on one civil day, compiled once and shared by every case pinned to it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from engine.conditions import Condition as Compiled
from engine.conditions import Functions, Language, Vocabulary
from engine.definition import Procedure
from engine.definition.hashes import behaviour_hash, wording_hash
from engine.definition.in_force import in_force
from engine.definition.rows import Check, Effect, Event, Fact, Input, Outcome, State, Timer
from engine.machine import Machine
from engine.municipality import Municipality
from engine.problems import Problem
from engine.shapes import Record
from engine.texts import Placed, texts_of
from engine.vocabulary import certain_paths, roots_of

Path = tuple[str, ...]


@dataclass(frozen=True)
class Edition:
    """What a case runs under. `hash` is the behaviour hash; `on` is the first day this edition holds.

    `procedure` has the rows in force, `whole` those of every date; `form_hash` is that of all its forms together.
    """

    procedure: Procedure
    whole: Procedure
    form_hash: str
    hash: str
    wording: str
    on: dt.date
    language: Language
    conditions: Mapping[Path, Compiled]
    machine: Machine
    tasks: Mapping[str, Machine]
    groups: Mapping[str, tuple[str, ...]]
    forms: Mapping[str, Record]
    shape: Mapping[str, Any]
    effects: Mapping[str, Effect]
    task_effects: Mapping[tuple[str, str], Effect]
    inputs: Mapping[str, Input]
    outcomes: Mapping[str, Outcome]

    @property
    def id(self) -> str:
        """The procedure's id."""
        return self.procedure.id

    @cached_property
    def citizens(self) -> frozenset[str]:
        """The roles of citizens: they act on their own cases only."""
        return frozenset(role.id for role in self.procedure.roles if role.side == "citizen")

    @cached_property
    def role_labels(self) -> Mapping[str, str]:
        """What each declared role is called."""
        return {role.id: role.label for role in self.procedure.roles}

    @cached_property
    def storable(self) -> Mapping[Path, str]:
        """The yes-or-no texts that only answers and facts decide, each with the name its result is stored under.

        They run when those change. A yes or no is no personal value and may stand in the log. What chooses the edition
        itself is never stored.
        """
        settled = (path for path, one in self.conditions.items() if path[0] in _STORED and _is_settled(one))
        return {path: "/".join(path) for path in settled}

    @cached_property
    def judging(self) -> frozenset[str]:
        """The roots that decide those checks whose results are not stored."""
        texts = (("checks", row.id, "passes") for row in self.procedure.checks)
        live = (self.conditions[path] for path in texts if path in self.conditions and path not in self.storable)
        return frozenset(root for condition in live for root in condition.roots)

    @cached_property
    def ask_who_is_there(self) -> frozenset[Path]:
        """The texts that ask whether a post is absent: only for these has anybody to look who is there."""
        texts = self.conditions.items()
        return frozenset(path for path, one in texts if any(read.endswith(".absent") for read in one.reads))

    @cached_property
    def checks(self) -> Mapping[str, Check]:
        """The checks in force, by id."""
        return {row.id: row for row in self.procedure.checks}

    @cached_property
    def stages(self) -> Mapping[str, tuple[str, ...]]:
        """The ids of the checks of each stage, stages and checks in declared order."""
        found: dict[str, tuple[str, ...]] = {}
        for row in self.procedure.checks:
            found[row.stage] = (*found.get(row.stage, ()), row.id)
        return found

    @cached_property
    def facts(self) -> Mapping[str, Fact]:
        """The facts in force, by id."""
        return {row.id: row for row in self.procedure.facts}

    @cached_property
    def dated(self) -> frozenset[str]:
        """The timers that end on a date, which may become known or move while they run."""
        return frozenset(row.id for row in self.procedure.timers if row.date is not None)

    @cached_property
    def dated_clocks(self) -> tuple[str, ...]:
        """The clocks that end on a day somebody gives, which may become known or move while they run."""
        return tuple(name for name, clock in self.procedure.clocks.items() if clock.limit.date is not None)

    @cached_property
    def tells_of_clocks(self) -> bool:
        """Whether somebody is told of any clock before it runs out."""
        return any(clock.due is not None for clock in self.procedure.clocks.values())

    @cached_property
    def bound_to_clocks(self) -> frozenset[str]:
        """The events of the case that a clock lets happen or not: they prolong it, or follow from its end."""
        clocks = self.procedure.clocks.values()
        found = {clock.extended_by.event for clock in clocks if clock.extended_by}
        return frozenset(found | {clock.breach.event for clock in clocks if clock.breach and clock.breach.event})

    def law(self, law: str | None) -> str:
        """A source of law as people cite it; empty for none."""
        return next((f"{row.act}{row.article}" for row in self.procedure.law if row.id == law), "")

    @cached_property
    def timers(self) -> Mapping[str, Timer]:
        """The timers, by id."""
        return {row.id: row for row in self.procedure.timers}

    def state(self, state: str) -> State:
        """The row of a case state."""
        return self.machine.states[state]

    def condition(self, *path: str) -> Compiled | None:
        """The compiled condition at a path of ids, or None where none is declared."""
        return self.conditions.get(path)

    def initial(self) -> tuple[State, ...]:
        """The states a case may begin in."""
        return tuple(s for s in self.procedure.states if s.kind == "initial")

    def outcome_at(self, state: str) -> Outcome | None:
        """The outcome that ends in a state without a decision, if just one does."""
        found = [o for o in self.procedure.outcomes if o.state == state and o.when is None]
        return found[0] if len(found) == 1 else None


_STORED = frozenset({"events", "tasks", "checks", "outcomes", "approval", "links", "attachments"})


def _is_settled(condition: Compiled) -> bool:
    """Whether nothing but answers, facts and the day of arrival can change what a yes-or-no text gives."""
    of_case = {path for path in condition.reads if path.split(".")[0] == "case"}
    known = condition.roots <= {"form", "facts", "case"} and of_case <= {"case.arrived_on"}
    return known and condition.source.type == "yes_no"


def build(
    procedure: Procedure,
    on: dt.date,
    *,
    municipality: Municipality,
    forms: Mapping[str, Record],
    form_hash: str,
    functions: Functions,
) -> tuple[Edition, list[Problem]]:
    """The edition in force on a day, and every problem of its conditions; it may run only when there is none.

    Args:
        forms: the shape of every form the procedure or its inputs name, by id.
        form_hash: the behaviour hash of those forms together.
    """
    now = in_force(procedure, on)
    groups = _groups(now)
    roots = roots_of(procedure, now, forms, municipality)
    placed = texts_of(now, forms)
    vocabulary = Vocabulary(roots, [p.source for p in placed if p.named], certain_paths(now))
    language = Language(vocabulary, functions)
    compiled, problems = language.compile([p.source for p in placed])
    problems += _unasked(placed, compiled, now)
    edition = Edition(
        procedure=now,
        whole=procedure,
        form_hash=form_hash,
        hash=behaviour_hash(now, form_hash),
        wording=wording_hash(now),
        on=on,
        language=language,
        conditions=compiled,
        machine=Machine(now.states, now.events, lambda event: _sources(event, groups)),
        tasks={kind: Machine(task.states, task.events, lambda event: event.from_) for kind, task in now.tasks.items()},
        groups=groups,
        forms=forms,
        shape=roots,
        effects={row.id: row for row in now.effects},
        task_effects={(kind, row.id): row for kind, task in now.tasks.items() for row in task.effects},
        inputs={row.id: row for row in now.inputs},
        outcomes={row.id: row for row in now.outcomes},
    )
    return edition, problems


def _groups(procedure: Procedure) -> dict[str, tuple[str, ...]]:
    """The declared sets of states and the two built in: @open and @undecided."""
    inner = [s for s in procedure.states if s.kind not in {"initial", "settled", "final"}]
    found = {"open": tuple(s.id for s in inner), "undecided": tuple(s.id for s in inner if not s.decided)}
    known = {s.id for s in procedure.states}
    return found | {g.id: tuple(s for s in g.states if s in known) for g in procedure.groups}


def _sources(event: Event, groups: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    """The states an event leaves from, sets of states spelt out, each once."""
    spelt = [state for word in event.from_ for state in (groups.get(word[1:], ()) if word[0] == "@" else (word,))]
    return tuple(dict.fromkeys(spelt))


def _unasked(placed: Sequence[Placed], compiled: Mapping[Path, Compiled], procedure: Procedure) -> list[Problem]:
    """A text that reads an answer its event never asks for: it would always be null."""
    inputs = {row.id: row for row in procedure.inputs}
    problems = []
    for one in placed:
        condition = compiled.get(one.source.path)
        if condition is None or one.named:
            continue
        for read in sorted(condition.reads):
            if not read.startswith("asked."):
                continue
            name = read.split(".")[1]
            asked = inputs.get(one.asks or "")
            fields = set(asked.fields) if asked and not asked.form else None
            if one.asks is None or (fields is not None and name not in fields):
                ja = f"「{name}」をこのイベントは尋ねていないので、条件はいつも成り立ちません。"
                en = f"asked.{name} is read here but this event does not ask for it"
                problems.append(Problem(rule="D120", path=one.source.path, ja=ja, en=en))
    return problems
