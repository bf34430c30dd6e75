"""What a learner reads: lessons, the desk, a judgement, the way back over a case; in lines, and as facts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from engine.definition.rows import Check
from engine.scope import check_results
from training.best_way import Step
from training.judging import WORDS, Judged, unknown
from training.lessons import Lesson
from training.play import APPLICATION, ATTACHMENTS, Play, shown
from training.quiz import Question
from training.scoring import FULL, PASS_MARK, Score
from training.spacing import Standing

SKILLS = {
    "form_check": "申請書の確認",
    "attachment": "添付",
    "register": "公簿",
    "clock": "期限",
    "referral": "ほかの手続への案内",
    "ordinary_way": "ふつうの道",
    "flow": "流れの見直し",
}
MARKS = {True: "[済]", False: "[不可]", None: "[未]"}


def lesson_lines(found: Sequence[Lesson], tried: Mapping[str, str | None]) -> list[str]:
    """The list of lessons: ○ can be given, × cannot, with the reason, ・ nobody tried."""
    lines: list[str] = []
    for one in found:
        reason = one.cannot or tried.get(one.id)
        mark = "×" if reason else "○" if one.id in tried else "・"
        lines.append(f"{mark} {one.id}  {one.on.isoformat()}  {'・'.join(SKILLS[skill] for skill in one.skills)}")
        lines += [f"    できない: {reason}"] if reason else []
    return lines


def lesson_facts(one: Lesson, tried: Mapping[str, str | None], roles: Mapping[str, str]) -> dict[str, Any]:
    """A lesson for a program. `can` is None where nobody tried."""
    return {
        "lesson": one.id,
        "procedure": one.procedure,
        "title": one.title,
        "on": one.on.isoformat(),
        "role": roles.get(one.id),
        "skills": list(one.skills),
        "plants": one.says if one.error else None,
        "can": False if one.cannot else (tried[one.id] is None if one.id in tried else None),
        "reason": one.cannot or tried.get(one.id),
    }


def standing_line(standing: Standing) -> str:
    """Why a skill is practised now."""
    name = SKILLS[standing.skill]
    if standing.due_on is None:
        return f"「{name}」をはじめて練習します。"
    return f"「{name}」を練習します(これまで {standing.passed}/{standing.tried} 合格、復習の日 {standing.due_on})。"


def question_lines(asked: Sequence[Question]) -> list[list[str]]:
    """Each question with its options, in lines."""
    return [
        [f"問い{number} {one.asks}", *(f"  {place}. {option}" for place, option in enumerate(one.options, 1))]
        for number, one in enumerate(asked, 1)
    ]


def desk_lines(number: int, of: int, play: Play, wall: str = "") -> list[str]:
    """What lies before the learner: the case, its date, what can be looked at, recorded and done; the wall clock."""
    facts = desk_facts(number, play)
    lines = [
        f"案件{number}/{of}  {facts['title']}",
        f"  今日: {facts['today']}  状態: {facts['label']}({facts['state']})",
        f"  あなたの職: {facts['post']}({facts['role']})",
        *([f"  {wall}"] if wall else []),
        "  目標: 申請書と公簿を確かめ、確認を記録し、正しい操作を一つ選ぶ。",
    ]
    if facts["over"]:
        return [*lines, "  この案件は終わりました。madoguchi train finish で振り返ります。"]
    lines.append(f"見られるもの(look): {'・'.join(facts['looks'])}")
    lines += [f"確認 {MARKS[one['result']]} {one['says']}({one['check']})" for one in facts["checks"]]
    lines.append(f"調べられること(look): {'・'.join(facts['facts'])}" if facts["facts"] else "調べることはありません。")
    lines += [f"操作(do) {one['event']}: {one['label']}" for one in facts["events"]]
    return lines


def desk_facts(number: int, play: Play) -> dict[str, Any]:
    """The same for a program."""
    item = play.item
    rows = play.scene.leaving(item)
    with play.scene.reading() as work:
        state = work.case_state
        results = check_results(work)
        checks = _here(play, work.edition.procedure.checks)
        ways = play.scene.clerk.ways(work)
        events = [row for row in rows if row.by and ways.of_office(row)]
        post = work.ports.municipality.post(play.step.actor.post, work.edition.procedure.department)
        told = [
            {
                "check": c.id,
                "says": c.says,
                "result": None if unknown(work, c.id) - {*play.looked} else results[c.id],
                "on_fail": c.on_fail,
            }
            for c in checks
        ]
        return {
            "case": number,
            "over": play.over,
            "procedure": play.prepared.lesson.procedure,
            "title": work.edition.procedure.title,
            "today": play.scene.clock.now().date().isoformat(),
            "state": state.id,
            "label": state.label,
            "role": play.step.actor.post,
            "post": post.label if post else play.step.actor.post,
            "looks": [APPLICATION, ATTACHMENTS, *(check.id for check in checks)],
            "checks": told,
            "facts": list(work.edition.facts),
            "events": [{"event": row.id, "label": row.label} for row in events],
            "clocks": {name: run.due_on for name, run in sorted(work.whole.clocks.items())},
            "points": play.score().points,
        }


def _here(play: Play, checks: Sequence[Check]) -> list[Check]:
    return [check for check in checks if check.stage == play.step.place]


def judged_lines(judged: Judged, score: Score) -> list[str]:
    """A judgement as a learner reads it."""
    lines = [f"{WORDS[judged.verdict]}: {judged.says}", *(f"  {line}" for line in judged.seen)]
    lines += [f"  困ること: {judged.suffered}"] if judged.suffered else []
    lines += [f"  根拠: {judged.ground}"] if judged.ground else []
    lines += [f"  正しくは: {judged.instead}"] if judged.instead else []
    return [*lines, f"  ここまで {score.points}点(見つけたこと {score.found}/{score.needed})"]


def hint(play: Play) -> str:
    """The next thing worth doing, without the answer."""
    step = play.step
    if APPLICATION not in play.looked:
        return "まず申請書を読みます(look application)。"
    facts = [name for name in step.facts if name not in play.looked]
    if facts:
        with play.scene.reading() as work:
            says = work.edition.facts[facts[0]].says
        return f"公簿などで確かめることが{len(facts)}つ残っています。たとえば look {facts[0]}({says})"
    left = [name for name in step.checks if name not in play.recorded]
    if left:
        return f"記録していない確認が{len(left)}つあります。look {left[0]} で見てから記録します。"
    if step.ground:
        return f"満たされない確認があります({'・'.join(step.ground)})。その確認が求める操作は何でしょう。"
    error = play.prepared.lesson.error
    if error is not None and error.right:
        return "確認はそろいました。申請書と調べたことから、いつもの操作でよいかを考えます。ほかの操作も見てください。"
    return "確認はそろいました。理由なく止めず、次へ進める操作を選びます。"


def debrief_lines(number: int, play: Play) -> list[str]:
    """The learner's way beside the best one."""
    lesson, score = play.prepared.lesson, play.score()
    passed = "合格" if score.points >= PASS_MARK else "もう一度"
    lines = [f"案件{number}  {lesson.title}  {score.points}点/{FULL}点({passed})"]
    lines.append(f"  仕込まれていたこと: {lesson.says}")
    lines.append("  あなたの道")
    lines += [f"    {one.act} {one.name}: {WORDS[one.verdict]} {shown(one.says)}" for one in play.judged]
    lines.append("  一番よい道")
    lines.append(f"    look {APPLICATION}")
    lines += [line for step in play.prepared.steps for line in _best(step)]
    teaches = lesson.error.teaches.strip() if lesson.error else ""
    return [*lines, *([f"  覚えること: {teaches}"] if teaches else [])]


def debrief_facts(number: int, play: Play) -> dict[str, Any]:
    """The same for a program."""
    score = play.score()
    return {
        "case": number,
        "lesson": play.prepared.lesson.id,
        "planted": play.prepared.lesson.says if play.prepared.lesson.error else None,
        "points": score.points,
        "passed": score.points >= PASS_MARK,
        "found": score.found,
        "needed": score.needed,
        "wrong": score.wrong,
        "yours": [one.facts() for one in play.judged],
        "best": [
            {
                "place": step.place,
                "looks": [APPLICATION, *step.facts],
                "checks": step.checks,
                "event": step.event,
                "because": list(step.ground),
            }
            for step in play.prepared.steps
        ],
    }


def _best(step: Step) -> list[str]:
    lines = [f"    look {name}" for name in step.facts]
    lines += [f"    check {name} {'passed' if true else 'failed'}" for name, true in step.checks.items()]
    because = f"(満たされない確認: {'・'.join(step.ground)})" if step.ground else ""
    return [*lines, f"    do {step.event}: {step.label}{because}"]
