"""The options that commands share, gathered into one `Asked`, and the way an answer is put on the screen."""

from __future__ import annotations

import functools
import json
import re
from collections.abc import Callable, Iterable
from dataclasses import fields
from pathlib import Path
from typing import Any

import click

from office.asking import DEFAULT_STORE, Asked

Command = Callable[..., None]


class Number(click.ParamType[int]):
    """A whole number from 1 that a store can hold: of a case, a task, a version."""

    name = "integer"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int:  # noqa: ANN401
        """The number."""
        text = str(value)
        if not re.fullmatch(r"[1-9][0-9]{0,17}", text):
            self.fail(f"{text[:20]!r} is not a whole number from 1", param, ctx)
        return int(text)


class InOrder(click.Group):
    """A group that lists its commands in the order in which they were added."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click asks for it
        """The names of the commands."""
        return list(self.commands)


_NAMES = tuple(field.name for field in fields(Asked))

_PLACE = (
    click.option(
        "--db",
        default=DEFAULT_STORE,
        show_default=True,
        envvar="MADOGUCHI_DB",
        help="ストアの場所。ファイルか、postgresql://利用者@サーバー/データベース。",
    ),
    click.option(
        "--keys",
        type=click.Path(path_type=Path),
        envvar="MADOGUCHI_KEYS",
        help="鍵のファイル。なければ、ストアのファイルの隣(名前の後に.key)。",
    ),
)
_WORDS = (
    click.option("--json", "as_json", is_flag=True, help="プログラムが読むJSONで出します。"),
    click.option("--lang", type=click.Choice(["ja", "en"]), default="ja", help="断り・誤りの文の言葉(ja、en)。"),
)
_AT = click.option("--at", metavar="INSTANT", help="この日時に行う(練習用のストアだけ)。例 2022-06-01T09:00")
_STORE = (
    *_PLACE,
    click.option("--city", envvar="MADOGUCHI_CITY", help="市町村(例 hitachinaka)。なければストアの案件の市町村。"),
    click.option(
        "--definitions", type=click.Path(path_type=Path), multiple=True, help="重ねる定義のフォルダ(何度でも)。"
    ),
    *_WORDS,
    _AT,
)
_ACTOR = click.option("--as", "actor", metavar="POST[:PERSON]", help="だれが行うか。例 clerk:k1")
_CITIZEN = click.option(
    "--as", "actor", metavar="POST[:PERSON]", default="applicant", show_default=True, help="だれが行うか。"
)
_KEY = click.option("--key", default="", metavar="ID", help="同じ操作を二度しないための鍵。")
_PRACTICE = click.option("--practice", is_flag=True, help="ストアを作るとき、時刻を動かせる練習用にします。")


def reading(command: Command) -> Command:
    """A command that only looks, or lets the system act."""
    return _with(command, _STORE)


def seeing(command: Command) -> Command:
    """A command that looks with somebody's eyes."""
    return _with(command, (_ACTOR, *_STORE))


def acting(command: Command) -> Command:
    """A command by which somebody acts."""
    return _with(command, (_ACTOR, _KEY, *_STORE))


def filing(command: Command) -> Command:
    """A command by which an applicant acts when nobody else is named."""
    return _with(command, (_CITIZEN, _KEY, *_STORE))


def signalling(command: Command) -> Command:
    """A command by which a register speaks."""
    return _with(command, (_KEY, *_STORE))


def keeping(command: Command) -> Command:
    """A command about the store itself."""
    return _with(command, (*_PLACE, *_WORDS))


def closing(command: Command) -> Command:
    """A command about the store itself that notes when it was done."""
    return _with(command, (*_PLACE, *_WORDS, _AT))


def founding(command: Command) -> Command:
    """A command that can make the store."""
    return _PRACTICE(command)


def say(asked: Asked, lines: Iterable[str], facts: object) -> None:
    """Put the answer on the screen: lines for a person, or JSON for a program."""
    if asked.as_json:
        click.echo(json.dumps(facts, ensure_ascii=False, indent=2, default=str))
    else:
        click.echo("\n".join(lines))


def _with(command: Command, options: Iterable[Callable[[Command], Command]]) -> Command:
    """The command with these options, which reach it as one `Asked`."""

    @functools.wraps(command)
    def run(**given: Any) -> None:  # noqa: ANN401 - whatever click read
        standing = {name: given.pop(name) for name in _NAMES if name in given}
        asked = Asked(**standing)
        try:
            command(asked, **given)
        finally:
            for line in asked.warnings:
                click.echo(line, err=True)

    for option in reversed(tuple(options)):
        option(run)
    return run
