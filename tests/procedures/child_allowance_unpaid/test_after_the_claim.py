"""A recipient who dies before he is paid leads from the claim to the children's claim for what is unpaid."""

from __future__ import annotations

import pytest

from engine.actors import Actor
from engine.errors import NotPossibleNow
from engine.store import Store
from tests.scenarios.scenario import scenarios
from tests.scenarios.stage import play

CLERK = Actor.parse("counter:c1")


def test_the_children_s_claim_is_opened_about_the_granted_one() -> None:
    with Store.open(":memory:", practice=True) as store:
        granted = play(scenarios()["payee_gone_before_payment"], store)
        opened = granted.engine.open("child_allowance_unpaid", CLERK, filer="child", about=granted.case_id)
        with store.reading() as tx:
            (link,) = tx.links(opened.case_id)
    assert (link.to_procedure, link.to_case, link.kind) == ("child_allowance_claim", granted.case_id, "after")


def test_it_is_not_opened_about_a_notice_of_pregnancy() -> None:
    with Store.open(":memory:", practice=True) as store:
        played = play(scenarios()["payee_gone_before_payment"], store)
        other = played.engine.open("pregnancy_notice", CLERK, filer="mother")
        with pytest.raises(NotPossibleNow):
            played.engine.open("child_allowance_unpaid", CLERK, filer="child", about=other.case_id)
