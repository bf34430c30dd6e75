"""What an approval may do, told a second time and simply: lists of steps, hours, and the rules one by one.

It shares no code with the engine. For everything that somebody tries it names every rule that stands against it.
"""

from __future__ import annotations

from dataclasses import dataclass, field

ROLES = {
    "unit_chief": {"reviewer"},
    "chief_1": {"reviewer"},
    "chief_2": {"reviewer"},
    "parks_chief": {"cosigner"},
    "section_chief": {"decider"},
    "director": {"decider"},
    "vice_head": {"deputy"},
    "adviser": {"deputy"},
    "aide": {"deputy"},
}
LISTED = {
    "section_chief": ["vice_head", "adviser"],
    "vice_head": ["aide"],
    "adviser": ["aide"],
    "aide": ["section_chief"],
}
BY = {
    "endorse": {"reviewer", "cosigner"},
    "decide": {"decider"},
    "decide_for": {"deputy"},
    "pull_up": {"reviewer", "decider"},
    "step_back": {"reviewer", "cosigner", "decider"},
    "send_back": {"reviewer", "cosigner", "decider", "deputy"},
    "drop": {"decider", "deputy"},
}
SIGNED = {"endorse": "endorsed", "decide": "decided", "decide_for": "decided", "pull_up": "pulled_up"}
DONE = set(SIGNED.values())
PLAIN = ""  # a refusal that needs no rule of approvals: not this role, not from this state, not these answers


@dataclass
class Step:
    """One signature of a route."""

    post: str
    role: str
    place: int
    state: str = "waiting"


@dataclass
class Leave:
    """An absence or vacancy, in hours."""

    post: str
    since: float
    until: float
    vacant: bool = False
    deputy: str = ""


@dataclass
class Duty:
    """Something to be viewed afterwards by a post, not by the one who did it."""

    post: str
    by: str
    seen: bool = False


@dataclass
class Round:
    """One draft on its way."""

    name: str
    drafter: str
    substance: int
    steps: list[Step]
    stale: bool = False
    decided: bool = False


@dataclass
class Model:
    """One case. `disputed` is kept from deputies, `shared` asks another department."""

    disputed: bool
    shared: bool
    now: float = 0
    state: str = "review"
    leaves: list[Leave] = field(default_factory=list)
    rounds: list[Round] = field(default_factory=list)
    duties: list[Duty] = field(default_factory=list)
    age: int | None = None
    documents: int = 0

    # ---- who is there -------------------------------------------------------------------------------------------

    def leave(self, post: str, at: float | None = None) -> Leave | None:
        """The absence or vacancy of a post at an hour."""
        hour = self.now if at is None else at
        return next((one for one in self.leaves if one.post == post and one.since <= hour < one.until), None)

    def absent(self, post: str) -> bool:
        """Whether its holder is away."""
        found = self.leave(post)
        return found is not None and not found.vacant

    def deputy(self, post: str) -> str | None:
        """Who stands in, asked level by level."""
        level, seen = [post], {post}
        for _ in range(3):
            following: list[str] = []
            for one in level:
                found = self.leave(one)
                if found and not found.vacant:
                    following += [found.deputy] if found.deputy else LISTED.get(one, [])
            level = [one for one in following if one not in seen]
            for one in level:
                if self.leave(one) is None:
                    return one
            seen |= set(level)
        return None

    def against_leave(self, new: Leave) -> set[str]:
        """Every rule against recording it."""
        found = {"half_open"} if new.until <= new.since else set[str]()
        found |= {"not_afterwards"} if new.until <= self.now else set()
        met = [one for one in self.leaves if one.since < new.until and new.since < one.until and one.since < one.until]
        found |= {"one_at_a_time"} if any(one.post == new.post for one in met) else set()
        if new.deputy:
            found |= {"vacancy"} if new.vacant else set()
            found |= {"listed_deputy"} if new.deputy not in LISTED.get(new.post, []) else set()
            hours = {new.since, *(one.since for one in met if new.since <= one.since < new.until)}
            found |= {"no_circle"} if any(self._circle(new, hour) for hour in hours) else set()
        return found

    def _circle(self, new: Leave, hour: float) -> bool:
        here = new.deputy
        for _ in range(9):
            if here == new.post:
                return True
            row = self.leave(here, hour)
            here = row.deputy if row else ""
        return False

    # ---- the route ----------------------------------------------------------------------------------------------

    @property
    def round(self) -> Round:
        """The draft at hand."""
        return self.rounds[-1]

    def propose(self, name: str, drafter: str) -> None:
        """A draft, which the route begins to sign."""
        before = self.rounds[-1] if self.rounds else None
        same = before is not None and before.name == name and not before.stale
        substance = before.substance if before and same else len(self.rounds)
        earlier = [one for one in self.rounds if one.substance == substance]
        agreed = any(step.role == "cosigner" and step.state == "endorsed" for one in earlier for step in one.steps)
        posts = [("unit_chief", "reviewer"), ("chief_1", "reviewer")]
        posts += [("parks_chief", "cosigner")] if self.shared and not agreed else []
        posts += [("section_chief", "decider")]
        steps = [Step(post, role, place) for place, (post, role) in enumerate(posts, 1)]
        self.rounds.append(Round(name, drafter, substance, steps))
        self.state = "deciding"
        self._reach()

    def against(self, event: str, step: Step, post: str, person: str, to: int = 0) -> set[str]:
        """Every rule against somebody's doing something on a step of the draft at hand."""
        found = set[str]()
        if self.state != "deciding" or not self._fits(event, step, to) or not ROLES[post] & BY[event]:
            found.add(PLAIN)
        if person == self.round.drafter:
            found.add("own_draft")
        if event in SIGNED and self.round.stale:
            found.add("stale_draft")
        if event == "pull_up":
            later = [one.post for one in self.round.steps if one.place > step.place and one.role != "cosigner"]
            found |= set() if post in later else {"superior_only"}
            found |= self._nobody_away(step)
        elif post != step.post or event == "decide_for":
            found |= self._against_deputy(event, step, post)
        return found

    def _against_deputy(self, event: str, step: Step, post: str) -> set[str]:
        if "deputy" not in ROLES[post] & BY[event]:
            return {PLAIN}
        found = {"decider_only"} if step.role != "decider" else set[str]()
        found |= {"excluded_matter"} if self.disputed else set()
        found |= self._nobody_away(step)
        return found | ({"listed_deputy"} if self.deputy(step.post) != post else set())

    def _nobody_away(self, step: Step) -> set[str]:
        leave = self.leave(step.post)
        return {"absent_only"} if leave is None else {"vacancy"} if leave.vacant else set()

    def _fits(self, event: str, step: Step, to: int) -> bool:
        here = step.state in ({"waiting", "pending"} if event == "pull_up" else {"pending"})
        role = {"endorse": step.role != "decider", "pull_up": step.role == "reviewer", "send_back": True}
        role |= {"step_back": 1 <= to < step.place}
        return here and role.get(event, step.role == "decider")

    def do(self, event: str, step: Step, person: str, to: int = 0) -> None:
        """What is allowed happens."""
        if event in SIGNED:
            step.state = SIGNED[event]
        if event in {"decide_for", "pull_up"}:
            self.duties.append(Duty(step.post, person))
        if event == "step_back":
            for one in self.round.steps:
                one.state = "waiting" if to <= one.place <= step.place else one.state
        if event in {"send_back", "drop"}:
            step.state = {"send_back": "sent_back", "drop": "dropped"}[event]
            self.state = "review"
        elif step.state == "decided":
            self.state, self.round.decided = "named", True
            self.documents += 1
        else:
            self._reach()

    def know(self, age: int | None) -> None:
        """A fact is recorded; under a draft that is being signed it makes a difference."""
        if self.state == "deciding" and age != self.age:
            self.round.stale = True
        self.age = age

    def against_view(self, duty: Duty, post: str, person: str) -> set[str]:
        """Every rule against viewing something afterwards."""
        found = {PLAIN} if duty.seen or post != duty.post or not ROLES[post] & {"reviewer", "decider"} else set[str]()
        return found | ({"own_act"} if person == duty.by and post == duty.post else set())

    def lies_with(self, post: str) -> bool:
        """Whether the decider's step lies with a deputy now."""
        last = self.round.steps[-1] if self.rounds else None
        ready = self.state == "deciding" and last is not None and last.state == "pending"
        return ready and not self.disputed and self.absent("section_chief") and self.deputy("section_chief") == post

    def _reach(self) -> None:
        for one in self.round.steps:
            before = [other for other in self.round.steps if other.place < one.place]
            if one.state == "waiting" and all(other.state in DONE for other in before):
                one.state = "pending"
