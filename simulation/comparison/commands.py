"""`madoguchi compare`, `staff`, `sensitivity` and `surge`: what a change does, whom it takes, on what it hangs."""

from __future__ import annotations

import datetime as dt
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

DAY = click.DateTime(["%Y-%m-%d"])


class Percent(click.ParamType[float]):
    """A share written as 1% or as 0.01."""

    name = "percent"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> float:  # noqa: ANN401 - whatever click hands over
        """The share, above 0 and at most 1."""
        text = str(value).strip()
        try:
            share = float(text.removesuffix("%")) / (100 if text.endswith("%") else 1)
        except ValueError:
            self.fail(f"「{text}」は割合として読めません。1% か 0.01 のように書いてください。", param, ctx)
        if not 0 < share <= 1:
            self.fail(f"「{text}」は0より大きく100%以下にしてください。", param, ctx)
        return share


PERCENT = Percent()


def _period(command: Callable[..., None]) -> Callable[..., None]:
    """What both commands ask: which city, which days, which procedures, which luck, where to."""
    for option in (
        click.option(
            "--definitions",
            "folders",
            type=click.Path(path_type=Path, exists=True, file_okay=False),
            multiple=True,
            help="重ねる定義のフォルダ。",
        ),
        click.option(
            "--out",
            type=click.Path(path_type=Path, file_okay=False),
            required=True,
            help="報告書と数字を置くフォルダ。途中で止めたときの続きも、ここから。",
        ),
        click.option("--xlsx", is_flag=True, help="表を一つのxlsx(tables.xlsx)でも書きます(部品 xlsx が要ります)。"),
        click.option(
            "--workers", type=click.IntRange(1, 64), default=1, show_default=True, help="同時に動かす数(プロセス)。"
        ),
        click.option("--seed", type=int, default=1, show_default=True, help="くじの種。同じ種なら同じ結果になります。"),
        click.option("--surge", help="急に増える申請の想定。名前(例 flood_week)か、TOMLのファイル。"),
        click.option("--fitted", help="実績に合わせた値。名前(例 care_certification_national)か、TOMLのファイル。"),
        click.option("--procedure", "only", multiple=True, help="動かす手続のIDか番号。なければ定義のあるすべて。"),
        click.option("--to", "last", type=DAY, required=True, help="最後の日(例 2022-04-30)。"),
        click.option("--from", "first", type=DAY, required=True, help="最初の日(例 2022-04-01)。"),
        click.option("--city", required=True, help="市町村の設定の名前(例 hitachinaka)。"),
    ):
        command = option(command)
    return command


def _asked(said: dict[str, Any], pairs: int, halfwidth: float | None = None) -> Any:  # noqa: ANN401 - its type loads the room
    from simulation.books import require_books
    from simulation.comparison.comparing import Asked

    if said["xlsx"]:
        require_books()
    days: dict[str, dt.datetime] = {name: said[name] for name in ("first", "last")}
    return Asked(
        said["city"],
        days["first"].date(),
        days["last"].date(),
        said["seed"],
        said["only"],
        said["surge"],
        said["fitted"],
        said["folders"],
        pairs,
        halfwidth,
        said["workers"],
        sys.stderr.isatty(),
    )


def _book(said: dict[str, Any]) -> None:
    """Write the tables of a command as one workbook too, where that was asked for."""
    from simulation.books import BOOK, write_book

    if said["xlsx"]:
        write_book(said["out"], said["out"] / BOOK)


@click.command()
@_period
@click.option(
    "--scenario",
    required=True,
    help="改善の想定。名前(例 online)か、TOMLのファイル。",
)
@click.option("--pairs", type=int, help="組の数(現状と改善後で一組)。なければ10、--until-halfwidth があれば200まで。")
@click.option(
    "--until-halfwidth",
    "halfwidth",
    type=PERCENT,
    help="削減率の95%区間の半幅が、ここまで狭まったら止める(例 1%)。",
)
@click.option(
    "--sensitivity",
    type=click.Path(path_type=Path, dir_okay=False),
    help="どの仮定が差を動かすか(madoguchi sensitivity が書いた sensitivity.json)。報告書に順位を載せます。",
)
@click.option("--no-waterfall", is_flag=True, help="てこを一つずつ足さず、全部を入れたときだけ動かします(速い)。")
@click.option("--json", "as_json", is_flag=True, help="結果をJSONで出します。")
def compare(
    scenario: str,
    pairs: int | None,
    halfwidth: float | None,
    sensitivity: Path | None,
    no_waterfall: bool,  # noqa: FBT001 - a flag
    as_json: bool,  # noqa: FBT001 - a flag
    **said: Any,  # noqa: ANN401 - the options of both commands
) -> None:
    """現状と改善後を、同じ申請者・同じくじで何組も動かし、差を区間とともに出します。

    例: madoguchi compare --city hitachinaka --from 2022-04-01 --to 2022-04-30 --scenario online --out out
    """
    from simulation.comparison import datasets, session

    most = pairs if pairs is not None else 200 if halfwidth is not None else 10
    found = session.run(
        _asked(said, most, halfwidth), scenario, said["out"], only_whole=no_waterfall, sensitivity=sensitivity
    )
    _book(said)
    click.echo(datasets.as_json(found) if as_json else session.summary(found), nl=not as_json)
    click.echo(f"報告書: {said['out'] / session.REPORT}", err=as_json)


@click.command()
@_period
@click.option("--post", required=True, help="人数を探す職。「部署/職」(例 child_policy/clerk)。")
@click.option("--breach", type=PERCENT, default="5%", show_default=True, help="期限を過ぎてよい割合の上限。")
@click.option("--least", type=int, help="いちばん少ない人数。なければ、いまより3人少ない数(1人から)。")
@click.option("--most", type=int, help="いちばん多い人数。なければ、いまより3人多い数。")
@click.option("--scenario", help="改善の想定を入れたうえで探すときの、その名前かTOMLのファイル。")
@click.option("--pairs", type=int, default=5, show_default=True, help="人数ごとの試行の数。")
@click.option("--json", "as_json", is_flag=True, help="結果をJSONで出します。")
def staff(
    post: str,
    breach: float,
    least: int | None,
    most: int | None,
    scenario: str | None,
    pairs: int,
    as_json: bool,  # noqa: FBT001 - a flag
    **said: Any,  # noqa: ANN401 - the options of both commands
) -> None:
    """期限を過ぎる割合が上限以下になる、いちばん少ない職員の数を探し、人数ごとの割合を出します。

    例: madoguchi staff --city hitachinaka --from 2022-04-01 --to 2022-04-30 --post child_policy/clerk --out out
    """
    from simulation.comparison import staff_page
    from simulation.comparison.staffing import Sought, search

    found = search(_asked(said, pairs), Sought(post, breach, least, most, scenario), said["out"])
    path = staff_page.write(found, said["out"])
    _book(said)
    click.echo(staff_page.as_json(found) if as_json else staff_page.summary(found), nl=not as_json)
    click.echo(f"報告書: {path}", err=as_json)


@click.command()
@_period
@click.option(
    "--scenario", help="改善の想定の名前かTOMLのファイル。あれば、改善で変わる分をどの仮定が動かすかを調べます。"
)
@click.option(
    "--by",
    type=click.Choice(["hours", "days", "late"]),
    default="hours",
    show_default=True,
    help="順位を付ける答え。年間工数、手続時間、期限を過ぎた割合。",
)
@click.option("--vary", type=PERCENT, default="20%", show_default=True, help="仮定を上げ下げする幅。人数は一人ずつ。")
@click.option("--pairs", type=int, default=3, show_default=True, help="仮定ごとの組の数。")
@click.option("--json", "as_json", is_flag=True, help="結果をJSONで出します。")
def sensitivity(
    scenario: str | None,
    by: Any,  # noqa: ANN401 - one of the words above
    vary: float,
    pairs: int,
    as_json: bool,  # noqa: FBT001 - a flag
    **said: Any,  # noqa: ANN401 - the options of all these commands
) -> None:
    """仮定を一つずつ上げ下げして同じくじで動かし、答えをいちばん動かす仮定から順に出します。

    例: madoguchi sensitivity --city hitachinaka --from 2022-04-01 --to 2022-04-15 --procedure 21 --out out
    """
    from simulation.comparison import sensitivity_page
    from simulation.comparison.sensitivity import Doubted, rank

    found = rank(_asked(said, pairs), Doubted(by, vary, scenario), said["out"])
    path = sensitivity_page.write(found, said["out"])
    _book(said)
    click.echo(sensitivity_page.as_json(found) if as_json else sensitivity_page.summary(found), nl=not as_json)
    click.echo(f"報告書: {path}", err=as_json)


@click.command()
@_period
@click.option("--pairs", type=int, default=3, show_default=True, help="答えごとの試行の数。")
@click.option("--json", "as_json", is_flag=True, help="結果をJSONで出します。")
def surge(
    pairs: int,
    as_json: bool,  # noqa: FBT001 - a flag
    **said: Any,  # noqa: ANN401 - the options of all these commands
) -> None:
    """災害などで急に増える申請を、だれが働くかの答えごとに同じくじで動かし、残りと遅れを日ごとに出します。

    例: madoguchi surge --city hitachinaka --from 2023-09-08 --to 2023-09-30 --surge flood_week --procedure 27 --out out
    """
    from simulation.comparison import surge_page
    from simulation.comparison.surging import surged

    found = surged(_asked(said, pairs), said["out"])
    path = surge_page.write(found, said["out"])
    _book(said)
    click.echo(surge_page.as_json(found) if as_json else surge_page.summary(found), nl=not as_json)
    click.echo(f"報告書: {path}", err=as_json)
