"""`madoguchi db`: the store itself."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from office.asking import Asked
from office.commands.standing import founding, keeping, say


@click.group(epilog="例: madoguchi db upgrade")
def db() -> None:
    """ストア(データベース)を作る、新しい版に上げる、鍵を替える、控えを取る、戻す。"""


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


@db.command(epilog="例: madoguchi db backup 2027-04-01.backup")
@keeping
@click.argument("file", type=click.Path(path_type=Path))
def backup(asked: Asked, file: Path) -> None:
    """ストアの控えを一つのファイルに取り、読み直して確かめます。ほかの人が使っているあいだもできます。鍵は入りません。"""
    from office import keeping as kept

    lines, facts = kept.backed_up(asked, file, click.get_current_context().obj, show=sys.stderr.isatty())
    say(asked, lines, facts)
    click.get_current_context().exit(1 if facts["findings"] else 0)


@db.command(epilog="例: madoguchi db restore 2027-04-01.backup --db restored.db")
@keeping
@click.argument("file", type=click.Path(path_type=Path))
def restore(asked: Asked, file: Path) -> None:
    """控えを、まだ何もない所(--db)に戻します。ファイルの控えをサーバーに、その逆にも戻せます。"""
    from office import keeping as kept

    lines, facts = kept.restored(asked, file, show=sys.stderr.isatty())
    say(asked, lines, facts)


@db.command("hash", epilog="例: madoguchi db hash")
@keeping
def hash_(asked: Asked) -> None:
    """ストアの中身全部のハッシュ値を出します。中身が同じなら、どのデータベースにあっても同じ値です。"""
    from office import keeping as kept

    lines, facts = kept.hashed(asked, show=sys.stderr.isatty())
    say(asked, lines, facts)
