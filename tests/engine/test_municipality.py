"""A city fills slots: which posts fill a role for which department."""

import pytest
from pydantic import ValidationError

from engine.municipality import Municipality, Post
from tests.engine.made_up.shelf import TOWN


def test_the_posts_of_a_role_are_those_of_the_department_and_those_that_serve_it() -> None:
    assert [post.id for post in TOWN.posts_for("decider", "streets")] == ["section_chief", "director"]
    assert [post.id for post in TOWN.posts_for("cosigner", "streets")] == ["parks_chief"]
    assert [post.id for post in TOWN.posts_for("clerk", "parks")] == ["other_clerk"]


def test_a_role_that_no_post_fills_is_a_post_of_its_own_name() -> None:
    (post,) = TOWN.posts_for("archivist", "streets")
    assert (post.id, post.roles, post.department) == ("archivist", ("archivist",), "streets")


def test_a_post_that_serves_all_serves_every_department() -> None:
    everywhere = Post(id="mayor", label="市長", department="office", roles=("decider",), serves=("*",))
    city = Municipality(id="c", label="市", posts=(everywhere,))
    assert city.post("mayor", "anything") == everywhere
    assert city.posts_for("decider", "anything") == (everywhere,)


def test_a_post_of_another_department_is_not_there() -> None:
    assert TOWN.post("other_clerk", "streets") is None
    assert TOWN.post("nobody", "streets") is None


def test_the_department_of_a_procedure_is_found_by_its_number() -> None:
    department = TOWN.department_of(902)
    assert department is not None
    assert department.id == "streets"
    assert TOWN.department_of(1) is None


def test_an_unknown_key_of_a_profile_is_refused() -> None:
    with pytest.raises(ValidationError, match="colour"):
        Municipality.model_validate({"id": "c", "label": "市", "colour": "red"})
