"""A lesson as a learner takes it up: the diary says what was done, and it is played again up to there."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from engine.definition.rows import CommonError
from engine.errors import NotPossibleNow, UnknownThing
from office.office import definitions
from training.best_way import at_number, prepared
from training.diary import Diary
from training.flow.observed import Observed
from training.flow.play import FlowPlay
from training.flow.subject import ENDING, flow_of, walked
from training.judging import Judged
from training.lessons import Lesson, lesson, lessons, own_lesson
from training.play import Act, Play
from training.rounds import NAMES, Round, round_of, spent, time_of_day
from training.scene import School, Unsolvable
from training.spacing import Standing, candidates, weakest

MOST_TRIED = 10


def opened(folder: Path, learner: str, city: str, folders: Sequence[Path], today: dt.date) -> Desk:
    """The desk of a learner in a city; `Diary` and `definitions` say what may be wrong with the words."""
    diary = Diary(folder, learner)
    return Desk(School(definitions(city, folders)), diary, today)


@dataclass
class Desk:
    """One learner at work; `today` is the day on which he really sits here."""

    school: School
    diary: Diary
    today: dt.date
    _kept: tuple[tuple[int, int, int], Play | FlowPlay] | None = field(default=None, init=False)

    @property
    def begun(self) -> dict[str, Any]:
        """The line with which the present lesson began.

        Raises:
            NotPossibleNow: there is no lesson, it is finished, or a definition has changed.
        """
        row = self._latest
        if row is None or row["kind"] != "start":
            ja = "いま取り組んでいる課題はありません。madoguchi train start 課題 で始めてください。"
            raise NotPossibleNow(ja, "no lesson is begun; begin with `madoguchi train start LESSON`")
        for case in row["cases"]:
            flow = flow_of(self.school.declared, case["lesson"], case["number"]) if "flow" in case else None
            on = dt.date.fromisoformat(case["on"])
            edition = self.school.declared.catalogue.edition(case["lesson"].partition(".")[0], on)
            known = (edition.hash, edition.wording, flow.mark if flow else None)
            if known != (case["edition"], case["wording"], case.get("flow")):
                self.diary.add({"kind": "retired", "lesson": row["lesson"], "case": case["lesson"]})
                ja = (
                    f"課題「{row['lesson']}」の定義が、始めた後で変わりました。この課題は終わりにします。"
                    "madoguchi train start でもう一度始めてください(点数は付きません)。"
                )
                raise NotPossibleNow(ja, f"the definition behind {row['lesson']} has changed; the lesson is retired")
        return row

    @property
    def has_lesson(self) -> bool:
        """Whether a lesson is begun and not yet finished or retired."""
        return self._latest is not None and self._latest["kind"] == "start"

    @property
    def _latest(self) -> dict[str, Any] | None:
        found = (row for row in reversed(self.diary.rows) if row["kind"] in {"start", "finish", "retired"})
        return next(found, None)

    def start(self, name: str, seed: int, on: dt.date | None = None) -> dict[str, Any]:
        """Begin a lesson; one that was begun before is left.

        Raises:
            UnknownThing: there is none of that name.
            Unsolvable: it cannot be given.
        """
        if name.endswith(ENDING):
            return self._start_flow(name, seed)
        return self.start_round(name, seed, self.prepared_of(name, seed, on))

    def _start_flow(self, name: str, seed: int) -> dict[str, Any]:
        """Begin a BPR lesson: what its flow shows is kept, so that it is run once."""
        flow = flow_of(self.school.declared, name, seed)
        before = walked(self.school.declared, flow).model_dump(mode="json")
        case = {**self._case(flow.lesson, seed), "flow": flow.mark, "before": before}
        self.diary.add({"kind": "start", "lesson": name, "seed": seed, "minutes": None, "cases": [case]})
        return self.begun

    def prepared_of(self, name: str, seed: int, on: dt.date | None = None) -> Round:
        """The cases of a lesson of one or of several cases; raises as `start`, and for a flow: it has no cases."""
        if name.endswith(ENDING):
            raise NotPossibleNow(
                "流れの課題には、印刷する案件がありません。", "a lesson of a flow has no cases to print"
            )
        if name in NAMES:
            return round_of(self.school, name, seed, on)
        return Round([prepared(self.school, lesson(self.school.declared, name, on), seed)])

    def start_round(self, name: str, seed: int, of: Round) -> dict[str, Any]:
        """Begin a lesson of some cases."""
        cases = []
        for one in of.cases:
            error = one.lesson.error
            own = {"error": error.model_dump(mode="json", exclude_defaults=True)} if error and one.lesson.own else {}
            cases.append({**own, **self._case(one.lesson, one.number), "settled": one.settled})
        self.diary.add({"kind": "start", "lesson": name, "seed": seed, "minutes": of.minutes, "cases": cases})
        return self.begun

    def _case(self, lesson: Lesson, number: int) -> dict[str, Any]:
        """A case as the diary names it, with the digests of its declaration."""
        edition = self.school.declared.catalogue.edition(lesson.procedure, lesson.on)
        named = {"lesson": lesson.id, "skills": list(lesson.skills), "number": number, "on": lesson.on.isoformat()}
        return {**named, "edition": edition.hash, "wording": edition.wording}

    def play(self, number: int | None = None) -> tuple[int, Play | FlowPlay]:
        """A case of the present lesson with its number; the first that is not over where none is named.

        Raises:
            UnknownThing: the lesson has no such case.
        """
        begun = self.begun
        acts = self._acts(begun)
        over = {row["case"] for row in acts if row["over"]}
        numbers = range(1, len(begun["cases"]) + 1)
        chosen = number or next((one for one in numbers if one not in over), 1)
        if chosen not in numbers:
            ja = f"この課題の案件は1から{len(begun['cases'])}までです。"
            raise UnknownThing(ja, f"there is no case {chosen} in this lesson", case=chosen)
        ours = [row for row in acts if row["case"] == chosen]
        if self._kept is None or self._kept[0] != (begun["row"], chosen, len(ours)):
            played = self._played(begun["cases"][chosen - 1], ours)
            for row in ours:
                played.act(Act(row["act"], row["name"], row["value"], row["answers"]))
            self._kept = ((begun["row"], chosen, len(ours)), played)
        return chosen, self._kept[1]

    def _played(self, case: dict[str, Any], acts: Sequence[dict[str, Any]]) -> Play | FlowPlay:
        """A case before its first act; of a flow, with what its runs showed."""
        if "flow" in case:
            flow = flow_of(self.school.declared, case["lesson"], case["number"])
            ran = next((Observed.model_validate(row["ran"]) for row in acts if row.get("ran")), None)
            return FlowPlay(self.school.declared, flow, Observed.model_validate(case["before"]), kept=ran)
        asked = _again(self.school, case)
        return Play(self.school, at_number(self.school, asked, case["number"], settled=case["settled"]))

    def act(self, act: Act, number: int | None = None) -> tuple[int, Play | FlowPlay, Judged]:
        """Do something on a case, judge it and write it down; what is not known is not written down.

        Raises:
            NotPossibleNow: the counter has closed.
        """
        begun = self.begun
        if self._closed(begun):
            ja = "閉庁の時刻になりました。手を付けていない案件は0点です。madoguchi train finish で振り返ります。"
            raise NotPossibleNow(ja, "the counter has closed; see train finish")
        if begun.get("minutes") is not None and act.kind == "wait":
            ja = "時計のある課題では、日を送れません。できることから進めます。"
            raise NotPossibleNow(ja, "a lesson with a clock does not wait for days")
        chosen, play = self.play(number)
        self._kept = None  # what is done here counts only once it is written down
        judged = play.act(act)
        row: dict[str, Any] = {"act": act.kind, "name": act.name, "value": act.value, "answers": act.answers}
        if isinstance(play, FlowPlay) and play.after is not None:
            row["ran"] = play.after.model_dump(mode="json")
        score = play.score()
        self.diary.add(
            {"kind": "act", "case": chosen, **row, "over": play.over, "verdict": judged.verdict, "points": score.points}
        )
        ours = sum(row["case"] == chosen for row in self._acts(begun))
        self._kept = ((begun["row"], chosen, ours), play)
        return chosen, play, judged

    def spent(self, begun: dict[str, Any]) -> int:
        """The minutes that have passed since the counter opened."""
        return spent([row["act"] for row in self._acts(begun)])

    def wall(self) -> str:
        """What the clock on the wall says in a lesson that ends with a time of day; empty in the others."""
        begun, hours = self.begun, self.school.declared.municipality.hours
        if begun.get("minutes") is None:
            return ""
        now, end = time_of_day(hours, self.spent(begun)), time_of_day(hours, begun["minutes"])
        return f"時刻: {now}({end} に閉まる)"

    def points(self) -> list[int | None]:
        """The points of each case so far; None for one that is not begun."""
        begun = self.begun
        latest = {row["case"]: row["points"] for row in self._acts(begun)}
        return [latest.get(number) for number in range(1, len(begun["cases"]) + 1)]

    def over(self) -> Sequence[bool]:
        """Of each case whether it is over."""
        begun = self.begun
        latest = {row["case"]: row["over"] for row in self._acts(begun)}
        return [latest.get(number, False) for number in range(1, len(begun["cases"]) + 1)]

    def finish(self) -> dict[str, Any]:
        """End the lesson: the line with its points, by case and skill."""
        begun, points = self.begun, self.points()
        mean = round(sum(one or 0 for one in points) / len(points))
        cases = [
            {"lesson": case["lesson"], "skills": case["skills"], "points": found or 0}
            for case, found in zip(begun["cases"], points, strict=True)
        ]
        row = {"lesson": begun["lesson"], "seed": begun["seed"], "points": mean, "cases": cases}
        self.diary.add({"kind": "finish", "on": self.today.isoformat(), **row})
        return self.diary.rows[-1]

    def start_next(self) -> tuple[Standing, dict[str, Any]]:
        """Begin a lesson in what is weakest; gives the skill as it stood, and the line.

        Raises:
            Unsolvable: no lesson of that skill can be given.
        """
        standing = weakest(self.diary.rows, self.today)
        known = candidates(self.diary.rows, lessons(self.school.declared), standing.skill)
        last = Unsolvable("この力を付ける課題がありません。", f"no lesson trains {standing.skill}")
        for one in known[:MOST_TRIED]:
            try:
                return standing, self.start(one.id, standing.tried + 1)
            except Unsolvable as unsolvable:
                last = unsolvable
        raise last

    def _acts(self, begun: dict[str, Any]) -> list[dict[str, Any]]:
        return [row for row in self.diary.rows[begun["row"] :] if row["kind"] == "act"]

    def _closed(self, begun: dict[str, Any]) -> bool:
        return begun.get("minutes") is not None and self.spent(begun) >= begun["minutes"]


def _again(school: School, case: dict[str, Any]) -> Lesson:
    """The lesson of a case as it was begun: a declared one, or one that a trainer wrote."""
    on = dt.date.fromisoformat(case["on"])
    if "error" in case:
        return own_lesson(school.declared, case["lesson"], CommonError.model_validate(case["error"]), on)
    return lesson(school.declared, case["lesson"], on)
