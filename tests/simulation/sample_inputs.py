"""The inputs of the made-up year: the real city's schedule as printed, and assumptions of every kind."""

from __future__ import annotations

from simulation.inputs import Assumption, Schedule, ScheduleRow


def assumptions() -> tuple[Assumption, ...]:
    """Facts of the plan and planning assumptions, two of them weak."""
    plan = "ひたちなか市デジタル化推進アクションプラン 令和4年7月"
    return (
        Assumption("マイナンバーカード交付率（令和4年6月30日）", "42.0", "%", plan, "high", assumption=False),
        Assumption("人口", "155,000", "人", "計画に記載なし", "medium"),
        Assumption("年間の件数", "950", "件", "出生約1,000件のうち第1子45%、転入世帯など", "low"),
        Assumption("標準処理期間", "30", "日", "市の標準処理期間は設定例が少なく14〜30日", "low"),
        Assumption("オンライン率（現状）", "30", "%", "計画上の仮定", "medium"),
        Assumption("補正になる割合（窓口）", "25", "%", "計画上の仮定", "medium"),
        Assumption("補正に答えるまでの日数（中央値）", "5", "日", "計画上の仮定", "medium"),
        Assumption("受付・本人確認の時間", "15", "分", "計画上の仮定（業務量調査の値に置きかえる）", "medium"),
        Assumption("休暇・研修などで不在の割合", "10", "%", "計画上の仮定", "medium"),
    )


TITLES = (
    "児童手当等の受給資格及び児童手当の額についての認定請求",
    "児童手当等の額の改定の請求及び届出",
    "氏名変更/住所変更等の届出",
    "受給事由消滅の届出",
    "未支払の児童手当等の請求",
    "児童手当等に係る寄附の申出",
    "児童手当に係る寄附変更等の申出",
    "受給資格者の申出による学校給食費等の徴収等の申出",
    "受給資格者の申出による学校給食費等の徴収等の変更等の申出",
    "児童手当等の現況届",
    "児童扶養手当の現況届の事前送信",
    "支給認定の申請(教育・保育給付認定)",
    "保育施設等の利用申込",
    "保育施設等の現況届",
    "妊娠の届出",
    "要介護・要支援認定の申請",
    "要介護・要支援更新認定の申請",
    "要介護・要支援状態区分変更認定の申請",
    "居宅(介護予防)サービス計画作成(変更)依頼の届出",
    "介護保険負担割合証の再交付申請",
    "被保険者証の再交付申請",
    "高額介護(予防)サービス費の支給申請",
    "介護保険負担限度額認定申請",
    "居宅介護(介護予防)福祉用具購入費の支給申請",
    "居宅介護(介護予防)住宅改修費の支給申請",
    "住所移転後の要介護・要支援認定申請",
    "罹災証明書の発行申請",
)
PERIODS = {"済": {1, 2, 3, 4, 5, 6, 7, 11, 26}, "1～3月": {12, 13, 14, 15, 27}, "実施せず": {10}}
DEPARTMENTS = (
    (11, "子ども政策課"),
    (14, "幼児保育課"),
    (15, "健康推進課"),
    (26, "介護保険課"),
    (27, "生活安全課・市民課"),
)


def schedule() -> Schedule:
    """The 27 rows as printed, and totals that contradict them."""
    rows = []
    for number, title in enumerate(TITLES, 1):
        department = next(name for last, name in DEPARTMENTS if number <= last)
        period = next((name for name, numbers in PERIODS.items() if number in numbers), "9～12月")
        note = "法令により、R4年6月より提出省略としたため" if period == "実施せず" else ""
        rows.append(ScheduleRow(number, title, department, period, modelled=number == 1, note=note))
    return Schedule(
        title="行政手続きのオンライン化 手続き別スケジュール（令和4年度）",
        source="ひたちなか市デジタル化推進アクションプラン 令和4年7月",
        rows=tuple(rows),
        printed=(("済", 8), ("9～12月", 14), ("1～3月", 4)),
        also_stated="8手続き済（令和4年6月末現在）",
        note="26番と27番を9～12月と読めば、三つの数がそろいます。",
    )
