"""The draft of a decision: what it is drawn up from, when it is stale, what is fixed once it is decided."""

from collections.abc import Iterator
from typing import Any

import pytest

from engine.errors import NotPossibleNow
from engine.verify import verify
from tests.engine.desk import Case, Desk
from tests.engine.invariants import complaints
from tests.engine.journeys import PERMIT, decided, drafted, in_memory
from tests.engine.leave import away, later, proposed, reviewed
from tests.engine.made_up.shelf import changed, declared


@pytest.fixture
def desk() -> Iterator[Desk]:
    """An office in memory."""
    desk = in_memory()
    yield desk
    assert complaints(desk.store, desk.ports.definitions) == []


def draft(case: Case, number: int = 1) -> dict[str, Any]:
    found: dict[str, Any] = case.whole.case.memo["drafts"][str(number)]
    return found


def test_a_draft_says_what_it_proposes_by_whom_and_over_which_answers(desk: Desk) -> None:
    case = drafted(desk)
    found = draft(case)
    assert {name: found[name] for name in ("round", "outcome", "title", "drafter", "post", "of")} == {
        "round": 1,
        "outcome": "granted",
        "title": "店先の使用の許可(許可)",
        "drafter": "k1",
        "post": "clerk",
        "of": {"form": 1, "proposal": 1},
    }
    assert len(found["content"]) == 64


def test_its_hash_is_over_digests_so_that_the_same_words_twice_are_told_apart(desk: Desk) -> None:
    assert draft(drafted(desk))["content"] != draft(drafted(desk))["content"]


def test_a_decided_draft_has_the_number_of_the_document_and_who_decided(desk: Desk) -> None:
    case = decided(desk)
    found = draft(case)
    assert (found["number"], found["decided"]["person"], "for" in found["decided"]) == ("2022道路第1号", "s1", False)


def test_a_draft_that_a_deputy_decided_says_for_whom(desk: Desk) -> None:
    case = reviewed(desk)
    away(desk, "section_chief")
    case.fire("decide_for", "vice_head:v1")
    assert draft(case)["decided"] | {"at": 0} == {"person": "v1", "post": "vice_head", "for": "section_chief", "at": 0}


@pytest.mark.parametrize("event", ["endorse", "decide", "pull_up"])
def test_a_stale_draft_is_signed_by_nobody(desk: Desk, event: str) -> None:
    case = proposed(desk) if event != "decide" else reviewed(desk)
    case.establish("clerk:k3", age=80)
    if event == "pull_up":
        away(desk, "unit_chief")
    by = {"endorse": "unit_chief:u1", "decide": "section_chief:s1", "pull_up": "chief_1:c1"}[event]
    with pytest.raises(NotPossibleNow, match="起案のあとで「樹齢」が変わりました") as refused:
        case.fire(event, by)
    assert refused.value.facts["rule"] == "stale_draft"


def test_a_deputy_signs_no_stale_draft_either(desk: Desk) -> None:
    case = reviewed(desk)
    away(desk, "section_chief")
    case.establish("clerk:k3", age=80)
    with pytest.raises(NotPossibleNow, match="古くなった起案"):
        case.fire("decide_for", "vice_head:v1")


def test_a_stale_draft_is_sent_back_and_the_next_one_is_fresh(desk: Desk) -> None:
    case = proposed(desk)
    case.establish("clerk:k3", age=80)
    case.fire("send_back", "unit_chief:u1", {"reason": "樹齢が分かった"})
    case.fire("propose", "clerk:k1", {"name": "さくら"})
    assert "same_as" not in draft(case, 2)
    assert "endorse" in case.fire("endorse", "unit_chief:u1").events


def test_the_same_fact_said_again_changes_nothing(desk: Desk) -> None:
    case = desk.open("ruling")
    case.fire("submit", "applicant:p1", {"name": "並木"})
    case.establish("clerk:k3", age=80)
    case.fire("propose", "clerk:k1", {"name": "さくら"})
    case.establish("clerk:k3", age=80)
    assert "endorse" in case.fire("endorse", "unit_chief:u1").events
    case.establish("clerk:k3", age=None)
    assert draft(case)["stale"] == ["age"]


def test_answers_that_are_handed_in_anew_make_a_draft_stale() -> None:
    events = [row.model_dump(by_alias=True, exclude_defaults=True) for row in declared("permit").events]
    events.append({"id": "amend", "label": "直す", "from": "deciding", "by": "applicant", "asks": "form"})
    case = drafted(in_memory(changed("permit", events=events)))
    case.fire("amend", "applicant:p1", PERMIT | {"size": 7})
    with pytest.raises(NotPossibleNow, match="「申請内容」が変わりました"):
        case.fire("endorse", "unit_chief:u1")


def test_what_is_decided_stays_and_a_correction_takes_its_place(desk: Desk) -> None:
    case = reviewed(desk)
    case.fire("decide", "section_chief:s1")
    first = draft(case)
    later(desk, 24)
    case.fire("rename", "clerk:k1")
    case.establish("clerk:k1", age=3)
    case.fire("propose", "clerk:k1", {"name": "うめ"})
    assert draft(case) == first
    assert draft(case, 2)["supersedes"] == 1
    case.fire("endorse", "unit_chief:u1")
    case.fire("endorse", "chief_1:c1")
    case.fire("decide", "section_chief:s1")
    assert draft(case) == first
    assert (first["number"], draft(case, 2)["number"]) == ("2022道路第1号", "2022道路第2号")


def test_a_draft_says_how_long_its_document_is_kept() -> None:
    desk = in_memory(changed("ruling", approval={"main": _route() | {"retention": {"years": 5, "assumption": True}}}))
    assert draft(proposed(desk))["years"] == 5


def test_the_log_tells_every_draft_again(desk: Desk) -> None:
    case = reviewed(desk)
    case.establish("clerk:k3", age=80)
    with desk.store.reading() as tx:
        assert verify(tx, case.id) == []


def _route() -> dict[str, Any]:
    return declared("ruling").approval["main"].model_dump(by_alias=True, exclude_defaults=True)
