"""The BPR lesson: a flow is walked, waste marked, levers pulled, the result predicted and held against a run."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from engine.errors import DefinitionError, MadoguchiError, NotPossibleNow, UnknownThing
from office.asking import Misused
from training.desk import Desk
from training.diary import Diary
from training.flow import subject
from training.flow.observed import Observed
from training.flow.play import FlowPlay, now_of
from training.flow.seeing import bottleneck
from training.flow.subject import Flow, flow_lessons, flow_of, walked
from training.flow.waste import wastes
from training.lessons import FIRST_DAY
from training.play import Act
from training.scene import School
from training.scoring import FULL, PASS_MARK
from training.showing import debrief, hint

NAME = "insured_card_reissue.flow"
STEPS = {"units": ["内容確認"], "times": 0.5}
Played = Callable[..., FlowPlay]


@pytest.fixture(scope="module")
def flow(school: School) -> Flow:
    """A flow that is quickly run."""
    return flow_of(school.declared, NAME, 1)


@pytest.fixture(scope="module")
def before(school: School, flow: Flow) -> Observed:
    """The flow as it is."""
    return walked(school.declared, flow)


@pytest.fixture
def played(school: School, flow: Flow, before: Observed) -> Played:
    """A learner who has done some acts."""

    def play(*acts: str) -> FlowPlay:
        made = FlowPlay(school.declared, flow, before)
        for words in acts:
            made.act(_act(words))
        return made

    return play


def _act(words: str) -> Act:
    kind, name, value = [*words.split(), "", ""][:3]
    return Act(kind, name, value)


def test_every_procedure_with_a_file_of_assumptions_has_one(school: School) -> None:
    paths = [school.declared.library.path(name) for name in school.declared.library.ids()]
    beside = [path for path in paths if path is not None and path.with_suffix(".simulation.toml").exists()]
    assert [one.procedure for one in flow_lessons(school.declared)] == [path.stem for path in beside]


def test_the_times_of_the_places_add_up_to_the_whole(before: Observed) -> None:
    assert before.finished > 0
    assert sum(row.days for row in before.places) == pytest.approx(before.days)


def test_waste_is_what_the_figures_say(played: Played, before: Observed, flow: Flow) -> None:
    one = wastes(before, flow.plan)[0]
    judged = played("look flow", f"mark {one.at} {one.kind}").judged[-1]
    assert (judged.verdict, one.ground in judged.says) == ("right", True)
    wrong = played("mark print seals").judged[-1]
    assert (wrong.verdict, "分" in wrong.ground) == ("wrong", True)


def test_nothing_runs_before_it_is_predicted(played: Played) -> None:
    with pytest.raises(NotPossibleNow, match="predict days"):
        played("change steps", "predict minutes 1", "run")


def test_who_finds_the_waste_and_predicts_well_has_full_marks(played: Played, before: Observed, flow: Flow) -> None:
    marks = [f"mark {one.at} {one.kind}" for one in wastes(before, flow.plan)[:3]]
    first = played("change steps", "predict days 0", "predict minutes 0", "run")
    assert first.after is not None
    told = [f"predict {name} {value}" for name, value in now_of(first.after).items()]
    again = played("look flow", *marks, "change steps", *told, "run")
    assert (again.score().points, again.over) == (FULL, True)
    assert first.score().points < PASS_MARK
    lines, facts = debrief(1, again)
    assert any("詰まっているのは" in line for line in lines)
    assert facts["after"]["minutes"] < facts["before"]["minutes"]


def test_a_hint_names_what_comes_next(played: Played) -> None:
    assert "look flow" in hint(played())
    assert "印が足りません" in hint(played("look flow"))


def test_the_bottleneck_is_where_a_case_lies_longest(before: Observed) -> None:
    place = before.longest
    assert place is not None
    assert place.label in bottleneck(before, None)[0]


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("look nothing", UnknownThing),
        ("mark nothing wait", UnknownThing),
        ("mark print nothing", UnknownThing),
        ("change nothing", UnknownThing),
        ("change staff post", Misused),
        ("change staff post=nobody/nowhere,change=1", DefinitionError),
        ("change online_share share=2", DefinitionError),
        ("predict days nan", UnknownThing),
        ("predict days -1", UnknownThing),
        ("predict cases 1", UnknownThing),
        ("undo", NotPossibleNow),
        ("dance", UnknownThing),
    ],
)
def test_what_cannot_be_is_refused_and_not_judged(played: Played, words: str, kind: type[MadoguchiError]) -> None:
    play = played()
    with pytest.raises(kind):
        play.act(_act(words))
    assert (play.judged, play.levers) == ([], [])


def test_a_flow_is_taken_up_where_it_was_left_and_runs_once(
    school: School, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(subject, "RUNS", 1)
    desk = Desk(school, Diary(tmp_path, "c01"), FIRST_DAY)
    desk.start(NAME, 1)
    for act in (Act("change", "minutes", "", STEPS), _act("predict days 1"), _act("predict minutes 9"), _act("run")):
        desk.act(act)
    monkeypatch.setattr(subject, "simulate", _nothing_runs)
    again = Desk(school, Diary(tmp_path, "c01"), FIRST_DAY)
    _, play = again.play()
    assert isinstance(play, FlowPlay)
    assert (play.over, play.predicted) == (True, {"days": 1.0, "minutes": 9.0})
    assert again.finish()["cases"][0]["skills"] == ["flow"]


def _nothing_runs(*_: Any, **__: Any) -> None:  # noqa: ANN401 - whatever is asked
    pytest.fail("it ran again")


def test_changed_assumptions_retire_a_flow_with_a_message(
    school: School, tmp_path: Path, before: Observed, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("training.desk.walked", lambda *_: before)
    desk = Desk(school, Diary(tmp_path, "c01"), FIRST_DAY)
    monkeypatch.setattr(Flow, "mark", "another")
    desk.start(NAME, 1)
    monkeypatch.undo()
    with pytest.raises(NotPossibleNow, match="定義が、始めた後で変わりました"):
        desk.play()
