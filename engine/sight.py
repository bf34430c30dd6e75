"""Who may see which answers: citizens their own case, the office what it works on, My Numbers only who needs them.

Source: 番号法9条・19条 (only who uses the number for this very work), 個人情報保護法66条.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from engine.actors import SYSTEM, Actor, roles_of
from engine.errors import NotYourTurn
from engine.standing import against_anothers_case

if TYPE_CHECKING:
    from engine.definition import Procedure
    from engine.municipality import Municipality
    from engine.shapes import Sensitivity
    from engine.work import Work


def may_see(procedure: Procedure, city: Municipality, actor: Actor, kind: Sensitivity) -> bool:
    """Whether an actor may see answers of a kind in a case that is his own, or the office's.

    Citizens see what they wrote. Outside bodies see what is sent to them and nothing else. The office sees what is
    general or needs special care; a My Number only at the desks in the procedure's own department on which its cases
    lie, for a decision needs no number.

    Raises:
        UnknownThing: nobody of that name serves the procedure.
    """
    if actor == SYSTEM:
        return True
    roles = roles_of(actor, procedure, city)
    sides = {role.side for role in procedure.roles if role.id in roles}
    if "citizen" in sides or "outside" in sides:
        return "citizen" in sides
    if kind != "my_number":
        return True
    post = city.post(actor.post, procedure.department, actor.department)
    return bool(roles & _desks(procedure)) and (post is None or post.department == procedure.department)


def against_seeing(work: Work, actor: Actor, kinds: Iterable[Sensitivity]) -> NotYourTurn | None:
    """Why an actor may not see values of these kinds of the case in hand; None when he may.

    Raises:
        UnknownThing: nobody of that name serves the procedure.
    """
    procedure, city = work.edition.procedure, work.ports.municipality
    roles_of(actor, procedure, city)
    refused = against_anothers_case(work, actor)
    if refused is not None:
        return refused
    if not may_see(procedure, city, actor, "general"):
        ja = f"「{actor.post}」が見られるのは、送られたものだけです。申請内容と通知は、本人と担当課の職員が見ます。"
        return NotYourTurn(ja, f"{actor.post} sees only what is sent to it", actor=actor.post, rule="outside_body")
    if "my_number" in kinds and not may_see(procedure, city, actor, "my_number"):
        desks = "・".join(work.edition.role_labels.get(one, one) for one in sorted(_desks(procedure)))
        ja = f"個人番号を見られるのは、担当課の{desks}と本人だけです(番号法9条)。「{actor.post}」は見られません。"
        return NotYourTurn(ja, f"{actor.post} may not see a My Number", actor=actor.post, rule="my_number")
    return None


def _desks(procedure: Procedure) -> frozenset[str]:
    """The roles of the office on whose desks cases of the procedure lie."""
    office = {role.id for role in procedure.roles if role.side == "office"}
    return frozenset(state.by for state in procedure.states if state.by in office)
