"""The catalogue: editions by day, pinned by hash, and kept through every later edit of a definition."""

from __future__ import annotations

import datetime as dt
import json
import shutil
from typing import TYPE_CHECKING

import pytest

from engine import archive
from engine.actors import Actor
from engine.clock import JST, SimulatedClock
from engine.errors import DefinitionError, StoreError, UnknownThing
from engine.store import Store
from forms.loader import OURS
from office.office import definitions, engine_for
from procedures.files import our_folder

if TYPE_CHECKING:
    from pathlib import Path

CLAIM = "child_allowance_claim"
APPLICANT = Actor("applicant", "p1")
MAY = dt.datetime(2022, 5, 30, 10, 0, tzinfo=JST)


def example() -> dict[str, object]:
    """A valid claim of 2022."""
    loaded: dict[str, object] = json.loads((OURS / "childcare" / f"{CLAIM}.example.json").read_text(encoding="utf-8"))
    return loaded


def edited(folder: Path, old: str, new: str) -> Path:
    """A folder with our procedure, one text replaced."""
    source = our_folder() / "childcare" / f"{CLAIM}.toml"
    (folder / "childcare").mkdir(parents=True)
    text = source.read_text(encoding="utf-8")
    assert old in text
    (folder / "childcare" / source.name).write_text(text.replace(old, new, 1), encoding="utf-8")
    shutil.copy(source.with_suffix(".simulation.toml"), folder / "childcare")
    return folder


def test_each_day_has_the_edition_in_force() -> None:
    catalogue = definitions("hitachinaka").catalogue
    spring, summer = (catalogue.edition(CLAIM, dt.date(2022, month, 1)) for month in (5, 6))
    assert spring.hash != summer.hash
    assert catalogue.edition(CLAIM, dt.date(2022, 5, 31)) is spring
    assert catalogue.pinned(CLAIM, summer.hash) is summer


def test_a_day_without_law_is_refused() -> None:
    with pytest.raises(UnknownThing, match="2011-04-01に当てはまる"):
        definitions("hitachinaka").catalogue.edition(CLAIM, dt.date(2011, 4, 1))


def test_an_edition_kept_in_the_store_builds_to_the_same_hash() -> None:
    declared = definitions("hitachinaka")
    edition = declared.catalogue.edition(CLAIM, dt.date(2022, 6, 1))
    text = archive.write(edition)
    again = definitions("hitachinaka").catalogue.revive(edition.hash, text)
    assert again.hash == edition.hash
    assert archive.write(again) == text


def test_a_kept_definition_that_was_altered_is_refused() -> None:
    catalogue = definitions("hitachinaka").catalogue
    edition = catalogue.edition(CLAIM, dt.date(2022, 6, 1))
    text = archive.write(edition).replace('"hold_days":30', '"hold_days":31')
    with pytest.raises(DefinitionError):
        definitions("hitachinaka").catalogue.revive(edition.hash, text)


@pytest.mark.parametrize("text", ["", "{}", "[]", '{"procedure": 1}', "null", '{"forms": {"x": 3}}'])
def test_a_kept_definition_that_cannot_be_read_is_a_sentence(text: str) -> None:
    with pytest.raises(StoreError, match="保存された定義を読めません"):
        definitions("hitachinaka").catalogue.revive("0" * 64, text)


def test_a_running_case_keeps_its_definition_when_a_guard_is_edited(tmp_path: Path) -> None:
    clock = SimulatedClock(MAY)
    with Store.open(tmp_path / "cases.db", practice=True) as store:
        engine = engine_for(definitions("hitachinaka"), store, clock)
        case = engine.open(CLAIM, APPLICANT).case_id
        engine.fire(case, "submit", APPLICANT, example())
        with engine.reading(case) as work:
            began = work.edition.hash
        folder = edited(
            tmp_path / "over",
            'when = "consented", asks = "duplicate"',
            'when = "consented && checks.holder.passed == true", asks = "duplicate"',
        )
        later = engine_for(definitions("hitachinaka", [folder]), store, clock)
        with later.reading(case) as work:
            assert work.edition.hash == began
        later.fire(case, "withdraw", APPLICANT, {"reason": "都合により"})
        fresh = later.open(CLAIM, APPLICANT).case_id
        later.fire(fresh, "submit", APPLICANT, example())
        with later.reading(fresh) as work:
            assert work.edition.hash != began


def test_a_label_forks_no_version(tmp_path: Path) -> None:
    ours = definitions("hitachinaka").catalogue.edition(CLAIM, dt.date(2022, 6, 1))
    folder = edited(tmp_path / "over", 'label = "認定を起案する"', 'label = "認定の案を作る"')
    theirs = definitions("hitachinaka", [folder]).catalogue.edition(CLAIM, dt.date(2022, 6, 1))
    assert ours.hash == theirs.hash
    assert ours.wording != theirs.wording


def test_no_case_opens_under_a_definition_with_errors(tmp_path: Path) -> None:
    folder = edited(tmp_path / "over", 'to = "returned", by = "clerk"', 'to = "retured", by = "clerk"')
    with Store.open(tmp_path / "cases.db", practice=True) as store:
        engine = engine_for(definitions("hitachinaka", [folder]), store, SimulatedClock(MAY))
        with pytest.raises(DefinitionError) as caught:
            engine.open(CLAIM, APPLICANT)
        assert "returned" in caught.value.text()
        with store.reading() as tx:
            assert list(tx.cases()) == []
