"""Names are followed on every day on which a row begins or ends; what only follows from a finding is not said too."""

import datetime as dt

from engine.definition import Procedure
from procedures.library import Library
from procedures.references import check_references, days_to_check
from tests.procedures.samples import SAMPLE, brief, edited, load_text, planted


def sample() -> Procedure:
    """The sample as types."""
    procedure = load_text(SAMPLE).procedure
    assert procedure is not None
    return procedure


def test_each_interval_between_changes_is_looked_at_once_from_the_first_version_on() -> None:
    assert days_to_check(sample()) == [dt.date(2022, 4, 1), dt.date(2024, 10, 1)]


def test_days_after_the_last_version_do_not_matter() -> None:
    versions = sample().versions
    ended = versions[1].model_copy(update={"until": dt.date(2030, 4, 1)})
    assert days_to_check(sample().model_copy(update={"versions": (versions[0], ended)}))[-1] == dt.date(2024, 10, 1)


def test_a_procedure_without_dates_has_one_interval() -> None:
    text = SAMPLE.replace(", until = 2024-10-01 }", " }").partition(
        '  { id = "start_month", says = "開始月", type = "month", cel = "month_after'
    )
    procedure = load_text(text[0] + text[2].partition("\n")[2]).procedure
    assert procedure is not None
    assert len(days_to_check(procedure.model_copy(update={"versions": ()}))) == 1


def test_a_finding_about_one_of_several_periods_is_placed_at_its_row() -> None:
    problems, spot = planted(('"month_after(case.arrived_on)",', '"month_after(case.arrived_on)", law = "«aplaw-7",'))
    assert [(".".join(one.path), (one.line, one.column)) for one in problems] == [
        ("rules.start_month.2024-10-01.law", spot),
    ]
    assert problems[0].ja.startswith("2024-10-01の定めでは、")
    assert problems[0].en.startswith("as of 2024-10-01: ")


def test_a_finding_that_holds_on_every_day_names_none() -> None:
    problems, _ = planted(('decider = "chief"', 'decider = "chef"'))
    assert [one.ja for one in problems] == ["役割(roles)に chef がありません。"]


def test_a_misspelt_state_is_not_also_unreachable() -> None:
    problems, _ = planted(('to = "notified", by', 'to = "notifed", by'))
    assert [brief(one) for one in problems] == [("D101", "events.issue.to", "notified のことですか")]


def test_links_to_procedures_that_are_not_there_yet_are_warnings() -> None:
    problems, spot = planted(('to = "other_procedure"', 'to = "«othr_procedure"'))
    assert [(*brief(one), one.severity, (one.line, one.column)) for one in problems] == [
        ("D127", "links.next.to", "other_procedure のことですか", "warning", spot),
    ]
    assert planted(('to = "other_procedure"', 'to = "elsewhere", outside = true'))[0] == []


def test_without_a_library_or_a_form_links_and_fields_are_left_alone() -> None:
    text, _ = edited(
        SAMPLE, ('"form.papers", "att', '"form.nothing", "att'), ('to = "other_procedure"', 'to = "nowhere"')
    )
    procedure = load_text(text).procedure
    assert procedure is not None
    assert check_references(procedure) == []


def test_our_procedures_have_no_error() -> None:
    library = Library()
    for procedure_id in library.ids():
        procedure, problems = library.load(procedure_id)
        assert procedure is not None
        assert [one.text() for one in problems if one.severity == "error"] == []
