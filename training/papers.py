"""What is printed for a class on A4: hand-outs with empty boxes, answer sheets, and a certificate."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined, Template

from engine.errors import NotPossibleNow
from office.answers_shown import answer_lines
from training.best_way import Prepared
from training.diary import Diary
from training.judging import ground_of
from training.lessons import COURSE
from training.play import Play
from training.scene import School
from training.scoring import FULL, PASS_MARK
from training.telling import desk_facts

TITLES = {COURSE: "新任職員 BPR 研修"}


def sheets(school: School, cases: Sequence[Prepared], title: str) -> tuple[str, str]:
    """The hand-out of some cases and the sheet with their answers, each a page of HTML for A4."""
    found = [_case(school, one) for one in cases]
    page = _page("handout.html")
    return page.render(title=title, cases=found, answers=False), page.render(title=title, cases=found, answers=True)


def certificate(diary: Diary) -> str:
    """The certificate of the last course that a learner passed, a page of HTML for A4.

    Raises:
        NotPossibleNow: he has passed none.
    """
    passed = [row for row in diary.rows if row["kind"] == "finish" and len(row["cases"]) > 1]
    passed = [row for row in passed if row["points"] >= PASS_MARK]
    if not passed:
        ja = f"「{diary.learner}」が{PASS_MARK}点以上で終えた研修の記録がありません。修了証は合格の後です。"
        raise NotPossibleNow(ja, f"{diary.learner} has passed no course yet")
    row = passed[-1]
    on = dt.date.fromisoformat(row["on"])
    page = _page("certificate.html")
    return page.render(
        learner=diary.learner,
        title=TITLES.get(row["lesson"], row["lesson"]),
        on=f"{on.year}年{on.month}月{on.day}日",
        points=row["points"],
        full=FULL,
        pass_mark=PASS_MARK,
        cases=len(row["cases"]),
        row=row["row"],
    )


def _page(name: str) -> Template:
    return Environment(loader=PackageLoader("training"), autoescape=True, undefined=StrictUndefined).get_template(name)


def _case(school: School, prepared: Prepared) -> Mapping[str, Any]:
    """A case as it lies before the learner, with what was planted and the best way."""
    play = Play(school, prepared)
    facts, lesson = desk_facts(1, play), prepared.lesson
    with play.scene.reading() as work:
        procedure = work.edition.procedure
        checks = {one.id: one.says for one in procedure.checks}
        known = {one.id: one.says for one in procedure.facts}
        places = {one.id: one.label for one in procedure.states}
        wanted = [one.label for one in procedure.attachments if work.holds("attachments", one.id, "when")]
        application = answer_lines(work, school.declared.forms)
        step = prepared.steps[-1]
        ground = ground_of(work, lesson, step, step.event)
    steps = [
        {
            "place": places.get(one.place, one.place),
            "looks": "、".join(["申請書", *(f"{known.get(name, name)}: {value}" for name, value in one.facts.items())]),
            "checks": "、".join(f"{checks[name]}={'済' if true else '不可'}" for name, true in one.checks.items()),
            "event": one.label,
        }
        for one in prepared.steps
    ]
    return {
        "title": facts["title"],
        "today": facts["today"],
        "state": facts["label"],
        "post": facts["post"],
        "number": prepared.number,
        "application": [line.strip() for line in application],
        "attachments": wanted or ["添付は要りません。"],
        "checks": [one["says"] for one in facts["checks"]],
        "events": [one["label"] for one in facts["events"]],
        "planted": lesson.says,
        "steps": steps,
        "ground": ground,
        "teaches": lesson.error.teaches.strip() if lesson.error else "",
    }
