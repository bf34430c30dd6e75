"""A text put into a file whole, or not at all."""

from __future__ import annotations

from pathlib import Path


def save(text: str, path: Path) -> None:
    """Nothing; the text is in the file, or the file is as it was.

    Raises:
        OSError: it cannot be written; the error names the file.
    """
    beside = path.parent / f".{path.name}.new"
    try:
        beside.write_text(text, encoding="utf-8", newline="\n")
        beside.replace(path)
    except OSError as error:
        beside.unlink(missing_ok=True)
        raise OSError(error.errno, error.strerror, str(path)) from error
