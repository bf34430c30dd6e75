"""The harness finds bugs that are planted in the engine, each by the check that is meant for it, and none elsewhere."""

from collections.abc import Iterable
from pathlib import Path

import pytest

from engine.commands import Engine
from tests.faults.lives import permitted, unknowable
from tests.faults.planted import AcknowledgesFirst, NoticesAfterCommit, TwoTransactions, errors_hold, hand
from tests.faults.points import Enumeration, Finding, Wrong

SHORT = permitted().first(8)


def kinds(findings: Iterable[Finding]) -> set[Wrong]:
    return {finding.wrong for finding in findings}


def found_in(kind: type[Engine], folder: Path) -> list[Finding]:
    """What the harness finds when the first commands of a life are given to an engine of this kind."""
    lived = Enumeration(SHORT, folder, hand(kind))
    assert lived.findings == [], "undisturbed, the bug does not show"
    return lived.tried(lived.points(), "dies").findings


def test_the_harness_is_silent_about_our_engine(tmp_path: Path) -> None:
    assert found_in(Engine, tmp_path) == []


def test_an_acknowledgement_before_the_commit_is_found_as_a_lost_command(tmp_path: Path) -> None:
    found = found_in(AcknowledgesFirst, tmp_path)
    assert "lost" in kinds(found)
    assert any("event (1, 1) is not there" in one.what for one in found)


def test_state_and_log_in_two_transactions_are_found_as_torn(tmp_path: Path) -> None:
    found = found_in(TwoTransactions, tmp_path)
    assert "torn" in kinds(found)
    assert any(one.what == "the store is neither as before the command nor as after it" for one in found)


def test_a_notice_written_after_the_commit_is_found_as_never_told(tmp_path: Path) -> None:
    found = found_in(NoticesAfterCommit, tmp_path)
    assert any(one.wrong == "notice" and one.what.startswith("outbox (1, 2, 1)") for one in found)


def test_a_condition_error_taken_as_true_is_found_as_a_command_that_must_be_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert Enumeration(unknowable().first(4), tmp_path).findings == []
    errors_hold(monkeypatch)
    (found,) = Enumeration(unknowable().first(4), tmp_path).findings
    assert (found.wrong, found.at) == ("refusal", "fire waive")


@pytest.mark.parametrize("kind", [TwoTransactions, NoticesAfterCommit])
def test_stops_between_the_commands_alone_would_not_find_them(kind: type[Engine], tmp_path: Path) -> None:
    lived = Enumeration(SHORT, tmp_path, hand(kind))
    first = [(number, 0) for number in range(len(SHORT.steps))]
    assert lived.tried(first, "dies").findings == []
