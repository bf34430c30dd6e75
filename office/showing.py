"""Showing what is personal: who is shown which values is noted first; where that cannot be noted nothing is shown."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from engine import readings
from engine.actors import SYSTEM, Actor
from engine.clock import to_seconds
from engine.readings import Values
from engine.shapes import Many, Record, Scalar, Sensitivity, Shape
from engine.sight import against_seeing
from office import answers_shown, log_shown, views
from office.asking import Misused
from office.session import Session, actor_of

if TYPE_CHECKING:
    from engine.work import Work

_BY_WEIGHT: tuple[Sensitivity, ...] = ("my_number", "special_care")


def case(session: Session, case_id: int, *, answers: bool, numbers: bool) -> tuple[list[str], dict[str, Any]]:
    """Where a case stands, in words and as data; what is calculated of it only for somebody who is named.

    Args:
        answers: with the answers.
        numbers: with the answers, My Numbers whole.

    Raises:
        Misused: answers were asked for, and nobody is named to see them.
        StoreError: it could not be noted who sees this.
    """
    answers = answers or numbers
    viewer = viewer_of(session) if answers or session.asked.actor else None
    shown: dict[str, Sensitivity] = {}
    with session.engine.reading(case_id) as work:
        require_sight(work, viewer, ("my_number",) if numbers else ())
        seen = views.view(work, calculated=viewer is not None)
        lines, facts = [*seen.lines], dict(seen.facts)
        if viewer is not None:
            shown = {f"rules.{rule}": "general" for rule in facts["rules"]}
        if answers:
            shown |= answers_shown.values(work, numbers=numbers)
            lines += answers_shown.answer_lines(work, session.declared.forms, numbers=numbers)
            facts["answers"] = answers_shown.answers(work, numbers=numbers)
    if viewer is not None:
        note(session, viewer, case_id, "case show", shown)
    return lines, facts


def notices(session: Session, case_id: int) -> tuple[list[str], list[dict[str, Any]]]:
    """The notices of a case, in words and as data.

    Raises:
        Misused: nobody is named to see them.
        StoreError: it could not be noted who sees this.
    """
    viewer = viewer_of(session)
    with session.engine.reading(case_id) as work:
        require_sight(work, viewer)
        lines, facts = log_shown.notice_lines(work), [one._asdict() for one in log_shown.notices(work)]
        shown = dict(sensitivities(work))
    note(session, viewer, case_id, "case notices", shown)
    return lines, facts


def notice_goes_out(session: Session, case_id: int, seq: int, ordinal: int) -> None:
    """Note that the text of a notice is given out to be sent; one that was destroyed has none."""
    with session.engine.reading(case_id) as work:
        shown = {name: kind for name, kind in sensitivities(work) if name == f"notice.{seq}.{ordinal}"}
    note(session, SYSTEM, case_id, "deliver", shown)


def note(session: Session, viewer: Actor, case_id: int, purpose: str, shown: Values) -> None:
    """Note who is shown which values of a case, and what for.

    Raises:
        StoreError: it could not be noted, so nothing may be shown.
    """
    at = to_seconds(session.engine.ports.clock.now())
    readings.note(session.store, case_id, viewer, purpose, shown, at)


def viewer_of(session: Session) -> Actor:
    """Who looks: a person in a post, for a post alone tells nobody.

    Raises:
        Misused: no person was named.
    """
    if ":" not in (session.asked.actor or ""):
        ja = "申請内容や通知を見る人を --as 職:人 で書いてください(例: --as clerk:k1)。だれが見たかを記録します。"
        raise Misused(ja, "say who looks with --as POST:PERSON (for example --as clerk:k1); it is noted who saw this")
    return actor_of(session.asked)


def require_sight(work: Work, viewer: Actor | None, kinds: Iterable[Sensitivity] = ()) -> None:
    """Nothing, when the viewer may see values of these kinds of the case, or when nobody is named to whom they go.

    Raises:
        UnknownThing: no such post serves the procedure.
        NotYourTurn: it is the case of another citizen, or these values are not for the viewer.
    """
    refused = against_seeing(work, viewer, kinds) if viewer is not None else None
    if refused is not None:
        raise refused


def sensitivities(work: Work) -> Iterator[tuple[str, Sensitivity]]:
    """Each notice of the case whose text was not destroyed, and the most sensitive value that it carries."""
    carried = {row.id: row.carries for row in work.edition.procedure.notices}
    destroyed = {value.field for value in work.tx.values(work.whole.case.id) if value.destroyed_at is not None}
    for row in work.tx.outbox(work.whole.case.id):
        name = f"notice.{row.seq}.{row.ordinal}"
        found = {_sensitivity(_root(work, path), path.split(".")[1:]) for path in carried.get(row.notice, ())}
        if name not in destroyed:
            yield name, next((one for one in _BY_WEIGHT if one in found), "general")


def _root(work: Work, path: str) -> Shape | None:
    name = path.partition(".")[0]
    given: Record = work.edition.shape["given"]
    return work.edition.shape["form"] if name == "form" else given.fields.get(name)


def _sensitivity(shape: Shape | None, names: list[str]) -> Sensitivity:
    """How sensitive the value at a path is; the lists on the way are looked into."""
    match shape:
        case Many(item):
            return _sensitivity(item, names)
        case Record(fields) if names:
            return _sensitivity(fields.get(names[0]), names[1:])
        case Scalar():
            return shape.sensitivity
        case _:
            return "general"
