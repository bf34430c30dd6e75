"""Notices: written and stored as shown, and put into the outbox in the transaction that decided them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.destruction import require_there
from engine.ports import NoticeOrder
from engine.state import Notified, TaskState

if TYPE_CHECKING:
    from engine.definition.rows import Effect
    from engine.work import Work

GIVES_NOTHING = frozenset({"refused", "void"})
WAITING = frozenset({"waiting_applicant", "waiting_outside"})


def follow(work: Work, effect: Effect, task: TaskState | None) -> None:
    """Send what a row of effects says, then stop further mail where it says so."""
    for notice in effect.notices:
        notify(work, notice, effect.notices_to or recipients_of(work, task))
    if effect.issues:
        issue(work, effect.notices_to or ("applicant",))
    if effect.stops_mail:
        work.do("memo", "mail", "stopped", work.now)


def issue(work: Work, recipients: tuple[str, ...]) -> None:
    """Send the notice of the outcome that was decided, also where other mail was stopped."""
    outcome = work.edition.outcomes.get(work.whole.case.outcome or "")
    if outcome and outcome.notice:
        for recipient in recipients:
            _put(work, outcome.notice, recipient)


def notify(work: Work, notice: str, recipients: tuple[str, ...] = ("applicant",)) -> None:
    """Put a notice into the outbox, one for each recipient; none for citizens whose mail was stopped."""
    stopped = "mail" in work.whole.case.memo
    for recipient in recipients:
        if not (stopped and recipient in work.edition.citizens):
            _put(work, notice, recipient)


def _put(work: Work, notice: str, recipient: str) -> None:
    """Write a notice and store its words as they will be shown."""
    words = work.ports.writer.write(_order(work, notice, recipient))
    ordinal = 1 + sum(1 for row in work.outbox if row.seq == work.next_seq)
    digest = work.keep(f"notice.{work.next_seq}.{ordinal}", words)
    work.do("notice", ordinal, notice, recipient, digest)
    work.outbox.append(Notified(work.whole.case.id, work.next_seq, ordinal, notice, recipient, digest, work.now))


def recipients_of(work: Work, task: TaskState | None) -> tuple[str, ...]:
    """Whom a notice goes to unless its row says so: whoever the task waits for outside, otherwise the applicant."""
    if task is not None and task.desk and work.edition.tasks[task.kind].states[task.state].kind in WAITING:
        return (task.desk,)
    return ("applicant",)


def _order(work: Work, notice: str, recipient: str) -> NoticeOrder:
    """What the notice is written from as the case stands now.

    Raises:
        NotPossibleNow: it would lack what was destroyed.
    """
    case = work.whole.case
    declared = next(row for row in work.edition.procedure.notices if row.id == notice)
    shown = dict.fromkeys(path.partition(".")[0] for path in declared.carries if not path.startswith("form."))
    drafted = work.edition.outcomes.get(case.memo.get("proposal", {}).get("outcome", ""))
    asked = case.memo["proposal"].get("asked") if drafted else None
    carried = [path if path.startswith("form.") else f"given.{path}" for path in declared.carries]
    roots = ["form", *(f"given.{name}" for name in (*shown, asked) if name)]
    # Of every document that is handed on what is general has to be there, of what the notice shows everything.
    require_there(work, [*carried, *(f"{root}." for root in roots)], f"通知「{declared.label}」")
    return NoticeOrder(
        edition=work.edition,
        municipality=work.ports.municipality,
        notice=notice,
        recipient=recipient,
        case_id=case.id,
        on=work.today,
        numbers=dict(case.memo.get("numbers", {})),
        given={name: work.answers(name) for name in shown},
        outcome=case.outcome,
        reasons=work.answers(asked or ""),
        form=work.answers("form"),
        period=_period(work, notice),
    )


def _period(work: Work, notice: str) -> tuple[str, str | None] | None:
    """From when to when holds what this case registered last, where the notice tells what was granted or accepted."""
    outcome = work.edition.outcomes.get(work.whole.case.outcome or "")
    if outcome is None or outcome.notice != notice or work.edition.state(outcome.state).result in GIVES_NOTHING:
        return None
    found = work.tx.registrations(work.whole.case.id)
    return (found[-1].since, found[-1].until_day) if found else None
