"""`madoguchi simulate`: a period of a city's work, and its report."""

from __future__ import annotations

import datetime as dt
import sys
from pathlib import Path

import click

DAY = click.DateTime(["%Y-%m-%d"])


@click.command()
@click.option("--city", required=True, help="市町村の設定の名前(例 hitachinaka)。")
@click.option("--from", "first", type=DAY, required=True, help="最初の日(例 2022-04-01)。")
@click.option("--to", "last", type=DAY, required=True, help="最後の日(例 2023-03-31)。")
@click.option("--procedure", "only", multiple=True, help="動かす手続のIDか番号。なければ定義のあるすべて。")
@click.option("--surge", help="災害などで急に増える申請の想定。名前(例 flood_week)か、TOMLのファイル。")
@click.option("--fitted", help="実績に合わせた値。名前(例 care_certification_national)か、TOMLのファイル。")
@click.option(
    "--scenario", type=click.Choice(["as-is", "to-be"]), default="as-is", show_default=True, help="現状か改善後か。"
)
@click.option("--seed", type=int, default=1, show_default=True, help="くじの種。同じ種なら同じ結果になります。")
@click.option("--out", type=click.Path(path_type=Path, file_okay=False), required=True, help="報告書を置くフォルダ。")
@click.option("--keep", type=click.Path(path_type=Path, dir_okay=False), help="案件を残すファイル(練習用ストア)。")
@click.option(
    "--sensitivity",
    type=click.Path(path_type=Path, dir_okay=False),
    help="どの仮定が答えを動かすか(madoguchi sensitivity が書いた sensitivity.json)。報告書に順位を載せます。",
)
@click.option(
    "--definitions",
    "folders",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    multiple=True,
    help="重ねる定義のフォルダ。",
)
@click.option("--xlsx", is_flag=True, help="表を一つのxlsx(tables.xlsx)でも書きます(部品 xlsx が要ります)。")
@click.option("--json", "as_json", is_flag=True, help="合計をJSONで出します。")
def simulate(  # noqa: PLR0913, PLR0917 - one parameter per option
    city: str,
    first: dt.datetime,
    last: dt.datetime,
    only: tuple[str, ...],
    surge: str | None,
    fitted: str | None,
    scenario: str,
    seed: int,
    out: Path,
    keep: Path | None,
    sensitivity: Path | None,
    folders: tuple[Path, ...],
    xlsx: bool,  # noqa: FBT001 - a flag
    as_json: bool,  # noqa: FBT001 - a flag
) -> None:
    """市の1年の申請を、本物のエンジンで仮想の時計の上に動かし、報告書を作ります。

    例: madoguchi simulate --city hitachinaka --from 2022-04-01 --to 2023-03-31 --seed 1 --out report
    """
    from simulation import books, session

    if xlsx:
        books.require_books()
    period = (first.date(), last.date())
    swings = session.ranking(sensitivity, city, period, folders, only) if sensitivity else None
    results = session.run(
        city, period, scenario, seed, keep, folders, only=only, surge=surge, fitted=fitted, show=sys.stderr.isatty()
    )
    path = session.write(results, out, swings, book=xlsx)
    click.echo(session.summary(results, as_json=as_json))
    click.echo(f"報告書: {path}", err=as_json)
