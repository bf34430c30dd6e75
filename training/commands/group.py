"""The group `madoguchi train`, and what its commands share."""

from __future__ import annotations

import functools
import json
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import click

DAY = click.DateTime(["%Y-%m-%d"])
FOLDER = "madoguchi-lessons"
FOLDER_OPTION = click.option(
    "--folder", type=click.Path(path_type=Path, file_okay=False), default=FOLDER, show_default=True, help="記録の場所。"
)
_SHARED = (
    click.option("--learner", default="learner", show_default=True, help="学習者の符号(英数字。氏名は使いません)。"),
    FOLDER_OPTION,
    click.option("--city", default="hitachinaka", show_default=True, envvar="MADOGUCHI_CITY", help="市町村の設定。"),
    click.option("--definitions", type=click.Path(path_type=Path), multiple=True, help="重ねる定義のフォルダ。"),
    click.option("--json", "as_json", is_flag=True, help="プログラムが読むJSONで出します。"),
)
CASE = click.option(
    "--case", "number", type=click.IntRange(1, 99), help="案件の番号。なければ、終わっていない最初の案件。"
)


class InOrder(click.Group):
    """A group that lists its commands in the order of a lesson."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click asks for it
        """The names of the commands."""
        return list(self.commands)


@click.group(cls=InOrder, invoke_without_command=True, epilog="例: madoguchi train start day --learner c07")
@click.pass_context
def train(ctx: click.Context) -> None:
    """宣言のよくある誤りから作った課題で、申請の見方と決め方を学びます。

    コマンドを書かなければ、端末の全画面で学びます(extra train。madoguchi train screen と同じ)。
    """
    if ctx.invoked_subcommand is None:
        ctx.invoke(ctx.command.get_command(ctx, "screen"))  # type: ignore[attr-defined]


def at_desk(command: Callable[..., None]) -> Callable[..., None]:
    """The command with the desk of the learner who was named."""

    @functools.wraps(command)
    def run(
        learner: str,
        folder: Path,
        city: str,
        definitions: tuple[Path, ...],
        as_json: bool,  # noqa: FBT001 - a flag
        **given: Any,  # noqa: ANN401 - whatever click read
    ) -> None:
        from training import desk

        today = click.get_current_context().find_root().obj.now().date()
        command(desk.opened(folder, learner, city, definitions, today), as_json, **given)

    for option in reversed(_SHARED):
        option(run)
    return run


def say(as_json: bool, lines: Iterable[str], facts: object) -> None:  # noqa: FBT001 - a flag
    """Nothing; the lines for people or the facts for a program are said."""
    if as_json:
        click.echo(json.dumps(facts, ensure_ascii=False, indent=2, default=str))
    else:
        from training.play import safe

        click.echo(safe("\n".join(lines), "\n"))
