"""`madoguchi calibrate`: assumptions from figures, sheets and logs."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import click

_DAY = click.DateTime(["%Y-%m-%d"])
_FILE = click.Path(path_type=Path, dir_okay=False)
Command = Callable[..., None]

_CITY = click.option("--city", required=True, help="市町村の設定の名前(例 hitachinaka)。")
_FOLDERS = click.option(
    "--definitions",
    "folders",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    multiple=True,
    help="重ねる定義のフォルダ。",
)


def _running(command: Command) -> Command:
    """A command that runs the real engine for a period."""
    options = (
        click.option("--from", "first", type=_DAY, default="2022-04-01", show_default=True, help="最初の日。"),
        click.option("--to", "last", type=_DAY, default="2023-03-31", show_default=True, help="最後の日。"),
        click.option("--seed", type=int, default=1, show_default=True, help="くじの種。"),
        click.option(
            "--runs", type=click.IntRange(1, 100), default=1, show_default=True, help="種を変えて動かす回数。"
        ),
        _CITY,
        _FOLDERS,
    )
    for option in reversed(options):
        command = option(command)
    return command


@click.group(epilog="例: madoguchi calibrate fit mhlw_2023_all --city hitachinaka --out fitted.toml")
def group() -> None:
    """模擬実行の想定を、公表された数字、市の実績の表、過去の案件の記録に合わせます。"""


@group.command(epilog="例: madoguchi calibrate fit mhlw_2023_all --city hitachinaka --out fitted.toml")
@click.argument("figures", metavar="FIGURES")
@_running
@click.option("--rounds", type=click.IntRange(1, 9), default=2, show_default=True, help="エンジンで確かめて直す回数。")
@click.option("--out", type=_FILE, required=True, help="合わせた値を書くファイル(TOML)。")
def fit(  # noqa: PLR0913, PLR0917 - one parameter per option
    figures: str,
    first: dt.datetime,
    last: dt.datetime,
    seed: int,
    runs: int,
    city: str,
    folders: tuple[Path, ...],
    rounds: int,
    out: Path,
) -> None:
    """公表された各期間の平均日数に、待ちのばらつきと庁内の日数を合わせます。

    FIGURES は、用意してある数字の名前か、TOML・CSV・xlsxのファイルです。
    軽い模型で探し、本物のエンジンで確かめて直します。1年分の確かめに数分かかります。
    """
    from simulation.calibration import session

    given = session.Given(city, folders, session.period(first.date(), last.date()), session.seeds(seed, runs))
    lines = session.fit_to(given, figures, rounds, out, lambda line: click.echo(line, err=True))
    click.echo("\n".join([*lines, f"合わせた値: {out}"]))


@group.command(epilog="例: madoguchi calibrate predict fitted.toml mhlw_2023_within_30 --city hitachinaka")
@click.argument("fitted", metavar="FITTED")
@click.argument("figures", metavar="FIGURES")
@_CITY
@_FOLDERS
@click.option("--out", type=_FILE, help="この数字のための値を書くファイル(TOML)。")
def predict(fitted: str, figures: str, city: str, folders: tuple[Path, ...], out: Path | None) -> None:
    """合わせた値を、合わせ直さずに、ほかの年・ほかの市町村の平均日数に当てます。"""
    from simulation.calibration import session

    click.echo("\n".join(session.predict(session.Given(city, folders), fitted, figures, out)))


@group.command(epilog="例: madoguchi calibrate check fitted.toml mhlw_2023_all --city hitachinaka")
@click.argument("fitted", metavar="FITTED")
@click.argument("figures", metavar="FIGURES")
@_running
def check(  # noqa: PLR0913, PLR0917 - one parameter per option
    fitted: str,
    figures: str,
    first: dt.datetime,
    last: dt.datetime,
    seed: int,
    runs: int,
    city: str,
    folders: tuple[Path, ...],
) -> None:
    """合わせた値で本物のエンジンを動かし、公表された数字と並べます。"""
    from simulation.calibration import session

    given = session.Given(city, folders, session.period(first.date(), last.date()), session.seeds(seed, runs))
    click.echo("\n".join(session.check(given, fitted, figures)))


_READ = click.Path(path_type=Path, exists=True, dir_okay=False)
_OUT = click.option("--out", type=_FILE, required=True, help="書くファイル。")


@group.command(epilog="例: madoguchi calibrate template --city hitachinaka --out 実績.xlsx")
@_CITY
@_FOLDERS
@_OUT
def template(city: str, folders: tuple[Path, ...], out: Path) -> None:
    """処理件数と処理時間を書き込む票を、CSV(UTF-8)かxlsxで書きます。分かるところだけ書けば足ります。"""
    from simulation.calibration import session

    click.echo(f"{out}: {session.blank(city, folders, out)}行")


@group.command(epilog="例: madoguchi calibrate sheet 実績.csv --city hitachinaka --out fitted.toml")
@click.argument("path", metavar="FILE", type=_READ)
@_CITY
@_FOLDERS
@_OUT
def sheet(path: Path, city: str, folders: tuple[Path, ...], out: Path) -> None:
    """市が書き込んだ票(CSVはUTF-8かCP932、またはxlsx)に、件数・オンラインの割合・処理時間を合わせます。

    誤りが一つでもあれば、場所をすべて示し、何も書きません。
    """
    from simulation.calibration import session

    click.echo("\n".join([*session.from_sheet(city, folders, path, out), f"合わせた値: {out}"]))


@group.command(epilog="例: madoguchi calibrate log 記録.xes --procedure 16 --city hitachinaka --out fitted.toml")
@click.argument("path", metavar="FILE", type=_READ)
@click.option("--procedure", required=True, help="手続のIDか番号。")
@_CITY
@_FOLDERS
@_OUT
def log(path: Path, procedure: str, city: str, folders: tuple[Path, ...], out: Path) -> None:
    """過去の案件の記録(XESか、案件・できごと・日時の列の表)に、件数・待ちの長さ・道すじを合わせます。

    分布がどれだけ合うかと、合わせられなかったものを言葉で示します。
    """
    from simulation.calibration import session

    given = session.Given(city, folders)
    click.echo("\n".join([*session.from_log(given, procedure, path, out), f"合わせた値: {out}"]))
