"""What administrative law asks of a declaration: arrival, 届出, reasons, 教示, and what an end may mean.

Source: 行政手続法7条 (review begins without delay), 8条 (reasons), 37条 (a 届出 is done when it arrives),
行政不服審査法82条 (教示).
"""

from __future__ import annotations

from collections.abc import Iterator

from engine.definition import Procedure
from engine.definition.rows import Event, Outcome, State
from engine.problems import Problem
from procedures.findings import finding
from procedures.soundness.machines import MachineView, case_of

NOTIFYING = ("届出", "申出")
_LAWFUL_KINDS = ("working", "waiting_applicant", "waiting_outside", "waiting_meeting", "deciding", "final")


def lawfulness_problems(procedure: Procedure) -> Iterator[Problem]:
    """Everything on one day that the law would not let stand."""
    case = case_of(procedure)
    yield from _arrival(procedure, case)
    yield from _results(procedure)
    for outcome in procedure.outcomes:
        yield from _outcome(procedure, case, outcome)
    yield from _ends_have_outcomes(procedure, case)
    yield from _reasons_asked(procedure, case)


def only_notifies(procedure: Procedure) -> bool:
    """Whether every nature is a 届出 or 申出: there is nothing to refuse."""
    return bool(procedure.natures) and all(row.act_kind in NOTIFYING for row in procedure.natures)


def _arrival(procedure: Procedure, case: MachineView) -> Iterator[Problem]:
    arrived = [state for state in case.states.values() if state.kind == "arrived"]
    by_others = any(row.act_kind != "職権" for row in procedure.natures)
    if by_others and case.states and not arrived:
        said = ("到達(kind = arrived)の状態がありません。", "there is no state of arrival")
        yield finding("D309", ("states",), said, "断片 intake を使う")
    for event in case.events:
        inner = [name for name in case.sources(event) if case.states[name].kind != "initial"]
        target = case.states.get(event.to or "")
        if inner and target is not None and target.kind == "initial":
            said = ("到達したものを作成中に戻すことはできません。", "what has arrived is not sent back to draft")
            yield finding("D307", ("events", event.id, "to"), said, "補正を求める事象にする(行政手続法7条)")
    for state in arrived:
        yield from _exits(procedure, case, state)


def _exits(procedure: Procedure, case: MachineView, state: State) -> Iterator[Problem]:
    citizens = {role.id for role in procedure.roles if role.side == "citizen"}
    exits = case.leaving(state.id)
    late = {clock.breach.event for clock in procedure.clocks.values() if clock.breach}  # the law itself gives these
    for event in exits:
        target = case.states.get(event.to or "")
        if target is None or target.kind == "initial" or event.id in late:
            continue
        settles = target.kind == "settled" and target.result == "accepted" and only_notifies(procedure)
        if not settles and (target.kind not in _LAWFUL_KINDS or target.decided):
            ja = f"到達から {target.id} へ、審査も決裁もなしに行くことはできません。"
            en = f"arrival does not lead to {target.id} without review and decision"
            yield finding("D301", ("events", event.id, "to"), (ja, en), "審査の状態へ行く(行政手続法7条)")
        if event.by and set(event.by) <= citizens and target.kind != "final":
            said = (
                "到達したあと申請者だけで進めてよいのは取下げです。",
                "after arrival an applicant may only withdraw",
            )
            yield finding("D301", ("events", event.id, "by"), said, "by を役所の役割にする")
    if not any(_begins_review(event, citizens) for event in exits):
        said = ("到達から審査を始める事象がありません。", "no event begins the review")
        hint = "auto か役所の役割で、when のない事象を書く(行政手続法7条: 遅滞なく審査を開始)"
        yield finding("D301", ("states", state.id), said, hint)


def _begins_review(event: Event, citizens: set[str]) -> bool:
    by_office = event.auto or bool(set(event.by) - citizens)
    return by_office and event.to is not None and event.when is None


def _results(procedure: Procedure) -> Iterator[Problem]:
    for state in procedure.states:
        path = ("states", state.id, "result")
        if state.kind == "final" and state.result != "void":
            said = (
                "決定なしに終わる状態(final)の result は void です。",
                "a final state ends without a decision: void",
            )
            hint = 'result = "void"、決定や受理で終わるなら kind = "settled"'
            yield finding("D306", path if state.result else path[:2], said, hint)
        if state.kind == "settled" and state.result in {None, "void"}:
            said = ("settled の result は granted・refused・accepted です。", "a settled state has a result")
            hint = '決定なしに終わるなら kind = "final"'
            yield finding("D306", path if state.result else path[:2], said, hint)
        if state.result == "refused" and only_notifies(procedure):
            said = ("届出・申出に却下はありません。", "a notification is never refused")
            hint = "届出は到達で義務が果たされる(行政手続法37条)。補正を求めるか受理する"
            yield finding("D302", path, said, hint)


def _outcome(procedure: Procedure, case: MachineView, outcome: Outcome) -> Iterator[Problem]:
    path = ("outcomes", outcome.id)
    state = case.states.get(outcome.state)
    if not outcome.disposition:
        return
    if not any(row.disposition for row in procedure.natures):
        said = (
            "処分をする行為の種類がないのに、処分の結果があります。",
            "an outcome is a disposition but no nature is",
        )
        yield finding("D308", (*path, "disposition"), said, "disposition = false にするか、natures を見直す")
    if procedure.appeal is None:
        said = ("処分なのに教示([appeal])がありません。", "a disposition needs the instruction on appeal")
        hint = "[appeal] に body・law・months を書く(行政不服審査法82条)"
        yield finding("D303", (*path, "disposition"), said, hint)
    if state is not None and state.kind == "final":
        said = ("処分の結果は settled の状態に置きます。", "a disposition ends in a settled state")
        yield finding("D306", (*path, "state"), said, f'{state.id} の kind を "settled" にする')
    if state is not None and state.result == "refused" and outcome.reasons != "always":
        said = ("拒否の処分に理由がありません。", "a refusal carries reasons")
        yield finding("D304", path, said, 'reasons = "always"(行政手続法8条)')
    if outcome.notice is None:
        said = ("処分の通知がありません。", "a disposition is notified")
        yield finding("D305", path, said, 'notice = "…" と notices の行を書く')
    elif not any(effect.issues for effect in procedure.effects):
        said = ("結果の通知を送る事象がありません。", "no event issues the notice")
        yield finding("D305", (*path, "notice"), said, "effects に issues = true の行を書く")


def _ends_have_outcomes(procedure: Procedure, case: MachineView) -> Iterator[Problem]:
    named = {outcome.state for outcome in procedure.outcomes}
    for name in case.ends:
        if name not in named:
            said = ("この終わりの状態に結果(outcomes)がありません。", "this end has no outcome")
            hint = f'outcomes に state = "{name}" の行を書く'
            yield finding("D310", ("states", name), said, hint)


def _reasons_asked(procedure: Procedure, case: MachineView) -> Iterator[Problem]:
    """A draft whose outcome always carries reasons asks for the ground and the reason."""
    outcomes = {row.id: row for row in procedure.outcomes}
    inputs = {row.id: row for row in procedure.inputs}
    events = {event.id: event for event in case.events}
    for effect in case.effects:
        event = events.get(effect.id)
        needed = any(outcomes[name].reasons for name in effect.proposes if name in outcomes)
        if event is None or not needed:
            continue
        asked = inputs.get(event.asks or "")
        if asked is not None and asked.form is not None:
            continue
        missing = [name for name in ("ground", "reason") if asked is None or name not in asked.fields]
        if missing:
            ja = f"理由を付ける結果の起案なのに、{'・'.join(missing)} を尋ねていません。"
            en = f"the draft needs reasons and does not ask for {', '.join(missing)}"
            hint = f"asks の入力の fields に {' '.join(f'{name} = …' for name in missing)} を書く(行政手続法8条)"
            yield finding("D304", ("events", event.id, "asks") if event.asks else ("events", event.id), (ja, en), hint)
