"""The plain summary: few sentences, true ones, and only what was measured."""

from __future__ import annotations

from dataclasses import replace

from simulation.report.summary import points
from simulation.results import ProcedureResults, Results
from tests.simulation.sample_results import sample

SAMPLE = sample()
PROCEDURE = SAMPLE.procedures[0]


def said(results: Results) -> dict[str, str]:
    return {point.topic: point.text for point in points(results)}


def with_procedure(**changes: object) -> Results:
    return replace(SAMPLE, procedures=(replace(PROCEDURE, **changes),))  # type: ignore[arg-type]  # any field


def test_a_full_year_is_told_in_five_to_eight_points() -> None:
    assert list(said(SAMPLE)) == ["対象", "日数", "期限", "作業", "忙しさ", "書き誤り", "疑う点", "予定表"]


def test_the_days_are_those_of_the_cases() -> None:
    days = sorted(lead.civil_days for lead in PROCEDURE.leads)
    half, most = days[len(days) // 2 - 1], days[-(-len(days) * 9 // 10) - 1]
    assert f"半分の案件で{half}日以内、10件のうち9件で{most}日以内" in said(SAMPLE)["日数"]


def test_the_busiest_post_is_the_one_with_the_largest_share() -> None:
    posts = [(post, [day for day in post.days if day.day <= SAMPLE.last_day]) for post in SAMPLE.posts]
    shares = {p.label: sum(d.worked_seconds for d in ds) / sum(d.available_seconds for d in ds) for p, ds in posts}
    busiest = max(shares, key=lambda label: shares[label])
    assert said(SAMPLE)["忙しさ"] == (
        f"いちばん忙しいのは{busiest}で、この手続だけで勤務時間の{100 * shares[busiest]:.1f}%を使いました。"
    )


def test_no_breach_is_said_as_such() -> None:
    limit = replace(PROCEDURE.limits[0], breached=0, assumption=False)
    assert said(with_procedure(limits=(limit,)))["期限"] == (
        "標準処理期間30日を過ぎた案件はありませんでした（950件のうち0件）。"
    )


def test_a_limit_that_is_an_assumption_is_called_one() -> None:
    assert said(SAMPLE)["期限"].startswith("標準処理期間30日（仮定）を過ぎたのは950件のうち")


def test_clocks_that_never_started_are_not_called_kept() -> None:
    limit = replace(PROCEDURE.limits[0], started=0, breached=0)
    assert said(with_procedure(limits=(limit,)))["期限"] == "標準処理期間30日（仮定）を数え始めた案件はありません。"


def test_a_second_limit_does_not_count_a_late_case_twice() -> None:
    both = (PROCEDURE.limits[0], replace(PROCEDURE.limits[0], id="statutory", days=60, label="法定の期間"))
    assert said(with_procedure(limits=both))["期限"] == said(SAMPLE)["期限"]


def test_a_procedure_without_a_limit_has_no_sentence_on_it() -> None:
    assert "期限" not in said(with_procedure(limits=()))


def test_errors_that_all_were_caught_are_said_as_such() -> None:
    caught = tuple(replace(error, noticed=error.noticed + error.slipped, slipped=0) for error in PROCEDURE.errors)
    assert "気づかれずに決定まで進んだものはありませんでした" in said(with_procedure(errors=caught))["書き誤り"]
    assert "書き誤り" not in said(with_procedure(errors=()))


def test_what_to_doubt_counts_the_assumptions_and_names_the_single_run() -> None:
    text = said(SAMPLE)["疑う点"]
    assert "8項目は市の実績ではなく仮定です（うち2項目は要確認）" in text
    assert "1年分・1回の試行" in text


def test_without_cases_nothing_is_claimed_of_days_or_people() -> None:
    none = replace(SAMPLE, procedures=(ProcedureResults(PROCEDURE.definition, 0),))
    assert list(said(none)) == ["対象", "結果", "疑う点", "予定表"]
