"""The engine and a model of approvals that shares nothing with it never differ, whatever anybody tries."""

from __future__ import annotations

from collections import Counter
from typing import Any, ClassVar

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule, run_state_machine_as_test

from engine.absences import ABSENT, VACANT
from engine.actors import Actor
from engine.clock import to_seconds
from engine.errors import Refusal
from engine.leaving import Leave as Recorded
from engine.leaving import end, record
from tests.engine.approving import BY, LISTED, ROLES, Leave, Model
from tests.engine.invariants import of_case
from tests.engine.journeys import in_memory
from tests.engine.leave import HOUR, later

POSTS = sorted(ROLES)
EVENTS = sorted(BY)
RULES = {
    *("own_draft", "own_act", "stale_draft", "superior_only", "absent_only", "vacancy", "listed_deputy"),
    *("decider_only", "excluded_matter", "one_at_a_time", "no_circle", "half_open", "not_afterwards"),
}
names = st.sampled_from(["さくら", "うめ"])
people = st.sampled_from([*["own"] * 8, "k1", "k2"])
hours = st.sampled_from([0, 1, 2, 5])


class Approvals(RuleBasedStateMachine):
    """One case; what is tried of the engine is asked of the model first."""

    tried: ClassVar[Counter[tuple[str, str]]] = Counter()

    @initialize(form=st.sampled_from(["並木", "並木", "公園", "争い"]))
    def begin(self, form: str) -> None:
        """A case that waits for its draft."""
        self.desk = in_memory()
        self.start = to_seconds(self.desk.clock.now())
        self.model = Model(disputed=form == "争い", shared=form == "公園")
        self.case = self.desk.open("ruling")
        self.case.fire("submit", "applicant:p1", {"name": form})

    @precondition(lambda self: self.model.state == "review")
    @rule(name=names, drafter=st.sampled_from(["k1", "k2"]))
    def propose(self, name: str, drafter: str) -> None:
        """A clerk drafts."""
        self.case.fire("propose", f"clerk:{drafter}", {"name": name})
        self.model.propose(name, drafter)
        self._agree("propose")

    @precondition(lambda self: self.model.state == "deciding")
    @rule(person=people, times=st.integers(1, 4))
    def go_on(self, person: str, times: int) -> None:
        """Those whose turn it is sign, one after the other."""
        for _ in range(times):
            step = next((one for one in self.model.round.steps if one.state == "pending"), None)
            if step and self.model.state == "deciding":
                self._try("decide" if step.role == "decider" else "endorse", step.place, step.post, person, 0)

    @precondition(lambda self: self.model.rounds)
    @rule(
        event=st.sampled_from(EVENTS),
        place=st.integers(1, 4),
        post=st.sampled_from(POSTS),
        person=people,
        to=st.integers(0, 3),
    )
    def anything(self, event: str, place: int, post: str, person: str, to: int) -> None:
        """Anybody tries anything on any step of the last draft."""
        self._try(event, place, post, person, to)

    @precondition(lambda self: self.model.state == "deciding")
    @rule(event=st.sampled_from(["decide_for", "pull_up", "step_back", "send_back", "drop"]), data=st.data())
    def likely(self, event: str, data: st.DataObject) -> None:
        """Somebody on whom little stands against tries it."""
        steps = self.model.round.steps
        step = steps[-1] if event in {"decide_for", "drop"} else data.draw(st.sampled_from(steps))
        posts = {"decide_for": LISTED["section_chief"], "pull_up": ["chief_1", "section_chief"]}.get(event, [step.post])
        self._try(event, step.place, data.draw(st.sampled_from(posts)), "own", data.draw(st.integers(1, 2)))

    @precondition(lambda self: self.model.state == "deciding")
    @rule(place=st.sampled_from([0, 0, 0, 1, 2]), person=people)
    def in_whose_place(self, place: int, person: str) -> None:
        """Somebody goes away, and whoever may acts in his place."""
        steps = self.model.round.steps
        pending = next(one for one in steps if one.state == "pending")
        step = steps[place - 1] if place else pending
        if self.model.leave(step.post) is None:
            self._leave(Leave(step.post, self.model.now, self.model.now + 1))
        if step.role == "decider":
            self._try("decide_for", step.place, self.model.deputy(step.post) or "aide", person, 0)
        else:
            self._try("pull_up", step.place, "section_chief", person, 0)

    @precondition(lambda self: self.model.duties)
    @rule(data=st.data(), post=st.sampled_from(["unit_chief", "chief_1", "section_chief"]), person=people)
    def view(self, data: st.DataObject, post: str, person: str) -> None:
        """Somebody views what was done in his place, or in another's."""
        number = data.draw(st.integers(0, len(self.model.duties) - 1))
        duty = self.model.duties[number]
        who = duty.by if person == "k1" else f"{post}-1"
        task = self.case.tasks("after_view")[number].number
        against = self.model.against_view(duty, post, who)
        if self._same("see", against, lambda: self.case.fire("see", f"{post}:{who}", {}, task=task)):
            duty.seen = True
        self._agree("see")

    @rule(
        post=st.sampled_from(["section_chief", "section_chief", "vice_head", "adviser", "aide", "unit_chief"]),
        after=st.sampled_from([-3, 0, 0, 0, 2]),
        length=st.sampled_from([-1, 1, 3, 30]),
        vacant=st.sampled_from([False, False, False, True]),
        deputy=st.sampled_from(["", "", "vice_head", "adviser", "aide", "section_chief", "director"]),
    )
    def leave(self, post: str, after: int, length: int, vacant: bool, deputy: str) -> None:  # noqa: FBT001 - drawn
        """Somebody is away."""
        self._leave(Leave(post, self.model.now + after, self.model.now + after + length, vacant, deputy))

    def _leave(self, new: Leave) -> None:
        since, until = (self.start + int(hour * HOUR) for hour in (new.since, new.until))
        said = Recorded(new.post, since, until, deputy=new.deputy, kind=VACANT if new.vacant else ABSENT)
        against = self.model.against_leave(new)
        if self._same("leave", against, lambda: record(self.desk.engine, Actor("clerk", "k9"), said)):
            self.model.leaves.append(new)

    @precondition(lambda self: self.model.leaves)
    @rule(data=st.data())
    def come_back(self, data: st.DataObject) -> None:
        """Somebody is there again."""
        number = data.draw(st.integers(0, len(self.model.leaves) - 1))
        row = self.model.leaves[number]
        against = {""} if row.until <= self.model.now else set[str]()
        if self._same("come_back", against, lambda: end(self.desk.engine, Actor("clerk", "k9"), number + 1)):
            row.until = max(self.model.now, row.since)

    @rule(age=st.sampled_from([None, 3, 80]), now=st.integers(0, 5))
    def know(self, age: int | None, now: int) -> None:
        """A fact is recorded, seldom while the draft is being signed."""
        if self.model.state == "deciding" and now:
            return
        self.case.establish("clerk:k3", age=age)
        self.model.know(age)

    @precondition(lambda self: self.model.state == "named")
    @rule()
    def rename(self) -> None:
        """What was decided is taken up again."""
        self.case.fire("rename", "clerk:k1")
        self.model.state = "review"

    @rule(span=hours)
    def wait(self, span: int) -> None:
        """Hours pass."""
        later(self.desk, span)
        self.model.now += span
        for post in LISTED["section_chief"]:
            items = [one.for_absent for one in self.desk.engine.inbox(["deputy"], post)]
            assert items == ([True] if self.model.lies_with(post) else []), post

    def _try(self, event: str, place: int, post: str, person: str, to: int) -> None:
        steps = self.model.round.steps
        step = steps[min(place, len(steps)) - 1]
        tasks = [one for one in self.case.tasks("step") if one.memo["round"] == len(self.model.rounds)]
        number = tasks[step.place - 1].number
        who = f"{post}-1" if person == "own" else person
        asks: dict[str, Any] = {"step_back": {"reason": "x", "step": to}}
        asks |= {"send_back": {"reason": "x"}, "drop": {"reason": "x"}}
        against = self.model.against(event, step, post, who, to)
        if self._same(event, against, lambda: self.case.fire(event, f"{post}:{who}", asks.get(event), task=number)):
            self.model.do(event, step, who, to)
        self._agree(event)

    def _same(self, event: str, against: set[str], act: Any) -> bool:  # noqa: ANN401 - a command
        """Whether it happened; the engine has to refuse what the model does, for one of its reasons."""
        refused: Refusal | None = None
        try:
            act()
        except Refusal as refusal:
            refused = refusal
        rule_of = "done" if refused is None else str(refused.facts.get("rule", ""))
        assert rule_of in (against or {"done"}), f"{event}: {refused} is not in {against}"
        self.tried[event, rule_of or "refused"] += 1
        return refused is None

    def _agree(self, what: str) -> None:
        """The case stands where the model stands."""
        whole = self.case.whole
        tasks = [one for _, one in sorted(whole.tasks.items())]
        last = [(one.post, one.state) for one in tasks if one.memo.get("round") == len(self.model.rounds)]
        assert whole.case.state == self.model.state, what
        assert last == [(one.post, one.state) for one in self.model.round.steps], what
        duties = [(one.post, one.state == "seen") for one in tasks if one.kind == "after_view"]
        assert duties == [(one.post, one.seen) for one in self.model.duties], what
        drafts = whole.case.memo["drafts"]
        told = [("stale" in one, "decided" in one) for one in (drafts[str(n)] for n in range(1, len(drafts) + 1))]
        assert told == [(one.stale, one.decided) for one in self.model.rounds], what

    def teardown(self) -> None:
        """Every promise of the engine holds of the case."""
        if hasattr(self, "case"):
            with self.desk.store.reading() as tx:
                assert of_case(tx, self.case.id, self.desk.ports.definitions) == []
            self.desk.store.close()


def run(examples: int, steps: int) -> Counter[tuple[str, str]]:
    """What was tried, and how often it ended in which way."""
    Approvals.tried.clear()
    slow = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much]
    settled = settings(max_examples=examples, stateful_step_count=steps, suppress_health_check=slow, database=None)
    run_state_machine_as_test(Approvals, settings=settled)
    return Approvals.tried.copy()


def test_engine_and_model_never_differ_over_a_few_hundred_steps() -> None:
    tried = run(30, 50)
    assert tried.total() > 250
    assert {event for event, ended in tried if ended == "done"} >= {"endorse", "pull_up", "leave"}


@pytest.mark.full
def test_engine_and_model_never_differ_over_a_million_steps() -> None:
    tried = run(5_000, 200)
    for (event, ended), times in sorted(tried.items()):
        print(f"{event:10} {ended:16} {times}")  # noqa: T201 - seen with -s
    assert {(event, "done") for event in (*EVENTS, "see", "leave", "come_back")} <= set(tried)
    assert {ended for _, ended in tried} >= RULES
