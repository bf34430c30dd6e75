"""How long every way takes that a case of a procedure can go: states, tasks, clocks and kinds of proposal together.

Nothing is compared: it is what `madoguchi check` does for a declaration, and the target is that somebody who writes one
does not wait for it. Counted is the time of the processor, of the newest edition in one city.
"""

from __future__ import annotations

import time
from statistics import median

from benchmarks.rounds import tell
from benchmarks.tables import table
from checker.exploring.search import Explored, explore
from engine.edition import Edition
from office.office import Definitions

PROCEDURES = ("child_allowance_claim", "pregnancy_notice", "care_certification", "disaster_damage_certificate")
HARDEST = "care_certification"
TARGET = 2.0


def report(declared: Definitions, rounds: int) -> str:
    """The table: places, ways and seconds for each, and whether the hardest takes less than the target."""
    spent, rows = {}, []
    for one in PROCEDURES:
        edition = declared.catalogue.edition(one, declared.catalogue.starts(declared.catalogue.procedure(one))[-1])
        spent[one], found = _timed(one, edition, rounds)
        ways = sum(map(len, found.ways.values()))
        rows.append([one, f"{len(found.ways):,}", f"{ways:,}", f"{spent[one]:.2f}"])
    title = f"Every way of a case, the newest editions ({rounds} rounds, medians)"
    verdict = "Met" if spent[HARDEST] < TARGET else "Not met"
    return (
        f"{table(title, ['procedure', 'places', 'ways', 'seconds'], rows)}\n"
        f"Target: {HARDEST} in less than {TARGET:.0f} seconds. {verdict}: {spent[HARDEST]:.2f}."
    )


def _timed(name: str, edition: Edition, rounds: int) -> tuple[float, Explored]:
    taken, found = [], Explored()
    for number in range(rounds):
        tell(f"exploring {name}: round {number + 1} of {rounds}")
        begun = time.process_time()
        found = explore(edition)
        taken.append(time.process_time() - begun)
    return median(taken), found
