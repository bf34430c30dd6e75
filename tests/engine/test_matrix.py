"""Only declared roles succeed, in every cell of post × event × state; a planted hole shows up in exactly its cells."""

import pytest

from engine import acts, standing
from tests.engine.journeys import in_memory
from tests.engine.matrix import cells, is_own, may, row_of, tried, wrong

PROCEDURES = ["badge", "permit", "grove", "loop"]


@pytest.mark.parametrize("procedure", PROCEDURES)
def test_in_every_cell_only_a_declared_role_gets_through(procedure: str) -> None:
    desk = in_memory()
    assert wrong(desk, procedure) == []


def test_the_matrix_has_cells_of_every_kind() -> None:
    desk = in_memory()
    found = {procedure: list(cells(desk, procedure)) for procedure in PROCEDURES}
    outcomes = {tried(desk, "permit", cell) for cell in found["permit"]}
    assert outcomes == {"done", "answers", "guarded", "elsewhere", "not yours"}
    assert {procedure: len(all_of) for procedure, all_of in found.items()} == {
        "badge": 8,
        "permit": 3132,
        "grove": 1014,
        "loop": 48,
    }


def test_a_hole_through_which_any_role_passes_is_found_in_exactly_the_cells_it_opens(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    desk = in_memory()
    monkeypatch.setattr(acts, "require_role", lambda *_: None)
    found = {cell for cell, _ in wrong(desk, "permit")}
    opened = set()
    for cell in cells(desk, "permit"):
        _, row = row_of(desk, "permit", cell)
        if row.by and not may(row, cell) and is_own(cell) and cell.actor.post != "other_clerk":
            opened.add(cell)
    assert found == opened
    assert len(found) > 900


def test_a_hole_through_which_any_citizen_passes_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    desk = in_memory()
    monkeypatch.setattr(standing, "against_anothers_case", lambda _work, _actor: None)
    found = {cell for cell, _ in wrong(desk, "permit")}
    assert {(cell.actor.post, cell.actor.person) for cell in found} == {("applicant", "p2")}
    assert {cell.event for cell in found} == {"submit", "withdraw", "answer"}


def test_a_hole_through_which_any_post_signs_any_step_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    desk = in_memory()
    monkeypatch.setattr(standing, "is_own", lambda *_: True)
    found = [cell for cell, _ in wrong(desk, "permit")]
    assert {cell.kind for cell in found} == {"step"}
    row = desk.ports.definitions.edition("permit", desk.clock.now().date()).tasks["step"].events["send_back"]
    assert not any(may(row, cell) for cell in found if cell.event == "send_back")
