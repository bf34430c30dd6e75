"""Why an event may not happen now, in sentences that can be read out: what is against it, what would be right."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from engine.actors import SYSTEM
from engine.clock import from_seconds
from engine.destruction import lacking, told
from engine.errors import NotPossibleNow, Overtaken, Refusal, UnknownThing
from engine.moves import machine_of, permitted, time_against
from engine.problems import nearest
from engine.scope import check_results
from engine.tasks import is_live

if TYPE_CHECKING:
    from engine.definition import Procedure
    from engine.state import LogRow, TaskState
    from engine.work import Work


def not_from_here(work: Work, event: str, task: TaskState | None) -> Refusal:
    """The refusal of an event that cannot leave from the present state: overtaken, or simply out of turn."""
    machine = machine_of(work, task)
    label = machine.events[event].label
    first = what_came_first(work, event, task)
    if first is not None and (first.event == event or first.person != work.actor.person):
        return overtaken(work, first, label)
    state = machine.states[task.state if task else work.whole.case.state]
    sources = "・".join(machine.states[s].label for s in machine.sources(event))
    if task is not None and not is_live(task):
        return NotPossibleNow(
            f"「{label}」はできません。この作業({work.edition.procedure.tasks[task.kind].label})は閉じられています。",
            f"cannot {event}: task {task.number} is closed",
            event=event,
        )
    return NotPossibleNow(
        f"案件{work.whole.case.id}: 「{label}」は今はできません。今は「{state.label}」で、"
        f"できるのは「{sources}」のときです。{possible(work)}",
        f"case {work.whole.case.id}: cannot {event} while {state.id}; possible from {list(machine.sources(event))}",
        event=event,
        state=state.id,
    )


def unknown_event(work: Work, event: str) -> Refusal:
    """The refusal of an event that neither the case nor any task there is knows."""
    procedure = work.edition.procedure
    for kind, declared in procedure.tasks.items():
        row = work.edition.tasks[kind].events.get(event)
        if row is not None:
            number = work.whole.case.id
            ja = f"「{row.label}」は「{declared.label}」の作業で行うもので、案件{number}にはその作業がありません。"
            en = f"{event} belongs to a task {kind}: there is none"
            return NotPossibleNow(ja + possible(work), en, event=event)
    known = {e.id for e in procedure.events if e.by} | {
        e.id for t in procedure.tasks.values() for e in t.events if e.by
    }
    ja = f"「{event}」という操作はこの手続にありません。{nearest(event, known) or possible(work)}"
    return UnknownThing(ja, f"{work.edition.id} has no event {event!r}", event=event)


def not_of_this_task(work: Work, event: str, task: TaskState) -> Refusal:
    """The refusal of an event that the task it is addressed to does not know."""
    rows = [row for row in work.edition.tasks[task.kind].events.values() if row.by]
    label = work.edition.procedure.tasks[task.kind].label
    hint = (
        nearest(event, [row.id for row in rows]) or f"できるのは{'・'.join(f'{r.label}({r.id})' for r in rows)}です。"
    )
    ja = f"作業{task.number}({label})に「{event}」という操作はありません。{hint}"
    return UnknownThing(ja, f"task {task.number} ({task.kind}) has no event {event!r}", event=event)


def overtaken(work: Work, row: LogRow, label: str) -> Overtaken:
    """The refusal of something that cannot be done any more: it names who came first with what, and when."""
    when = from_seconds(row.at)
    done = label_of(work, row)
    said = f"「{label}」は" if done == label else f"「{label}」はもうできません。「{done}」を"
    return Overtaken(
        f"{said}{when:%Y年%m月%d日 %H時%M分}に{_who(work, row)}が済ませています。"
        f"案件{work.whole.case.id}を見直してください。",
        f"{row.event} was already done by {row.post} ({row.person}) at {when.isoformat()}",
        by=row.person,
        post=row.post,
        at=when.isoformat(),
        version=row.seq,
    )


def overtaken_since(work: Work, seen: int) -> Refusal:
    """The refusal of a command whose actor has seen an earlier version of the case, or one that never was."""
    if seen > work.whole.case.version:
        ja = f"案件{work.whole.case.id}に版{seen}はありません。今は版{work.whole.case.version}です。"
        return NotPossibleNow(ja, f"case {work.whole.case.id} has no version {seen} yet")
    rows = work.tx.log(work.whole.case.id)
    row = _cause(rows[:-1], rows[-1])
    when = from_seconds(row.at)
    return Overtaken(
        f"案件{work.whole.case.id}は、ご覧になった後(版{seen})に変わりました。{when:%Y年%m月%d日 %H時%M分}に"
        f"{_who(work, row)}が「{label_of(work, row)}」を行い、今は版{work.whole.case.version}です。",
        f"case {work.whole.case.id} has changed since version {seen}: {row.event} by {row.post} ({row.person})"
        f" at {when.isoformat()}; it is now at version {work.whole.case.version}",
        by=row.person,
        post=row.post,
        at=when.isoformat(),
        version=work.whole.case.version,
    )


def what_came_first(work: Work, event: str, task: TaskState | None) -> LogRow | None:
    """What last took the case, or the task, out of the states from which an event leaves; None if nothing did."""
    sources = machine_of(work, task).sources(event)
    rows = [*work.tx.log(work.whole.case.id), *work.rows]
    number = task.number if task else 0
    for place in range(len(rows) - 1, -1, -1):
        row = rows[place]
        moved = row.task == number and row.from_state in sources and row.to_state not in sources
        if moved or (task is not None and _closes(row, task.number)):
            return _cause(rows[:place], row)
    return None


def label_of(work: Work, row: LogRow) -> str:
    """The name that people know an event of the log by."""
    task = work.whole.tasks.get(row.task)
    event = machine_of(work, task).events.get(row.event)
    signals = {signal.id: signal.label for signal in work.edition.procedure.signals}
    words = {**_WORDS, **clock_labels(work.edition.procedure), **signals}
    return event.label if event else words.get(row.event, row.event)


def clock_labels(procedure: Procedure) -> dict[str, str]:
    """What it is called that a legal clock has run out, or that somebody was told of it before, by name in the log."""
    found = {f"due:{name}": f"期限の予告({clock.label})" for name, clock in procedure.clocks.items()}
    clocks = procedure.clocks.values()
    return found | {clock.breach.finding: f"期限の経過({clock.label})" for clock in clocks if clock.breach}


def _cause(earlier: list[LogRow], row: LogRow) -> LogRow:
    """What somebody did that an automatic event followed from; the row itself when it is not automatic."""
    same_time = [one for one in earlier if one.kind != "auto" and one.at == row.at]
    return same_time[-1] if row.kind == "auto" and same_time else row


def _closes(row: LogRow, number: int) -> bool:
    """Whether an event took a task off every desk."""
    effects = json.loads(row.effects)
    return any(e[0] == "task" and e[1] == number and (e[2].get("memo") or {}).get("closed") for e in effects)


def _who(work: Work, row: LogRow) -> str:
    if row.post == SYSTEM.post:
        return "システム(期限や異動の知らせ)"
    post = work.ports.municipality.post(row.post, work.edition.procedure.department)
    roles = {role.id: role.label for role in work.edition.procedure.roles}
    return f"{post.label if post else roles.get(row.post, row.post)}({row.person})"


def guard_closed(work: Work, event: str, task: TaskState | None) -> NotPossibleNow:
    """The refusal of an event whose condition does not hold, with the sentence of the condition."""
    machine = machine_of(work, task)
    row = machine.events[event]
    path = ("tasks", task.kind, "events", event, "when") if task else ("events", event, "when")
    if row.nature and work.whole.case.nature not in row.nature:
        labels = {n.id: n.label or n.act_kind for n in work.edition.procedure.natures}
        ja = f"「{row.label}」は{'・'.join(labels[n] for n in row.nature)}のときだけです。"
        return NotPossibleNow(ja, f"{event} is only for natures {list(row.nature)}", event=event)
    stands_against = time_against(work, event, task)
    if stands_against is not None:
        return stands_against
    named = row.says or next((c.says for c in work.edition.procedure.conditions if c.id == row.when), "")
    says = named or row.when or ""
    condition = work.edition.condition(*path)
    gone = lacking(work, condition.reads) if condition else []
    if gone:
        why = "。".join(told(work, field) for field in gone)
        ja = f"「{row.label}」の条件「{says}」は、廃棄した値を見るので調べられません。{why}。"
        en = f"the condition of {event} needs what was destroyed: {', '.join(gone)}"
        return NotPossibleNow(ja, en, event=event, fields=gone)
    found = condition.value(work.scope(task)) if condition else None
    if found is not None and found.kind == "error":
        ja = f"「{row.label}」の条件「{says}」を調べられませんでした。分からないときは行いません。({found.error})"
        return NotPossibleNow(ja, f"the condition of {event} could not be evaluated: {found.error}", event=event)
    waits = _unlooked(work, set(condition.reads) if condition else set())
    # A text without a name has no sentence of its own: what is lacking says more than its formula.
    needed = f"要る条件: {named}。" if named else "" if waits else f"次の式が成り立つときだけです: {says}"
    return NotPossibleNow(
        f"案件{work.whole.case.id}: 「{row.label}」はできません。{needed}{waits}".strip(),
        f"case {work.whole.case.id}: cannot {event}; its condition does not hold: {row.when}",
        event=event,
        condition=row.when,
    )


def possible(work: Work) -> str:
    """The events that people can do from the present state, as a clause."""
    rows = [e for e in work.edition.machine.leaving(work.whole.case.state) if e.by]
    labels = "・".join(e.label for e in rows if permitted(work, e.id, None))
    return f"今できること: {labels}。" if labels else ""


def _unlooked(work: Work, reads: set[str]) -> str:
    """The checks a condition waits for, as a clause."""
    stages = {path.split(".")[1] for path in reads if path.startswith("checks.")}
    results = check_results(work)
    rows = [c for c in work.edition.procedure.checks if c.stage in stages or c.id in stages]
    waiting = [c.says for c in rows if results.get(c.id) is None]
    failed = [c.says for c in rows if results.get(c.id) is False]
    said = [f"まだ見ていない確認: {'・'.join(waiting)}。" if waiting else ""]
    said.append(f"通らなかった確認: {'・'.join(failed)}。" if failed else "")
    return "".join(said)


_WORDS = {
    "open": "案件を開く",
    "check": "確認の記録",
    "fact": "事実の記録",
    "migrated": "定義の版を移す",
    "destroy": "値の廃棄",
    "overrun": "期限の経過",
}
