"""A case kept between commands is the one that is stored, or it is read again; none comes from what was given up."""

from pathlib import Path

import pytest

from engine.actors import Actor
from engine.boundary import Boundary, Kind
from engine.commands import Engine
from engine.errors import Refusal
from engine.kept import Kept
from engine.state import CaseState, Whole
from engine.store import Store
from tests.engine.desk import Case, Desk
from tests.engine.journeys import submitted

_CLERK = Actor("clerk", "k1")


def _whole(case_id: int, version: int = 1) -> Whole:
    return Whole(CaseState(case_id, "p", "e", "m", "review", 0, 0, "f", version=version))


def _note(engine: Engine, case: Case) -> int:
    return engine.fire(case.id, "note", _CLERK, {"text": "x"}).version


def test_the_next_command_on_a_case_reads_of_it_only_where_its_log_ends(desk: Desk) -> None:
    case = submitted(desk)
    before = len(desk.gate.crossed)
    _note(desk.engine, case)
    read = [what for _, what in desk.gate.crossed[before:] if what.startswith("read")]
    assert [what for what in read if what.split()[1] in {"case_", "task", "clock", "timer"}] == ["read case_ head held"]


def test_a_case_that_another_program_moved_is_read_again(tmp_path: Path) -> None:
    with Store.open(tmp_path / "cases.db", practice=True) as store:
        desk = Desk(store)
        case = submitted(desk)
        with Store.open(tmp_path / "cases.db") as elsewhere:
            version = _note(Engine(elsewhere, desk.ports), case)
        assert _note(desk.engine, case) == version + 1 == len(case.log)
        assert [whole.case.head for whole in desk.engine.kept.all()] == [case.log[-1].hash]


def test_a_log_of_the_same_length_and_another_end_is_another_case(desk: Desk) -> None:
    case = submitted(desk)
    (kept,) = desk.engine.kept.all()
    kept.case.head, kept.case.state = "0" * 64, "nowhere"
    _note(desk.engine, case)
    assert case.whole.case.state == "review"


def test_nothing_is_kept_of_a_command_that_was_refused_or_only_read(desk: Desk) -> None:
    case = submitted(desk)
    with desk.engine.reading(case.id) as work:
        work.do("memo", "noted", "x", 1)
    assert desk.engine.kept.all() == [case.whole]
    with pytest.raises(Refusal):
        desk.engine.fire(case.id, "note", _CLERK, {"nothing": 1})
    assert desk.engine.kept.all() == []


def test_nothing_is_kept_of_a_command_that_was_stopped_before_its_commit(tmp_path: Path) -> None:
    class Stopping(Boundary):
        stops = False

        def cross(self, kind: Kind, what: str) -> None:
            if self.stops and kind == "commit":
                raise KeyboardInterrupt(what)

    boundary = Stopping()
    with Store.open(tmp_path / "cases.db", practice=True, boundary=boundary) as store:
        desk = Desk(store)
        case = submitted(desk)
        boundary.stops = True
        with pytest.raises(KeyboardInterrupt):
            _note(desk.engine, case)
        boundary.stops = False
        assert desk.engine.kept.all() == []
        assert _note(desk.engine, case) == case.whole.case.version


def test_what_was_used_longest_ago_is_dropped_first() -> None:
    kept = Kept(cases=2, events=10)
    for number in (1, 2, 3):
        kept.put(_whole(number))
    kept.put(kept.take(2) or _whole(0))
    kept.put(_whole(4))
    assert [whole.case.id for whole in kept.all()] == [2, 4]
    assert kept.take(1) is None


def test_long_logs_make_room_for_themselves() -> None:
    kept = Kept(cases=10, events=10)
    for number, version in ((1, 4), (2, 4), (3, 4), (3, 5)):
        kept.put(_whole(number, version))
    assert [whole.case.id for whole in kept.all()] == [2, 3]
    kept.put(_whole(5, 11))
    assert kept.all() == []
