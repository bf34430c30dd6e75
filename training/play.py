"""A case in the hands of a learner: each act is done on the engine and judged at once.

The same acts give the same case: a play is kept as the list of its acts and played again when it is taken up.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from engine.definition.rows import Event
from engine.errors import BadAnswers, NotPossibleNow, Refusal, UnknownThing
from engine.problems import nearest
from engine.scope import check_results
from engine.store import OpenItem
from engine.work import Work
from office.answers_shown import answer_lines
from simulation.means import Search
from training.beginning import begin
from training.best_way import Prepared, Step
from training.judging import Judged, Verdict, against, instead_of, is_founded, of_check, rightful, unknown
from training.scene import School, scene
from training.scoring import Score, scored

APPLICATION = "application"
ATTACHMENTS = "attachments"
LONGEST = 60
MOST_TEXT = 500


@dataclass(frozen=True)
class Act:
    """What a learner does: look, check, do, wait or note. `answers` belong to an event."""

    kind: str
    name: str
    value: str = ""
    answers: dict[str, Any] | None = None


@dataclass
class Play:
    """One case of a lesson, as far as the learner has come."""

    school: School
    prepared: Prepared
    judged: list[Judged] = field(default_factory=list)
    looked: list[str] = field(default_factory=list)
    recorded: dict[str, bool] = field(default_factory=dict)
    passed: int = 0
    over: bool = False

    def __post_init__(self) -> None:
        self.scene = scene(self.school, self.prepared.lesson, self.prepared.number)
        begin(self.scene, settled=self.prepared.settled)
        self._search = Search()
        with self.scene.reading() as work:
            self._overdue_before = _overdue(work)

    @property
    def step(self) -> Step:
        """The step of the best way that comes next; the last one when it is over."""
        return self.prepared.steps[min(self.passed, len(self.prepared.steps) - 1)]

    @property
    def item(self) -> OpenItem:
        """The place at which the learner works."""
        items = self.scene.items()
        return next((one for one in items if (one.kind or one.state) == self.step.place), items[-1])

    def score(self) -> Score:
        """What the acts so far are worth."""
        return scored(self.prepared.steps, self.judged, over=self.over)

    def act(self, act: Act) -> Judged:
        """Do it and judge it.

        Raises:
            NotPossibleNow: the case is finished.
            UnknownThing: nothing here has that name.
        """
        if self.over:
            raise NotPossibleNow(
                "この案件はもう終わりました。train finish で振り返りを見られます。",
                "this case is over; see train finish",
            )
        doing = {"look": self._look, "check": self._check, "do": self._do, "wait": self._wait, "note": self._note}
        if act.kind not in doing:
            hint = nearest(act.kind, doing)
            ja = f"「{act.kind}」という動きはありません。look・check・do・wait・note のどれかです。{hint}"
            raise UnknownThing(ja, f"no act {act.kind!r}", act=act.kind)
        judged = doing[act.kind](act)
        self.judged.append(judged)
        return judged

    def _look(self, act: Act) -> Judged:
        again, here = act.name in self.looked, self.item
        with self.scene.reading() as work:
            procedure = work.edition.procedure
            checks = {c.id: c for c in procedure.checks if c.stage == (here.kind or here.state)}
            facts = list(work.edition.facts)
            known = [APPLICATION, ATTACHMENTS, *checks, *facts]
            if act.name not in known:
                hint = nearest(act.name, known)
                ja = f"「{act.name}」は見られません。{hint} train show で見られるものが分かります。"
                raise UnknownThing(ja, f"there is no {act.name!r} to look at", name=act.name)
            if act.name == APPLICATION:
                lines = answer_lines(work, self.school.declared.forms)
            elif act.name == ATTACHMENTS:
                wanted = [a for a in procedure.attachments if work.holds("attachments", a.id, "when")]
                lines = [f"{a.label}{'(任意)' if a.optional else ''}" for a in wanted] or ["添付は要りません。"]
            else:
                lines = []
        if act.name in facts:
            lines.append(self._looked_up(act.name))
        if act.name in checks:  # a check may have the name of a fact: both are looked at
            lines += self._seen_of(act.name)
        self.looked += [] if again else [act.name]
        needed = act.name in {APPLICATION, *self.step.facts, *self.step.checks, *self.step.ground}
        says = {APPLICATION: "申請書を読みました。", ATTACHMENTS: "要る添付を確かめました。"}.get(
            act.name, "確かめました。"
        )
        return Judged("look", act.name, "right" if needed and not again else "detour", says, seen=tuple(lines))

    def _seen_of(self, name: str) -> list[str]:
        """What somebody sees who looks at what a check reads."""
        with self.scene.reading() as work:
            check = next(c for c in work.edition.procedure.checks if c.id == name)
            result = check_results(work)[name]
            open_ones = [fact for fact in work.edition.facts if fact in unknown(work, name) - {*self.looked}]
        head = f"{check.says}({name})。不可のときの操作は {check.on_fail}"
        if check.passes is not None:
            word = "まだ決まりません" if open_ones or result is None else "済" if result else "不可"
            return [head, f"申請書と公簿から決まる確認: {word}", *(f"先に調べること: {fact}" for fact in open_ones)]
        error = self.prepared.lesson.error
        planted = error is not None and error.check == name and self.step.checks.get(name) is False
        return [head, f"目にとまること: {error.says}" if planted and error else "おかしなところは見当たりません。"]

    def _looked_up(self, name: str) -> str:
        """What a register or a person says about a fact; it is established with that."""
        truth = {**self.scene.application.true_facts}
        for step in self.prepared.steps[: self.passed + 1]:
            truth |= step.facts
        with self.scene.reading() as work:
            fact = work.edition.facts[name]
            known = self.scene.papers.facts_known(self.scene.application, work)
            value = truth.get(name, work.read(f"fact.{name}") or known.get(name))
        if value is None:
            return f"{fact.says}({name}): 記録はありません"
        actor = self.scene.actor_for(tuple(fact.by)) if fact.by else self.scene.worker(self.item)
        try:
            self.scene.engine.establish(self.scene.case_id, actor, {name: value})
        except Refusal as refused:
            return f"{fact.says}({name}): {value}(記録できませんでした: {refused.ja})"
        return f"{fact.says}({name}): {_said(value)}"

    def _check(self, act: Act) -> Judged:
        passed = act.value == "passed"
        if act.value not in {"passed", "failed"}:
            ja = f"「{act.name} {act.value}」は {act.name} passed か {act.name} failed と書いてください。"
            raise UnknownThing(ja, f"write {act.name} passed or {act.name} failed", check=act.name)
        self.scene.engine.look(self.scene.case_id, self.scene.worker(self.item), {act.name: passed})
        with self.scene.reading() as work:
            judged = of_check(work, self.step, act.name, passed=passed)
        if APPLICATION not in self.looked:
            says = judged.says + "申請書を読まずに記録しました。記録は、見たことの証しです。"
            judged = Judged(
                "check",
                act.name,
                "wrong",
                says,
                "見ていないものを見たと記録すると、誤りに気付く人がいなくなります。",
                judged.ground,
                "先に申請書を読みます(look application)。",
            )
        else:
            self.recorded[act.name] = passed
        return judged

    def _do(self, act: Act) -> Judged:
        item, row = self._addressed(act.name)
        step, lesson = self.step, self.prepared.lesson
        with self.scene.reading() as work:
            onward = {e.id for e in self.scene.clerk.ways(work).at(item.state, item.kind).onward}
            right = act.name in rightful(work, lesson, step, onward)
            founded = is_founded(work, step, self.recorded, self.looked)
            wrong = against(work, lesson, step, row)
            late = bool(_overdue(work) - self._overdue_before)
        refused = self._fired(item, row, act.answers)
        if refused:
            if right:
                return Judged("do", row.id, "detour", f"断られました: {refused}")
            return Judged(
                "do",
                row.id,
                "wrong",
                f"断られました: {refused}",
                wrong.suffered,
                wrong.ground,
                instead_of(lesson, step),
            )
        if not right:
            self.over = True
            return wrong
        self.passed += 1
        self.over = step.decides or self.passed == len(self.prepared.steps)
        verdict: Verdict = "lucky" if not founded else "late" if late else "right"
        said = f"「{row.label}」を行いました。"
        instead = "" if founded else "先に申請書を読み、確認を記録し、根拠を見つけてから行います。"
        return Judged("do", row.id, verdict, said, instead=instead)

    def _addressed(self, event: str) -> tuple[OpenItem, Event]:
        """Where an event leaves from, and the event."""
        items = [self.item, *self.scene.items()]
        rows = [(item, row) for item in items for row in self.scene.leaving(item) if row.by]
        found = next(((item, row) for item, row in rows if row.id == event), None)
        if found is None:
            hint = nearest(event, [row.id for _, row in rows])
            ja = f"「{event}」は今ここでできる操作ではありません。{hint} train show で操作が分かります。"
            raise UnknownThing(ja, f"{event!r} cannot be done here now", event=event)
        return found

    def _fired(self, item: OpenItem, row: Event, answers: Mapping[str, Any] | None) -> str:
        """Why the engine refused; empty when it happened. Answers that were not given are written as in the draft."""
        actor = self.step.actor if row.id == self.step.event else self.scene.actor_for(row.by, item.post)
        written = dict(answers) if answers else self._drafted(item, row)
        task = item.task or None
        try:
            try:
                self.scene.engine.fire(self.scene.case_id, row.id, actor, written, task=task)
            except BadAnswers as bad:
                if answers:
                    raise
                full = self._filled(row, written or {}, bad)
                self.scene.engine.fire(self.scene.case_id, row.id, actor, full, task=task)
        except Refusal as refused:
            return refused.ja
        return ""

    def drafted(self, event: str) -> dict[str, Any]:
        """What a colleague would write into the small form of an event; raises as `act`."""
        return dict(self._drafted(*self._addressed(event)) or {})

    def _drafted(self, item: OpenItem, row: Event) -> dict[str, Any] | None:
        """What a colleague would write there."""
        if row.id == self.step.event:
            return self.step.answers
        with self.scene.reading(self.scene.actor_for(row.by, item.post)) as work:
            said = self.scene.papers.said(self.scene.application, work, row)
            means = self._search.for_event(work, row, work.whole.tasks.get(item.task), {}, said)
            answers = means.answers if means and not means.facts else said
            return self.scene.papers.whole(self.scene.application, work, row, answers)

    def _filled(self, row: Event, answers: Mapping[str, Any], bad: BadAnswers) -> dict[str, Any]:
        """The same with something plain in what was missing."""
        with self.scene.reading() as work:
            missing = [problem.pointer.removeprefix("/") for problem in bad.problems]
            return self._search.filled(work, row, answers, missing)

    def _wait(self, act: Act) -> Judged:
        days = int(act.name) if act.name.isdecimal() and len(act.name) <= len(str(LONGEST)) else 0
        if not 1 <= days <= LONGEST:
            ja = f"待つ日数は1から{LONGEST}までの数で書いてください。"
            raise UnknownThing(ja, f"wait 1 to {LONGEST} days", days=act.name)
        state = self.scene.state()
        self.scene.wait(days)
        now = self.scene.state()
        if now.id != state.id and not any(one.state == self.item.state for one in self.scene.items()):
            self.over = True
        day = dt.datetime.strftime(self.scene.clock.now(), "%Y-%m-%d")
        return Judged("wait", act.name, "detour", f"{days}日待ちました。今日は{day}、案件は「{now.label}」です。")

    def _note(self, act: Act) -> Judged:
        return Judged("note", "", "note", shown(act.value))


def shown(text: str) -> str:
    """A text that anybody typed, safe to put on a screen: no letter that moves or hides others, not too long."""
    return safe(text[:MOST_TEXT])


def safe(text: str, besides: str = "") -> str:
    """A text in which every letter that moves or hides others is a plain mark, but for those besides."""
    return "".join(letter if letter.isprintable() or letter in besides else "�" for letter in text)


def _overdue(work: Work) -> set[str]:
    """The legal periods whose end has passed."""
    return {name for name, run in work.whole.clocks.items() if run.standing == "overdue"}


def _said(value: object) -> str:
    return {True: "はい", False: "いいえ"}.get(value, str(value)) if isinstance(value, bool) else str(value)
