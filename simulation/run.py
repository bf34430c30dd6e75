"""A period of a city's work, run through the real engine on a virtual clock."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping

from engine.clock import SimulatedClock, civil_day
from engine.commands import Engine, Receipt
from engine.fold import RIPE
from simulation.agenda import Agenda, Kind
from simulation.floor import Floor
from simulation.people import Staff
from simulation.records import Records
from simulation.settings import Settings, Simulated, Stage
from simulation.world import World

LONGEST = dt.timedelta(days=3 * 366)


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
        self._world = World(stage, self._heard)
        self._floor = Floor(stage, self._world.applications, self._look_at)
        self._timed: set[int] = set()
        self._last = settings.first

    def run(self, progress: Callable[[dt.date], None]) -> None:
        """Take every application of the period and work until nothing is left to happen."""
        self._world.plan_arrivals()
        self._agenda.run(self.settings.last + LONGEST, progress)

    @property
    def ended(self) -> dt.date:
        """The last day on which a case changed, or the last of the period."""
        return max(self.settings.last, self._last)

    def _heard(self, receipt: Receipt) -> None:
        self._look_at(receipt.case_id)

    def _look_at(self, case_id: int) -> None:
        """Take note of what a case now waits for: people, answers, timers."""
        application = self._world.applications.get(case_id)
        if application is None:
            return
        with self.engine.reading(case_id) as work:
            whole = work.whole
        self._last = civil_day(self._agenda.now)
        self._world.expect_answers(application, whole.tasks)
        for timer in whole.timers.values():
            if timer.due_at != RIPE and timer.due_at not in self._timed:
                self._timed.add(timer.due_at)
                self._agenda.at(timer.due_at, Kind.TIMER, self._tick)
        self._floor.see(whole)

    def _tick(self) -> None:
        for receipt in self.engine.tick():
            self._look_at(receipt.case_id)
