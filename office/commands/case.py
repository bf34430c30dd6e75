"""`madoguchi case`: everything that is done to one case."""

from __future__ import annotations

import click

from office.commands import acting, migrating, reading
from office.commands.standing import InOrder


@click.group(cls=InOrder, epilog="例: madoguchi case show 1")
def case() -> None:
    """案件を開き、進め、調べます。"""


for _command in (acting.open_, acting.submit, acting.fire, acting.check, acting.fact, acting.signal, migrating.migrate):
    case.add_command(_command)
for _command in (reading.options, reading.show, reading.log, reading.notices, reading.verify):
    case.add_command(_command)
