"""What is to be checked: the files that are asked about, among the definitions that they stand in."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from engine.errors import UnknownThing
from forms.loader import OURS as OUR_FORMS
from procedures.files import our_folder

SCHEMA = ".schema.json"


@dataclass(frozen=True)
class Scope:
    """Definitions laid over ours, and which of their files are asked about.

    `schemas` are schemas that stand by themselves, in no folder of forms. `asked` are the files of which findings are
    told; empty means every file below `roots`.
    """

    folders: tuple[Path, ...] = ()
    schemas: tuple[Path, ...] = ()
    asked: frozenset[Path] = frozenset()
    roots: tuple[Path, ...] = ()

    def tells(self, path: Path) -> bool:
        """Whether findings of a file are told."""
        real = path.resolve()
        return real in self.asked or any(real.is_relative_to(root) for root in self.roots)


def scope_of(paths: Sequence[Path], folders: Sequence[Path] = ()) -> Scope:
    """What is to be checked when these paths are named; ours, when none is.

    Args:
        paths: folders laid out as ours (`procedures/`, `forms/`), files in such a folder, or schemas by themselves.
        folders: definitions laid over ours that are not themselves asked about.

    Raises:
        UnknownThing: a path is not there, or nothing in it is a definition.
    """
    if not paths:
        ours = (OUR_FORMS.resolve(), our_folder().resolve())
        return Scope(tuple(folders), roots=(*ours, *(one.resolve() for one in folders)))
    laid: list[Path] = list(folders)
    schemas: list[Path] = []
    asked: set[Path] = set()
    roots: list[Path] = []
    for path in paths:
        found = _asked(path)
        laid += [one for one in found.folders if one not in laid and not _is_ours(one)]
        schemas += found.schemas
        asked |= found.asked
        roots += found.roots
    return Scope(tuple(laid), tuple(schemas), frozenset(asked), tuple(roots))


def _asked(path: Path) -> Scope:
    """The scope of one path."""
    if not path.exists():
        raise UnknownThing(f"「{path}」がありません。", f"there is no {path}", path=str(path))
    if path.is_dir():
        if _definitions(path):
            return Scope((path,), roots=(path.resolve(),))
        found = tuple(sorted(path.rglob("*.json")))
        if not found:
            wanted = "procedures/ か forms/ のあるフォルダ、またはJSON Schemaのファイルを示してください。"
            ja, en = f"「{path}」に定義がありません。{wanted}", f"there is no definition in {path}"
            raise UnknownThing(ja, en, path=str(path))
        return Scope(schemas=found)
    home = next((one for one in path.resolve().parents if _definitions(one)), None)
    if home is None or not any(path.resolve().is_relative_to(home / part) for part in ("procedures", "forms")):
        if path.suffix != ".json":
            ja = f"「{path}」は定義のフォルダ(procedures/ と forms/)の中にありません。"
            raise UnknownThing(ja, f"{path} stands in no folder of definitions", path=str(path))
        return Scope(schemas=(path,))
    return Scope((home,), asked=frozenset(_with_partner(path.resolve())))


def _definitions(folder: Path) -> bool:
    """Whether a folder is laid out as ours is."""
    return any(any(folder.glob(pattern)) for pattern in ("forms/*/*.schema.json", "procedures/*/*.toml"))


def _is_ours(folder: Path) -> bool:
    return (folder / "forms").resolve() == OUR_FORMS.resolve()


def _with_partner(path: Path) -> Iterator[Path]:
    """A form is a pair of files: who asks about one asks about both."""
    yield path
    if path.name.endswith(SCHEMA):
        yield path.with_name(path.name.removesuffix(SCHEMA) + ".toml")
    elif path.suffix == ".toml":
        yield path.with_name(path.stem + SCHEMA)
