"""A log of past cases: what was put into it is found again, what cannot be found is said, bad rows are told."""

from __future__ import annotations

import datetime as dt
import math
import random
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from engine.clock import JST
from simulation.calibration.durations import bursts, lognormal
from simulation.calibration.findings import BadFigures
from simulation.calibration.logs import FromLog, Where, fit_log
from simulation.calibration.past import read_past
from simulation.preparing import simulated_of
from tests.simulation.calibration.conftest import CERTIFICATION

if TYPE_CHECKING:
    from office.office import Definitions

START = dt.datetime(2022, 4, 4, 9, tzinfo=JST)
CASES = 150


def rows(cases: int = CASES) -> list[tuple[str, str, dt.datetime]]:
    """Cases on weekdays of half a year whose doctors take 14 days (σ 0.6); a tenth of the visits is postponed."""
    luck = random.Random(1)
    found = []
    for number in range(cases):
        name, at = f"c{number}", START + dt.timedelta(days=7 * (number // 5) + number % 5)
        begun = at + dt.timedelta(days=1)
        found += [(name, "submit", at), (name, "accept", begun), (name, "opinion.request_opinion", begun)]
        found += [(name, "survey.assign_surveyor", begun), (name, "survey.fix_date", begun + dt.timedelta(days=2))]
        later = begun + dt.timedelta(days=14 * math.exp(luck.gauss(0, 0.6)))
        visit = "survey.postpone" if number % 10 == 0 else "survey.conduct"
        found += [(name, visit, begun + dt.timedelta(days=9)), (name, "opinion.receive", later)]
    return found


def table(
    folder: Path, cells: list[tuple[str, str, str]], head: str = "案件,できごと,日時", encoding: str = "utf-8"
) -> Path:
    path = folder / "past.csv"
    path.write_text("\n".join([head, *(",".join(row) for row in cells)]) + "\n", encoding=encoding)
    return path


def fitted(declared: Definitions, path: Path) -> FromLog:
    one = simulated_of(declared, CERTIFICATION)
    return fit_log(read_past(path), one.procedure, one.plan, Where(155_000, declared.calendar.is_open))


def test_what_was_put_into_a_log_is_found_again(declared: Definitions, tmp_path: Path) -> None:
    found = fitted(declared, table(tmp_path, [(a, b, at.isoformat()) for a, b, at in rows()]))
    doctor = next(row for row in found.plan.waits if row.id == "doctor")
    assert doctor.days == pytest.approx(14, rel=0.12)
    assert doctor.spread == pytest.approx(0.6, abs=0.08)
    visits = next(row for row in found.plan.chooses if row.at == "scheduled")
    assert visits.shares == {"conduct": pytest.approx(0.9), "postpone": pytest.approx(0.1)}
    assert found.plan.arrivals is not None
    assert found.plan.arrivals.per_year == pytest.approx(CASES * 365 / 208, rel=0.01)
    said = "\n".join(found.fitted)
    assert "待ち「主治医意見書」" in said
    assert "対数正規に合います(KS距離" in said
    assert "偶然の範囲" in said


def test_what_could_not_be_fitted_is_said_in_words(declared: Definitions, tmp_path: Path) -> None:
    cells = [(a, b, at.date().isoformat()) for a, b, at in rows(30)] + [("c1", "昼休み", "2022-04-05")]
    left = "\n".join(fitted(declared, table(tmp_path, cells)).left)
    for part in ("月の重み", "記録にない待ち: ", "「補正の回答」", "「昼休み」1件", "日時が日だけ", "作業にかかった分"):
        assert part in left


def test_labels_and_the_column_names_of_tools_are_understood(declared: Definitions, tmp_path: Path) -> None:
    labels = {"opinion.receive": "意見書が届いた", "opinion.request_opinion": "意見書を依頼する"}
    cells = [(a, labels.get(b, b), f"{at:%Y/%m/%d %H:%M}") for a, b, at in rows(40)]
    path = table(tmp_path, cells, "case:concept:name,concept:name,time:timestamp", "cp932")
    assert "doctor" in {row.id for row in fitted(declared, path).plan.waits}


def test_a_log_that_is_no_lognormal_is_said_to_be_none() -> None:
    luck = random.Random(2)
    assert lognormal([math.exp(luck.gauss(2, 0.5)) for _ in range(300)]) is not None
    even = lognormal([1.0] * 150 + [30.0] * 150)
    assert even is not None
    assert not even.fits
    assert lognormal([3.0] * 50) is None
    assert lognormal([1.0, 2.0]) is None


def test_the_test_of_fit_refuses_about_one_true_lognormal_in_twenty() -> None:
    luck = random.Random(3)
    fits = [lognormal([math.exp(luck.gauss(2, 0.7)) for _ in range(60)]) for _ in range(200)]
    refused = sum(not one.fits for one in fits if one is not None)
    assert 3 <= refused <= 20


def test_bursts_are_told_from_chance() -> None:
    assert abs(bursts([4, 6, 5, 5, 3, 7] * 20, [5.0] * 120)) < 8
    assert bursts([0, 0, 0, 0, 0, 30] * 20, [5.0] * 120) > 20


XES = """<?xml version="1.0" encoding="UTF-8"?>
<log xmlns="http://www.xes-standard.org/"><trace><string key="concept:name" value="7"/>
<event><string key="concept:name" value="submit"/><date key="time:timestamp" value="2022-04-01T09:00:00.000+09:00"/>
<string key="lifecycle:transition" value="complete"/></event>
<event><string key="concept:name" value="opinion"/><date key="time:timestamp" value="2022-04-02T09:00:00.000+09:00"/>
<string key="lifecycle:transition" value="schedule"/></event>
<event><string key="concept:name" value="accept"/><date key="time:timestamp" value="2022-04-01T10:00:00.000+09:00"/>
<string key="lifecycle:transition" value="start"/></event></trace></log>
"""


def test_an_xes_log_is_read_without_what_only_began(tmp_path: Path) -> None:
    path = tmp_path / "past.xes"
    path.write_text(XES, encoding="utf-8")
    (case,) = read_past(path).cases.values()
    assert [(one.name, one.opens) for one in case] == [("submit", False), ("opinion", True)]


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("a.csv", "案件,できごと,日時\n1,submit,令和4年4月1日\n", "2行3列「日時」"),
        ("a.csv", "案件,できごと,日時\n1,,2022-04-01\n", "2行2列「できごと」"),
        ("a.csv", "案件,できごと\n1,submit\n", "日時 の列がありません"),
        ("a.csv", "案件,できごと,日時\n", "一つもありません"),
        ("a.xes", XES.replace("</log>", ""), "XMLとして"),
        ("a.xes", XES.replace("2022-04-01T09", "4月1日"), "日時(time:timestamp)"),
        ("a.xes", XES.replace("<log", '<!DOCTYPE x [<!ENTITY a "b">]><log'), "DOCTYPE"),
    ],
)
def test_a_bad_log_is_told_with_its_place(tmp_path: Path, name: str, text: str, said: str) -> None:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    with pytest.raises(BadFigures) as told:
        read_past(path)
    assert any(said in problem.ja for problem in told.value.problems)
