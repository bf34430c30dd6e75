"""Where a store can be."""

from pathlib import Path

import pytest

from engine.errors import StoreError
from engine.store.place import Place


def test_a_path_names_a_file_wherever_one_stands_later(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    place = Place.of("a.db")
    monkeypatch.chdir("/")
    assert place.path == tmp_path / "a.db"
    assert place.key_path == tmp_path / "a.db.key"


@pytest.mark.parametrize("text", ["sqlite:////srv/a.db", "sqlite+pysqlite:////srv/a.db", "/srv/a.db"])
def test_a_url_names_the_same_file_as_its_path(text: str) -> None:
    assert Place.of(text).path == Place.of(Path("/srv/a.db")).path == Path("/srv/a.db")


@pytest.mark.parametrize("text", [":memory:", "sqlite://", "sqlite:///:memory:"])
def test_memory_has_neither_file_nor_key_file(text: str) -> None:
    place = Place.of(text)
    assert (place.path, place.key_path, str(place)) == (None, None, ":memory:")


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "a\0b",
        "mysql://host/db",
        "postgresql://host:port/db",
        "postgresql://host",
        "postgresql://me:a\0b@host/db",
        "sqlite://host/db",
        "sqlite:///a.db?mode=ro",
        "://",
        "nonsense://",
    ],
)
def test_anything_else_is_told_what_a_place_looks_like(text: str) -> None:
    with pytest.raises(StoreError) as refused:
        Place.of(text)
    assert "sqlite:///" in refused.value.ja
    assert "sqlite:///" in refused.value.en


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("postgresql://me:hunter2@db.city.lg.jp:5433/town", "postgresql://me@db.city.lg.jp:5433/town"),
        ("postgresql+psycopg://me@/town?password=hunter2&host=/run", "postgresql://me@/town?host=%2Frun"),
        ("postgresql:///town?sslmode=require&passfile=hunter2", "postgresql:///town"),
    ],
)
def test_a_database_on_a_server_is_shown_without_what_may_be_secret(text: str, shown: str) -> None:
    place = Place.of(text)
    assert str(place) == shown
    assert "hunter2" not in repr(place)
    assert (place.path, place.key_path, place.in_memory) == (None, None, False)


def test_a_password_in_a_url_is_not_repeated() -> None:
    for text in ("mysql://me:hunter2@host/db", "mysql://me:hunter2@host:port/db", "postgresql://me:hunter2@host"):
        with pytest.raises(StoreError) as refused:
            Place.of(text)
        assert "hunter2" not in f"{refused.value.ja}{refused.value.en}{refused.value.facts}"
