"""What a simulated person finds out about an item: by looking, from registers, from those who were asked."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from engine.store import OpenItem
from engine.work import Work
from procedures.plan import Plan
from simulation.applications import Application
from simulation.draws import share
from simulation.means import Search, unknown_facts
from simulation.papers import Papers

MOST_TIMES = 2
"""How often somebody asks the same of one case before he goes on with what he has."""


class Eyes:
    """The eyes of everybody who works on one procedure; what was noticed is in the application's story."""

    def __init__(self, plan: Plan, papers: Papers, search: Search, seed: int) -> None:
        self._plan = plan
        self._papers = papers
        self._search = search
        self._seed = seed

    def to_record(self, application: Application, item: OpenItem, work: Work) -> dict[str, bool]:
        """What the person finds in the checks of this stage that are not yet passed."""
        recorded = work.whole.case.memo.get("checks", {})
        checks = [c for c in work.edition.procedure.checks if c.stage == (item.kind or item.state)]
        checks = [c for c in checks if c.passes is None]
        results = {c.id: recorded[c.id]["passed"] if recorded.get(c.id) else None for c in checks}
        fault = application.fault
        found: dict[str, bool] = {}
        for check in checks:
            asked = application.visits.get(f"did {item.task} {check.on_fail}", 0)
            mistaken = fault is not None and fault.check == check.id
            if mistaken and asked < MOST_TIMES and self._sees(application, item):
                found[check.id] = False
            elif results[check.id] is not True:
                again = application.visit(f"looked {check.id}") > 1
                found[check.id] = again or self._papers.passes(application, check.id)
        return {name: passed for name, passed in found.items() if results[name] is not passed}

    def _sees(self, application: Application, item: OpenItem) -> bool:
        """Whether the person sees the mistake: once noticed it stays noticed."""
        if not application.noticed:
            application.noticed = self.notices(application, item.desk, item.state)
        return application.noticed

    def notices(self, application: Application, role: str, place: str) -> bool:
        """Whether somebody in a role notices at a place, this time, what is wrong."""
        chance = next((row.share for row in self._plan.noticing if row.role == role), 1.0)
        visit = application.visits.get(place, 0)
        return share(self._seed, application.number, "notices", role, place, visit) < chance

    def to_establish(self, application: Application, item: OpenItem, work: Work) -> dict[str, Any]:
        """What belongs to this place, and what its checks are judged by, where nobody knows it yet."""
        known = work.whole.case.memo.get("facts", {})
        facts = self._papers.facts_at(application, work, item.state)
        if application.visits.get("genuine") and application.fault is not None:
            brought = next(g.establishes for g in self._plan.genuine if g.error == application.fault.id)
            facts |= {name: value for name, value in brought.items() if name not in known}
        for check in work.edition.procedure.checks:
            if check.stage == (item.kind or item.state) and check.passes is not None:
                facts |= self._behind(application, work, check.id, facts)
        return facts

    def _behind(self, application: Application, work: Work, check: str, found: Mapping[str, Any]) -> dict[str, Any]:
        """The facts that a check is judged by: as they are, and where nobody says how they are, so that it passes."""
        condition = work.edition.condition("checks", check, "passes")
        names = unknown_facts(work, condition.reads) if condition else []
        if not names or work.judged("checks", check, "passes") is True:
            return {}
        known = {**self._papers.facts_known(application, work), **found}
        as_they_are = {name: known[name] for name in names if name in known}
        return as_they_are | (self._search.facts_for(work, check, known) or {})

    def hear(self, application: Application) -> None:
        """What an answered inquiry brings out about a mistake: it is so, or there was none."""
        fault = application.fault
        if fault is None or not application.noticed or not application.visits.pop("heard", 0):
            return
        row = next((g for g in self._plan.genuine if g.error == fault.id), None)
        if row is not None and share(self._seed, application.number, "genuine") < row.share:
            application.visit("genuine")
        else:
            application.mended = True
