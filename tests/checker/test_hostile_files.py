"""Files that nobody wrote in good faith: a finding or a refusal, in bounded time, and never the network."""

from __future__ import annotations

import json
import socket
from pathlib import Path

import pytest
from click.testing import CliRunner

from checker.output.terminal import MOST, text
from checker.source import MAX_BYTES
from cli import main
from tests.checker.conftest import Checked


@pytest.fixture(autouse=True)
def _no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*_: object, **__: object) -> None:
        raise AssertionError

    monkeypatch.setattr(socket, "create_connection", refused)
    monkeypatch.setattr(socket.socket, "connect", refused)


@pytest.mark.parametrize(
    ("data", "rule", "said"),
    [
        ("郵便".encode("shift_jis"), "A2", "UTF-8"),
        (b"\xef\xbb\xbf{}", "A2", "BOM"),
        (b'{"type": "string"', "A0", "JSON"),
        (b"", "A0", "JSON"),
        (b"[1, 2]", "A0", "{ から }"),
        (b'{"a":' * 100_000 + b"1" + b"}" * 100_000, "A0", "200段"),
        (b"[" * 100_000, "A0", "200段"),
        (b'{"minimum": ' + b"9" * 5_000 + b"}", "A3", "2020-12"),
        (b'{"$ref": "https://example.com/x.json"}', "B5", "通信はしません"),
        (b'{"$ref": "#"}', "B4", "戻ります"),
        (b'{"properties": {"a": {"pattern": "(?<=a"}}}', "B6", "読めません"),
        (b'{"properties": 3, "allOf": {}, "$defs": [], "required": "x", "type": 7}', "B1", "書き方"),
    ],
)
def test_a_file_that_cannot_be_meant_is_said_so(data: bytes, rule: str, said: str, checked: Checked) -> None:
    found = [one for one in checked(data).findings if one.rule == rule]
    assert found
    assert said in found[0].ja


def test_a_file_of_fifty_megabytes_is_refused_before_it_is_read(tmp_path: Path) -> None:
    path = tmp_path / "huge.json"
    with path.open("wb") as file:
        file.truncate(50 * 1024 * 1024)
    said = CliRunner().invoke(main, ["check", str(path)])
    assert said.exit_code == 1
    assert f"{MAX_BYTES:,}" in said.stdout


def test_thousands_of_findings_are_counted_and_the_first_are_shown(checked: Checked) -> None:
    many = {"properties": {f"f{number}": {"type": "string"} for number in range(3000)}}
    report = checked(json.dumps(many))
    assert report.errors >= 3000
    assert f"ほか{len(report.findings) - MOST:,}件" in text(report)


def test_letters_of_a_terminal_are_not_sent_to_it(checked: Checked) -> None:
    assert "\x1b" not in text(checked('{"type": "string", "\x1b[31m": 1}'.replace("\x1b", "\u009b")))


@pytest.mark.parametrize("words", [("nothing.json",), ("--definitions", "nowhere"), (".",)])
def test_a_path_with_no_definition_is_said_so(
    words: tuple[str, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    said = CliRunner().invoke(main, ["check", *words])
    assert said.exit_code in {1, 2}
    assert "Traceback" not in said.output
    assert "プログラムの誤り" not in said.output
