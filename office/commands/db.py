"""`madoguchi db`: the store itself."""

from __future__ import annotations

import click

from office.asking import Asked
from office.commands.standing import founding, keeping, say


@click.group(epilog="例: madoguchi db upgrade")
def db() -> None:
    """ストア(データベース)を作る、新しい版に上げる。"""


@db.command(epilog="例: madoguchi db upgrade --practice --db lesson.db")
@founding
@keeping
def upgrade(asked: Asked) -> None:
    """ストアをこのプログラムの版に上げます。なければ作ります。"""
    from office import upgrading

    lines, facts = upgrading.upgraded(asked)
    say(asked, lines, facts)
