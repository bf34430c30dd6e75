"""The CSV files of a report as one workbook (xlsx): a sheet for each, numbers as numbers, words never as formulas."""

from __future__ import annotations

import csv
import datetime as dt
import io
import re
import zipfile
from pathlib import Path

from simulation.calibration.grids import openpyxl_or_refusal
from simulation.report.files import unguarded

NUMBER = re.compile(r"-?(0|[1-9]\d{0,14})(\.\d+)?(e-?\d+)?")
"""What a cell holds that is a number; a code with a zero in front stays words."""
BOOK = "tables.xlsx"
LONGEST_NAME = 31
LONGEST_CELL = 32_767
STILL = (1980, 1, 1, 0, 0, 0)
"""The time of everything in the file, so that the same tables are the same bytes."""


def require_books() -> None:
    """See to it that workbooks can be written.

    Raises:
        Refusal: the library for it (the extra `xlsx`) is not installed.
    """
    openpyxl_or_refusal()


def write_book(folder: Path, path: Path) -> int:
    """How many sheets were written: one for each CSV file of the folder, in the order of their names.

    Raises:
        Refusal: the library for it (the extra `xlsx`) is not installed.
    """
    book = openpyxl_or_refusal().Workbook()
    book.remove(book.active)
    book.properties.created = book.properties.modified = dt.datetime(*STILL)  # noqa: DTZ001 - the file format has no zone
    files = sorted(folder.glob("*.csv"))
    for file in files:
        sheet = book.create_sheet(file.stem[:LONGEST_NAME])
        sheet.freeze_panes = "A2"
        with file.open(encoding="utf-8-sig", newline="") as rows:
            for down, row in enumerate(csv.reader(rows), 1):
                for across, text in enumerate(row, 1):
                    cell = sheet.cell(down, across)
                    if NUMBER.fullmatch(text):
                        cell.value = float(text) if set(text) & set(".e") else int(text)
                    elif text:
                        cell.value = unguarded(text)[:LONGEST_CELL]
                        cell.data_type = "s"
    made = io.BytesIO()
    book.save(made)
    draft = path.with_name(path.name + ".part")
    draft.write_bytes(_still(made.getvalue()))
    draft.replace(path)
    return len(files)


def _still(made: bytes) -> bytes:
    """The same archive without the time at which it was made."""
    found = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(made)) as before, zipfile.ZipFile(found, "w", zipfile.ZIP_DEFLATED) as after:
        for name in sorted(before.namelist()):
            content = before.read(name)
            if name == "docProps/core.xml":
                content = re.sub(rb"\d{4}-\d\d-\d\dT[\d:]+Z", b"1980-01-01T00:00:00Z", content)
            after.writestr(zipfile.ZipInfo(name, STILL), content)
    return found.getvalue()
