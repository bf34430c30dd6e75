"""Shows at the end of a run how many points were tried in each life, what was found there, and what else was shown."""

from __future__ import annotations

import pytest

from tests.faults.tally import TALLY, TOLD, table


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    reports = [report for kind in ("passed", "failed") for report in terminalreporter.stats.get(kind, [])]
    given = [pair for report in reports for pair in report.user_properties]
    lines = table((row[0], row[1]) for name, row in given if name == TALLY)
    lines += sorted({line for name, line in given if name == TOLD})
    if lines:
        terminalreporter.section("faults")
        for line in lines:
            terminalreporter.write_line(line)
