"""P40 to P42: clocks that pause or end where they never run, and automatic events that may go round for ever."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from checker.rules.rows import Rows, of_rule
from engine.conditions.tree import Call, Literal, Node, text
from engine.definition import Clock, Procedure
from engine.definition.rows import Event
from engine.edition import Edition
from engine.problems import Problem
from procedures.soundness.machines import MachineView, case_of, machines_of, reached

_LONGEST = 8
"""How many automatic events a circle may have that is looked for."""


def pauses(rows: Rows) -> Iterator[Problem]:
    """P40: a clock that pauses in a state where no case comes while it runs."""
    for name, clock in rows.procedure.clocks.items():
        where = _runs_in(rows.procedure, clock)
        for state in clock.pauses_in if where else ():
            if state not in where:
                ja = f"「{clock.label}」が動いているあいだに {state} へ来る道がありません。休むことのない所です。"
                yield of_rule("P40", ("clocks", name, "pauses_in"), ja, f"{name} never runs in {state}")


def ends(rows: Rows) -> Iterator[Problem]:
    """P41: a clock of which no ending event can come after one that starts it."""
    case = case_of(rows.procedure)
    events = {event.id: event for event in case.events}
    for name, clock in rows.procedure.clocks.items():
        where = _runs_in(rows.procedure, clock)
        listed = [events[one] for one in clock.satisfied_by if one in events]
        if where and listed and len(listed) == len(clock.satisfied_by):
            late = [one for one in listed if where & set(case.sources(one)) or one.id in clock.starts]
            if not late:
                ja = f"「{clock.label}」を終わらせる操作は、どれも始まったあとには起きません。"
                yield of_rule("P41", ("clocks", name, "satisfied_by"), ja, f"nothing ends {name} once it runs")


def _runs_in(procedure: Procedure, clock: Clock) -> set[str]:
    """The states of the case where a clock may run; none where it starts with something else than an event of it."""
    case = case_of(procedure)
    starting = [event for event in case.events if event.id in clock.starts]
    if not starting or {event.id for event in starting} != set(clock.starts):
        return set()
    first = {place for event in starting for place in ([event.to] if event.to else case.sources(event))}
    return reached(case.arrows(), first)


def circles(edition: Edition) -> Iterator[Problem]:
    """P42: automatic events in a circle of which all conditions may hold at once: each step brings the next."""
    for machine in machines_of(edition.procedure):
        automatic = [one for one in machine.events if one.auto and one.to in machine.states]
        told: set[frozenset[str]] = set()
        for event in automatic:
            for circle in _round(machine, automatic, [event]):
                ids = frozenset(one.id for one in circle)
                if ids not in told and any(one.when for one in circle) and _may_all_hold(edition, machine, circle):
                    told.add(ids)
                    listed = "・".join(one.label for one in circle)
                    ja = f"自動の操作({listed})が、条件の変わらないまま回り続けることがあります。"
                    yield of_rule("P42", (*machine.path, "events", event.id), ja, f"{', '.join(sorted(ids))} go round")


def _round(machine: MachineView, automatic: Sequence[Event], way: list[Event]) -> Iterator[list[Event]]:
    """The circles that begin with a way."""
    last = way[-1].to or ""
    if last in machine.sources(way[0]):
        yield way
        return
    for event in automatic if len(way) < _LONGEST else ():
        if last in machine.sources(event) and event not in way:
            yield from _round(machine, automatic, [*way, event])


def _may_all_hold(edition: Edition, machine: MachineView, circle: Sequence[Event]) -> bool:
    """Whether nothing in the words of the conditions keeps them from holding together."""
    found = [edition.conditions.get((*machine.path, "events", one.id, "when")) for one in circle]
    wanted = [part for one in found if one is not None for part in _parts(one.tree)]
    holds = {text(one) for one in wanted}
    values: dict[str, set[object]] = {}
    for one in wanted:
        match one:
            case Call("!", (inner,)) if text(inner) in holds:
                return False
            case Call("!=", (left, right)) if text(Call("==", (left, right), one.at)) in holds:
                return False
            case Call("==", (left, Literal(value))):
                values.setdefault(text(left), set()).add(value)
            case _:
                pass
    return all(len(one) == 1 for one in values.values())


def _parts(tree: Node) -> Iterator[Node]:
    if isinstance(tree, Call) and tree.function == "&&":
        for one in tree.args:
            yield from _parts(one)
    else:
        yield tree


RULES = (pauses, ends)
