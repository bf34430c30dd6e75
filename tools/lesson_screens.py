"""Draws the full screen of training as SVG, 80 by 24: a lesson, a small form, a debrief, the redesign of a flow.

Called as `python tools/lesson_screens.py FOLDER`; the files are in the folder afterwards.
"""

import asyncio
import re
import sys
import tempfile
from collections.abc import Iterator, Sequence
from html import unescape
from pathlib import Path

from rich.cells import cell_len

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from office.office import definitions
from training.desk import Desk
from training.diary import Diary
from training.lessons import FIRST_DAY
from training.scene import School
from training.screen import Classroom

CASE, FLOW = "child_allowance_claim.apart_without_statement", "insured_card_reissue.flow"
READ = ("enter", "down", "down", "p", "down", "enter", "f")
FORM = ("down", "down", "down", "enter")
DECIDE = ("ctrl+s", "d")
WALK = ("enter", "down", "enter")
REDESIGN = (":mark accepted wait", ":change steps", ":predict days 0.9", ":predict minutes 12", ":run", "d")
"""What begins with a colon is typed on the command line."""
PICTURES = {
    "lesson": (CASE, READ),
    "form": (CASE, READ + FORM),
    "debrief": (CASE, READ + FORM + DECIDE),
    "flow": (FLOW, WALK),
    "flow-debrief": (FLOW, WALK + REDESIGN),
}


async def drawn(desk: Desk, keys: Sequence[str]) -> str:
    """The screen of a desk after some keys."""
    app = Classroom(desk)
    async with app.run_test(size=(80, 24)) as pilot:

        async def settle() -> None:
            await pilot.pause(0.2)
            while app.busy:
                await pilot.pause(0.05)
            await pilot.pause()

        await settle()
        for key in pressed(keys):
            await pilot.press(key)
            await settle()
        return app.export_screenshot(title="madoguchi train")


def pressed(keys: Sequence[str]) -> Iterator[str]:
    """The keys one by one."""
    names = {" ": "space", ".": "full_stop", ":": "colon"}
    for key in keys:
        yield from [*(names.get(letter, letter) for letter in key), "enter"] if key.startswith(":") else [key]


def spread(svg: str) -> str:
    """The picture with every piece of text as long as its cells: a kanji has two."""
    found = re.search(r'textLength="([\d.]+)"[^>]*>([^<]+)<', svg)
    cell = float(found[1]) / len(unescape(found[2])) if found else 0.0

    def longer(piece: re.Match[str]) -> str:
        return f'textLength="{cell_len(unescape(piece[3])) * cell:g}"{piece[2]}>{piece[3]}<'

    return re.sub(r'textLength="([\d.]+)"([^>]*)>([^<]+)<', longer, svg)


def main() -> None:
    """Draw all of them."""
    out = Path(sys.argv[1])
    out.mkdir(parents=True, exist_ok=True)
    school = School(definitions("hitachinaka", ()))
    for name, (lesson, keys) in PICTURES.items():
        with tempfile.TemporaryDirectory() as folder:
            desk = Desk(school, Diary(Path(folder), "c07"), FIRST_DAY)
            desk.start(lesson, 1)
            (out / f"{name}.svg").write_text(spread(asyncio.run(drawn(desk, keys))), encoding="utf-8")


if __name__ == "__main__":
    main()
