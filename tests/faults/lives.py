"""The lives that are stopped everywhere: every scenario of the real procedures, and cases of the small town.

The small town has what the real procedures do not have yet: links, signals, repeated timers, registers that an event
writes, tasks side by side, and a condition that cannot be looked into when the time comes.
"""

from __future__ import annotations

import datetime as dt

from engine.actors import Actor
from engine.clock import JST
from office.asking import instant
from tests.engine.family import FORM, HANA
from tests.engine.journeys import GROVE, PERMIT
from tests.faults.life import CASE, Diary, Life, Step
from tests.faults.worlds import LINKED
from tests.scenarios.scenario import Scenario, scenarios
from tests.scenarios.stage import changed, document

FIRST_DAY = dt.datetime(2022, 5, 30, 10, 0, tzinfo=JST)
CITIZEN, COUNTER, CLERK, CHIEF, HEAD = "applicant:p1", "counter:c1", "clerk:k1", "unit_chief:u1", "section_chief:s1"
METHODS = {"check": "look", "fact": "establish", "submit": "fire", "tell": "hear"}


def of_scenario(scenario: Scenario) -> Life:
    """A scenario as the commands of its clients; the notices are sent after the arrival and in the end.

    What is about the case of another scenario comes after that one's, as a second case.
    """
    now, answers = instant(scenario.given.at), document(scenario.procedure, scenario.given.form)
    before = of_scenario(scenarios()[scenario.given.about]) if scenario.given.about else None
    steps = [*before.steps] if before else []
    case, upon = (CASE + 1, CASE) if before else (None, None)
    for one in scenario.steps():
        now = instant(one.at) if one.at else now
        actor = Actor.parse(one.by) if one.do not in {"tick", "signal", "tell"} else None
        given, about = dict(one.answers or one.facts), one.what
        if one.do == "open":
            about = scenario.procedure
        elif one.do == "check":
            given = dict.fromkeys(one.passed, True) | dict.fromkeys(one.failed, False)
        elif one.do == "away":
            given = {"hours": one.hours, "vacant": one.vacant}
        elif one.do == "submit" or one.set is not None or one.drop:
            given, about = changed(answers, one.set or {}, one.drop), one.what or "submit"
            answers = answers if one.refused else given
        method = METHODS.get(one.do, one.do)
        steps.append(Step(now, method, actor, about, given, one.task, one.refused, one.filer, case, upon))
        if one.do == "submit":
            steps.append(Step(now, "deliver"))
    steps.append(Step(now, "deliver"))
    return Life(scenario.id, scenario.given.city, tuple(steps), scenario.then.state, case or CASE)


def permitted() -> Life:
    """A permit, sent back once, with numbers, a registration and a circulation; in the end its values are destroyed."""
    diary = Diary(FIRST_DAY).open("permit", CITIZEN).fire("submit", CITIZEN, PERMIT).deliver()
    diary.fire("note", CLERK, {"text": "電話した"}).look(CLERK, papers=True, width=True)
    draft = {"amount": 500, "reason": "減免", "ground": "streets-3"}
    diary.fire("propose", CLERK, {"amount": 500}, refused="bad_answers").fire("propose", CLERK, draft)
    diary.fire("send_back", CHIEF, {"reason": "再考"}).fire("propose", CLERK, draft).fire("endorse", CHIEF)
    diary.fire("decide", HEAD).fire("decide", "section_chief:s2", refused="overtaken")
    diary.fire("issue", COUNTER).deliver().later(days=10)
    return diary.fire("see", CHIEF).destroy(HEAD, "保存期間の満了").ends("made_up_permit", "granted")


def unknowable() -> Life:
    """A renewal, of which a table says nothing: what cannot be known does not hold, so its fee is not waived."""
    diary = Diary(FIRST_DAY).open("permit", CITIZEN).fire("submit", CITIZEN, PERMIT | {"kind": "renewal"})
    diary.fire("waive", CLERK, refused="not_now").fire("request_correction", CLERK, {"items": "図面"})
    diary.later(days=8).later(days=8).later(days=20).deliver().look(CLERK, papers=True, width=False)
    diary.fire("propose_refusal", CLERK, {"ground": "streets-3", "reason": "狭い"})
    diary.fire("endorse", CHIEF).fire("decide", "director:d1").fire("issue", COUNTER).later(days=10)
    return diary.deliver().ends("made_up_renewal", "refused")


def protected() -> Life:
    """A tree: two surveys at once, an opinion, reminders week by week, a register, a link, and what still follows."""
    diary = Diary(FIRST_DAY).open("grove", CITIZEN).fire("submit", CITIZEN, GROVE).fire("survey", CLERK)
    diary.fire("ask_opinion", CLERK, {"due_on": "2022-06-20"}).fire("finish", CLERK, {"height": 12.5}, task=1)
    diary.later(days=8).fire("finish", CLERK, {"height": 12.5}, task=2).fire(
        "advise", "tree_doctor:d1", {"text": "健全"}
    )
    diary.later(days=8).deliver().establish(CLERK, healthy=True).fire("keep", CLERK).deliver()
    return diary.later(days=12).fire("see", CLERK).signal("felled", fell_on="2022-07-20").ends("made_up_grove", "gone")


def amended() -> Life:
    """A canal under a law that is amended while it waits: moved with its task, and once more, which changes nothing."""
    diary = Diary(FIRST_DAY).open("shift", CITIZEN).fire("submit", CITIZEN, {"name": "水野"}).fire("ask", CLERK)
    diary.migrate(CLERK).establish(CLERK, law_of="2023-05-01").migrate(CITIZEN, refused="not_yours").migrate(CLERK)
    diary.migrate(CLERK).later(days=3).fire("answer", CLERK, task=1).migrate(CLERK)
    return diary.ends("made_up_amended", "done")


def told() -> Life:
    """An allowance that opens a payment, until a register tells a death: it ends, and the payment hears of it."""
    diary = Diary(FIRST_DAY).open("allowance", CITIZEN).fire("submit", CITIZEN, FORM)
    diary.fire("grant", CLERK, {"amount": 10000}).later(days=31).hear().register("death", HANA).hear().hear()
    return diary.ends("made_up_told", "ended", LINKED)


LIVES: tuple[Life, ...] = (
    *map(of_scenario, scenarios().values()),
    permitted(),
    unknowable(),
    protected(),
    amended(),
    told(),
)
