"""The shape of the machines: what can be reached, what can be left, automatic events, deciding states and their routes.

Conditions are left aside here: what they make impossible is found by exploring the whole case.
"""

from __future__ import annotations

from collections.abc import Iterator

from engine.definition import Procedure
from engine.definition.rows import Event
from engine.problems import Problem
from procedures.findings import finding
from procedures.soundness.machines import MachineView, machines_of, reached, turned


def flow_problems(procedure: Procedure) -> Iterator[Problem]:
    """Every fault in the arrows of the case and its tasks on one day."""
    for machine in machines_of(procedure):
        yield from _kinds(machine)
        yield from _starters(machine)
        yield from _reachable(machine)
        yield from _ways_out(machine)
        yield from _automatic(machine)
        yield from _automatic_cycle(machine)
        yield from _ends_left(machine)
    yield from _deciding(procedure)
    yield from _proposals(procedure)


def _kinds(machine: MachineView) -> Iterator[Problem]:
    """A case and a task have some kinds of states each of their own."""
    foreign = ("done", "failed") if machine.is_case else ("initial", "arrived", "milestone", "settled", "final")
    for state in machine.states.values():
        if state.kind in foreign:
            whose = ("案件", "case") if machine.is_case else ("作業", "task")
            said = (
                f"{whose[0]}の状態の kind に {state.kind} は使えません。",
                f"a {whose[1]} has no {state.kind} state",
            )
            hint = "settled か final" if machine.is_case else "終わりは done か failed"
            yield finding("D210", (*machine.path, "states", state.id, "kind"), said, hint)
    if not machine.starts:
        said = ("始まりの状態がありません。", "there is no state to begin in")
        yield finding("D218", (*machine.path, "states"), said, '一つの状態を kind = "initial" にする')


def _starters(machine: MachineView) -> Iterator[Problem]:
    """An event begins in exactly one way."""
    for event in machine.events:
        ways = [name for name in ("by", "auto", "after", "on") if getattr(event, name)]
        if len(ways) != 1:
            ja = f"by・auto・after・on のうち一つだけを書きます(いまは{'と'.join(ways) or 'なし'})。"
            en = f"exactly one of by, auto, after, on (now: {', '.join(ways) or 'none'})"
            hint = "人なら by、条件なら auto、期間なら after、通報なら on"
            yield finding("D201", (*machine.path, "events", event.id), (ja, en), hint)


def _reachable(machine: MachineView) -> Iterator[Problem]:
    found = reached(machine.arrows(), machine.starts)
    for name in machine.states if machine.starts else ():
        if name not in found:
            said = ("この状態に来る事象がありません。", "no event leads to this state")
            yield finding("D202", (*machine.path, "states", name), said, f'to = "{name}" の事象を書くか、状態を消す')


def _ways_out(machine: MachineView) -> Iterator[Problem]:
    """Every state that is no end has a way out, and a way to an end without the events that leave from anywhere."""
    arrows, ends = machine.arrows(), machine.ends
    stuck = [name for name in machine.states if name not in ends and not set(arrows[name]) - {name}]
    for name in stuck:
        said = ("この状態から出る事象がありません。", "no event leaves this state")
        yield finding("D203", (*machine.path, "states", name), said, f'from = "{name}" で to のある事象を書く')
    finishing = reached(turned(machine.arrows(anywhere=False)), ends)
    seen = reached(arrows, machine.starts)
    lost = [name for name in machine.states if name in seen and name not in finishing and name not in stuck]
    if lost and not stuck:
        ja = f"@open・@undecided の事象のほかに、終わりへ行く道がありません({'・'.join(lost)})。"
        en = f"no way to an end but by events from @open or @undecided ({', '.join(lost)})"
        yield finding("D204", (*machine.path, "states", lost[0]), (ja, en), "終わりの状態へ行く事象を書く")


def _automatic(machine: MachineView) -> Iterator[Problem]:
    """Automatic events: each moves; in a state only the last may be without a condition."""
    for event in machine.events:
        if event.auto and (event.to is None or event.to in machine.sources(event)):
            said = ("自動の事象が同じ状態にとどまり、終わりなく起きます。", "an automatic event that stays never ends")
            yield finding("D207", (*machine.path, "events", event.id), said, "to に別の状態を書く")
    seen: set[str] = set()
    for name in machine.states:
        free: list[Event] = []
        for event in (one for one in machine.leaving(name) if one.auto):
            before = next((one for one in free if _same_nature(one, event)), None)
            if before is not None and event.id not in seen:
                seen.add(event.id)
                ja = f"{name} では条件のない自動の事象 {before.id} が先に起きるので、これは起きません。"
                en = f"in {name} the unconditional automatic event {before.id} always comes first"
                hint = f"{before.id} に when を書くか、この行を {before.id} より上に置く"
                yield finding("D205", (*machine.path, "events", event.id), (ja, en), hint)
            if event.when is None:
                free.append(event)


def _same_nature(one: Event, other: Event) -> bool:
    return not one.nature or not other.nature or bool(set(one.nature) & set(other.nature))


def _automatic_cycle(machine: MachineView) -> Iterator[Problem]:
    """No circle of automatic events without a condition."""
    free = [event for event in machine.events if event.auto and event.when is None and event.to in machine.states]
    arrows: dict[str, list[str]] = {}
    for event in free:
        for source in machine.sources(event):
            arrows.setdefault(source, []).append(event.to or "")
    told: set[str] = set()
    for event in free:
        for source in machine.sources(event):
            circle = reached(arrows, [event.to or ""])
            if source in circle and source != event.to and source not in told:
                told |= {name for name in circle if source in reached(arrows, [name])}
                states = "・".join(name for name in machine.states if name in told)
                said = (f"条件のない自動の事象が回り続けます({states})。", f"automatic events go round ({states})")
                yield finding("D206", (*machine.path, "events", event.id), said, "どれかに when を書く")


def _ends_left(machine: MachineView) -> Iterator[Problem]:
    """A final state is not left: what may still be moved is settled."""
    for event in machine.events:
        for name in machine.sources(event):
            if machine.is_case and machine.states[name].kind == "final":
                said = (f"final の状態 {name} から出る事象です。", f"an event leaves from the final state {name}")
                yield finding("D208", (*machine.path, "events", event.id, "from", name), said, "kind を settled にする")


def _deciding(procedure: Procedure) -> Iterator[Problem]:
    """A deciding state has a route and an event that decides; no other state has."""
    case, *_ = machines_of(procedure)
    for state in case.states.values():
        path = ("states", state.id)
        if state.kind == "deciding" and state.approval is None:
            hint = f"approval = {' か '.join(procedure.approval)}" if procedure.approval else "[approval.main] を書く"
            yield finding(
                "D212", path, ("決裁の状態に approval がありません。", "a deciding state needs a route"), hint
            )
        if state.kind != "deciding" and state.approval is not None:
            said = ("approval は kind = deciding の状態にだけ書けます。", "only a deciding state has a route")
            yield finding("D212", (*path, "approval"), said, 'kind = "deciding" にするか approval を消す')
        if state.kind == "deciding" and not any(event.decides for event in case.leaving(state.id)):
            said = ("この状態から決める事象(decides = true)がありません。", "no event of this state decides")
            yield finding("D212", path, said, "決裁の事象に decides = true を書く")
    for machine in machines_of(procedure):
        for event in machine.events:
            kinds = {machine.states[name].kind for name in machine.sources(event)}
            if event.decides and kinds - {"deciding"}:
                said = ("decides は決裁の状態から出る事象にだけ書けます。", "only an event of a deciding state decides")
                yield finding("D212", (*machine.path, "events", event.id, "decides"), said, "from を決裁の状態にする")


def _proposals(procedure: Procedure) -> Iterator[Problem]:
    """What enters a deciding state proposes an outcome, and a proposal goes to a deciding state."""
    case, *_ = machines_of(procedure)
    deciding = [name for name, state in case.states.items() if state.kind == "deciding"]
    proposing = {effect.id for effect in case.effects if effect.proposes}
    for event in case.events:
        if event.to in deciding and event.id not in proposing and set(case.sources(event)) - set(deciding):
            said = ("決裁に入るのに、起案する結果がありません。", "it enters a deciding state and proposes nothing")
            hint = f'effects に {{ id = "{event.id}", proposes = ["…"] }} を書く'
            yield finding("D213", ("events", event.id, "to"), said, hint)
        if event.id in proposing and event.to not in deciding:
            said = ("起案する事象の行き先が決裁の状態ではありません。", "a proposal goes to a deciding state")
            hint = f"to を {' か '.join(deciding)} にする" if deciding else "決裁の状態を書く"
            yield finding("D213", ("events", event.id, "to") if event.to else ("events", event.id), said, hint)
