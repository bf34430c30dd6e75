"""What the page on the one writer shows can be run as it stands."""

from pathlib import Path

from benchmarks.life import NOON, PROCEDURE
from engine.actors import Actor
from engine.clock import SimulatedClock
from engine.store import Store
from engine.writer import Writer
from office.office import definitions, engine_for
from tests.docs.pages import blocks
from tests.house.layout import ROOT

PAGE = ROOT / "docs" / "explanation" / "writer.md"
CLIENT = "    receipt = engine.open(procedure, applicant)"


def test_an_engine_with_a_writer_is_made_as_the_page_shows(tmp_path: Path) -> None:
    given = {
        "Store": Store,
        "Writer": Writer,
        "engine_for": engine_for,
        "place": tmp_path / "town.db",
        "declared": definitions("hitachinaka"),
        "clock": SimulatedClock(NOON),
        "procedure": PROCEDURE,
        "applicant": Actor("applicant", "p1"),
    }
    exec(blocks(PAGE, "python")[0] + "\n" + CLIENT, given)  # noqa: S102 - a page of ours
    assert vars(given["receipt"])["case_id"] == 1
