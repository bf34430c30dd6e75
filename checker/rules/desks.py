"""P48 to P51, P60 and H6: who would do it, what leads to an outcome, and what was copied and never changed."""

from __future__ import annotations

import re
from collections.abc import Iterator

from checker.rules.rows import Rows, of_rule
from engine.definition import Procedure
from engine.definition.rows import Event, State
from engine.municipality import Municipality
from engine.problems import Problem
from procedures.soundness.machines import MachineView, machines_of

_GIVEN_OUT = re.compile("住民票|課税証明|所得証明|納税証明|(?:課税|所得)・?(?:課税|所得)?証明書")


def nobodys_desk(rows: Rows) -> Iterator[Problem]:
    """P48: work that lies on nobody's desk; the tasks of a route go to the posts that the route names."""
    routed = {route.task for route in rows.procedure.approval.values()} | {"after_view"}
    for machine in machines_of(rows.procedure):
        if machine.path and machine.path[1] in routed:
            continue
        for state in machine.states.values():
            if state.kind == "working" and not state.by:
                ja = f"「{state.label}」にする仕事が、だれの机にも出ません。by に役割を書きます。"
                yield of_rule("P48", (*machine.path, "states", state.id), ja, f"{state.id} lies on nobody's desk")


def idle_desk(rows: Rows) -> Iterator[Problem]:
    """P49: a desk on which work lies that its role can do nothing about."""
    stages = {check.stage for check in rows.procedure.checks}
    for machine in machines_of(rows.procedure):
        for state in machine.states.values():
            if state.kind == "working" and state.by and not _something_to_do(machine, state, stages):
                ja = f"「{state.label}」は {state.by} の机に出ますが、{state.by} にできる操作がありません。"
                en = f"{state.by} can do nothing in {state.id}"
                yield of_rule("P49", (*machine.path, "states", state.id, "by"), ja, en)


def _something_to_do(machine: MachineView, state: State, stages: set[str]) -> bool:
    return state.id in stages or any(state.by in event.by or not event.by for event in machine.leaving(state.id))


def led_to(rows: Rows) -> Iterator[Problem]:
    """P50: a disposition, of a procedure where dispositions are drafted, that no draft may propose."""
    machines = machines_of(rows.procedure)
    proposed = {name for machine in machines for effect in machine.effects for name in effect.proposes}
    for outcome in rows.procedure.outcomes:
        if outcome.disposition and proposed and outcome.id not in proposed:
            ja = f"「{outcome.label}」を起案する操作がありません。effects の proposes に書きます。"
            yield of_rule("P50", ("outcomes", outcome.id), ja, f"nothing proposes the outcome {outcome.id}")


def unheld(rows: Rows) -> Iterator[Problem]:
    """P51: what only an office may do, in a role that no post of some city's department has."""
    office = {role.id for role in rows.procedure.roles if role.side == "office"}
    for machine in machines_of(rows.procedure):
        for event in machine.events:
            if event.by and set(event.by) <= office and not event.superior:
                cities = [one.label for one in rows.around.cities if _nobody(one, rows.procedure, event)]
                if cities:
                    ja = (
                        f"「{event.label}」をする職({'・'.join(event.by)})が、{'・'.join(cities)}の担当課にありません。"
                    )
                    en = f"nobody may do {event.id} in {', '.join(cities)}"
                    yield of_rule("P51", (*machine.path, "events", event.id, "by"), ja, en)


def _nobody(city: Municipality, procedure: Procedure, event: Event) -> bool:
    department = procedure.department
    if all(one.id != department for one in city.departments):
        return False
    here = {department, "*"}
    posts = [one for one in city.posts if one.department == department or here & set(one.serves)]
    return not any({one.id, *one.roles} & set(event.by) for one in posts)


def copied(rows: Rows) -> Iterator[Problem]:
    """P60: an event that is another under a second id: same way, same people, same condition, same effects."""
    for machine in machines_of(rows.procedure):
        effects = {effect.id: effect.model_dump(exclude={"id"}) for effect in machine.effects}
        first: dict[str, Event] = {}
        for event in machine.events:
            told = repr((event.model_dump(exclude={"id", "label", "says"}), effects.get(event.id)))
            before = first.setdefault(told, event)
            if before.id != event.id:
                ja = f"「{event.label}」は「{before.label}」({before.id})と、することが同じです。"
                yield of_rule("P60", (*machine.path, "events", event.id), ja, f"{event.id} does what {before.id} does")


def known_papers(rows: Rows) -> Iterator[Problem]:
    """H6: a paper that another office gives out, where nothing but the paper will do."""
    for row in rows.procedure.attachments:
        if (found := _GIVEN_OUT.search(row.label)) and not row.replaced_by and not row.linked and not row.optional:
            ja = f"「{row.label}」({found[0]})は情報連携で分かります。replaced_by か linked に、代わるものを書きます。"
            yield of_rule("H6", ("attachments", row.id), ja, f"{row.id} can be had from another office")


RULES = (nobodys_desk, idle_desk, led_to, unheld, copied, known_papers)
