"""The attachments that a case asks for now: which a citizen brings, and which a look-up in a register stands in for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from engine.definition.rows import Attachment
from office import lookups
from office.attachments import LINKED, asked_for, is_linked, labels
from office.lookups import Whom
from office.session import Session
from office.showing import viewer_of
from registers.port import Value, vocabulary

PURPOSE = "case papers"
Known = Mapping[str, Value] | None


def papers(session: Session, case_id: int, whom: Whom | None) -> tuple[list[str], list[dict[str, Any]]]:
    """The attachments of a case, in words and as data; of a resident with what the registers know instead.

    Raises:
        Misused: `whom` without somebody who looks.
        NotYourTurn: it is a citizen, or what is looked up is not for the viewer.
        UnknownThing: no such resident or city.
        StoreError: a look-up could not be noted, so nothing was looked up.
    """
    with session.engine.reading(case_id) as work:
        rows = [(row, is_linked(work, row)) for row in asked_for(work)]
        keys = list(dict.fromkeys(key for row, linked in rows if linked for key in row.linked))
        if whom is None:
            return _told(rows, None)
        viewer = viewer_of(session)
        lookups.require_office(work, viewer, [vocabulary()[key].sensitivity for key in keys] or ["general"])
        today = work.today
    counter, look_ups = lookups.counter(session, case_id, viewer, PURPOSE, whom, today)
    lines, facts = _told(rows, counter.read(whom.person, keys, whom.person))
    return [*lines, *lookups.told(look_ups)], facts


def _told(rows: list[tuple[Attachment, bool]], known: Known) -> tuple[list[str], list[dict[str, Any]]]:
    lines = [_line(row, known, linked=linked) for row, linked in rows]
    facts = [_facts(row, known, linked=linked) for row, linked in rows]
    return lines or ["いま要る添付書類はありません。"], facts


def _line(row: Attachment, known: Known, *, linked: bool) -> str:
    registers = "・".join(labels(row))
    if not linked:
        return f"{row.label}: 申請者が出す{'(なくてもよい)' if row.optional else ''}"
    if known is None:
        return f"{row.label}: {LINKED}({registers})。申請者に求めない"
    found = "、".join(_values(row, known))
    if found:
        return f"{row.label}: {LINKED}した({found})"
    return f"{row.label}: {registers}に記録がない。申請者に求める"


def _values(row: Attachment, known: Mapping[str, Value]) -> Iterator[str]:
    for key in row.linked:
        if key in known:
            value = known[key]
            yield f"{vocabulary()[key].label} {'・'.join(value) if isinstance(value, list) else value}"


def _facts(row: Attachment, known: Known, *, linked: bool) -> dict[str, Any]:
    found = {key: known[key] for key in row.linked if key in known} if known is not None else {}
    state = "asked" if not linked else "linked" if known is None else "confirmed" if found else "unknown"
    return {"id": row.id, "label": row.label, "optional": row.optional, "linked": list(row.linked), "state": state}
