"""`madoguchi case`: everything that is done to one case."""

from __future__ import annotations

import click

from office.commands import acting, looking, migrating, reading
from office.commands.standing import InOrder


@click.group(cls=InOrder, epilog="例: madoguchi case show 1")
def case() -> None:
    """案件を開き、進め、調べます。"""


_ACTING = (
    acting.open_,
    acting.submit,
    acting.fire,
    acting.check,
    acting.fact,
    acting.signal,
    acting.destroy,
)
for _command in (*_ACTING, looking.identity, looking.papers, migrating.migrate):
    case.add_command(_command)
for _command in (
    reading.options,
    reading.show,
    reading.draft,
    reading.log,
    reading.notices,
    reading.notice,
    reading.verify,
):
    case.add_command(_command)
