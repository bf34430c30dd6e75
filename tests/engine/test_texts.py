"""Every condition of a declaration, with its place, what it may read and what it gives."""

from collections import Counter

import pytest

from engine.definition import Procedure
from engine.texts import Placed, texts_of
from engine.vocabulary import type_of
from tests.engine.made_up.shelf import FORMS, declared

PERMIT = declared("permit")


def found(procedure: Procedure = PERMIT) -> dict[tuple[str, ...], Placed]:
    return {placed.source.path: placed for placed in texts_of(procedure, FORMS)}


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        (("version_by",), "date"),
        (("priority",), "yes_no"),
        (("natures", "report", "when"), "yes_no"),
        (("events", "propose", "when"), "yes_no"),
        (("checks", "size", "passes"), "yes_no"),
        (("outcomes", "granted", "reasons"), "yes_no"),
        (("registrations", "permit", "from"), "date"),
        (("clocks", "standard", "counts_from"), "date"),
        (("approval", "main", "levels", "refusing", "when"), "yes_no"),
        (("approval", "main", "cosign", "parks", "when"), "yes_no"),
        (("tasks", "step", "events", "reach", "when"), "yes_no"),
        (("conditions", "review_ok"), "yes_no"),
    ],
)
def test_each_place_is_found_with_the_type_it_must_give(path: tuple[str, ...], kind: str) -> None:
    assert found()[path].source.type == kind


def test_a_reason_that_is_always_needed_is_no_condition() -> None:
    assert ("outcomes", "refused", "reasons") not in found()


def test_a_timers_date_is_found() -> None:
    assert found(declared("grove"))[("timers", "visit", "date")].source.type == "date"


def test_an_event_knows_what_it_asks_for_and_a_task_sees_itself() -> None:
    assert found()[("events", "propose", "when")].asks == "proposal"
    assert found()[("tasks", "step", "events", "reach", "when")].source.task is not None
    assert found()[("events", "propose", "when")].source.task is None


def test_only_conditions_and_rules_can_be_read_by_name() -> None:
    assert {path[0] for path, placed in found().items() if placed.named} == {"conditions"}


def test_no_place_is_found_twice() -> None:
    on_one_day = PERMIT.model_copy(update={"conditions": PERMIT.conditions[:4]})
    counted = Counter(placed.source.path for placed in texts_of(on_one_day, FORMS))
    assert max(counted.values()) == 1


@pytest.mark.parametrize(
    ("text", "kind"), [("form.start_on", "date"), ("rules.nothing", "date"), ("review_ok", "yes_no")]
)
def test_a_text_that_names_a_date_is_typed_by_what_it_names(text: str, kind: str) -> None:
    assert type_of(PERMIT, text) == kind
