"""One case about a thing that serves the cases of many, and may be there before any of them."""

import pytest

from engine import links
from engine.actors import Actor
from engine.errors import NotPossibleNow
from engine.verify import verify_everything
from tests.engine.desk import Case, Desk
from tests.engine.family import FORM, case_of, delivered, submitted
from tests.engine.made_up.shelf import linked

CLERK = Actor.parse("clerk:k1")


@pytest.fixture
def town(desk: Desk) -> Desk:
    return desk.using(linked())


def household(town: Desk, person: str = "p1", house: str = "A-1") -> Case:
    """A claim that is known to be about a house."""
    case = submitted(town, "dwelling", f"applicant:{person}")
    town.engine.establish(case.id, CLERK, {"house_no": house})
    return case


def visit(town: Desk, house: str = "A-1") -> Case:
    """A visit that a clerk began before anybody asked."""
    case = town.open("house", "clerk:k1")
    case.fire("describe", "clerk:k1", FORM)
    town.engine.establish(case.id, CLERK, {"house_no": house})
    return case


def shared_by(town: Desk, case: Case) -> list[int]:
    with town.store.reading() as tx:
        assert verify_everything(tx) == []
        return [link.case_id for link in tx.linked_to(case.id) if link.kind == "shares"]


def test_the_first_to_ask_opens_the_case_and_the_others_find_it(town: Desk) -> None:
    homes = [household(town, f"p{number}") for number in range(1, 6)]
    for home in homes:
        home.fire("ask", "clerk:k1")
    delivered(town)
    seen = case_of(town, len(homes) + 1)
    assert (seen.whole.case.procedure, seen.whole.case.filer) == ("house", "applicant")
    assert shared_by(town, seen) == [home.id for home in homes]
    seen.fire("see", "clerk:k1", {"found": 35})
    delivered(town)
    assert {(home.state, home.ask(lambda work: work.read("fact.found"))) for home in homes} == {("closed", 35)}


def test_what_was_seen_before_anybody_asked_reaches_who_asks_later_and_nobody_else(town: Desk) -> None:
    before = visit(town)
    before.fire("see", "clerk:k1", {"found": 10})
    first, other = household(town), household(town, "p2", "A-2")
    assert (first.state, other.state) == ("waiting", "filed")
    delivered(town)
    assert (first.state, other.state) == ("closed", "filed")
    second = household(town, "p3")
    delivered(town)
    assert shared_by(town, before) == [first.id, second.id]
    assert first.whole.case.memo.get("noted") is None


def test_asking_again_makes_no_second_link_and_a_visit_given_up_is_not_shared(town: Desk) -> None:
    home = household(town)
    home.fire("ask", "clerk:k1")
    home.fire("ask", "clerk:k1")
    delivered(town)
    seen = case_of(town, home.id + 1)
    assert shared_by(town, seen) == [home.id]
    seen.fire("give_up", "clerk:k1")
    home.fire("ask", "clerk:k1")
    delivered(town)
    assert shared_by(town, case_of(town, seen.id + 1)) == [home.id]


def test_while_it_is_not_known_which_house_is_meant_nothing_is_shared(town: Desk) -> None:
    home = submitted(town, "dwelling")
    with pytest.raises(NotPossibleNow, match="どの「house」のことか"):
        home.fire("ask", "clerk:k1")
    assert home.state == "filed"


def test_a_case_concerns_the_house_it_is_known_to_be_about_now(town: Desk) -> None:
    home = household(town, house="A-1")
    first = visit(town, "A-1")
    second = visit(town, "A-2")
    town.engine.establish(home.id, CLERK, {"house_no": "A-2"})
    home.fire("ask", "clerk:k1")
    assert (shared_by(town, first), shared_by(town, second)) == ([], [home.id])
    town.engine.establish(second.id, CLERK, {"house_no": None})
    other = household(town, "p2", "A-2")
    other.fire("ask", "clerk:k1")
    delivered(town)
    assert shared_by(town, case_of(town, other.id + 1)) == [other.id]


def test_a_house_whose_number_was_destroyed_is_known_no_more(town: Desk) -> None:
    before = visit(town)
    before.fire("see", "clerk:k1", {"found": 10})
    town.engine.destroy(before.id, CLERK, ["fact.house_no"], "保存期間の満了")
    home = household(town)
    delivered(town)
    assert shared_by(town, before) == []
    assert shared_by(town, case_of(town, home.id + 1)) == [home.id]


def test_the_number_of_the_house_stands_nowhere_in_the_clear(town: Desk) -> None:
    home = household(town, house="KAOKU-77-001")
    home.fire("ask", "clerk:k1")
    delivered(town)
    with town.store.reading() as tx:
        told = [str(row) for number in (1, 2) for row in tx.log(number)]
        concerned = [str(tx.waiting_letters())]
    assert "KAOKU-77-001" not in " ".join([*told, *concerned])


def test_of_two_deliveries_that_both_see_no_case_the_second_starts_again(
    town: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    homes = [household(town, "p1"), household(town, "p2")]
    for home in homes:
        home.fire("ask", "clerk:k1")
    answers: list[int | None] = [
        None,
        None,
        None,
    ]  # to the first once before and once after opening; to the second once
    really = links.shared
    monkeypatch.setattr(links, "shared", lambda *given: answers.pop() if answers else really(*given))
    assert delivered(town).failed == []
    assert answers == []
    assert shared_by(town, case_of(town, 3)) == [home.id for home in homes]
    with town.store.reading() as tx:
        assert len(tx.cases()) == 3
