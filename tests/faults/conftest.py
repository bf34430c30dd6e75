"""Shows, at the end of a run, how many points were tried in each life and what was found there."""

from __future__ import annotations

import pytest

from tests.faults.tally import table

TALLY = "crash points"


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    reports = [report for kind in ("passed", "failed") for report in terminalreporter.stats.get(kind, [])]
    rows = [given for report in reports for name, given in report.user_properties if name == TALLY]
    lines = table((row[0], row[1]) for row in rows)
    if lines:
        terminalreporter.section("crash points")
        for line in lines:
            terminalreporter.write_line(line)
