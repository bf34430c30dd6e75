"""The papers that a case asks for now, and the registers that a look-up into stands in for one of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.definition.rows import Attachment
from engine.destruction import lacking
from registers.port import vocabulary

if TYPE_CHECKING:
    from engine.work import Work

LINKED = "情報連携で確認"
"""What a clerk sees in the place of a paper that a look-up stands in for."""


def asked_for(work: Work) -> list[Attachment]:
    """The attachments whose condition holds now."""
    return [row for row in work.edition.procedure.attachments if work.holds("attachments", row.id, "when")]


def labels(row: Attachment) -> tuple[str, ...]:
    """The registers in which a paper is looked up instead, each once; none where the citizen has to bring it."""
    return tuple(dict.fromkeys(vocabulary()[key].label for key in row.linked))


def is_linked(work: Work, row: Attachment) -> bool:
    """Whether a look-up stands in for a paper of a case: not where one that its condition reads found nothing.

    What a look-up found is a fact from a register; false means that it did not help, and the paper is asked for.
    """
    condition = work.edition.condition("attachments", row.id, "when")
    reads = condition.reads if condition is not None else frozenset[str]()
    if not row.linked or lacking(work, reads):
        return bool(row.linked)
    known = work.whole.case.memo.get("facts", {})
    asked = [fact.id for fact in work.edition.procedure.facts if fact.source == "register" and fact.id in known]
    return not any(f"facts.{name}" in reads and work.read(f"fact.{name}") is False for name in asked)


def instead(work: Work, row: Attachment) -> str:
    """The words behind a paper that is looked up instead; empty where the citizen has to bring it."""
    return f": {LINKED}({'・'.join(labels(row))})" if is_linked(work, row) else ""
