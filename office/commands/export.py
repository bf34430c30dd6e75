"""`madoguchi export`: submissions and services in the national data model, histories and flows for other tools."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import click

from engine.clock import JST
from office.asking import Asked, Misused, instant
from office.commands.standing import InOrder, Number, reading, say, seeing

DAY_OF_SAMPLES = "2025-06-02"
_DAY = click.DateTime(["%Y-%m-%d"])


@click.group(cls=InOrder, epilog="例: madoguchi export catalogue --city hitachinaka")
def group() -> None:
    """申請データと手続の一覧を国のデータモデル(GIF)で、案件の記録と流れを分析の道具の形で出します。"""


@group.command(epilog="例: madoguchi export gif --sample care_certification --seed 7")
@seeing
@click.argument("case_id", metavar="[CASE]", type=Number(), required=False)
@click.option("--sample", metavar="ID", help="案件でなく、この手続の架空の申請データを出します。")
@click.option("--seed", type=int, default=1, show_default=True, help="架空の申請データのくじの種。")
def gif(asked: Asked, case_id: int | None, sample: str | None, seed: int) -> None:
    """申請データを、GIFのXML(451-1 申請・個人)で出します。

    案件の申請データは --as で見る人を示したときだけ出し、だれが見たかを記録します。
    個人番号は出しません。--sample の記入の日は --at、なければ2025-06-02です。
    """
    from forms.samples import PLACE
    from office import session
    from office.gif import exporting

    if (case_id is None) == (sample is None):
        ja = "案件の番号か --sample 手続のID の、どちらか一つを書いてください。"
        raise Misused(ja, "give either the number of a case or --sample ID")
    if sample is not None:
        declared = session.declarations(asked.city or PLACE, asked.definitions)
        text = exporting.sample(declared, sample, seed, instant(asked.at or DAY_OF_SAMPLES).astimezone(JST).date())
    else:
        with session.office(asked) as office:
            text = exporting.case(office, case_id or 0)
    say(asked, [text.rstrip("\n")], {"case": case_id, "sample": sample, "xml": text})


@group.command(epilog="例: madoguchi export catalogue --city hitachinaka --on 2025-06-02")
@click.option("--city", required=True, help="市町村(例 hitachinaka)。")
@click.option("--on", type=_DAY, help="この日の定め。なければ今日です。")
@click.option(
    "--definitions", "folders", type=click.Path(path_type=Path), multiple=True, help="重ねる定義のフォルダ(何度でも)。"
)
def catalogue(city: str, on: datetime | None, folders: tuple[Path, ...]) -> None:
    """手続の一覧を、GIFの行政サービス・制度(451-4)のCSVで出します。1行が1手続です。"""
    from office import session
    from office.gif import services

    clock = click.get_current_context().find_root().obj
    day = on.date() if on is not None else clock.now().astimezone(JST).date()
    click.echo(services.catalogue(session.declarations(city, folders), day), nl=False)


_OUT = click.option("--out", type=click.Path(path_type=Path, dir_okay=False), required=True, help="書くファイル。")
_ONE = click.option("--procedure", metavar="ID", help="この手続の案件だけ。なければすべて。")


@group.command(epilog="例: madoguchi export xes --db run.db --out run.xes")
@reading
@_ONE
@_OUT
def xes(asked: Asked, procedure: str | None, out: Path) -> None:
    """案件の記録を、XES(IEEE 1849)で出します。

    出すのは番号と符号だけです。書かれた内容も人の名も出ません。模擬実行の案件は simulate --keep で残せます。
    """
    from office import session
    from office.exports import writing

    with session.office(asked) as office:
        told = writing.xes_to(office, procedure, out)
    say(asked, [f"{out}: 案件{told.cases:,}件、できごと{told.events:,}件"], told._asdict())


@group.command(epilog="例: madoguchi export ocel --db run.db --out run.jsonocel")
@reading
@_ONE
@_OUT
def ocel(asked: Asked, procedure: str | None, out: Path) -> None:
    """案件の記録を、OCEL 2.0(JSON)で出します。案件・作業・通知・棟などが対象になります。

    出すのは番号と符号だけです。書かれた内容も人の名も出ません。
    """
    from office import session
    from office.exports import writing

    with session.office(asked) as office:
        told = writing.ocel_to(office, procedure, out)
    say(asked, [f"{out}: 案件{told.cases:,}件、できごと{told.events:,}件、対象{told.objects:,}個"], told._asdict())


@group.command(epilog="例: madoguchi export bpmn care_certification --out care_certification.bpmn")
@click.argument("procedure", metavar="ID")
@click.option("--on", type=_DAY, help="この日の定め。なければ一番新しい版です。")
@click.option(
    "--definitions", "folders", type=click.Path(path_type=Path), multiple=True, help="重ねる定義のフォルダ(何度でも)。"
)
@_OUT
def bpmn(procedure: str, on: datetime | None, folders: tuple[Path, ...], out: Path) -> None:
    """手続の宣言を、レーンと図の配置のあるBPMN 2.0で出します。"""
    from office.exports import writing

    told = writing.bpmn_to(procedure, folders, on.date() if on else None, out)
    click.echo(f"{out}: プロセス{told.processes}個、要素{told.nodes}個、流れ{told.flows}本")
