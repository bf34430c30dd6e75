"""The report page says what the results say, every part of it, and says plainly what is wrong or missing."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import pytest

from simulation.inputs import Assumption
from simulation.report import render
from simulation.report.tables import Table, shown
from simulation.results import ProcedureResults, Results
from tests.simulation.page_reader import Page, read
from tests.simulation.sample_results import sample

SAMPLE = sample()
PROCEDURE = SAMPLE.procedures[0]
HTML = render(SAMPLE)
PAGE = read(HTML)
EMPTY = replace(SAMPLE, procedures=(), posts=(), schedule=None, assumptions=(), findings=(), not_modelled=())
NO_CASE = replace(SAMPLE, procedures=(ProcedureResults(PROCEDURE.definition, 0),))


def rows_of(page: Page, first: str) -> list[list[str]]:
    return [row for row in page.rows if row and row[0] == first]


def test_the_page_is_japanese_and_begins_with_the_plain_summary() -> None:
    assert HTML.startswith('<!DOCTYPE html>\n<html lang="ja">')
    sections = [words for level, words in PAGE.headings if level == 2]
    assert sections[:4] == ["目次", "1やさしい要約", "2主な数字", "3通知までの日数と期限"]
    assert len(sections) == 12


def test_headings_never_skip_a_level() -> None:
    levels = [level for level, _ in PAGE.headings]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(following - one <= 1 for one, following in pairwise(levels))


def test_every_case_is_accounted_for_and_the_page_says_so() -> None:
    assert PROCEDURE.accounted == PROCEDURE.opened == 950
    assert "始めた申請 950件 ＝ 状態ごとの合計 950件" in PAGE.text
    assert ["認定", "終わり", "885"] in PAGE.rows


def test_a_lost_case_is_said_aloud() -> None:
    lost = replace(SAMPLE, procedures=(replace(PROCEDURE, opened=953),))
    text = read(render(lost)).text
    assert "案件の数が合いません。" in text
    assert "（差 3件）" in text
    assert "＝ 状態ごとの合計" not in text


def test_the_key_figures_are_those_of_the_results() -> None:
    late = PROCEDURE.limits[0].breached
    worked = sum(step.work_seconds for step in PROCEDURE.steps)
    for figure, unit in (("950", "件"), (f"{late}", "件"), (f"{worked / 3600:,.0f}", "時間"), ("872", "件")):
        assert f'<span class="figure">{figure}<span class="unit">{unit}</span>' in HTML


def test_every_count_of_a_step_stands_in_the_page() -> None:
    for step in PROCEDURE.steps:
        row = next(row for row in rows_of(PAGE, step.label) if len(row) == 7)
        assert row[2:4] == [f"{step.count:,}", f"{step.repeats:,}"]
        assert row[4] == f"{step.work_seconds / 3600:,.1f}"


def test_outcomes_errors_and_exchanges_stand_in_the_page() -> None:
    assert ["認定", "処分", "885", "93.2%"] in PAGE.rows
    assert ["結果が出ていない", "–", "3", "0.3%"] in PAGE.rows
    assert ["公務員が市へ出した", "58", "52", "1", "5", "8.6%"] in PAGE.rows
    assert ["補正", "236", "221", "12", "3"] in PAGE.rows


def test_the_load_of_every_post_and_month_is_worked_over_available() -> None:
    for month in range(4, 13):
        days = [[day for day in post.days if (day.day.year, day.day.month) == (2022, month)] for post in SAMPLE.posts]
        shares = [sum(d.worked_seconds for d in one) / sum(d.available_seconds for d in one) for one in days]
        assert [f"2022年{month}月", *(f"{100 * share:.0f}%" for share in shares)] in PAGE.rows


def test_all_27_rows_of_the_schedule_say_whether_they_are_modelled() -> None:
    assert SAMPLE.schedule is not None
    shown_rows = [row for row in PAGE.rows if len(row) == 5 and row[0].isdigit()]
    assert [row[0] for row in shown_rows] == [str(number) for number in range(1, 28)]
    assert [row[4] for row in shown_rows] == ["モデル化した"] + ["まだモデル化していません"] * 26
    assert [row[2:4] for row in shown_rows] == [[row.department, row.period] for row in SAMPLE.schedule.rows]


def test_the_contradiction_of_the_schedule_is_said_plainly() -> None:
    assert ["済", "9", "8", "+1"] in PAGE.rows
    assert ["9～12月", "12", "14", "−2"] in PAGE.rows
    assert ["1～3月", "5", "4", "+1"] in PAGE.rows
    assert ["実施せず", "1", "–", "–"] in PAGE.rows
    assert "「済」は行を数えると9、印刷された合計は8" in PAGE.text


def test_a_schedule_that_adds_up_is_not_blamed() -> None:
    assert SAMPLE.schedule is not None
    right = replace(SAMPLE.schedule, printed=(("済", 9), ("9～12月", 12), ("1～3月", 5)))
    text = read(render(replace(SAMPLE, schedule=right))).text
    assert "印刷された合計と合っています" in text
    assert "合いません" not in text.replace(SAMPLE.findings[0].text, "")


def test_every_assumption_is_labelled_and_a_weak_one_marked_to_be_checked() -> None:
    for one in SAMPLE.assumptions:
        row = next(row for row in rows_of(PAGE, one.label) if len(row) == 5)
        assert ("仮定" in row[2]) == one.assumption
        assert ("要確認" in row[2]) == (one.confidence == "low")
        assert row[1] == one.value + one.unit


def test_a_weak_fact_is_to_be_checked_but_is_no_assumption() -> None:
    weak = Assumption("件数", "3", "件", "計画", "low", assumption=False)
    row = rows_of(read(render(replace(EMPTY, assumptions=(weak,)))), "件数")[0]
    assert row[2] == "出典あり要確認"


def test_every_measured_table_and_figure_says_that_it_rests_on_one_year_once() -> None:
    given = ("行を数えた数", "行政手続き", "入力に使った値", "実行の記録", "使った手続の定義")
    for caption in PAGE.captions:
        if not any(word in caption for word in given):
            assert caption.endswith("1年分・1回の試行"), caption


def test_tables_have_captions_and_scoped_headings() -> None:
    names = [tag for tag, _ in PAGE.tags]
    assert names.count("table") == names.count("caption") > 12
    assert all(found.get("scope") in {"col", "row", "rowgroup"} for tag, found in PAGE.tags if tag == "th")


def test_drawings_have_a_name_and_a_table_beside_them() -> None:
    ids = {found["id"] for _, found in PAGE.tags if "id" in found}
    drawings = [found for tag, found in PAGE.tags if tag == "svg"]
    assert len(drawings) == 8
    assert all(set(found["aria-labelledby"].split()) <= ids for found in drawings)
    beside = {caption[:5] for caption in PAGE.captions if "の数字" in caption}
    assert beside == {"図1の数字", "図2の数字", "図3の数字", "図4の数字"}


@pytest.mark.parametrize("results", [EMPTY, NO_CASE], ids=["no procedure", "no case"])
def test_a_run_without_cases_still_makes_a_sound_page(results: Results) -> None:
    page = read(render(results))
    assert page.unclosed == []
    assert "この期間に始まった申請がない" in page.text
    assert "nan" not in page.text
    assert "None" not in page.text


def test_several_procedures_are_told_one_by_one_and_together() -> None:
    other = replace(PROCEDURE, definition=replace(PROCEDURE.definition, id="other", title="ほかの手続"))
    page = read(render(replace(SAMPLE, procedures=(PROCEDURE, other))))
    assert page.unclosed == []
    assert "2の手続の申請1,900件" in page.text
    assert [words for level, words in page.headings if level == 3].count("ほかの手続") == 5
    ids = [found["id"] for _, found in page.tags if "id" in found]
    assert len(ids) == len(set(ids))


def test_a_cell_without_a_value_is_a_dash_and_a_difference_has_its_sign() -> None:
    assert [shown(None, "count"), shown(0, "signed"), shown(-2, "signed"), shown(2, "signed")] == ["–", "0", "−2", "+2"]
    assert [shown(0.5, "share"), shown(1.25, "decimal"), shown("語", "count")] == ["50.0%", "1.2", "語"]


def test_bars_are_in_proportion_to_the_longest() -> None:
    table = Table("t", "表", (), (("a", 5), ("b", 20), ("c", None)))
    assert [table.bar(row, 1) for row in table.rows] == [25.0, 100.0, 0.0]
