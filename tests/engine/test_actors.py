"""Who may act: the city says which roles a post fills, the declaration what a role may do, the case whose it is."""

import pytest

from engine.actors import SYSTEM, Actor, require_role, roles_of
from engine.errors import NotYourTurn, UnknownThing
from engine.municipality import Municipality
from tests.engine.desk import Desk
from tests.engine.journeys import PERMIT, drafted, submitted
from tests.engine.made_up.shelf import TOWN, declared

NOWHERE = Municipality(id="default", label="標準市", standing="default")
PERMITS = declared("permit")


@pytest.mark.parametrize(
    ("post", "roles"),
    [
        ("clerk", {"clerk"}),
        ("section_chief", {"section_chief", "decider"}),
        ("unit_chief", {"unit_chief", "reviewer"}),
        ("parks_chief", {"parks_chief", "cosigner"}),
        ("applicant", {"applicant"}),
    ],
)
def test_a_post_fills_the_roles_that_its_city_gives_it(post: str, roles: set[str]) -> None:
    assert roles_of(Actor(post, "x"), PERMITS, TOWN) == roles


@pytest.mark.parametrize("post", ["other_clerk", "mayor", "decider", "reviewer", "System"])
def test_a_post_that_does_not_serve_the_procedure_is_unknown(post: str) -> None:
    with pytest.raises(UnknownThing, match=f"「{post}」という職は小町のこの手続の担当にありません"):
        roles_of(Actor(post, "x"), PERMITS, TOWN)


def test_an_unknown_post_is_told_with_the_nearest() -> None:
    with pytest.raises(UnknownThing, match="clerk のことですか"):
        roles_of(Actor("clark", "x"), PERMITS, TOWN)


def test_without_a_city_every_declared_role_is_a_post_of_its_own() -> None:
    for role in PERMITS.roles:
        assert roles_of(Actor(role.id, "x"), PERMITS, NOWHERE) == {role.id}


@pytest.mark.parametrize(
    ("post", "role"), [("unit_chief", "reviewer"), ("section_chief", "decider"), ("parks_chief", "cosigner")]
)
def test_without_a_city_the_posts_of_the_routes_review_cosign_and_decide(post: str, role: str) -> None:
    assert roles_of(Actor(post, "x"), PERMITS, NOWHERE) == {post, role}


def test_without_a_city_other_posts_are_unknown() -> None:
    with pytest.raises(UnknownThing):
        roles_of(Actor("mayor", "x"), PERMITS, NOWHERE)


def test_only_the_system_itself_is_the_system() -> None:
    assert roles_of(SYSTEM, PERMITS, TOWN) == {"system"}
    with pytest.raises(UnknownThing):
        roles_of(Actor("system", "k1"), PERMITS, TOWN)


def test_who_lacks_the_role_is_told_whose_it_is() -> None:
    with pytest.raises(NotYourTurn, match="「提出する」は申請者が行います。「clerk」は行えません") as refused:
        require_role(Actor("clerk", "x"), {"clerk"}, ("applicant",), "提出する", {"applicant": "申請者"})
    assert refused.value.facts == {"actor": "clerk", "allowed": ["applicant"]}


def test_the_citizen_who_opened_a_case_for_another_may_act_on_it_and_so_may_the_other(desk: Desk) -> None:
    case = desk.open("permit", by="representative:r1", filer="p1")
    case.fire("submit", "representative:r1", PERMIT)
    with pytest.raises(NotYourTurn):
        case.fire("withdraw", "representative:r2")
    case.fire("withdraw", "applicant:p1")
    assert case.whole.case.filer == "p1"


def test_a_case_opened_at_the_counter_is_the_named_filers(desk: Desk) -> None:
    case = desk.open("permit", by="counter:c1", filer="p7")
    case.fire("submit", "counter:c1", PERMIT)
    with pytest.raises(NotYourTurn):
        case.fire("withdraw", "applicant:c1")
    case.fire("withdraw", "applicant:p7")


def test_an_office_post_acts_on_any_case_of_its_department(desk: Desk) -> None:
    for filer in ("p1", "p2"):
        case = desk.open("permit", by=f"applicant:{filer}")
        case.fire("submit", f"applicant:{filer}", PERMIT)
        case.fire("note", "clerk:k1", {"text": filer})
        assert (case.log[-1].event, case.log[-1].person) == ("note", "k1")


def test_what_a_person_may_not_do_is_no_option_either(desk: Desk) -> None:
    case = drafted(desk)
    assert [option.event for option in case.options("unit_chief:u1")] == ["endorse", "send_back"]
    assert case.options("unit_chief:k1") == []  # the drafter
    assert case.options("chief_1:u1") == []  # another post
    assert submitted(desk).options("applicant:p2") == []  # another citizen


def test_a_post_of_another_department_is_not_the_one_of_the_same_name() -> None:
    assert Actor.parse("clerk@parks:k1") == Actor("clerk", "k1", "parks")
    mine = next(post for post in TOWN.posts if post.id == "clerk")
    assert "clerk" in roles_of(Actor("clerk", "k1", mine.department), PERMITS, TOWN)
    with pytest.raises(UnknownThing, match="elsewhereの「clerk」"):
        roles_of(Actor("clerk", "k1", "elsewhere"), PERMITS, TOWN)


def test_a_department_that_the_city_lacks_is_told_with_those_it_has() -> None:
    elsewhere = PERMITS.model_copy(update={"department": "streats"})
    with pytest.raises(
        UnknownThing,
        match=r"担当課「streats」が小町にありません。streets のことですか。あるのは.*手続の department を直すか",
    ):
        roles_of(Actor("clerk", "k1"), elsewhere, TOWN)
    assert "applicant" in roles_of(Actor("applicant", "p1"), elsewhere, TOWN)
