"""A made-up year that looks like a real one: the same results every time, all sums in agreement."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random

from simulation.inputs import Finding
from simulation.results import (
    Arrival,
    Definition,
    Exchange,
    LeadTime,
    Limit,
    Move,
    Outcome,
    OutsideWait,
    Payments,
    PlantedError,
    Post,
    PostDay,
    ProcedureResults,
    Results,
    StateCount,
    StepWork,
)
from tests.simulation.sample_inputs import assumptions, schedule

FIRST, LAST, UNTIL = date(2022, 4, 1), date(2023, 3, 31), date(2023, 5, 19)
MONTHS = {4: 118, 5: 101, 6: 74, 7: 70, 8: 66, 9: 68, 10: 72, 11: 64, 12: 58, 1: 66, 2: 70, 3: 123}
CHANNELS = (("counter", "窓口", 0.6), ("mail", "郵送", 0.1), ("online", "オンライン", 0.3))
LIMIT_DAYS = 30
SATURDAY = 5


def sample(seed: int = 20220401) -> Results:
    """One city, one procedure, one fiscal year."""
    luck = Random(seed)
    return Results(
        city_id="hitachinaka",
        city="ひたちなか市",
        first_day=FIRST,
        last_day=LAST,
        run_until=UNTIL,
        seed=seed,
        scenario="as-is",
        scenario_label="現状",
        procedures=(procedure(luck),),
        posts=posts(luck),
        schedule=schedule(),
        assumptions=assumptions(),
        findings=(
            Finding(
                "schedule_totals",
                "warning",
                "予定表の行を数えた数（9・12・5・1）と、印刷された合計（8・14・4）が合いません。",
            ),
            Finding("low_confidence", "info", "標準処理期間30日は市の定めが見つからず、仮定です。"),
        ),
        not_modelled=(
            "電話や立ち話での相談の時間は入っていません。",
            "年度の途中の制度改正と、職員の人事異動は入っていません。",
        ),
        commands=11_482,
        refused=0,
        events=14_967,
    )


def procedure(luck: Random) -> ProcedureResults:
    """950 cases whose states, moves and outcomes agree."""
    return ProcedureResults(
        definition=Definition(
            id="child_allowance_claim",
            number=1,
            title="児童手当等の受給資格及び児童手当の額についての認定請求",
            behaviour="5f0c1d8be2a94b6d8b7f24c0a3175e99c0d4be8f6aa2135bb1d0f7e34c92a6d1",
            versions=("〜2022年5月分", "2022年6月分〜"),
        ),
        opened=950,
        arrivals=arrivals(luck),
        states=STATES,
        moves=MOVES,
        outcomes=(
            Outcome("approved", "認定", disposition=True, count=885),
            Outcome("rejected", "却下", disposition=True, count=21),
            Outcome("withdrawn", "取下げ", disposition=False, count=19),
            Outcome("returned", "返戻", disposition=False, count=22),
        ),
        limits=(limit(luck),),
        leads=leads(luck),
        exchanges=(Exchange("correction", "補正", 236, 221, 12), Exchange("inquiry", "照会", 188, 181, 7)),
        errors=ERRORS,
        steps=STEPS,
        waits=(
            OutsideWait(
                "correction",
                "補正の答え（申請者）",
                tuple(max(1, round(luck.lognormvariate(1.7, 0.7))) for _ in range(221)),
            ),
            OutsideWait(
                "inquiry",
                "照会の答え（ほかの市・勤務先）",
                tuple(max(1, round(luck.lognormvariate(1.9, 0.6))) for _ in range(181)),
            ),
            OutsideWait("bank", "振込の結果（銀行）", tuple(luck.choice((2, 3, 3, 3, 4, 5)) for _ in range(872))),
        ),
        payments=Payments(made=872, yen=43_215_000, bounced=17),
    )


def arrivals(luck: Random) -> tuple[Arrival, ...]:
    """950 arrivals spread over months and channels."""
    rows = []
    for month, total in MONTHS.items():
        left = total
        for channel, label, share in CHANNELS:
            number = left if channel == "online" else round(total * share + luck.uniform(-4, 4))
            left -= number
            year = 2022 if month >= FIRST.month else 2023
            rows.append(Arrival(f"{year}-{month:02}", channel, label, number, number))
    return tuple(rows)


STATES = (
    StateCount("draft", "作成中", at_rest=False, cases=0, entered=950, visits=950),
    StateCount("arrived", "到達", at_rest=False, cases=0, entered=950, visits=950),
    StateCount("formal_review", "形式審査", at_rest=False, cases=0, entered=950, visits=1156),
    StateCount("correction_requested", "補正依頼中", at_rest=False, cases=0, entered=219, visits=236),
    StateCount("deciding", "決裁中", at_rest=False, cases=0, entered=906, visits=935),
    StateCount("decided", "決裁済", at_rest=False, cases=0, entered=906, visits=906),
    StateCount("notified", "通知済", at_rest=False, cases=0, entered=906, visits=906),
    StateCount("payment_ready", "支払待ち", at_rest=False, cases=0, entered=872, visits=872),
    StateCount("returned", "返戻", at_rest=True, cases=22, entered=22, visits=22),
    StateCount("withdrawn", "取下げ", at_rest=True, cases=19, entered=19, visits=19),
    StateCount("on_hold", "保留", at_rest=False, cases=3, entered=15, visits=15),
    StateCount("substantive_review", "実体審査", at_rest=False, cases=0, entered=914, visits=958),
    StateCount("granted", "認定", at_rest=True, cases=885, entered=885, visits=885),
    StateCount("rejected", "却下", at_rest=True, cases=21, entered=21, visits=21),
)
MOVES = (
    Move("draft", "arrived", "申請する", 950),
    Move("arrived", "formal_review", "受付を始める", 950),
    Move("formal_review", "correction_requested", "補正を求める", 204),
    Move("substantive_review", "correction_requested", "補正を求める", 32),
    Move("correction_requested", "formal_review", "補正に答えた", 206),
    Move("correction_requested", "on_hold", "保留にする", 15),
    Move("correction_requested", "substantive_review", "補正に答えた（実体審査へ）", 15),
    Move("on_hold", "substantive_review", "補正に答えた（遅れて）", 0),
    Move("on_hold", "deciding", "却下を起案する", 12),
    Move("formal_review", "returned", "返戻する", 22),
    Move("formal_review", "withdrawn", "取り下げる", 11),
    Move("substantive_review", "withdrawn", "取り下げる", 8),
    Move("formal_review", "substantive_review", "形式審査を終える", 914),
    Move("substantive_review", "deciding", "認定を起案する", 914),
    Move("substantive_review", "deciding", "却下を起案する", 9),
    Move("deciding", "substantive_review", "差戻し", 29),
    Move("deciding", "decided", "決裁する", 906),
    Move("decided", "notified", "通知する", 906),
    Move("notified", "payment_ready", "支払を予定する", 872),
    Move("notified", "granted", "認定（支払う月なし）", 13),
    Move("notified", "rejected", "却下", 21),
    Move("payment_ready", "granted", "支払が終わる", 872),
)
ERRORS = (
    PlantedError("lower_earner_claims", "所得の低い方が請求者", 62, 57, 4),
    PlantedError("childs_account", "配偶者や児童名義の口座", 71, 68, 2),
    PlantedError("public_servant", "公務員が市へ出した", 58, 52, 5),
    PlantedError("apart_without_statement", "別居児童の申立書がない", 29, 29, 0),
    PlantedError("other_city", "里帰り先の市に出した", 17, 17, 0),
)
STEPS = (
    StepWork("reception", "受付・本人確認", "窓口", 665, 0, 598_500, 3_990_000),
    StepWork("input", "システム入力", "窓口", 665, 0, 478_800, 5_120_000),
    StepWork("formal", "形式審査", "窓口", 1156, 206, 554_880, 9_870_000),
    StepWork("correction", "補正連絡", "窓口", 236, 17, 339_840, 2_610_000),
    StepWork("substantive", "公簿・情報連携照会", "担当", 958, 44, 689_760, 14_220_000),
    StepWork("draft", "起案・添付整理", "担当", 935, 29, 336_600, 6_400_000),
    StepWork("approve", "回議・決裁", "係長・課長", 1841, 58, 220_920, 61_300_000),
    StepWork("dispatch", "通知書印刷・封入", "窓口", 906, 0, 271_800, 7_700_000),
    StepWork("pay", "支払データ・検算", "会計課 審査", 889, 17, 213_360, 18_950_000),
)


def leads(luck: Random) -> tuple[LeadTime, ...]:
    """906 notices; corrections pause the count, so it is never above the civil days."""
    rows = []
    for number in range(906):
        counted = min(58, max(2, round(luck.lognormvariate(2.58, 0.38))))
        pause = max(0, round(luck.lognormvariate(1.8, 0.6))) if luck.random() < 0.25 else 0
        civil = counted + pause
        rows.append(LeadTime(f"{number + 1:06}", civil, civil * 5 // 7, counted, counted > LIMIT_DAYS))
    return tuple(rows)


def limit(luck: Random) -> Limit:
    """The standard period; the breaches are those of the lead times and of three cases still open."""
    again = Random()
    again.setstate(luck.getstate())
    late = sum(lead.breached for lead in leads(again))
    return Limit(
        id="standard",
        label="標準処理期間",
        kind="standard",
        days=LIMIT_DAYS,
        unit="calendar",
        ground="行政手続法6条",
        assumption=True,
        started=950,
        breached=late + 3,
    )


POSTS = (
    ("counter", "子ども政策課 窓口", 1, 0.34, 4),
    ("clerk", "子ども政策課 担当", 4, 0.05, 5),
    ("unit_chief", "子ども政策課 係長", 1, 0.02, 9),
    ("section_chief", "子ども政策課 課長", 1, 0.02, 11),
    ("accountant", "会計課 審査", 1, 0.035, 7),
)


def posts(luck: Random) -> tuple[Post, ...]:
    """Five posts whose work follows the months."""
    return tuple(
        Post(name, label, people, post_days(luck, people, load, queue)) for name, label, people, load, queue in POSTS
    )


def post_days(luck: Random, people: int, load: float, queue: int) -> tuple[PostDay, ...]:
    """The opening days from April to the last case."""
    rows, length = [], 0.0
    for step in range((UNTIL - FIRST).days + 1):
        day = FIRST + timedelta(days=step)
        if day.weekday() >= SATURDAY or (day.month, day.day) in {
            (5, 3),
            (5, 4),
            (5, 5),
            (12, 29),
            (12, 30),
            (1, 2),
            (1, 3),
        }:
            continue
        busy = MONTHS[day.month] / 79 * (1.0 if day <= LAST else 0.15)
        busy *= 1.25 if day.weekday() == 0 else 1.0
        there = people * 8 * 3600 if luck.random() > 0.1 / people else max(0, people - 1) * 8 * 3600
        length = max(0.0, length * 0.8 + luck.gauss(queue * busy * 0.25, queue * 0.3))
        worked = min(there, round(people * 8 * 3600 * load * busy * luck.uniform(0.5, 1.4)))
        rows.append(PostDay(day, worked, there, round(length * 0.6), round(length * 1.3)))
    return tuple(rows)
