"""`madoguchi guide`: which procedures follow from what happened in somebody's life."""

from __future__ import annotations

from pathlib import Path

import click

from office.asking import Asked
from office.commands.standing import filing, founding, say


@click.command(epilog="例: madoguchi guide --city hitachinaka --event disaster --answer lost=no")
@founding
@filing
@click.option("--event", "events", metavar="ID", multiple=True, help="できごと(何度でも)。なければ画面で聞きます。")
@click.option("--answer", "words", metavar="NAME=VALUE", multiple=True, help="問いの答え(何度でも)。")
@click.option("--answers", "file", type=click.Path(path_type=Path), help="できごとと答えのJSON(- は標準入力)。")
@click.option("--questions", is_flag=True, help="できごとと、それぞれの問いを並べるだけにします。")
@click.option("--open", "opens", is_flag=True, help="案内した手続の案件を開き、互いにつなぎます。")
@click.option("--for", "person", metavar="PERSON", help="--open の申請者本人(職員や代理人が開くとき)。")
def guide(
    asked: Asked,
    events: tuple[str, ...],
    words: tuple[str, ...],
    file: Path | None,
    person: str | None,
    *,
    questions: bool,
    opens: bool,
) -> None:
    """出生・転入・介護・被災などのできごとから、要る手続・期限・書類を案内します。

    できごとを指定しなければ、やさしい日本語で一つずつ聞きます。

    --at は案内の日です。--open のときは、ほかの操作と同じで練習用のストアだけです。
    """
    from office.guide import guiding

    if questions:
        say(asked, *guiding.questions(asked))
        return
    given = guiding.Given(events, words, file)
    dialogue = guiding.Dialogue(_ask, lambda line: click.echo(line, err=True))
    say(asked, *guiding.guided(asked, given, dialogue, person, opens=opens))


def _ask(line: str) -> str:
    return str(click.prompt(line, default="", show_default=False, err=True))
