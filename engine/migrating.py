"""Moving a running case into another edition as an event of its own, and rehearsing that without keeping anything.

The rehearsal is the move itself, on a case in hand that is never written: what it says and what happens cannot differ.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

from engine import moves
from engine.actors import roles_of
from engine.acts import require_office
from engine.carrying import CannotMove, Names, carry_over, homeless
from engine.clock import civil_day
from engine.clockwork import ENDED
from engine.edition import Edition
from engine.errors import UnknownThing
from engine.pinning import day_that_chooses, pin
from engine.refitting import take_answers

if TYPE_CHECKING:
    from collections.abc import Iterator

    from engine.work import Work

DOING = "案件を別の版に移すこと"


@dataclass(frozen=True)
class Rehearsed:
    """What a move would do. `refusal` says why it may not be; `changes` are sentences; hashes are of behaviour."""

    case_id: int
    version: int
    before: str
    after: str
    refusal: CannotMove | None = None
    changes: tuple[str, ...] = ()

    @property
    def stands(self) -> bool:
        """Whether the case stands in that edition already."""
        return self.before == self.after


def target_of(work: Work, on: dt.date | None) -> Edition:
    """The edition of the definitions at hand on a day; without a day, the one that the case itself calls for.

    Raises:
        UnknownThing: there is none on that day.
        DefinitionError: the declaration has errors.
    """
    day = on or day_that_chooses(work) or civil_day(work.whole.case.opened_at)
    return work.ports.definitions.edition(work.edition.id, day)


def migrate(work: Work, edition: Edition) -> None:
    """Move the case into an edition, with a row of the log that names both; nothing when it stands there already.

    Raises:
        NotYourTurn: the actor holds no post of the office.
        CannotMove: the case has no place there.
    """
    require_office(work, roles_of(work.actor, work.edition.procedure, work.ports.municipality), (), DOING)
    if edition.hash != work.edition.hash:
        before = work.whole.case.state
        _move(work, edition)
        work.happened("migrated", "command", from_state=before, to_state=work.whole.case.state)


def rehearse(work: Work, edition: Edition) -> Rehearsed:
    """What moving the case would do; the case in hand is moved by it and must not be written."""
    case, former = work.whole.case, work.edition
    seen = (case.id, case.version, former.hash, edition.hash)
    if edition.hash == former.hash:
        return Rehearsed(*seen)
    stood = _standing(work)
    recorded = set(case.memo.get("checks", {}))
    try:
        _move(work, edition)
    except CannotMove as refusal:
        return Rehearsed(*seen, refusal=refusal)
    return Rehearsed(*seen, changes=(*_renamed(stood, _standing(work)), *_to_do(work, former, recorded)))


def _move(work: Work, edition: Edition) -> None:
    _require_open(work)
    _require_place(work, edition)
    former = work.edition
    work.do("migrated", former.hash, edition.hash)
    carry_over(work, edition)
    take_answers(work, former)
    _require_same_day(work)
    pin(work)


def _require_open(work: Work) -> None:
    case, state = work.whole.case, work.case_state
    if case.closed:
        raise CannotMove("closed", "案件は終わっています。終わった案件は移しません。", "the case is closed")
    if state.decided or case.decided_at is not None:
        raise CannotMove("decided", "決裁が済んでいます。決めた時の版のまま終えます。", "the case has been decided")
    if state.kind in {"settled", "final"}:
        ja = f"もう「{state.label}」です。そのときの版のまま終えます。"
        raise CannotMove("ended", ja, f"the case has come to {state.id}")
    if state.kind == "deciding":
        ja = f"起案されています(「{state.label}」)。差し戻してからなら移せます。"
        raise CannotMove("drafted", ja, "the case is drafted; it can be moved once it is sent back", state=state.id)


def _require_place(work: Work, edition: Edition) -> None:
    for task, label in homeless(work, edition):
        if task is None:
            state = work.whole.case.state
            ja = f"移す先の版に、同じ役目の状態「{label}」({state})がありません。{_RENAMES}"
            raise CannotMove("state", ja, f"there is no state {state} of the same kind", state=state)
        kind = work.edition.procedure.tasks[task.kind].label
        known = Names(edition).kind(task.kind) in edition.tasks
        what = f"作業{task.number}「{kind}」({task.kind})" + (f"の状態「{label}」" if known else "")
        en = f"there is no task {task.kind} in {task.state}"
        raise CannotMove("task", f"移す先の版に{what}がありません。{_RENAMES}", en, task=task.number)
    for name, run in sorted(work.whole.clocks.items()):
        if run.state not in ENDED and name not in edition.procedure.clocks:
            label = work.edition.procedure.clocks[name].label
            ja = f"進んでいる時計「{label}」({name})が移す先の版にありません。時計が終わってから移してください。"
            raise CannotMove("clock", ja, f"the clock {name} is running and is not there", clock=name)


_RENAMES = "名が変わったのなら、移す先の renames に書いてください。"


def _require_same_day(work: Work) -> None:
    """The answers still choose the edition: a case is not put under the law of another day."""
    day = day_that_chooses(work)
    if day is not None and not _chooses(work, day):
        ja = f"この案件は{day}の定めによります(version_by)。その日の版は移す先とは別の版です。"
        raise CannotMove("other_day", ja, f"the case is under the law of {day}", day=day.isoformat())


def _chooses(work: Work, day: dt.date) -> bool:
    try:
        return work.ports.definitions.edition(work.edition.id, day).hash == work.edition.hash
    except UnknownThing:
        return False  # no version holds on that day


Standing = dict[int, str]


def _standing(work: Work) -> Standing:
    """Where the case (0) and each of its tasks stand, in words."""
    procedure = work.edition.procedure
    found = {0: f"状態「{work.case_state.label}」"}
    for number, task in sorted(work.whole.tasks.items()):
        state = work.edition.tasks[task.kind].states[task.state]
        found[number] = f"作業{number}「{procedure.tasks[task.kind].label}: {state.label}」"
    return found


def _renamed(before: Standing, after: Standing) -> Iterator[str]:
    yield from (f"{before[n]}は{after[n]}になります。" for n in before if before[n] != after[n])


def _to_do(work: Work, former: Edition, recorded: set[str]) -> Iterator[str]:
    """What has to be looked at that had not, or again, and what happens at once."""
    for check in work.edition.procedure.checks:
        if check.id not in former.checks:
            yield f"確認「{check.says}」が加わります。"
        elif check.id in recorded and check.id not in work.whole.case.memo.get("checks", {}):
            yield f"確認「{check.says}」は見直しになります。"
    for check in former.procedure.checks:
        if check.id not in work.edition.checks:
            yield f"確認「{check.says}」はなくなります。"
    ready = moves.next_automatic(work)
    if ready is not None:
        yield f"すぐに「{ready.event.label}」が起きます。"
