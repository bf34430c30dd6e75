"""Every place with a condition is listed, with what it may read, and can be found in the file."""

import datetime as dt

import pytest

from engine.definition import Procedure
from engine.definition.in_force import in_force
from engine.texts import texts_of
from procedures.cel_texts import CelContext, cel_texts
from procedures.library import Library
from procedures.references import days_to_check
from tests.procedures.samples import SAMPLE, edited, load_text

CHANGE = dt.date(2024, 10, 1)


def sample(*edits: tuple[str, str]) -> Procedure:
    """The sample as types, after some edits."""
    procedure = load_text(edited(SAMPLE, *edits)[0]).procedure
    assert procedure is not None
    return procedure


@pytest.mark.parametrize(
    ("path", "text", "context"),
    [
        (("effective_date",), "rules.start_month", CelContext("month")),
        (("version_by",), "case.arrived_on", CelContext("date")),
        (("conditions", "refusable", "cel"), "facts.resident_here == false", CelContext("yes_no")),
        (("rules", "start_month", "cel"), "month_of(case.arrived_on)", CelContext("month", until=CHANGE)),
        (
            ("rules", "start_month", "2024-10-01", "cel"),
            "month_after(case.arrived_on)",
            CelContext("month", since=CHANGE),
        ),
        (("events", "propose", "when"), "review_ok", CelContext("yes_no", asks="proposal")),
        (("checks", "resident", "passes"), "facts.resident_here == true", CelContext("yes_no")),
        (("attachments", "proof", "when"), "facts.resident_here != true", CelContext("yes_no")),
        (("registrations", "ledger", "from"), "rules.start_month", CelContext("month")),
        (("clocks", "standard", "counts_from"), "case.arrived_on", CelContext("date")),
    ],
)
def test_a_text_is_listed_with_its_context(path: tuple[str, ...], text: str, context: CelContext) -> None:
    assert (path, text, context) in [tuple(one) for one in cel_texts(sample())]


def test_texts_of_tasks_routes_and_clocks_are_listed() -> None:
    texts = cel_texts(
        sample(
            (
                'from = "pending", to = "decided", by = "chief"',
                'from = "pending", to = "decided", by = "chief", when = "task.turn"',
            ),
            ('decider = "chief" }', 'decider = "chief", when = "refusable" }'),
            ("limit = { days = 30", 'extended_by = { event = "issue", new_limit = "case.today" }\nlimit = { days = 30'),
            ("breach = {", 'due = { days_before = 5, when = "refusable" }\nbreach = {'),
            ("version_by", 'priority = "refusable"\nversion_by'),
            ('says = "届いたとみる日", days_of = "delivery_days"', 'says = "届いたとみる日", date = "case.today"'),
            ('reasons = "always"', 'reasons = "refusable"'),
        )
    )
    found = {one.path: (one.text, one.context) for one in texts}
    assert found["tasks", "approval_step", "events", "decide", "when"] == (
        "task.turn",
        CelContext("yes_no", task="approval_step"),
    )
    assert found["approval", "main", "levels", "section", "when"][0] == "refusable"
    assert found["clocks", "standard", "extended_by", "new_limit"] == ("case.today", CelContext("date"))
    assert found["clocks", "standard", "due", "when"][0] == "refusable"
    assert found["priority",][0] == "refusable"
    assert found["timers", "delivery", "date"] == ("case.today", CelContext("date"))
    assert found["outcomes", "rejected", "reasons"] == ("refusable", CelContext("yes_no"))


def test_reasons_that_are_always_given_are_no_condition() -> None:
    assert ("outcomes", "rejected", "reasons") not in [one.path for one in cel_texts(sample())]


def test_every_text_that_the_engine_compiles_is_listed() -> None:
    library = Library()
    for procedure_id in library.ids():
        procedure, _ = library.load(procedure_id)
        assert procedure is not None
        listed = {(one.path[0], one.path[1] if len(one.path) > 1 else "", one.text) for one in cel_texts(procedure)}
        for day in days_to_check(procedure):
            for placed in texts_of(in_force(procedure, day), {}):
                path = placed.source.path
                assert (path[0], path[1] if len(path) > 1 else "", placed.source.cel) in listed


def test_every_text_is_found_in_its_file() -> None:
    library = Library()
    for procedure_id in library.ids():
        loaded = library.read(procedure_id)
        assert loaded.procedure is not None
        assert loaded.places is not None
        for one in cel_texts(loaded.procedure):
            place = loaded.places.place(one.path)
            line, column = place.spot()
            first = one.text.split("\n")[0]
            assert first in place.source.text.split("\n")[line - 1][column - 1 :].replace('\\"', '"')
