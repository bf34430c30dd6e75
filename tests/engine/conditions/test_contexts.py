"""What was asked and which task it is differ from place to place."""

from engine.conditions import Source
from engine.conditions.contexts import merged, merged_locals, missing_locally
from engine.shapes import Anything, Many, Record, Scalar
from tests.engine.conditions.small import DAY, TEXT, YES_NO


def test_fields_of_all_places_together() -> None:
    one = Record({"how": Scalar("text", ("mail",)), "on": DAY, "who": Record({"a": TEXT})})
    other = Record({"how": Scalar("text", ("office", "mail")), "why": TEXT, "who": Record({"b": TEXT})})
    assert merged([one, other]) == Record(
        {"how": Scalar("text", ("mail", "office")), "on": DAY, "who": Record({"a": TEXT, "b": TEXT}), "why": TEXT}
    )


def test_where_two_places_disagree_the_first_one_counts_and_a_free_text_has_no_choices() -> None:
    assert merged([Record({"x": DAY}), Record({"x": YES_NO})]) == Record({"x": DAY})
    assert merged([Record({"x": Scalar("text", ("a",))}), Record({"x": TEXT})]) == Record({"x": TEXT})


def test_without_any_place_anything_may_be_read() -> None:
    assert merged_locals([Source("a", "true")]) == {"asked": Anything(), "task": Anything()}


def test_a_path_that_a_place_does_not_have_is_named() -> None:
    there = {"asked": Record({"on": DAY, "many": Many(Record({"x": TEXT}))})}
    paths = ["asked.on", "asked.many[].x", "form.kind"]
    assert missing_locally(paths, there, there) is None
    assert missing_locally(paths, {"asked": Record({"on": DAY})}, there) == "asked.many[].x"
    assert missing_locally(["asked.on"], {"asked": Record({"on": TEXT})}, there) == "asked.on"
    assert missing_locally(["asked.on"], {}, there) == "asked.on"
