"""`madoguchi log`: seals over the logs, heads to keep elsewhere, and whether all is as it was sealed."""

from __future__ import annotations

from pathlib import Path

import click

from office.asking import Asked
from office.commands.standing import InOrder, Number, closing, keeping, say

_FILE = click.Path(path_type=Path)


@click.group(cls=InOrder, epilog="例: madoguchi log seal")
def log() -> None:
    """全部の案件の記録に封をする、封の控えを出す、確かめる。"""


@log.command(epilog="例: madoguchi log seal")
@closing
def seal(asked: Asked) -> None:
    """前の封から変わった記録に封をします。変わっていなければ何もしません。"""
    from office import sealing

    news, lines, facts = sealing.sealed(asked)
    click.echo(news, err=True, nl=bool(news))
    say(asked, lines, facts)


@log.command(epilog="例: madoguchi log head --out head-3.json")
@keeping
@click.option("--seal", "number", metavar="N", type=Number(), help="何番の封か。なければ最後の封です。")
@click.option("--out", type=_FILE, help="書き出すファイル(まだないもの)。なければ画面に出します。")
def head(asked: Asked, number: int | None, out: Path | None) -> None:
    """署名のある封の控えを出します。ストアとは別の所に置いてください。"""
    from office import sealing

    text, lines, facts = sealing.head(asked, number, out)
    if out is None:
        click.echo(text, nl=False)
    else:
        say(asked, lines, facts)


@log.command("public-key", epilog="例: madoguchi log public-key --out seal.pem")
@keeping
@click.option("--out", type=_FILE, help="書き出すファイル(まだないもの)。なければ画面に出します。")
def public_key(asked: Asked, out: Path | None) -> None:
    """封の署名を確かめるための公開鍵(PEM)を出します。封を作ることはできない鍵です。"""
    from office import sealing

    text, lines, facts = sealing.public_key(asked, out)
    if out is None:
        click.echo(text, nl=False)
    else:
        say(asked, lines, facts)


@log.command(epilog="例: madoguchi log verify --head head-2.json --head head-3.json --public-key seal.pem")
@keeping
@click.option("--head", "heads", type=_FILE, multiple=True, help="ストアの外に取っておいた封の控え(何度でも)。")
@click.option(
    "--public-key",
    "public_keys",
    type=_FILE,
    multiple=True,
    help="署名を確かめる公開鍵。なければストアのそばの鍵です。",
)
def verify(asked: Asked, heads: tuple[Path, ...], public_keys: tuple[Path, ...]) -> None:
    """全部の案件の記録、封、閲覧の記録が、書かれたまま、控えから続いているかを確かめます。"""
    from office import sealing

    found = sealing.verified(asked, heads, public_keys)
    say(asked, found.lines(asked.lang), found.facts())
    click.get_current_context().exit(1 if found.found else 0)


@log.command(epilog="例: madoguchi log readings --case 1 --by k1")
@keeping
@click.option("--case", "case_id", metavar="N", type=Number(), help="この案件だけ。")
@click.option("--by", "person", metavar="PERSON", help="この人が見たものだけ。")
@click.option(
    "--sensitivity", type=click.Choice(["general", "special_care", "my_number"]), help="この種類の値を見たものだけ。"
)
def readings(asked: Asked, case_id: int | None, person: str | None, sensitivity: str | None) -> None:
    """だれが、いつ、どの案件の何を見たかの記録を出します(値は残りません)。"""
    from office import readings as seen

    lines, facts = seen.readings(asked, case_id, person, sensitivity)
    say(asked, lines, facts)
