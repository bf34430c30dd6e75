"""What goes along with a link or a message from one case to another."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from engine.destruction import require_there
from engine.scope import roots_of

if TYPE_CHECKING:
    from engine.work import Work

ARRIVED_ON = "arrived_on"
ANSWERS = "answers"


def gathered(work: Work, carries: Iterable[str]) -> dict[str, Any]:
    """The date of arrival, the answers and the facts that some words name, as they are now.

    A fact goes by the last name of its path: facts.died_on, rules.start_month, given.change.amount or a condition.

    Raises:
        NotPossibleNow: the answers were destroyed.
    """
    content: dict[str, Any] = {}
    facts: dict[str, Any] = {}
    for word in carries:
        if word == ARRIVED_ON:
            content["arrived_at"] = work.whole.case.arrived_at
        elif word == ANSWERS:
            require_there(work, ["form"], "ほかの案件への知らせ")
            content["answers"] = work.answers("form")
        else:
            facts[word.rpartition(".")[2]] = _value(work, word)
    return content | ({"facts": facts} if facts else {})


def _value(work: Work, word: str) -> object:
    root, _, rest = word.partition(".")
    if not rest:
        return work.value("conditions", word)
    if root == "rules":
        return work.value("rules", rest)
    value: object = roots_of(work)[root]()
    for name in rest.split("."):
        value = value.get(name) if isinstance(value, Mapping) else None
    return value
