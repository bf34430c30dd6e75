"""The plain summary at the head of the report: a few sentences that a mayor can read out."""

from __future__ import annotations

from dataclasses import dataclass

from simulation.report import figures, words
from simulation.results import Results


@dataclass(frozen=True)
class Said:
    """One point of the summary: its topic in a word, and the sentences."""

    topic: str
    text: str


def points(results: Results) -> list[Said]:
    """What was simulated, how long people waited, who is busy, and what to doubt.

    Five to eight sentences while there are cases.
    """
    if not sum(procedure.opened for procedure in results.procedures):
        none = Said("結果", "この期間に始まった申請がないため、日数や忙しさの数字はありません。")
        return [_subject(results), none, *_doubt(results), *_schedule(results)]
    parts = [_subject(results), *_days(results), *_limits(results), *_people(results), *_mistakes(results)]
    return [*parts, *_doubt(results), *_schedule(results)]


def _subject(results: Results) -> Said:
    arrived = sum(procedure.arrived for procedure in results.procedures)
    if len(results.procedures) == 1:
        what = f"「{results.procedures[0].definition.title}」"
    else:
        what = words.count(len(results.procedures), "の手続")
    text = (
        f"{results.city}の{words.period(results)}について、{what}の申請{words.count(arrived)}を、"
        f"「{results.scenario_label}」の想定で、届いてから終わるまでコンピュータの中で動かしました。"
    )
    return Said("対象", text)


def _days(results: Results) -> list[Said]:
    found = figures.lead_figures([lead.civil_days for lead in figures.all_leads(results)])
    if found is None:
        return [Said("日数", "通知まで進んだ案件は、まだありません。")]
    half, most = f"半分の案件で{found.median}日以内", f"10件のうち9件で{found.ninety}日以内"
    text = f"申請が届いてから通知を出すまでは、{half}、{most}でした。"
    return [Said("日数", text)]


def _limits(results: Results) -> list[Said]:
    limits = figures.main_limits(results)
    if not limits:
        return []
    names = {f"{limit.label}{limit.days}日{'（仮定）' if limit.assumption else ''}" for limit in limits}
    name = next(iter(names)) if len(names) == 1 else "決められた期間"
    found = figures.breaches(limits)
    if not found.started:
        return [Said("期限", f"{name}を数え始めた案件はありません。")]
    if not found.breached:
        return [Said("期限", f"{name}を過ぎた案件はありませんでした（{words.count(found.started)}のうち0件）。")]
    part = f"{words.count(found.started)}のうち{words.count(found.breached)}"
    return [Said("期限", f"{name}を過ぎたのは{part}、{words.percent(found.breached, found.started)}です。")]


def _people(results: Results) -> list[Said]:
    total = figures.work_seconds(results.procedures)
    arrived = sum(procedure.arrived for procedure in results.procedures)
    parts = []
    if total and arrived:
        each = f"申請1件あたり{total / 60 / arrived:,.0f}分"
        parts.append(Said("作業", f"職員の作業は合わせて{words.hours(total)}、{each}でした。"))
    top = figures.busiest(results)
    if top is not None and top[1].worked:
        post, found = top
        only = "この手続だけで" if len(results.procedures) == 1 else "ここに載せた手続だけで"
        share = words.percent(found.worked, found.available)
        parts.append(Said("忙しさ", f"いちばん忙しいのは{post.label}で、{only}勤務時間の{share}を使いました。"))
    return parts


def _mistakes(results: Results) -> list[Said]:
    errors = [error for procedure in results.procedures for error in procedure.errors]
    planted, slipped = sum(error.planted for error in errors), sum(error.slipped for error in errors)
    if not planted:
        return []
    start = f"申請にわざと入れた書き誤り{words.count(planted)}のうち、"
    end = (
        f"{words.count(slipped)}は気づかれずに決定まで進みました。"
        if slipped
        else "気づかれずに決定まで進んだものはありませんでした。"
    )
    return [Said("書き誤り", start + end)]


def _doubt(results: Results) -> list[Said]:
    assumed = [one for one in results.assumptions if one.assumption]
    weak = sum(one.confidence == "low" for one in assumed)
    text = f"{words.basis(results)}の結果で、年による違いは分かりません。"
    if assumed:
        check = f"（うち{words.count(weak, '項目')}は要確認）" if weak else ""
        text = f"作業時間や件数など{words.count(len(assumed), '項目')}は市の実績ではなく仮定です{check}。また、{text}"
    return [Said("疑う点", text)]


def _schedule(results: Results) -> list[Said]:
    if results.schedule is None or not any(row.differs for row in figures.period_counts(results.schedule)):
        return []
    text = "市のオンライン化予定表は、行を数えた数と印刷された合計が合いません。"
    return [Said("予定表", f"{text}どちらも直さずに載せました。")]
