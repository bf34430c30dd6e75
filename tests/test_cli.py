"""The door: every command explains itself, every error is a sentence, and every way out has its code."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from unicodedata import east_asian_width

import click
import pytest
from click.testing import CliRunner, Result

import cli
from engine.errors import StoreError
from tests.house.layout import ROOT


def commands(command: click.Command = cli.main, path: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    """Every command and group as the words that call it."""
    yield path
    if isinstance(command, click.Group):
        context = click.Context(command)
        for name in command.list_commands(context):
            found = command.get_command(context, name)
            assert found is not None
            yield from commands(found, (*path, name))


COMMANDS = list(commands())


def run(*words: str) -> Result:
    return CliRunner().invoke(cli.main, words)


def width(line: str) -> int:
    return sum(2 if east_asian_width(letter) in "WF" else 1 for letter in line)


@pytest.mark.parametrize("words", COMMANDS, ids=" ".join)
def test_every_command_has_help_in_japanese_an_example_and_eighty_columns(words: tuple[str, ...]) -> None:
    found = run(*words, "--help")
    assert found.exit_code == 0
    usage, _, about, *rest = found.stdout.splitlines()
    assert usage.startswith(f"使い方: {' '.join(('madoguchi', *words))}")
    assert any(east_asian_width(letter) == "W" for letter in about)
    assert any(line.strip().startswith("例: madoguchi ") for line in rest), found.stdout
    assert [line for line in found.stdout.splitlines() if width(line) > 80] == []
    assert "この説明を表示します。" in found.stdout


@pytest.mark.parametrize("words", COMMANDS, ids=" ".join)
def test_every_option_says_what_it_is_for(words: tuple[str, ...]) -> None:
    command: click.Command = cli.main
    for word in words:
        assert isinstance(command, click.Group)
        found = command.get_command(click.Context(command), word)
        assert found is not None
        command = found
    silent = [one.opts for one in command.params if isinstance(one, click.Option) and not (one.help or "").strip()]
    assert silent == []


def test_every_command_that_does_something_knows_the_language() -> None:
    leaves = [words for words in COMMANDS if words and not any(other[:-1] == words for other in COMMANDS)]
    assert len(leaves) > 15
    assert [words for words in leaves if "--lang" not in run(*words, "--help").stdout] == []


@pytest.mark.parametrize("words", [(), ("case",), ("procedures",), ("db",)])
def test_a_group_alone_shows_its_help_and_is_wrong_usage(words: tuple[str, ...]) -> None:
    found = run(*words)
    assert (found.exit_code, found.stdout) == (2, "")
    assert "コマンド:" in found.stderr


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("cas",), "「cas」というコマンドはありません。case のことですか"),
        (("--colour",), "「--colour」という指定はありません"),
        (("procedures", "show"), "IDを書いてください"),
        (("procedures", "show", "x", "--as-of", "monday"), "--as-ofは2022-06-01 のような日付"),
        (("case", "show", "1", "--db"), "--db"),
        (("case", "show", "1", "2"), "case show --help"),
        (("procedures", "list", "--lang", "fr"), "--langはja・enのどれか"),
    ],
)
def test_wrong_usage_is_said_in_japanese_and_ends_with_two(words: tuple[str, ...], said: str) -> None:
    found = run(*words)
    assert (found.exit_code, found.stdout) == (2, "")
    assert said in found.stderr
    assert "--help で見られます" in found.stderr


@pytest.mark.parametrize("lang", [("--lang", "en"), ("--lang=en",)])
def test_wrong_usage_is_said_in_english_on_request(lang: tuple[str, ...]) -> None:
    found = run("case", "show", "x", *lang)
    assert "is not a whole number from 1" in found.stderr
    assert "See madoguchi case show --help." in found.stderr


def test_wrong_usage_is_data_on_request() -> None:
    error = json.loads(run("case", "show", "x", "--json").stderr)["error"]
    assert error["code"] == "usage"
    assert error["ja"].startswith("IDは1以上の整数にしてください。")


def test_the_version_is_shown() -> None:
    assert run("--version").stdout.startswith("madoguchi, version ")


@click.command()
@click.argument("how")
@click.option("--json", "_as_json", is_flag=True, expose_value=False)
def breaking(how: str) -> None:
    """A command in which something goes wrong."""
    errors: dict[str, BaseException] = {
        "store": StoreError("ストアが…", "the store …", place="here"),
        "file": PermissionError(13, "Permission denied", "answers.json"),
        "interrupt": KeyboardInterrupt(),
        "mistake": ZeroDivisionError("division by zero"),
        "click": click.ClickException("no"),
    }
    raise errors[how]


@pytest.fixture
def broken(monkeypatch: pytest.MonkeyPatch) -> None:
    """The door with one more command."""
    monkeypatch.setitem(cli.ROOMS, "break", cli.Joined(__name__, "breaking", ""))


@pytest.mark.usefixtures("broken")
@pytest.mark.parametrize(
    ("how", "said"),
    [
        ("store", "ストアが…\n"),
        ("file", "「answers.json」を読み書きできません(Permission denied)。場所の名前と許可を確かめてください。\n"),
        ("interrupt", "中断しました。終わっていない操作は保存されていません。\n"),
        ("click", "no\n"),
    ],
)
def test_an_error_is_one_sentence_and_ends_with_one(how: str, said: str) -> None:
    found = run("break", how)
    assert (found.exit_code, found.stdout) == (1, "")
    assert found.stderr.endswith(said)


@pytest.mark.usefixtures("broken")
def test_a_mistake_of_ours_is_said_to_be_one_without_a_traceback(monkeypatch: pytest.MonkeyPatch) -> None:
    found = run("break", "mistake")
    assert found.exit_code == 1
    assert "プログラムの誤りです(ZeroDivisionError: division by zero)" in found.stderr
    assert "Traceback" not in found.stderr
    monkeypatch.setenv(cli.TRACE, "1")
    assert isinstance(run("break", "mistake").exception, ZeroDivisionError)


@pytest.mark.usefixtures("broken")
def test_an_error_is_data_on_request() -> None:
    told = json.loads(run("break", "store", "--json").stderr)["error"]
    assert told == {"code": "store", "ja": "ストアが…", "en": "the store …", "facts": {"place": "here"}}


def program(*words: bytes | str, **more: object) -> subprocess.Popen[bytes]:
    """The real program, as somebody else's pipe would start it."""
    command = [sys.executable, "-m", "madoguchi", *words]
    return subprocess.Popen(  # type: ignore[call-overload,no-any-return]
        command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, **more
    )


def test_words_that_are_no_text_are_wrong_usage(tmp_path: Path) -> None:
    with program("case", "show", b"\xff\xfe", "--db", str(tmp_path / "x.db")) as process:
        said = process.communicate(timeout=60)
    assert (process.returncode, said[0]) == (2, b"")
    assert said[1].decode() == "読めない文字があります。UTF-8で書いてください。\n"


def test_a_reader_who_goes_away_is_no_error_to_speak_of() -> None:
    with program("procedures", "show", "child_allowance_claim") as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        said = process.stderr.read()
    assert said == b""


def test_a_terminal_without_the_letters_still_gets_the_rest() -> None:
    with program("procedures", "list", env={"PYTHONIOENCODING": "latin-1", "PATH": ""}) as process:
        said, wrong = process.communicate(timeout=60)
    assert (process.returncode, wrong) == (0, b"")
    assert b"child_allowance_claim" in said
    assert b"\\u756a\\u53f7" in said
