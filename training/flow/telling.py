"""A BPR lesson in lines and as facts: what lies before the learner, a hint, and the way back."""

from __future__ import annotations

from typing import Any

from training.flow.play import QUANTITIES, FlowPlay, now_of
from training.flow.seeing import LOOKS, bottleneck
from training.flow.waste import wastes
from training.judging import WORDS
from training.scoring import FULL, PASS_MARK


def desk_lines(play: FlowPlay) -> list[str]:
    """What lies before the learner, in the order in which it is done."""
    lesson = play.flow.lesson
    lines = [
        f"流れの見直し  {lesson.title}",
        f"  期間: {play.flow.first}〜{play.flow.last}",
        f"  いま: 到達から通知まで {play.before.days:.1f}日、1件の作業 {play.before.minutes:.0f}分",
        "  目標: 流れを歩き、無駄に印を付け、変え、予想し、動かして、予想と比べる。",
    ]
    if play.over:
        return [*lines, "  この流れは動かしました。madoguchi train finish で振り返ります。"]
    levers = "・".join(pull.name for pull in play.levers) or "まだありません"
    predicted = "・".join(f"{name} {value:g}" for name, value in play.predicted.items()) or "まだありません"
    return [
        *lines,
        f"1 見る(look): {'・'.join(LOOKS)}",
        f"2 無駄に印(mark 場所 種類): {sum(play.marked.values())}つ見つけました",
        f"3 変える(change てこ 値、戻すのは undo): {levers}",
        f"4 予想する(predict days 数、predict minutes 数): {predicted}",
        "5 動かす(run)",
    ]


def desk_facts(play: FlowPlay) -> dict[str, Any]:
    """The same for a program."""
    return {
        "case": 1,
        "over": play.over,
        "procedure": play.flow.lesson.procedure,
        "title": play.flow.lesson.title,
        "from": play.flow.first.isoformat(),
        "to": play.flow.last.isoformat(),
        "looks": list(LOOKS),
        "before": play.before.model_dump(mode="json"),
        "marked": [{"at": at, "kind": kind, "right": right} for (at, kind), right in play.marked.items()],
        "levers": [{"name": pull.name, "values": dict(pull.values)} for pull in play.levers],
        "predicted": play.predicted,
        "points": play.score().points,
    }


def hint(play: FlowPlay) -> str:
    """The next thing worth doing, without the answer."""
    seen = {one.name for one in play.judged if one.act == "look"}
    if "flow" not in seen:
        return "まず、いまの流れを歩きます(look flow)。どこに一番長くいるでしょう。"
    score = play.score()
    if score.found < score.needed:
        return f"無駄はまだ{score.needed - score.found}つ印が足りません。look steps で、転記・手戻り・列を探します。"
    if not play.levers:
        return "変えることを選びます(look levers、change 名前)。一番長くいるところに効くてこはどれでしょう。"
    left = [name for name in QUANTITIES if name not in play.predicted]
    if left:
        return f"動かす前に予想します(predict {left[0]} 数)。変わらないと思えば、いまと同じ数です。"
    return "予想までできました。run で動かします。"


def debrief_lines(play: FlowPlay) -> list[str]:
    """The figures beside the prediction, the bottleneck, and the waste that was there."""
    points = play.score().points
    passed = "合格" if points >= PASS_MARK else "もう一度"
    lines = [f"流れの見直し  {play.flow.lesson.title}  {points}点/{FULL}点({passed})"]
    lines += ["  あなたの道"]
    lines += [f"    {f'{one.act} {one.name}'.strip()}: {WORDS[one.verdict]} {one.says}" for one in play.judged]
    after = play.after
    if after is not None:
        lines.append("  予想と結果")
        now, then = now_of(play.before), now_of(after)
        for name, label in QUANTITIES.items():
            way, near = play.hit(name)
            said = (
                "向きも大きさも当たり"
                if way and near
                else "向きは当たり"
                if way
                else "大きさは近い"
                if near
                else "外れ"
            )
            lines.append(f"    {label}: {now[name]:.1f} → {then[name]:.1f}  予想 {play.predicted[name]:g}({said})")
    lines += ["  どこが詰まっていたか", *(f"    {line}" for line in bottleneck(play.before, after))]
    lines.append("  この流れの無駄")
    for one in wastes(play.before, play.flow.plan):
        mark = "○" if play.marked.get((one.at, one.kind)) else "・"
        lines.append(f"    {mark} mark {one.at} {one.kind}: {one.label} {one.ground}")
    return lines


def debrief_facts(play: FlowPlay) -> dict[str, Any]:
    """The same for a program."""
    score, after = play.score(), play.after
    found = wastes(play.before, play.flow.plan)
    return {
        "case": 1,
        "lesson": play.flow.lesson.id,
        "points": score.points,
        "passed": score.points >= PASS_MARK,
        "found": score.found,
        "needed": score.needed,
        "wrong": score.wrong,
        "yours": [one.facts() for one in play.judged],
        "before": now_of(play.before),
        "after": now_of(after) if after else None,
        "predicted": play.predicted,
        "bottleneck": bottleneck(play.before, after),
        "waste": [{**one._asdict(), "marked": bool(play.marked.get((one.at, one.kind)))} for one in found],
    }
