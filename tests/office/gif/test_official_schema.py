"""Every procedure's submission in the national data model is right by the official schema, and broken ones are not."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
from lxml import etree

from forms.gif import gif_names
from forms.samples import Sampler
from office import session
from office.gif.envelope import NotExportable, Submission, envelope
from office.office import Definitions
from tests.office.gif.schema import needs_schemas, official
from tests.once import read_once

TODAY = dt.date(2025, 6, 2)
PD = "{http://xxx/xxx/gif/xxx}"
Exported = Callable[[str], str]


@pytest.fixture(scope="module")
def declared() -> Definitions:
    with read_once():
        return session.declarations("hitachinaka", ())


@pytest.fixture(scope="module")
def schema() -> etree.XMLSchema:
    return official()


def _exported(declared: Definitions, procedure: str) -> str:
    whole = declared.catalogue.procedure(procedure)
    form, _ = declared.forms.load(whole.form or "")
    assert form is not None
    document = Sampler(form, today=TODAY).sample(1)
    submission = Submission(form, document, whole.number, whole.title, TODAY)
    return envelope(submission, declared.municipality, gif_names())


@needs_schemas
def test_a_sample_of_every_procedure_is_right(declared: Definitions, schema: etree.XMLSchema) -> None:
    without, wrong, whole = [], {}, 0
    for procedure in declared.library.ids():
        try:
            written = etree.fromstring(_exported(declared, procedure))
        except NotExportable:
            without.append(procedure)
            continue
        whole += len(written.findall(f".//{PD}Person_MP03"))
        if not schema.validate(written):
            wrong[procedure] = str(schema.error_log.last_error)
    assert wrong == {}
    assert without == ["building_survey"]  # the city's own, nobody applies
    assert whole >= len(declared.library.ids()) - 2  # the form of the damage certificate asks for no birth date


@needs_schemas
@pytest.mark.parametrize(
    ("what", "right", "broken"),
    [
        ("no reading of the name", "<pd:givenNameKana>アツシ</pd:givenNameKana>", ""),
        ("a day in another calendar", "<pd:dateOfBirth>1955-08-08<", "<pd:dateOfBirth>昭和30年8月8日<"),
        ("an address without its code", "<pd:localGovernmentCode>082210</pd:localGovernmentCode>", ""),
        ("a name the model does not have", "pd:fullName>", "pd:wholeName>"),
        ("the applicant twice", "</applicant>", "</applicant><applicant/>"),
    ],
)
def test_a_mutant_is_wrong(declared: Definitions, schema: etree.XMLSchema, what: str, right: str, broken: str) -> None:
    whole = _exported(declared, "care_certification")
    assert right in whole, what
    assert schema.validate(etree.fromstring(whole))
    assert not schema.validate(etree.fromstring(whole.replace(right, broken)))
