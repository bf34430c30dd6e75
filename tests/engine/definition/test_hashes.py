"""A label changes only the wording hash, a guard only the behaviour hash, a later amendment neither of today's."""

import datetime as dt
from typing import Any

import pytest

from engine.definition import Procedure
from engine.definition.hashes import behaviour_hash, wording_hash
from engine.definition.in_force import in_force

TODAY = dt.date(2025, 4, 1)


def procedure(**changes: Any) -> Procedure:  # noqa: ANN401 - any key of the format
    """A small procedure with one task."""
    data: dict[str, Any] = {
        "id": "sample",
        "number": 1,
        "title": "見本",
        "title_en": "Sample",
        "title_easy": "みほん",
        "field": "childcare",
        "department": "child_policy",
        "form": "sample",
        "effective_date": "case.arrived_on",
        "version_by": "case.arrived_on",
        "law": ({"id": "act-1", "act": "見本法", "article": "1条", "about": "見本"},),
        "conditions": (
            {"id": "good", "says": "よい", "cel": "form.good == true"},
            {"id": "late", "says": "おそい", "cel": "case.days_in_state > 3"},
        ),
        "states": (
            {"id": "draft", "label": "作成中", "kind": "initial"},
            {"id": "end", "label": "終", "kind": "final"},
        ),
        "events": (
            {"id": "go", "label": "進む", "from": "draft", "to": "end", "by": "clerk", "when": "good"},
            {"id": "stop", "label": "やめる", "from": "draft", "to": "end", "by": "clerk"},
        ),
        "params": {"label": 3},
        "tasks": {"about": {"label": "作業", "states": ({"id": "open", "label": "着手", "kind": "working"},)}},
    }
    return Procedure.model_validate(data | changes)


def changed(list_name: str, index: int, **keys: Any) -> Procedure:  # noqa: ANN401 - any key of the format
    """The same procedure with some keys of one row changed."""
    rows = [row.model_dump(by_alias=True, exclude_defaults=True) for row in getattr(procedure(), list_name)]
    rows[index] |= keys
    return procedure(**{list_name: rows})


@pytest.mark.parametrize(
    "other",
    [
        changed("events", 0, label="先へ進む"),
        changed("conditions", 0, says="とてもよい"),
        changed("law", 0, article="2条"),
        procedure(title="見本の手続"),
        procedure(common_errors=({"id": "slip", "says": "書き忘れ"},)),
        procedure(tasks={"about": {"label": "仕事", "states": ({"id": "open", "label": "着手", "kind": "working"},)}}),
    ],
)
def test_words_change_only_the_wording_hash(other: Procedure) -> None:
    assert behaviour_hash(other, "f") == behaviour_hash(procedure(), "f")
    assert wording_hash(other) != wording_hash(procedure())


@pytest.mark.parametrize(
    "other",
    [
        changed("events", 0, when="late"),
        changed("conditions", 0, cel="form.good != false"),
        changed("events", 0, to="draft"),
        procedure(params={"label": 4}),
        procedure(tasks={"about": {"label": "作業", "many": True, "states": procedure().tasks["about"].states}}),
    ],
)
def test_a_guard_or_figure_changes_only_the_behaviour_hash(other: Procedure) -> None:
    assert behaviour_hash(other, "f") != behaviour_hash(procedure(), "f")
    assert wording_hash(other) == wording_hash(procedure())


def test_the_forms_are_part_of_behaviour() -> None:
    assert behaviour_hash(procedure(), "f") != behaviour_hash(procedure(), "g")


def test_order_counts_for_events_and_not_for_conditions() -> None:
    assert behaviour_hash(procedure(events=procedure().events[::-1]), "f") != behaviour_hash(procedure(), "f")
    other = procedure(conditions=procedure().conditions[::-1])
    assert behaviour_hash(other, "f") == behaviour_hash(procedure(), "f")
    assert wording_hash(other) == wording_hash(procedure())


def test_announcing_an_amendment_leaves_the_version_of_today_as_it_is() -> None:
    today, amendment = procedure().events, dt.date(2026, 4, 1)
    old = today[0].model_copy(update={"until": amendment})
    new = today[0].model_copy(update={"since": amendment, "when": "late"})
    other = procedure(events=(old, new, today[1]))
    assert behaviour_hash(in_force(other, TODAY), "f") == behaviour_hash(procedure(), "f")
    assert behaviour_hash(in_force(other, amendment), "f") != behaviour_hash(procedure(), "f")


def test_a_key_written_at_its_default_changes_nothing() -> None:
    assert behaviour_hash(changed("events", 0, decides=False), "f") == behaviour_hash(procedure(), "f")


def test_the_order_of_parameters_is_behaviour_and_their_names_are_never_wording() -> None:
    rule = {"id": "less", "says": "差", "cel": "says - about", "type": "whole"}
    both = [{**rule, "takes": {a: "whole", b: "whole"}} for a, b in (("says", "about"), ("about", "says"))]
    one, other = (procedure(rules=(row,)) for row in both)
    assert behaviour_hash(one, "") != behaviour_hash(other, "")
    assert wording_hash(one) == wording_hash(other)
    assert behaviour_hash(one, "") != behaviour_hash(procedure(rules=({**rule, "takes": {"says": "whole"}},)), "")
