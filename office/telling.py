"""The answer to a command in words: what happened, which numbers were given, what can be done next and by whom."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from engine import deputies
from engine.archive import recalled
from engine.commands import Receipt
from engine.edition import Edition
from engine.errors import DefinitionError, StoreError, UnknownThing
from engine.explain import clock_labels
from engine.municipality import DEPUTY
from engine.options import Option, everybodys_options
from engine.state import LogRow, TaskState
from engine.store.canonical import unpack
from office import destroyed_shown
from office.session import Session

if TYPE_CHECKING:
    from engine.work import Work

WORDS = {
    "open": "案件を開く",
    "check": "確認を記録する",
    "fact": "事実を記録する",
    "link": "ほかの案件とつなぐ",
    "migrated": "定義の版を移す",
    "destroy": "値を廃棄する",
    "overrun": "期限の経過",
}
SERIES = {"receipt": "受付番号", "document": "文書番号"}


def receipt_lines(session: Session, receipt: Receipt) -> list[str]:
    """A receipt in words: a line for each event, the numbers, and what comes next."""
    again = [f"この操作(鍵「{session.asked.key}」)は済んでいます。前と同じ答えです。"] if receipt.again else []
    numbers = [f"  {SERIES.get(name, name)}: {text}" for name, text in receipt.numbers.items()]
    with session.engine.reading(receipt.case_id) as work:
        return [*again, *event_lines(work, receipt), *numbers, *next_lines(work)]


def event_lines(work: Work, receipt: Receipt) -> list[str]:
    """The events of a receipt under the number of the case, a line each."""
    first = receipt.version - len(receipt.events)
    rows = [row for row in work.tx.log(receipt.case_id) if first < row.seq <= receipt.version]
    head = f"案件{receipt.case_id}  {work.edition.procedure.title}"
    return [head, *(f"  {event_words(work, row)}" for row in rows)]


def receipt_facts(receipt: Receipt) -> dict[str, Any]:
    """A receipt for a program."""
    return asdict(receipt)


def event_words(work: Work, row: LogRow) -> str:
    """What happened in one row of the log, and where that led, in the words of the edition it happened under."""
    edition = _edition_of(work, row)
    task = work.whole.tasks.get(row.task)
    kind = _kind_of(edition, task.kind, row) if task else None
    machine = edition.tasks[kind] if kind else edition.machine
    event, state = machine.events.get(row.event), machine.states.get(row.to_state)
    signals = {one.id: one.label for one in edition.procedure.signals}
    words = {**signals, **clock_labels(edition.procedure), **WORDS}
    label = event.label if event else words.get(row.event, row.event)
    if row.kind == "signal" and row.event in signals and '["noted"' in row.effects:
        label = f"知らせを書き留める({signals[row.event]})"  # an event of the same name did not happen
    if row.event == "migrated":
        label += _between(row)
    if row.kind == "ripe":
        label = f"「{label}」の時期が来た"
    if '"acted"' in row.effects and "代" not in label:
        label += _in_whose_place(row)
    where = f"作業{row.task} {edition.procedure.tasks[kind].label}: " if kind else ""
    moved = f" → {state.label}" if state and row.from_state != row.to_state else ""
    if row.event == "destroy":
        effects = unpack(row.effects, row.case_id, f"events.{row.seq}.effects")
        label += destroyed_shown.event_words(effects, work)
    return f"{where}{label}{moved}"


def _edition_of(work: Work, row: LogRow) -> Edition:
    """The edition that a row was written under; that of the case where nobody has the former one any more."""
    if row.edition == work.edition.hash:
        return work.edition
    try:
        return recalled(work.ports.definitions, work.tx, work.whole.case.procedure, row.edition)
    except (UnknownThing, DefinitionError, StoreError):
        return work.edition


def _kind_of(edition: Edition, kind: str, row: LogRow) -> str | None:
    """The kind that a task was of then: a later edition may call it otherwise."""
    if kind in edition.tasks:
        return kind
    return next((name for name, machine in edition.tasks.items() if row.event in machine.events), None)


def _in_whose_place(row: LogRow) -> str:
    """The mark of an act of a deputy in the place of an absent decider; a superior's has a name of its own."""
    effects = unpack(row.effects, row.case_id, f"events.{row.seq}.effects")
    acted = any(one[0] == "task.memo" and one[2] == "acted" for one in effects)
    return "(代)" if acted and not any(one[0] == "task+" for one in effects) else ""


def _between(row: LogRow) -> str:
    """From which edition to which a case was moved, as the beginnings of their hashes."""
    effects = unpack(row.effects, row.case_id, f"events.{row.seq}.effects")
    return next((f"({one[1][:8]} → {one[2][:8]})" for one in effects if one[0] == "migrated"), "")


def next_lines(work: Work) -> list[str]:
    """What can be done next and by whom, a line each; the end of the case when nothing can."""
    found = everybodys_options(work)
    if not found and work.whole.case.closed:
        return ["この案件は終わりました。"]
    return option_lines(work, found)


def option_lines(work: Work, options: Iterable[Option]) -> list[str]:
    """Events open now, a line each with those who may do it."""
    found = [_next(work, option) for option in options]
    return ["次にできること(だれが)", *found] if found else ["いまできる操作はありません。"]


def next_facts(work: Work, options: Iterable[Option]) -> list[dict[str, Any]]:
    """Events open now, for a program."""
    return [{**asdict(one), "by": [post for post, _ in who(work, one)]} for one in options]


def who(work: Work, option: Option) -> Iterator[tuple[str, str]]:
    """Those who may do it: the word for --as, and the label."""
    task = work.whole.tasks.get(option.task)
    city, department = work.ports.municipality, work.edition.procedure.department
    if task is not None and task.post:
        for name in _posts(work, option, task):
            post = city.post(name, department)
            yield name, post.label if post else name
        return
    for role in work.edition.procedure.roles:
        if role.id in option.by:
            filled = city.posts_for(role.id, department) if role.side == "office" else ()
            posts = [(one.id, one.label) for one in filled if one.label != one.id]
            yield from posts or [(role.id, role.label)]


def _posts(work: Work, option: Option, task: TaskState) -> list[str]:
    """The posts that may do something on the task of a post: its own, or those that act in its place."""
    row = work.edition.tasks[task.kind].events[option.event]
    post = task.post or ""
    if row.superior:
        return deputies.superiors(work, task)
    if row.by == (DEPUTY,):
        deputy = work.away.stands_in(post, work.edition.procedure.department)
        return [deputy] if deputy else []
    return [post]


def _next(work: Work, option: Option) -> str:
    people = "・".join(f"{label}({post})" for post, label in dict(who(work, option)).items())
    task = f" --task {option.task}" if option.task else ""
    hangs = "" if option.sure else "(答えによる)"
    return f"  {option.event}{task}  {option.label}{hangs}: {people}"
