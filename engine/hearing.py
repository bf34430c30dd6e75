"""What a case does with a signal that reaches it, or with what another case sent along when it opened this one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from engine import acts
from engine import answers as replies
from engine.letters import MOST_HOPS
from engine.shapes import Many, Record, Shape

if TYPE_CHECKING:
    from engine.store import Letter
    from engine.work import Work


def hear(work: Work, letter: Letter, content: Mapping[str, Any]) -> str | None:
    """Let a case hear a signal: the first declared row that answers it happens, otherwise it is noted.

    Gives why it was only noted, for a signal that came of too many others.
    """
    facts = _known(work, content.get("facts", {}))
    declared = {row.id for row in work.edition.procedure.signals}
    if letter.name in declared and letter.hops <= MOST_HOPS:
        acts.signal(work, letter.name, facts)
        return None
    if facts:
        acts.establish(work, facts, heard=letter.name)
    acts.take_note(work, letter.name)
    return went_round(letter)


def went_round(letter: Letter) -> str | None:
    """Why a signal goes no further: two cases that answer each other would never come to rest."""
    if letter.hops <= MOST_HOPS:
        return None
    return f"知らせが案件のあいだで{MOST_HOPS}回を超えて続いたので、ここで止めました。手続の定義を見てください。"


def begin(work: Work, letter: Letter, content: Mapping[str, Any]) -> None:
    """Let a case just opened by a link take over what came with it: facts declared here, the date of arrival, answers.

    Answers that do not fit the form are noted and stay where they came from; the case waits for its own.
    """
    work.do("memo", "origin", "case", letter.from_case)
    work.do("memo", "origin", "link", letter.name)
    facts = _known(work, content.get("facts", {}))
    if facts:
        acts.establish(work, facts, heard=letter.name)
    if content.get("arrived_at") is not None:
        work.do("memo", "carried", "arrived_at", content["arrived_at"])
    if content.get("answers") and not replies.take_over(work, _fitting(work.edition.shape["form"], content["answers"])):
        work.do("memo", "noted", "answers_not_taken", work.now)
    state = work.whole.case.state
    work.happened(letter.name, "signal", from_state=state, to_state=state)


def _known(work: Work, facts: Mapping[str, object]) -> dict[str, object]:
    """Those facts that this procedure declares."""
    return {name: value for name, value in facts.items() if name in work.edition.facts and value is not None}


def _fitting(shape: Shape, value: Any) -> Any:  # noqa: ANN401 - any part of a document
    """The part of a document that another form knows by the same names."""
    if isinstance(shape, Record) and isinstance(value, dict):
        return {name: _fitting(shape.fields[name], one) for name, one in value.items() if name in shape.fields}
    if isinstance(shape, Many) and isinstance(value, list):
        return [_fitting(shape.item, one) for one in value]
    return value
