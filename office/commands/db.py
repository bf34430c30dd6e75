"""`madoguchi db`: the store itself."""

from __future__ import annotations

import sys

import click

from office.asking import Asked
from office.commands.standing import founding, keeping, say


@click.group(epilog="例: madoguchi db upgrade")
def db() -> None:
    """ストア(データベース)を作る、新しい版に上げる、鍵を替える。"""


@db.command(epilog="例: madoguchi db upgrade --practice --db lesson.db")
@founding
@keeping
def upgrade(asked: Asked) -> None:
    """ストアをこのプログラムの版に上げます。なければ作ります。"""
    from office import upgrading

    lines, facts = upgrading.upgraded(asked)
    say(asked, lines, facts)


@db.command("rotate-keys", epilog="例: madoguchi db rotate-keys")
@keeping
def rotate_keys(asked: Asked) -> None:
    """値を封じる鍵を新しくします。ほかの人が使っているあいだもできます。途中で止まったら、もう一度で続きをします。"""
    from office import rotating

    lines, facts = rotating.rotated(asked, show=sys.stderr.isatty())
    say(asked, lines, facts)
