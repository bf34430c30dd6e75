"""What a learner reads of a flow: its places with times, its steps, waits, desks and levers; and what comes of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from office.office import Definitions
from simulation.comparison.lever_words import LEVER_WORDS
from simulation.comparison.levers import KINDS
from training.flow.observed import Observed
from training.flow.pulling import ours
from training.flow.subject import RUNS, Flow
from training.flow.waste import DAYS, spell
from training.flow.waste import KINDS as WASTES

LOOKS = {
    "flow": "いまの流れを歩きました。",
    "steps": "作業を見ました。",
    "waits": "庁外の待ちを見ました。",
    "desks": "職の忙しさを見ました。",
    "levers": "変えられることを見ました。",
}
WAITS_FOR = {
    "initial": "始まりの前",
    "arrived": "受付を待つ",
    "working": "庁内の作業を待つ",
    "waiting_applicant": "申請した人の返事を待つ",
    "waiting_outside": "庁外の返事を待つ",
    "waiting_meeting": "会議の日を待つ",
    "deciding": "決裁を待つ",
    "milestone": "次の手を待つ",
    "settled": "終わり",
    "final": "終わり",
}
HELPS = {
    "waiting_applicant": "誤りを減らすてこ(prefill、mistakes、counter、online)",
    "waiting_meeting": "会議の日を増やすてこ(meeting)",
    "deciding": "決裁を軽くするてこ(approval、electronic_approval)",
    "waiting_outside": "職員の数ではありません。早く頼むこと、並べて進めること、催促の時期を考えます",
}
IDLE_HELP = (
    "人ではありません。この手続だけなら手は空いています。決まった曜日や時間帯まで待たせていないかを見ます"
    "(approval、to_be)"
)
BUSY = 0.5
"""The share of its time from which on a post is short of people."""
USUAL_HELP = "作業を減らすてこ(steps、remove_step、machines)か、忙しい職を増やすてこ(staff)"
BAR = 20
HALF = 0.5
"""The share of a place from which on a wait for somebody outside is what it is about."""


def lines(declared: Definitions, flow: Flow, found: Observed, name: str) -> list[str]:
    """What is seen of a flow."""
    told: dict[str, Callable[[], Iterator[str]]] = {
        "flow": lambda: _flow(flow, found),
        "steps": lambda: _steps(flow, found),
        "waits": lambda: _waits(found),
        "desks": lambda: _desks(found),
        "levers": lambda: _levers(declared, found),
    }
    return list(told[name]())


def _flow(flow: Flow, found: Observed) -> Iterator[str]:
    yield f"{flow.first}〜{flow.last} の{found.arrived}件({RUNS}回の運)。"
    yield f"到達から通知まで平均{found.days:.1f}日、作業は1件{found.minutes:.0f}分。"
    if flow.more is not None:
        yield f"件数の少ない手続なので、課題のために{sum(flow.more.daily)}件を足しています(仮定)。"
    for row in found.places:
        share = row.days / found.days if found.days else 0.0
        yield f"  {row.days:5.1f}日 {'#' * round(BAR * share):<{BAR}} {row.label}({row.id}) {WAITS_FOR[row.kind]}"
    if found.late is not None:
        yield f"期限を過ぎた割合 {100 * found.late:.0f}%"


def _steps(flow: Flow, found: Observed) -> Iterator[str]:
    for row in found.tasks:
        each, queued = row.minutes / row.times, spell(row.queued / row.times)
        again = f"、もう一度 {row.again}回" if row.again else ""
        yield f"  {row.label}({row.id}) {row.unit}: {row.times}回、1回{each:.0f}分、手を付けるまで{queued}{again}"
    for batch in flow.plan.batches:
        if "as-is" in batch.scenarios:
            yield f"  {batch.event}: {DAYS[batch.weekday]}曜日にまとめる"
    yield "無駄の種類(mark 場所 種類):"
    for name, says in WASTES.items():
        yield f"  {name}: {says}"


def _waits(found: Observed) -> Iterator[str]:
    for row in found.outside:
        yield f"  {row.label}: {row.times}回、平均{row.days:.1f}日"
    if not found.outside:
        yield "  庁外を待つことはありません。"


def _desks(found: Observed) -> Iterator[str]:
    for row in sorted(found.desks, key=lambda one: -one.share):
        yield f"  {row.label}({row.id}) {row.people}人: 時間の{100 * row.share:.0f}%がこの手続"


def _levers(declared: Definitions, found: Observed) -> Iterator[str]:
    yield "用意してある想定(change 名前):"
    for name, label in ours().items():
        yield f"  {name}: {label}"
    yield "自分で決めるてこ(change 名前 値。例: change minutes steps=input,times=0.5):"
    for name in KINDS:
        yield f"  {name}: {LEVER_WORDS[name]}"
    post = next((row.id for row in found.desks), next(iter(declared.municipality.posts)).id)
    yield f"  例: change staff post={post},change=1"


def bottleneck(before: Observed, after: Observed | None) -> list[str]:
    """Where a case lies longest, what for, and whether what was changed helped there."""
    place = before.longest
    if place is None or not place.days:
        return ["どこにも待つところがありません。縮められるのは作業の分です。"]
    share = 100 * place.days / before.days
    told = [
        f"詰まっているのは「{place.label}」です。1件が平均{place.days:.1f}日({share:.0f}%)、{WAITS_FOR[place.kind]}。",
        f"作業は全部で1件{before.minutes:.0f}分です。日数のほとんどは、作業ではなく待ちです。"
        if before.days * 24 * 60 > 2 * before.minutes
        else f"作業は全部で1件{before.minutes:.0f}分です。日数のほとんどは作業です。",
    ]
    outside = max(before.outside, key=lambda row: row.times * row.days, default=None)
    hidden = (
        place.kind == "working"
        and outside is not None
        and outside.times * outside.days > HALF * place.days * before.finished
    )
    if hidden and outside is not None:
        told.append(f"その間に待っているのは、庁外の「{outside.label}」(平均{outside.days:.1f}日)です。")
    busiest = max(before.desks, key=lambda row: row.share, default=None)
    if busiest is not None:
        told.append(
            f"一番忙しいのは「{busiest.label}」({busiest.people}人、時間の{100 * busiest.share:.0f}%がこの手続)です。"
        )
    if after is not None:
        then = after.of_place(place.id)
        reached = then < 0.9 * place.days
        told.append(f"変えた後、ここは{place.days:.1f}日から{then:.1f}日です。")
        told.append("変えたことは、ここに効きました。" if reached else "変えたことは、ここには効いていません。")
        now = after.longest
        if reached and now is not None and now.id != place.id:
            told.append(f"次に詰まるのは「{now.label}」({now.days:.1f}日)です。")
    usual = USUAL_HELP if busiest is not None and busiest.share >= BUSY else IDLE_HELP
    help_ = HELPS["waiting_outside"] if hidden else HELPS.get(place.kind, usual)
    return [*told, f"ここを縮めるのは、{help_}。"]
