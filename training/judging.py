"""What an act of a learner is worth, held against the best way and the declared checks; nothing here is an opinion."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import asdict, dataclass
from typing import Any, Literal

from engine.definition.rows import Event
from engine.scope import check_results
from engine.work import Work
from simulation.means import unknown_facts
from training.best_way import Step
from training.lessons import Lesson

Verdict = Literal["right", "late", "lucky", "detour", "wrong", "note"]
WORDS: dict[Verdict, str] = {
    "right": "正しい",
    "late": "正しいが、期限に遅れた",
    "lucky": "結果は合っているが、確かめていない",
    "detour": "回り道(害はない)",
    "wrong": "誤り",
    "note": "メモ",
}


@dataclass(frozen=True)
class Judged:
    """One act and what it was worth: what somebody suffered, the ground in law, and what would have been right."""

    act: str
    name: str
    verdict: Verdict
    says: str
    suffered: str = ""
    ground: str = ""
    instead: str = ""
    seen: tuple[str, ...] = ()

    def facts(self) -> dict[str, Any]:
        """The same for a program."""
        return asdict(self) | {"word": WORDS[self.verdict]}


def rightful(work: Work, lesson: Lesson, step: Step, onward: Collection[str]) -> set[str]:
    """The events that are right at a place: what the mistake names, what a failed check calls for, any way onward."""
    if lesson.error is not None and lesson.error.right == step.event:
        return {step.event}
    if step.ground:
        checks = {check.id: check for check in work.edition.procedure.checks}
        return {step.event, *(checks[name].on_fail for name in step.ground)}
    return {step.event, *onward}


def against(work: Work, lesson: Lesson, step: Step, row: Event) -> Judged:
    """The judgement of an event that is not right here: who suffers, by which law, and what is right instead."""
    procedure, error = work.edition.procedure, lesson.error
    called_by = [check for check in procedure.checks if check.on_fail == row.id]
    failing = [check for check in procedure.checks if check.id in step.ground]
    if failing:
        suffered = f"「{failing[0].says}」が満たされていないのに「{row.label}」にすると、誤りが残ったまま先へ進みます。"
    elif called_by:
        suffered = f"直すところも足りないものもないのに「{row.label}」にすると、申請した人は理由なく待たされます。"
    else:
        suffered = f"ここで「{row.label}」にする理由は、申請にも公簿にもありません。"
    suffered += f"(この申請:「{error.says}」)" if error else ""
    ground = ground_of(work, lesson, step, row.id)
    return Judged("do", row.id, "wrong", f"「{row.label}」は誤りです。", suffered, ground, instead_of(lesson, step))


def instead_of(lesson: Lesson, step: Step) -> str:
    """What is right at a place, with what the declaration teaches about it."""
    teaches = lesson.error.teaches.strip() if lesson.error else ""
    return f"「{step.label}」({step.event})が正しい操作です。" + (f"{teaches}。" if teaches else "")


def ground_of(work: Work, lesson: Lesson, step: Step, event: str) -> str:
    """The ground: the article that the declaration cites for it, otherwise the declared row itself."""
    procedure = work.edition.procedure
    laws = {row.id: f"{row.act}{row.article}" for row in procedure.law}
    checks = {check.id: check for check in procedure.checks}
    effects = {effect.id: effect.law for effect in procedure.effects}
    named = [checks[name].law for name in step.ground] + [effects.get(step.event), effects.get(event)]
    cited = next((laws.get(name, name) for name in named if name), None)
    if step.ground:
        declared = f"宣言の確認「{checks[step.ground[0]].says}」"
    elif lesson.error is not None:
        declared = f"宣言のよくある誤り「{lesson.error.says}」"
    else:
        declared = f"宣言の確認に、不可のものがない(「{step.label}」を止めるものがない)"
    return f"{declared}({cited})" if cited else declared


def of_check(work: Work, step: Step, name: str, *, passed: bool) -> Judged:
    """The judgement of a check recorded: against what is true."""
    procedure = work.edition.procedure
    check = next(one for one in procedure.checks if one.id == name)
    true = step.checks.get(name)
    said = f"「{check.says}」を{'済' if passed else '不可'}と記録しました。"
    if true is None or true is passed:
        return Judged("check", name, "right" if name in step.checks else "detour", said)
    suffered = (
        "不可のものを済とすると、誤ったまま先へ進み、後で取り消すことになります。"
        if passed
        else "満たされているものを不可とすると、申請した人に要らない手間をかけます。"
    )
    laws = {row.id: f"{row.act}{row.article}" for row in procedure.law}
    cited = f"({laws.get(check.law, check.law)})" if check.law else ""
    ground = f"宣言の確認「{check.says}」{cited}"
    right = f"「{check.says}」は{'不可' if passed else '済'}です。"
    return Judged("check", name, "wrong", said, suffered, ground, right)


def unknown(work: Work, check: str) -> set[str]:
    """The facts by which a check is judged and which nobody has looked up."""
    condition = work.edition.condition("checks", check, "passes")
    return set(unknown_facts(work, condition.reads)) if condition else set()


def is_founded(work: Work, step: Step, recorded: dict[str, bool], looked: Collection[str]) -> bool:
    """Whether the learner knew why: the application was read, and what calls for the event was found."""
    if "application" not in looked:
        return False
    results = check_results(work)
    if step.ground:
        return any(results.get(name) is False and not unknown(work, name) & step.facts.keys() for name in step.ground)
    return all(recorded.get(name) is true for name, true in step.checks.items())
