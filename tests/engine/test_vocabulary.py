"""What the conditions of a procedure may read."""

from __future__ import annotations

from typing import Any

import pytest

from engine.definition import Procedure
from engine.municipality import Municipality
from engine.shapes import Many, Record, Scalar, Shape
from engine.vocabulary import roots_of


def roots(**keys: Any) -> dict[str, Shape]:  # noqa: ANN401 - any key of the format
    """The roots of a procedure of which only some keys matter."""
    text = dict.fromkeys(("title", "title_en", "title_easy", "field", "department", "form"), "x")
    day = dict.fromkeys(("effective_date", "version_by"), "case.arrived_on")
    procedure = Procedure.model_validate({"id": "sample", "number": 1, **text, **day, **keys})
    return roots_of(procedure, procedure, {}, Municipality(id="here", label="市", standing="default"))


@pytest.mark.parametrize(
    ("value", "shape"),
    [
        (3, Scalar("whole")),
        (1.5, Scalar("number")),
        (True, Scalar("yes_no")),
        ("x", Scalar("text")),
        (["a", "b"], Many(Scalar("text"))),
        ([3], Many(Scalar("whole"))),
        ([], Many(Scalar("text"))),
    ],
)
def test_a_parameter_has_the_shape_of_its_value(value: object, shape: Shape) -> None:
    assert roots(params={"one": value})["params"] == Record({"one": shape})


def test_a_count_is_a_whole_number_as_fact_and_as_answer() -> None:
    found = roots(
        facts=({"id": "dependents", "type": "whole", "says": "数", "source": "clerk"},),
        inputs=({"id": "reply", "label": "回答", "fields": {"copies": "whole"}},),
    )
    assert found["facts"] == Record({"dependents": Scalar("whole")})
    assert found["given"] == Record({"reply": Record({"copies": Scalar("whole")})})


def test_of_a_register_conditions_see_the_registrations_declared() -> None:
    found = roots(registrations=({"id": "recipient", "label": "台帳", "from": "case.arrived_on"},))["register"]
    yes_no, day = Scalar("yes_no"), Scalar("date")
    assert found == Record(
        {"recipient": Record({"live": yes_no, "suspended": yes_no, "ours": yes_no, "since": day, "until": day})}
    )
