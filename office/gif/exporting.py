"""The submission of a case, or a made-up one, in the national data model; who takes it out of a case is noted first."""

from __future__ import annotations

import datetime as dt

from engine.actors import Actor
from engine.clock import from_seconds
from engine.errors import DefinitionError
from engine.shapes import Sensitivity
from forms.gif import gif_names
from forms.samples import PLACE, Sampler
from office import answers_shown, destroyed_shown, showing
from office.gif.envelope import NotExportable, Submission, envelope
from office.office import Definitions
from office.session import Session
from registers.fiction import places

_FORM = "form"


def case(session: Session, case_id: int) -> str:
    """The latest answers to the form of a case, as XML.

    Raises:
        Misused: nobody is named to see them.
        NotExportable: nothing was submitted, or some of it was destroyed.
        StoreError: it could not be noted who sees this.
    """
    viewer = showing.viewer_of(session)
    submission, shown = _submission(session, case_id, viewer)
    written = envelope(submission, session.engine.ports.municipality, gif_names(session.declared.forms.folders))
    showing.note(session, viewer, case_id, "export gif", shown)
    return written


def _submission(session: Session, case_id: int, viewer: Actor) -> tuple[Submission, dict[str, Sensitivity]]:
    with session.engine.reading(case_id) as work:
        showing.require_sight(work, viewer)
        arrived, given = work.whole.case.arrived_at, work.whole.case.memo.get("given", {})
        form = session.declared.forms.load(work.edition.procedure.form or "")[0]
        if arrived is None or form is None or _FORM not in given:
            ja = f"案件{case_id}には、出された申請データがありません。"
            raise NotExportable(ja, f"case {case_id}: nothing was submitted", case=case_id)
        latest = f"{_FORM}.{given[_FORM]}"
        gone = [name for name in destroyed_shown.facts(work) if name in {latest, f"{latest}.special_care"}]
        if gone:
            words = "、".join(f"{destroyed_shown.words(work, one)} {destroyed_shown.said(work, one)}" for one in gone)
            ja = f"案件{case_id}の申請データは廃棄されたので、GIFにできません: {words}。"
            raise NotExportable(ja, f"case {case_id}: destroyed: {', '.join(gone)}", case=case_id)
        shown = {name: kind for name, kind in answers_shown.values(work).items() if name.startswith(f"{_FORM}.")}
        procedure = work.edition.procedure
        day = from_seconds(arrived).date()
        return Submission(form, work.answers(_FORM), procedure.number, procedure.title, day), shown


def sample(declared: Definitions, procedure: str, seed: int, today: dt.date) -> str:
    """Made-up answers to the form of a procedure, as XML; the same for the same seed and day.

    Raises:
        UnknownThing: there is no such procedure, or the code of the city is not known.
        DefinitionError: its declaration or its form has errors.
        NotExportable: the form asks for no applicant.
    """
    whole = declared.catalogue.procedure(procedure)
    form, problems = declared.forms.load(whole.form or "")
    if form is None:
        raise DefinitionError(problems)
    city = declared.municipality
    place = city.id if city.id in places() else PLACE
    document = Sampler(form, today=today, place=place).sample(seed)
    return envelope(
        Submission(form, document, whole.number, whole.title, today), city, gif_names(declared.forms.folders)
    )
