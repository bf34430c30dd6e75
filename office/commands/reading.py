"""The commands that look at a case and change nothing."""

from __future__ import annotations

from pathlib import Path

import click

from office.asking import Asked
from office.commands.acting import CASE
from office.commands.standing import Number, reading, say, seeing

FORMATS = ("text", "html", "gif")


@click.command(epilog="例: madoguchi case show 1 --answers --as clerk:k1")
@seeing
@CASE
@click.option("--answers", is_flag=True, help="申請内容も出します(個人番号は伏せます)。")
@click.option("--my-number", is_flag=True, help="申請内容を、個人番号も伏せずに出します。")
def show(asked: Asked, case_id: int, *, answers: bool, my_number: bool) -> None:
    """案件のいまの様子(状態・期限・作業・確認・添付)を見ます。

    計算した額や申請内容は、--as で見る人を示したときだけ出し、だれが見たかを記録します。
    """
    from office import session, showing

    with session.office(asked) as office:
        lines, facts = showing.case(office, case_id, answers=answers, numbers=my_number)
        say(asked, lines, facts)


@click.command(epilog="例: madoguchi case log 1 --json")
@reading
@CASE
def log(asked: Asked, case_id: int) -> None:
    """案件の記録を最初から順に見ます。"""
    from office import log_shown, session

    with session.office(asked) as office, office.engine.reading(case_id) as work:
        say(asked, log_shown.log_lines(work), log_shown.log_facts(work))


@click.command(epilog="例: madoguchi case options 1 --as clerk")
@seeing
@CASE
def options(asked: Asked, case_id: int) -> None:
    """いまできる操作を見ます。--as がなければ、だれが何をできるか全部です。"""
    from office import choices, session

    with session.office(asked) as office:
        lines, facts = choices.options(office, case_id)
        say(asked, lines, facts)


@click.command(epilog="例: madoguchi case draft 1")
@reading
@CASE
@click.option("--number", metavar="N", type=Number(), help="何番目の起案か。なければ最後の起案です。")
def draft(asked: Asked, case_id: int, number: int | None) -> None:
    """起案文書(件名・文書番号・内容のハッシュ・決裁欄)を見ます。代決には「代」が付きます。"""
    from office import drafts_shown, session

    with session.office(asked) as office, office.engine.reading(case_id) as work:
        chosen = drafts_shown.chosen(work, number)
        say(asked, drafts_shown.lines(work, chosen), drafts_shown.facts(work, chosen))


@click.command(epilog="例: madoguchi case verify")
@reading
@click.argument("case_id", metavar="[ID]", type=Number(), required=False)
def verify(asked: Asked, case_id: int | None) -> None:
    """記録の鎖、いまの様子、保存した値が合っているかを確かめます。ID がなければ全部の案件です。"""
    from office import session, verification

    with session.store_there(asked) as store:
        found = verification.verified(store, case_id)
    say(asked, found.lines(asked.lang), found.facts())
    click.get_current_context().exit(1 if found.found else 0)


@click.command(epilog="例: madoguchi case notice 1 --format html --out tsuuchi.html --as clerk:k1")
@seeing
@CASE
@click.option("--number", metavar="N-N", help="通知の番号(case notices の先頭にある番号)。なければ最後の通知です。")
@click.option("--format", "form", type=click.Choice(FORMATS), default="text", show_default=True, help="出す形。")
@click.option("--out", type=click.Path(path_type=Path), help="書くファイル。なければ画面に出します。")
def notice(asked: Asked, case_id: int, number: str | None, form: str, out: Path | None) -> None:
    """通知を一つ、文字だけ(text)・A4で印刷できるページ(html)・GIFのXML(gif)で出します。

    ページは外から何も読みません。だれに出したかを記録します。
    """
    from office import session
    from office.letters import given
    from procedures.saving import save

    with session.office(asked) as office:
        found = given.given(office, case_id, number, form)
    if out is None:
        say(asked, [found.text.rstrip("\n")], found.facts)
        return
    save(found.text, out)
    say(asked, [f"{out} に書きました。"], {"written": str(out)})


@click.command(epilog="例: madoguchi case notices 1 --as clerk:k1")
@seeing
@CASE
def notices(asked: Asked, case_id: int) -> None:
    """案件で作った通知の本文を見ます。だれが見たかを記録します。"""
    from office import session, showing

    with session.office(asked) as office:
        lines, facts = showing.notices(office, case_id)
        say(asked, lines, facts)
