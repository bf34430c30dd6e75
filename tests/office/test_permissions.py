"""What the matrix of permissions says is what the engine lets happen, and what is not in it is refused."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest

from engine.actors import Actor, roles_of
from procedures.description import on_day, read
from procedures.permissions.matrix import Matrix
from procedures.permissions.shown import profile
from tests.office.door import CHILD, Door

At = Callable[[str], Door]
POSTS = ("counter", "clerk", "unit_chief", "section_chief")
WHERE = {"reviewed": {"": "substantive_review"}, "proposed": {"": "deciding", "approval_step": "pending"}}


@pytest.mark.parametrize("stage", list(WHERE))
def test_nothing_is_open_to_a_post_that_the_matrix_does_not_allow(at: At, stage: str) -> None:
    whole = read(CHILD, ()).procedure
    assert whole is not None
    matrix = Matrix(on_day(whole, dt.date(2022, 5, 30)), profile("hitachinaka", ()))
    cells = {
        (one.role, one.action, one.task, one.state) for one in matrix.cells() if one.allowed and one.standing == "own"
    }
    door = at(stage)
    seen = 0
    for post in (*POSTS, "applicant:p1"):
        roles = roles_of(Actor.parse(post), matrix.procedure, matrix.city)
        for option in door.json("case", "options", "1", "--as", post):
            places = WHERE[stage].items()
            assert {(role, option["event"], task, state) for role in roles for task, state in places} & cells, option
            seen += 1
    assert seen > 2


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("fire", "1", "endorse", "--as", "unit_chief:k1"), "起案した人(k1)は、自分の起案"),
        (("fire", "1", "endorse", "--as", "unit_chief@nursery:u9"), "nurseryの「unit_chief」という職は"),
        (("fire", "1", "withdraw", "--as", "applicant:p2"), "p2さんのものではありません"),
        (("show", "1", "--answers", "--as", "clerk@nursery:k9"), "nurseryの「clerk」という職は"),
        (("show", "1", "--as", "applicant:p2"), "p2さんのものではありません"),
        (("show", "1", "--answers", "--as", "applicant:p2"), "p2さんのものではありません"),
        (("notices", "1", "--as", "representative:r2"), "r2さんのものではありません"),
        (("show", "1", "--answers", "--as", "other_office:o1"), "見られるのは、送られたものだけ"),
        (("show", "1", "--my-number", "--as", "section_chief:s1"), "個人番号を見られるのは"),
        (("show", "1", "--my-number", "--as", "accounting:a1"), "個人番号を見られるのは"),
    ],
)
def test_what_the_matrix_does_not_allow_is_refused_and_nothing_is_noted(
    at: At, words: tuple[str, ...], sentence: str
) -> None:
    assert sentence in at("proposed").refused("case", *words)


def test_everybody_sees_what_is_theirs_to_see(at: At) -> None:
    door = at("proposed")
    for who in ("applicant:p1", "clerk:k1", "section_chief:s1", "tax_cosigner:t1", "clerk@child_policy:k2"):
        assert "出生" in door("case", "show", "1", "--answers", "--as", who).stdout
    for who in ("applicant:p1", "counter:c1", "clerk:k1"):
        door("case", "show", "1", "--my-number", "--as", who)
