"""One notice of a case in a form to hand over; who is given it is noted first."""

from __future__ import annotations

from typing import Any, NamedTuple

from engine.errors import NotPossibleNow, UnknownThing
from forms.gif import gif_names
from office import showing
from office.destroyed_shown import said
from office.gif import certificate
from office.letters import layout
from office.log_shown import Sent, notices
from office.session import Session


class Given(NamedTuple):
    """A notice as it is handed over, and the same as data."""

    text: str
    facts: dict[str, Any]


def given(session: Session, case_id: int, name: str | None, form: str) -> Given:
    """A notice of a case as text, as a page or in the national data model (451-2).

    Args:
        name: as `case notices` numbers it, such as 2-1; without it the last.

    Raises:
        Misused: nobody is named to see it.
        UnknownThing: there is no such notice.
        NotPossibleNow: its text was destroyed.
        NotExportable: it was written before notices had parts, or it breaks a rule of the national data model.
        StoreError: it could not be noted who sees this.
    """
    viewer = showing.viewer_of(session)
    with session.engine.reading(case_id) as work:
        showing.require_sight(work, viewer)
        one = _chosen(case_id, notices(work), name)
        field = f"notice.{one.seq}.{one.ordinal}"
        words: Any = work.read(field)
        if words is None:
            ja = f"案件{case_id}の通知{one.seq}-{one.ordinal}は出せません。{said(work, field)}"
            raise NotPossibleNow(ja, f"case {case_id}: the text of notice {one.seq}-{one.ordinal} was destroyed")
        number = work.edition.procedure.number
        shown = {name: kind for name, kind in showing.sensitivities(work) if name == field}
    if form == "gif":
        about = certificate.About(f"{case_id}-{one.seq}-{one.ordinal}", number)
        names = gif_names(session.declared.forms.folders)
        text = certificate.written(words, about, session.engine.ports.municipality, names)
    elif form == "html":
        text = layout.html(words, practice=session.store.practice)
    else:
        text = session.engine.ports.writer.text(words)
    showing.note(session, viewer, case_id, f"case notice {form}", shown)
    return Given(text, {**one._asdict(), "format": form, "text": text, "words": words})


def _chosen(case_id: int, there: list[Sent], name: str | None) -> Sent:
    names = [f"{one.seq}-{one.ordinal}" for one in there]
    if not there:
        raise UnknownThing(f"案件{case_id}の通知はまだありません。", f"case {case_id} has no notice yet", case=case_id)
    if name is None:
        return there[-1]
    if name not in names:
        ja = f"案件{case_id}に通知「{name}」はありません。あるのは{'・'.join(names)}です。"
        raise UnknownThing(ja, f"case {case_id} has no notice {name!r}, only {', '.join(names)}", case=case_id)
    return there[names.index(name)]
