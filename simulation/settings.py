"""What a run is given: the period, the scenario and the luck; and for each procedure its assumptions and its posts."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

from engine.actors import Actor
from engine.commands import Engine
from engine.definition import Procedure
from engine.municipality import Municipality
from procedures.plan import Plan
from procedures.plan_rows import Scenario
from simulation.agenda import Agenda
from simulation.applications import Sampler
from simulation.papers import Filled
from simulation.people import Staff
from simulation.records import Records
from simulation.surge import Surge

LONGEST = 366
"""For how many days cases are worked after the last application; what is not over then stays as it is."""


@dataclass(frozen=True)
class Settings:
    """Which period, by which scenario, with which luck; `worked` are the days for which cases are worked after it."""

    first: dt.date
    last: dt.date
    scenario: Scenario
    seed: int
    population: int
    surge: Surge | None = None
    worked: int = LONGEST


@dataclass(frozen=True)
class Simulated:
    """One procedure in the run: its declaration, assumptions, makers of documents, and the roles of each post.

    `sample` fills in the form of the procedure, `filled` any other form by its id. `own` is what its
    file of assumptions says, None where it has none.
    """

    procedure: Procedure
    plan: Plan
    sample: Sampler
    roles: Mapping[str, frozenset[str]]
    filled: Filled
    own: Plan | None = None

    def has(self, role: str) -> bool:
        """Whether any post of the city fills a role here."""
        return any(role in roles for roles in self.roles.values())

    def somebody(self, role: str, staff: Staff) -> Actor:
        """The first person of the first post that fills a role."""
        key = next((key for key, roles in self.roles.items() if role in roles), None)
        person = staff.people[key][0] if key else None
        return Actor(person.post, person.name) if person else Actor(role, role)


class Change(Protocol):
    """What is otherwise in a run than declared: the city, the assumptions of a procedure, the people at work."""

    def of_city(self, city: Municipality) -> Municipality:
        """The city as it is in this run."""

    def of_plan(self, procedure: str, plan: Plan) -> Plan:
        """The assumptions of a procedure in this run."""

    def of_staff(self, staff: Staff, first: dt.date) -> None:
        """Let people come and go, counted from the first day."""


@dataclass(frozen=True)
class Stage:
    """What everybody in a run shares: the agenda, the engine, the people, the procedures, the settings, the records."""

    agenda: Agenda
    engine: Engine
    staff: Staff
    simulated: Mapping[str, Simulated]
    settings: Settings
    records: Records
