"""A case goes on under the definition it began with, as the store kept it, whatever is edited."""

import pytest

from engine import archive
from engine.errors import UnknownThing
from engine.store import Transaction
from tests.engine.desk import MONDAY, Case, Desk
from tests.engine.journeys import looked_at, submitted
from tests.engine.made_up.shelf import Shelf, changed, compiled, declared, forgotten


def edited() -> Shelf:
    """The permit as somebody rewrote it: the clerk may not draft any more."""
    rows = [row.model_dump(by_alias=True, exclude_defaults=True) for row in declared("permit").events]
    return changed("permit", events=[row for row in rows if row["id"] != "propose"])


@pytest.mark.parametrize("name", ["badge", "permit", "grove", "loop"])
def test_what_is_written_of_an_edition_reads_back_as_the_same(name: str) -> None:
    with forgotten():
        edition = compiled(declared(name), MONDAY.date())
        kept = archive.read(archive.write(edition))
        assert (kept.procedure, kept.on, kept.form_hash) == (declared(name), MONDAY.date(), edition.form_hash)
        assert kept.forms == dict(edition.forms)
    with forgotten():
        assert compiled(kept.procedure, kept.on).hash == edition.hash


def test_a_case_goes_on_under_its_definition_after_an_edit(desk: Desk) -> None:
    case = looked_at(desk)
    with forgotten():
        later = Case(desk.using(edited()), case.id)
        assert later.fire("propose", "clerk:k1", {"amount": 2000}).state == "deciding"


def test_a_new_case_runs_under_the_edited_definition(desk: Desk) -> None:
    submitted(desk)
    with forgotten():
        case = looked_at(desk.using(edited()))
    with pytest.raises(UnknownThing, match="「propose」という操作はこの手続にありません"):
        case.fire("propose", "clerk:k1", {"amount": 2000})


def test_a_case_whose_definition_nobody_has_says_so(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    case = submitted(desk)
    monkeypatch.setattr(Transaction, "definition", lambda *_: None)
    with forgotten(), pytest.raises(UnknownThing, match="版がありません"):
        Case(desk.using(edited()), case.id).fire("note", "clerk:k1", {"text": "x"})
