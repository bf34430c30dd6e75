"""Registrations: long-lived results of a case, which live on with it and are read by later cases of the same person.

The case that brought a registration about moves it: by its own events, by signals of linked cases, and by its timers.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

from engine import people
from engine.definition.between import Registration as Declared
from engine.definition.rows import Effect
from engine.errors import NotPossibleNow
from engine.store import Registered

if TYPE_CHECKING:
    from engine.work import Work

How = Literal["revises", "suspends", "resumes", "ends"]
LIFE: tuple[How, ...] = ("revises", "suspends", "resumes", "ends")


def follow(work: Work, effect: Effect) -> None:
    """Enter, revise, suspend, resume and end what a row of effects says."""
    for kind in effect.registers:
        enter(work, kind)
    for how in LIFE:
        for kind in getattr(effect, how):
            _change(work, kind, how)


def enter(work: Work, kind: str) -> None:
    """Enter a result in its register, once for each person it is about, who stands there by digest only."""
    row = _declared(work, kind)
    since, until = _period(work, row)
    for person in _persons(work, row) or [""]:
        ordinal = len(work.registered) + 1
        digest = _keep(work, row, work.next_seq, ordinal)
        work.do("registration", ordinal, kind, since, until, digest, person)
        made = Registered(work.whole.case.id, work.next_seq, ordinal, kind, person, digest, since, until)
        work.tx.add_registrations([made])
        work.registered.append(made)


def living_of(work: Work, kind: str, subject: str) -> list[Registered]:
    """The living registrations of a kind about the persons of a subject, whichever case and procedure they came of."""
    found = [one for person in people.digests(work, subject) for one in work.tx.registrations_of(kind, person)]
    return [row for row in found if _lives(work, row)]


def seen(work: Work) -> dict[str, Any]:
    """What conditions read of the registrations of this case's persons; nothing where nobody can be told."""
    return {row.id: _seen(work, row) for row in work.edition.procedure.registrations if _persons(work, row)}


def _change(work: Work, kind: str, how: How) -> None:
    """Change the living registrations of a kind that came of this case.

    Raises:
        NotPossibleNow: none came of it, or none lives.
    """
    row = _declared(work, kind)
    living = [r for r in work.tx.registrations(work.whole.case.id) if r.kind == kind and r.ended_at is None]
    if not living:
        raise NotPossibleNow(
            f"案件{work.whole.case.id}に、続いている「{row.label}」の登録はありません。",
            f"case {work.whole.case.id} has no living registration {kind}",
            registration=kind,
        )
    for one in living:
        changed = _changed(work, row, one, how)
        work.do("registration.set", one.seq, one.ordinal, changed)
        work.tx.update_registration(one._replace(**changed))


def _changed(work: Work, row: Declared, one: Registered, how: How) -> dict[str, Any]:
    """The columns that take another value."""
    if how == "suspends":
        return {"suspended_at": work.now}
    if how == "resumes":
        return {"suspended_at": None}
    _, until = _period(work, row)
    if how == "ends":
        known = until if until != one.until_day else None  # its day is named, or it is today
        return {"ended_at": work.now, "until_day": known or work.today.isoformat()}
    return {"until_day": until, "digest": _keep(work, row, one.seq, one.ordinal)}


def _keep(work: Work, row: Declared, seq: int, ordinal: int) -> str:
    """Keep what is registered, in the place of what was; gives its digest."""
    held = {"filer": work.whole.case.filer, "holds": work.answers(row.holds or "")}
    return work.keep(f"registration.{seq}.{ordinal}", held)


def _period(work: Work, row: Declared) -> tuple[str, str | None]:
    """From when (a day or month) a registration holds, and its last day if one is known."""
    since, until = work.value("registrations", row.id, "from"), work.value("registrations", row.id, "to")
    return since if isinstance(since, str) else work.today.isoformat(), until if isinstance(until, str) else None


def _declared(work: Work, kind: str) -> Declared:
    return next(row for row in work.edition.procedure.registrations if row.id == kind)


def _persons(work: Work, row: Declared) -> list[str]:
    """The digests of those whom a registration is about: the subject that its first key names."""
    root, _, subject = row.keys[0].partition(".") if row.keys else ("", "", "")
    return people.digests(work, subject) if root == "subjects" else []


def _of_persons(work: Work, row: Declared) -> list[Registered]:
    return [one for person in _persons(work, row) for one in work.tx.registrations_of(row.id, person)]


def _lives(work: Work, row: Registered) -> bool:
    return row.ended_at is None and (row.until_day is None or row.until_day >= work.today.isoformat())


def _seen(work: Work, row: Declared) -> dict[str, Any]:
    """The living one that holds since latest, or the last that lived."""
    found = sorted(_of_persons(work, row), key=lambda one: (_lives(work, one), one.since, one.case_id, one.seq))
    if not found:
        return {"live": False, "suspended": False, "ours": False}
    last = found[-1]
    live = _lives(work, last)
    suspended = live and last.suspended_at is not None
    ours = any(one.case_id == work.whole.case.id and one.ended_at is None for one in found)
    return {"live": live, "suspended": suspended, "ours": ours, "since": last.since, "until": last.until_day}
