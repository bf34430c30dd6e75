"""The harness finds bugs that are planted in the engine, each by the check that is meant for it, and none elsewhere."""

from collections import Counter
from pathlib import Path

import pytest

from engine.commands import Engine
from tests.faults.life import Life
from tests.faults.lives import permitted, protected, unknowable
from tests.faults.planted import AcknowledgesFirst, NoticesAfterCommit, TwoTransactions, errors_hold, hand
from tests.faults.points import Enumeration, Finding
from tests.faults.tally import TOLD, Note

each_life = pytest.mark.parametrize(
    "life",
    [permitted().first(8), *(pytest.param(life(), marks=pytest.mark.full) for life in (permitted, protected))],
    ids=lambda life: f"{life.name}, {len(life.steps)} commands",
)


def found_in(kind: type[Engine], life: Life, folder: Path, note: Note) -> list[Finding]:
    """What the harness finds when a life is given to an engine of this kind."""
    lived = Enumeration(life, folder, hand(kind))
    assert lived.findings == [], "undisturbed, the bug does not show"
    found = lived.tried(lived.points(), "left").findings
    counted = Counter(finding.wrong for finding in found)
    told = ", ".join(f"{wrong} {counted[wrong]}" for wrong in sorted(counted)) or "nothing"
    note(TOLD, f"planted: {kind.__name__}, {life.name}, {len(lived.points())} points: {told}")
    return found


@each_life
def test_the_harness_is_silent_about_our_engine(life: Life, tmp_path: Path, record_property: Note) -> None:
    assert found_in(Engine, life, tmp_path, record_property) == []


@each_life
def test_an_acknowledgement_before_the_commit_is_found_as_a_lost_command(
    life: Life, tmp_path: Path, record_property: Note
) -> None:
    found = found_in(AcknowledgesFirst, life, tmp_path, record_property)
    assert any(one.wrong == "lost" and one.what == "event (1, 1) is not there" for one in found)


@each_life
def test_state_and_log_in_two_transactions_are_found_as_torn(life: Life, tmp_path: Path, record_property: Note) -> None:
    found = found_in(TwoTransactions, life, tmp_path, record_property)
    said = "the store is neither as before the command nor as after it"
    assert any(one.wrong == "torn" and one.what == said for one in found)


@each_life
def test_a_notice_written_after_the_commit_is_found_as_never_told(
    life: Life, tmp_path: Path, record_property: Note
) -> None:
    found = found_in(NoticesAfterCommit, life, tmp_path, record_property)
    assert any(one.wrong == "notice" and one.what.startswith("outbox (1, ") for one in found)


@pytest.mark.parametrize("commands", [4, pytest.param(99, marks=pytest.mark.full)])
def test_a_condition_error_taken_as_true_is_found_as_a_command_that_must_be_refused(
    commands: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, record_property: Note
) -> None:
    life = unknowable().first(commands)
    sound, planted = tmp_path / "sound", tmp_path / "planted"  # each begins with an empty store
    sound.mkdir()
    planted.mkdir()
    assert Enumeration(life, sound).findings == []
    errors_hold(monkeypatch)
    (found,) = Enumeration(life, planted).findings
    assert (found.wrong, found.at) == ("refusal", "fire waive")
    record_property(TOLD, f"planted: errors hold, {life.name}, undisturbed: {found.at} {found.what}")


@pytest.mark.parametrize("kind", [TwoTransactions, NoticesAfterCommit])
def test_stops_between_the_commands_alone_would_not_find_them(kind: type[Engine], tmp_path: Path) -> None:
    life = permitted().first(8)
    first = [(number, 0) for number in range(len(life.steps))]
    assert Enumeration(life, tmp_path, hand(kind)).tried(first, "dies").findings == []
