"""A period of a city's work, run through the real engine on a virtual clock."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping

from engine.clock import SimulatedClock, civil_day
from engine.commands import Engine
from engine.delivery import deliver_signals
from engine.errors import MadoguchiError
from engine.fold import RIPE
from simulation.agenda import Agenda, Kind
from simulation.clerks import Clerk
from simulation.floor import Floor
from simulation.outside import Outside
from simulation.papers import Papers
from simulation.people import Staff
from simulation.records import Records
from simulation.settings import Settings, Simulated, Stage
from simulation.world import World


class Run:
    """Applicants, people and timers around one engine. `records` holds what the log does not say."""

    def __init__(
        self,
        engine: Engine,
        clock: SimulatedClock,
        staff: Staff,
        simulated: Mapping[str, Simulated],
        settings: Settings,
    ) -> None:
        self.engine = engine
        self.staff = staff
        self.simulated = simulated
        self.settings = settings
        self.records = Records()
        self._agenda = Agenda(clock)
        stage = Stage(self._agenda, engine, staff, simulated, settings, self.records)
        clerks = {name: _clerk(engine, one, settings.seed) for name, one in simulated.items()}
        self._world = World(stage, self._look_at)
        self._floor = Floor(stage, self._world.applications, clerks, self._look_at)
        self._outside = Outside(stage, clerks, self._look_at, self._floor.errand)
        self._timed: set[int] = set()
        self._open: set[int] = set()
        self._last = settings.first

    def run(self, progress: Callable[[dt.date], None]) -> None:
        """Take every application of the period and work until every case is over or the time for that is."""
        self._world.plan_arrivals()
        self._agenda.run(self.settings.last + dt.timedelta(days=self.settings.worked), progress, self._over)

    @property
    def ended(self) -> dt.date:
        """The last day on which a case changed, or the last of the period."""
        return max(self.settings.last, self._last)

    def _over(self, day: dt.date) -> bool:
        return day > self.settings.last and not self._open and not self._world.coming and not self._outside.coming

    def _look_at(self, case_id: int) -> None:
        """Take note of what a case now waits for, and let those hear of it whom it told something."""
        self._note(case_id)
        done = deliver_signals(self.engine)
        for receipt in done.receipts:
            self._note(receipt.case_id)
        if done.failed:
            self.records.undelivered += len(done.failed)

    def _note(self, case_id: int) -> None:
        """People, answers and timers that a case waits for."""
        with self.engine.reading(case_id) as work:
            application = self._world.applications.get(case_id) or self._world.adopt(work)
            if application is None:
                return
            whole = work.whole
            self._last = civil_day(self._agenda.now)
            self._outside.expect(application, work)
            self._floor.see(work)
        (self._open.discard if whole.case.closed else self._open.add)(case_id)
        for timer in whole.timers.values():
            if timer.due_at != RIPE and timer.due_at not in self._timed:
                self._timed.add(timer.due_at)
                self._agenda.at(timer.due_at, Kind.TIMER, self._tick)

    def _tick(self) -> None:
        try:
            receipts = self.engine.tick()
        except MadoguchiError as error:
            self.records.troubles.append(error.ja)
            return
        for receipt in receipts:
            self._look_at(receipt.case_id)


def _clerk(engine: Engine, one: Simulated, seed: int) -> Clerk:
    filled = {role for roles in one.roles.values() for role in roles}
    return Clerk(engine, one.plan, Papers(one.plan, seed, one.filled), seed, filled)
