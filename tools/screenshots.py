"""Photographs every report at desktop and phone width and as it is printed, every diagram, and training's screens.

Reports are the pages under build/simulate and build/hitachinaka-2022; they are printed as a PDF of A4 pages, with a
picture of the same at the width of the paper. A diagram is taken as a screen shows it and as a sheet of A4 landscape
shows it. All goes into build/screenshots.

Needs Chromium and a font with Japanese characters; what is missing is said in a sentence, with exit code 1.
"""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
PAGES = ROOT / "build" / "simulate"
REPORTS = (PAGES, ROOT / "build" / "hitachinaka-2022")
DIAGRAMS = ROOT / "build" / "diagrams"
SCREENS = ROOT / "build" / "lessons"
PICTURES = ROOT / "build" / "screenshots"
SIZES = ((1280, 900), (390, 844))
A4 = (1123, 794)
"""A4 landscape at 96 dots an inch; a diagram is taken twice as fine."""
PAPER = (673, 1000)
"""What A4 upright leaves between its margins, at 96 dots an inch."""
TERMINAL = (1000, 640)
BROWSERS = ("chromium", "chromium-browser", "google-chrome")


def browser_path() -> str | None:
    """The first Chromium on the path, or none."""
    return next((found for name in BROWSERS if (found := shutil.which(name))), None)


def has_japanese_font() -> bool:
    """Whether fontconfig knows a font that covers Japanese; without one every character is an empty box."""
    fc_list = shutil.which("fc-list")
    if fc_list is None:
        return False
    return bool(subprocess.run([fc_list, ":lang=ja", "family"], check=True, capture_output=True).stdout.strip())


def missing(pages: list[Path], browser: str | None) -> Iterator[str]:
    """Everything that stands in the way, each as a sentence that says what to do."""
    if not pages:
        yield f"There is no page under {PAGES.relative_to(ROOT)}: run `make simulate` first."
    if browser is None:
        yield f"There is no Chromium on the path (looked for {', '.join(BROWSERS)}): install your system's chromium."
    if not has_japanese_font():
        yield "fc-list knows no Japanese font: install one, for instance fonts-noto-cjk."


def photograph(browser: Browser, page_file: Path) -> Iterator[Path]:
    """The pictures of one page, one per size, whole length."""
    for width, height in SIZES:
        context = browser.new_context(
            locale="ja-JP", timezone_id="Asia/Tokyo", viewport={"width": width, "height": height}
        )
        page = context.new_page()
        page.goto(page_file.as_uri())
        picture = PICTURES / f"{_name(page_file)}-{width}.png"
        page.screenshot(path=picture, full_page=True)
        context.close()
        yield picture


def print_out(browser: Browser, page_file: Path) -> Iterator[Path]:
    """One page as it is printed: a PDF of A4 pages, and a picture of what stands on them."""
    context = browser.new_context(locale="ja-JP", viewport={"width": PAPER[0], "height": PAPER[1]})
    page = context.new_page()
    page.goto(page_file.as_uri())
    page.emulate_media(media="print")
    sheets, picture = (PICTURES / f"{_name(page_file)}-a4.{kind}" for kind in ("pdf", "png"))
    page.pdf(path=sheets, format="A4", prefer_css_page_size=True, print_background=True)
    page.screenshot(path=picture, full_page=True)
    context.close()
    yield from (sheets, picture)


def _name(page_file: Path) -> str:
    """What the pictures of a page are called: as it is beneath build/simulate, elsewhere with its folder."""
    base = PAGES if page_file.is_relative_to(PAGES) else PAGES.parent
    return "-".join(page_file.relative_to(base).with_suffix("").parts)


def diagrams() -> Iterator[Path]:
    """The diagrams of all procedures, drawn now by this tree's own program."""
    madoguchi = [sys.executable, "-m", "madoguchi", "procedures"]
    rows = json.loads(subprocess.run([*madoguchi, "list", "--json"], check=True, capture_output=True, cwd=ROOT).stdout)
    DIAGRAMS.mkdir(parents=True, exist_ok=True)
    for row in rows:
        drawn = DIAGRAMS / f"{row['id']}.svg"
        subprocess.run([*madoguchi, "diagram", row["id"], "--out", drawn], check=True, capture_output=True, cwd=ROOT)
        yield drawn


def photograph_diagram(browser: Browser, drawn: Path) -> Iterator[Path]:
    """The pictures of one diagram: on a screen, and on sheets of A4 below each other."""
    sheet = drawn.with_suffix(".html")
    sheet.write_text(f'<body style="margin:0"><img src="{drawn.name}" style="width:100%;display:block">', "utf-8")
    for name, (width, height), fine in (("screen", SIZES[0], 1), ("a4", A4, 2)):
        context = browser.new_context(viewport={"width": width, "height": height}, device_scale_factor=fine)
        page = context.new_page()
        page.goto(sheet.as_uri())
        picture = PICTURES / f"{drawn.stem}-{name}.png"
        page.screenshot(path=picture, full_page=True)
        context.close()
        yield picture


def photograph_screens(browser: Browser) -> Iterator[Path]:
    """The pictures of the full screen of training: a lesson, its debrief, the redesign of a flow."""
    subprocess.run([sys.executable, ROOT / "tools" / "lesson_screens.py", SCREENS], check=True, cwd=ROOT)
    for drawn in sorted(SCREENS.glob("*.svg")):
        context = browser.new_context(viewport={"width": TERMINAL[0], "height": TERMINAL[1]})
        page = context.new_page()
        page.goto(drawn.as_uri())
        picture = PICTURES / f"train-{drawn.stem}.png"
        page.screenshot(path=picture)
        context.close()
        yield picture


def main() -> int:
    """The exit code: 0 when every page was photographed, 1 when something is missing."""
    pages = [page for folder in REPORTS for page in sorted(folder.rglob("*.html"))]
    chromium = browser_path()
    if problems := list(missing(pages, chromium)):
        print("\n".join(problems), file=sys.stderr)
        return 1
    PICTURES.mkdir(parents=True, exist_ok=True)
    # Chromium refuses its sandbox to root, as in a container; for anybody else it stays on.
    switches = ["--no-sandbox", "--disable-dev-shm-usage"] if os.geteuid() == 0 else []
    with sync_playwright() as play, play.chromium.launch(executable_path=chromium, args=switches) as browser:
        for page_file in pages:
            for picture in (*photograph(browser, page_file), *print_out(browser, page_file)):
                print(picture.relative_to(ROOT))
        for drawn in diagrams():
            for picture in photograph_diagram(browser, drawn):
                print(picture.relative_to(ROOT))
        for picture in photograph_screens(browser):
            print(picture.relative_to(ROOT))
    return 0


if __name__ == "__main__":
    sys.exit(main())
