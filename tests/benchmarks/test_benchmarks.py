"""The benchmarks run, and their arithmetic is what their tables say."""

from __future__ import annotations

import json
import re
import sqlite3
import sys
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from benchmarks import clients, exploring, kernel, loading, memory, million, postgres, spiff
from benchmarks.__main__ import main
from benchmarks.bare import Bare
from benchmarks.durable import Turns
from benchmarks.life import answers, life, office
from benchmarks.rounds import interleaved
from benchmarks.statements import Alone
from benchmarks.tables import table
from benchmarks.year import weighed
from engine.commands import Receipt
from engine.store import Store
from office.office import definitions

if TYPE_CHECKING:
    from tests.postgres import Server


def test_a_round_gives_each_rival_one_turn_and_the_first_round_does_not_count() -> None:
    turns: list[str] = []
    luck = iter([90.0, 1.0, 90.0, 2.0, 90.0, 9.0])

    def ours() -> float:
        turns.append("ours")
        return next(luck)

    def theirs() -> float:
        turns.append("theirs")
        return next(luck)

    assert interleaved({"ours": ours, "theirs": theirs}, 2, "") == {"ours": 90.0, "theirs": 5.5}
    assert turns == ["ours", "theirs"] * 3


def test_the_ratio_is_bare_time_by_command_time_and_the_quickest_cases_are_told_apart() -> None:
    turns = Turns({"open": [1.0, 2.0, 4.0], "submit": [3.0, 6.0, 4.0]}, [[1.0, 1.0], [2.0, 4.0], [4.0, 4.0]])
    turns.alone = [[1.0, 3.0], [3.0, 3.0], [8.0, 8.0]]
    turns.anew = [[4.0, 4.0], [8.0, 8.0], [8.0, 8.0]]
    assert turns.ratio() == 0.75
    assert turns.ratio(0.25) == 0.5
    assert turns.ceiling() == 0.5
    assert turns.ratio_anew() == 0.375
    assert turns.means() == (4000.0, 8000.0, 3000.0, 3000.0)


def test_statements_alone_leave_the_same_rows(tmp_path: Path) -> None:
    alone = Alone(definitions("hitachinaka"), tmp_path, tmp_path / "copy.db", "FULL")
    assert len(alone.case()) == len(list(life(office(definitions("hitachinaka"), ":memory:"), answers())))
    alone.close()
    noted, copy = (_logs(tmp_path / name) for name in ("noted-FULL.db", "copy.db"))
    assert len(copy) > 30
    assert copy == noted


def _logs(file: Path) -> list[tuple[int, int, str]]:
    with closing(sqlite3.connect(file)) as again:
        return again.execute("SELECT case_id, seq, hash FROM event ORDER BY case_id, seq").fetchall()


def test_a_table_keeps_its_figures_to_the_right() -> None:
    assert table("T", ["what", "ms"], [["a", "1.00"], ["longer", "10.00"]], ["note"]).splitlines() == [
        "T",
        "what       ms",
        "------  -----",
        "a        1.00",
        "longer  10.00",
        "note",
    ]


def test_the_measured_life_ends_paid() -> None:
    engine = office(definitions("hitachinaka"), ":memory:")
    receipts = [command() for _, command in life(engine, answers())]
    assert (receipts[-1].state, receipts[-1].closed) == ("granted", True)
    engine.store.close()


def test_a_bare_step_is_kept(tmp_path: Path) -> None:
    bare = Bare(tmp_path / "bare.db", "FULL")
    bare.step()
    bare.close()
    with closing(sqlite3.connect(tmp_path / "bare.db")) as again:
        assert again.execute("SELECT version, (SELECT count(*) FROM log) FROM cases").fetchone() == (1, 1)


def test_an_open_case_weighs_something() -> None:
    weight = weighed(300)
    assert weight is None or 1_000 < weight < 1_000_000


def test_many_clients_are_held_against_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clients, "CASES", 4)
    monkeypatch.setattr(clients, "MANY", 4)
    said = clients.report(definitions("hitachinaka"), 1, tmp_path)
    for part in ("SQLite, one client", "PostgreSQL, 4 clients", "one client, no writer", "p99", "On PostgreSQL, where"):
        assert part in said


def test_a_crowded_store_is_sound_and_goes_on_counting_its_cases(tmp_path: Path) -> None:
    declared = definitions("hitachinaka")
    place = tmp_path / "cases.db"
    million.made(declared, place, 60)
    with Store.open(place) as store, store.reading() as tx:
        assert [case.id for case in tx.cases()] == list(range(1, 61))
        assert [case.state for case in tx.cases(after=40, limit=3)] == ["granted", "deciding", "substantive_review"]
        assert len(tx.open_items(["counter"])) == 3 * 4
        assert tx.next_number("case") == 61
    with closing(sqlite3.connect(place)) as connection:
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []


def test_a_large_store_is_held_against_a_small_one(tmp_path: Path) -> None:
    said = million.report(definitions("hitachinaka"), 1, tmp_path, 2_000)
    for part in ("2,000 stored cases against 1,000", "inbox of the decider", "tick, nothing due", "were copied in"):
        assert part in said


def test_the_rival_does_the_same_eight_steps(tmp_path: Path) -> None:
    rival, engine = spiff.Spiff(tmp_path / "spiff.db"), spiff.ours(tmp_path / "ours.db")
    assert tuple(step() for step in spiff.spiff_steps(rival)) == spiff.STEPS
    receipts = [step() for step in spiff.our_steps(engine)]
    assert [one.events for one in receipts if isinstance(one, Receipt)] == [(name,) for name in spiff.STEPS]
    assert [one.state for one in receipts if isinstance(one, Receipt)][-1] == "noted"
    rival.close()
    engine.store.close()
    with closing(sqlite3.connect(tmp_path / "spiff.db")) as again:
        (body,) = again.execute("SELECT body FROM cases").fetchone()
    stored = json.loads(body)
    assert (stored["completed"], stored["data"]) == (True, spiff.ANSWERS)


def test_the_ratio_is_its_time_by_ours_and_the_quickest_of_its_cases_are_told_apart() -> None:
    pairs = [(4.0, 1.0), (2.0, 1.0), (9.0, 3.0)]
    assert (spiff.ratio(pairs), spiff.ratio(pairs, 0.25)) == (3.0, 2.0)


def test_a_process_is_weighed_twice_within_its_life(tmp_path: Path) -> None:
    weights = memory.weighed(tmp_path, 15, 30)
    assert weights is None or all(one > 10_000_000 for one in weights)


def test_every_comparison_prints_a_table_and_says_what_it_ran_on(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(loading, "CITIES", ("omitama",))
    main(["durable", "checks", "loading", "--rounds", "1"])
    said = capsys.readouterr().out
    for part in (
        "cores",
        "SQLite",
        "Durable commands",
        "read anew",
        "quickest quarter",
        "Checking the form",
        "Loading procedure 1",
    ):
        assert part in said


def test_a_bare_step_on_postgresql_is_one_statement_that_moves_the_row_and_grows_the_log(server: Server) -> None:
    place = server.place()
    server.execute(*postgres.TABLES, place=place)
    bare = postgres.Bare(place, 3)
    bare.step()
    bare.step()
    bare.close()
    told = "SELECT version, (SELECT array_agg(seq) FROM bare_log WHERE case_id = id) FROM bare_case WHERE id = 3"
    assert server.execute(told, place=place) == [(2, [1, 2])]


@pytest.mark.skipif(sys.platform != "linux", reason="its clients are forked")
def test_the_comparison_on_postgresql_prints_a_line_for_each_number_of_clients(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(postgres, "CLIENTS", (1, 2))
    main(["postgres", "--rounds", "1"])
    lines = capsys.readouterr().out.splitlines()
    assert "Commands on PostgreSQL" in lines[-5]
    assert [line.split()[0] for line in lines[-2:]] == ["1", "2"]


def test_every_way_of_a_case_is_counted_and_timed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(exploring, "PROCEDURES", ("pregnancy_notice",))
    monkeypatch.setattr(exploring, "HARDEST", "pregnancy_notice")
    said = exploring.report(definitions("hitachinaka"), rounds=1)
    places, ways = map(int, re.search(r"pregnancy_notice +(\d+) +(\d+)", said).groups())  # type: ignore[union-attr]
    assert 20 < places < ways
    assert "Met" in said.splitlines()[-1]


def test_an_unknown_name_is_wrong_usage(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as left:
        main(["durabel"])
    assert left.value.code == 2
    assert "there is no 'durabel'" in capsys.readouterr().err


def test_loading_takes_at_most_three_times_parsing_and_compiling() -> None:
    spent = loading.load(["hitachinaka"], ["donation_offer", "pregnancy_notice"])
    assert 0 < spent.parsing < spent.whole
    assert 0 < spent.compiling < spent.whole
    assert spent.ratio <= 3


def test_the_kernel_and_simpy_do_the_same_work_and_the_table_says_who_is_how_fast() -> None:
    months = 40 * 8 * 3600
    ours = kernel._kernel("kernel", 1, months)()  # noqa: SLF001
    theirs = kernel._simpy(1, months)  # noqa: SLF001
    assert ours == pytest.approx(theirs, rel=0.1)
    text = kernel.report(1, months)
    assert "SimPy" in text
    assert re.search(r"^kernel .* at least 1.5: (met|missed)$", text, re.MULTILINE)
