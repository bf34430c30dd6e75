"""Which edition a case runs under: chosen by its answers, at submission and correction, fixed once it is drafted."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from engine.carrying import carry_over, homeless
from engine.edition import Edition
from engine.errors import NotPossibleNow

if TYPE_CHECKING:
    from engine.work import Work


def repin(work: Work) -> None:
    """Pin the case to the edition that its answers call for, and settle what they decide: nature, priority, results.

    Raises:
        NotPossibleNow: the date that chooses the edition cannot be told, or the case cannot stand in that edition.
    """
    if work.case_state.kind == "deciding" or work.case_state.decided:
        work.remember_results()
        return
    day = day_that_chooses(work)
    if day is None:
        raise NotPossibleNow("どの日の定めによるかが決まりません。", "the date that selects the version is unknown")
    edition = work.ports.definitions.edition(work.edition.id, day)
    if edition.hash != work.edition.hash:
        _require_place(work, edition, day)
        carry_over(work, edition)
    pin(work)


def pin(work: Work) -> None:
    """Fix the edition the case stands in, with what its answers decide there: results, nature, priority."""
    work.remember_results()
    natures = work.edition.procedure.natures
    nature = next((n.id for n in natures if work.holds("natures", n.id, "when")), None)
    first = bool(work.edition.procedure.priority) and work.holds("priority")
    work.do("pin", work.edition.hash, nature, int(first))


def day_that_chooses(work: Work) -> dt.date | None:
    """The day whose rows apply to the case, by the edition it stands in; None while it cannot be told."""
    found = work.value("version_by")
    if not isinstance(found, str):
        return None
    return dt.date.fromisoformat(found if len(found) > len("2022-06") else f"{found}-01")


def _require_place(work: Work, edition: Edition, day: dt.date) -> None:
    missing = [label for _, label in homeless(work, edition)]
    if missing:
        raise NotPossibleNow(
            f"{day}の定めには「{'・'.join(missing)}」がないので、この案件を移せません。",
            f"the edition of {day} has no place for the case: {missing}",
        )
