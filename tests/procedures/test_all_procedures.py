"""What must hold of every procedure that is declared, whichever it is."""

from __future__ import annotations

import datetime as dt
import functools
from collections.abc import Iterator

import pytest
from lxml import etree

from engine.definition import Procedure
from engine.definition.rows import CommonError, Notice
from engine.edition import Edition
from engine.ports import NoticeOrder
from engine.shapes import Many, Record, Shape
from forms.breaking import Breaker
from forms.gif import gif_names
from forms.samples import Sampler
from office.gif import certificate
from office.letters import layout
from office.letters.words import Letters
from office.office import Definitions, definitions
from procedures.soundness.machines import machines_of, reached
from tests.office.gif.schema import HOME, official

CITY = "hitachinaka"
TODAY = dt.date(2022, 6, 1)
SEEDS = range(5)


@functools.cache
def declared() -> Definitions:
    return definitions(CITY)


def procedure(procedure_id: str) -> Procedure:
    return declared().catalogue.procedure(procedure_id)


@functools.cache
def sampler(procedure_id: str) -> Sampler:
    form, problems = declared().forms.load(procedure(procedure_id).form)
    assert form is not None, problems
    return Sampler(form, today=TODAY)


PROCEDURES = [entry.id for entry in declared().library.list()]
every_procedure = pytest.mark.parametrize("name", PROCEDURES)
ERRORS = [(name, row) for name in PROCEDURES for row in procedure(name).common_errors]
every_error = pytest.mark.parametrize(("name", "row"), ERRORS, ids=lambda one: getattr(one, "id", one))


@every_procedure
def test_it_loads_without_errors(name: str) -> None:
    loaded, problems = declared().library.load(name)
    assert loaded is not None
    assert [problem.text() for problem in problems if problem.severity == "error"] == []


@every_procedure
def test_every_edition_compiles(name: str) -> None:
    found = list(editions(name))
    assert {edition.id for edition in found} == {name}
    assert len({(edition.hash, edition.wording) for edition in found}) == len(found)


@every_procedure
def test_every_state_of_case_and_tasks_is_reached_on_every_day_of_change(name: str) -> None:
    for machine in (one for edition in editions(name) for one in machines_of(edition.procedure)):
        assert set(machine.states) - set(reached(machine.arrows(), machine.starts)) == set(), machine.path


@every_procedure
def test_every_end_has_one_outcome_and_every_outcome_a_state(name: str) -> None:
    whole = procedure(name)
    ends = {state.id for state in whole.states if state.kind in {"settled", "final"}}
    assert {outcome.state for outcome in whole.outcomes} == ends


@every_procedure
def test_every_notice_says_a_sentence_and_shows_answers_that_are_asked_and_labelled(name: str) -> None:
    whole = procedure(name)
    inputs = {row.id: row for row in whole.inputs}
    assert [row.id for row in whole.notices if not row.text.endswith("。")] == []
    for row in whole.notices:
        for path in row.carries:
            asked, _, field = path.partition(".")
            assert field in inputs[asked].labels if asked != "form" else path in row.labels, f"{row.id}: {path}"
            assert asked != "form" or step(sampler(name).form.shape, field.split(".")) is not None


@every_procedure
def test_every_notice_has_its_layouts_and_the_fields_of_the_national_model(name: str) -> None:
    """Its plain explanation beside the formal text, and 宛先・証明日・ID・名称・発行元 and the rest of 451-2."""
    edition = list(editions(name))[-1]
    whole, city, names = edition.procedure, declared().municipality, gif_names(declared().forms.folders)
    schema = official("certificate.xsd") if HOME.is_dir() else None
    for row in whole.notices:
        words = Letters().write(order(edition, row))
        text, page = layout.text(words), layout.html(words, practice=True)
        assert [one for one in (words["title"], words["body"], words["to"], *words["easy"]) if one not in text] == []
        assert "<b>" not in page
        assert page.count("教示") == bool(words["instruction"])
        xml = certificate.written(words, certificate.About("1-1-1", whole.number), city, names)
        root = etree.fromstring(xml.encode())
        tags = [one.tag.rpartition("}")[2] for one in root]
        assert [one for one in ("addressee", "certifiedOn", "id", "name", "subject", "issuer") if one not in tags] == []
        assert schema is None or schema.validate(root), schema.error_log


@every_procedure
def test_every_field_of_a_small_form_has_a_japanese_label(name: str) -> None:
    assert [
        f"{row.id}.{field}" for row in procedure(name).inputs for field in row.fields if field not in row.labels
    ] == []


@every_procedure
def test_every_disposition_has_its_notice_and_says_to_whom_one_may_appeal(name: str) -> None:
    whole = procedure(name)
    acts = [outcome for outcome in whole.outcomes if outcome.disposition]
    assert all(outcome.notice for outcome in acts)
    assert not acts or whole.appeal is not None


@every_procedure
@pytest.mark.parametrize("seed", SEEDS)
def test_its_form_accepts_a_sample_and_names_the_planted_defect(name: str, seed: int) -> None:
    maker = sampler(name)
    assert maker.checker.check(maker.sample(seed), at=TODAY).problems == ()
    broken = Breaker(maker).broken(seed)
    found = maker.checker.check(broken.document, at=TODAY).problems
    assert [(one.pointer, one.code) for one in found] == [(broken.pointer, broken.code)]


@every_error
def test_a_common_error_is_planted_where_the_form_or_a_register_has_it(name: str, row: CommonError) -> None:
    assert row.plant
    whole = procedure(name)
    registers = {path.split(".")[1] for check in whole.checks for path in check.reads if path[:9] == "register."}
    known = {"register": registers, "facts": {fact.id for fact in whole.facts if fact.source == "register"}}
    for path in row.plant:
        root, *names = path.split(".")
        assert step(sampler(name).form.shape, names) if root == "form" else names[0] in known[root], path


@every_error
def test_a_common_error_is_shown_by_a_check_or_clock_and_has_a_right_answer(name: str, row: CommonError) -> None:
    whole = procedure(name)
    checks = {check.id: check for check in whole.checks}
    events = {event.id for event in whole.events if event.by}
    assert row.check is None or row.check in checks
    assert row.clock is None or row.clock in whole.clocks
    right = row.right or (checks[row.check].on_fail if row.check else None)
    assert right in events


@every_error
def test_the_form_takes_an_application_with_a_common_error(name: str, row: CommonError) -> None:
    """A mistake that the form itself refused would never reach the office; what it says concerns the planted place."""
    maker = sampler(name)
    planted = {path.removeprefix("form."): value for path, value in row.plant.items() if path.startswith("form.")}
    problems = maker.checker.check(maker.sample(1, planted), at=TODAY).problems
    places = {"/" + path.replace(".", "/") for path in planted}
    assert [one.ja for one in problems if one.pointer not in places] == []


def editions(name: str) -> Iterator[Edition]:
    """Every edition from each day on which something else comes into force."""
    whole = procedure(name)
    for start in declared().catalogue.starts(whole):
        if whole.has_version(start):
            yield declared().catalogue.edition(name, start)


def order(edition: Edition, row: Notice) -> NoticeOrder:
    """A notice of a case in which everything that it can carry was answered."""
    told = next((one.id for one in edition.procedure.outcomes if one.notice == row.id), None)
    days = {"month": "2022-06"}
    labelled = {
        one.id: {name: days.get(str(kind), "2022-06-01") for name, kind in one.fields.items()}
        for one in edition.procedure.inputs
    }
    return NoticeOrder(
        edition=edition,
        municipality=declared().municipality,
        notice=row.id,
        recipient="applicant",
        case_id=1,
        on=TODAY,
        numbers={"receipt": "第1号", "document": "第2号"},
        given={path.partition(".")[0]: labelled.get(path.partition(".")[0], {}) for path in row.carries},
        outcome=told,
        reasons={"ground": "x", "reason": "<b>理由"},
        form=sampler(edition.id).sample(1),
        period=("2022-06", None),
    )


def step(shape: Shape, names: list[str]) -> Shape | None:
    """The shape at a path; a number, or nothing, steps into a list."""
    if isinstance(shape, Many):
        return step(shape.item, names[1:] if names and names[0].isdigit() else names)
    if not names:
        return shape
    inner = shape.fields.get(names[0]) if isinstance(shape, Record) else None
    return None if inner is None else step(inner, names[1:])
