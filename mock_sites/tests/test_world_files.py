"""A world as one file, and files that are not worlds of this version."""

import json
import sqlite3
import tempfile
import zipfile
from collections.abc import Callable
from contextlib import closing
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from mock_sites.tests.support.faults import SHOP, Ware
from mock_sites.tests.support.zips import CENTRAL, changed
from mock_sites.world import jobs, world_files
from mock_sites.world.errors import ConflictError, UnknownWorldError, UnusableWorldError, WorldError
from mock_sites.world.exposure import Exposure
from mock_sites.world.seed import DEFAULT_SEED
from mock_sites.world.store import Worlds

Members = dict[str, bytes]
"""The content of an archive, by the names of its members."""


@pytest.fixture(scope="module")
def worlds(tmp_path_factory: pytest.TempPathFactory) -> Worlds:
    found = Worlds(tmp_path_factory.mktemp("data"), [SHOP])
    world = found.make("old", running=False)
    with world.uow("shop", write=True) as uow:
        uow.session.add(Ware(name="later"))
    jobs.advance(world, 60)
    return found


@pytest.fixture(scope="module")
def exported(worlds: Worlds) -> bytes:
    """The file of the world called ``old``."""
    return export(worlds, "old")


def export(worlds: Worlds, name: str) -> bytes:
    archive = BytesIO()
    world_files.export_world(worlds, name, archive)
    return archive.getvalue()


def members(archive: bytes) -> Members:
    with zipfile.ZipFile(BytesIO(archive)) as opened:
        return {name: opened.read(name) for name in opened.namelist()}


def archive_of(content: Members) -> bytes:
    written = BytesIO()
    with zipfile.ZipFile(written, "w") as archive:
        for name, data in content.items():
            archive.writestr(name, data)
    return written.getvalue()


def with_state(content: Members, **changes: Any) -> Members:
    return content | {"world.json": json.dumps(json.loads(content["world.json"]) | changes).encode()}


def with_statement(content: Members, statement: str, folder: Path) -> Members:
    """The members after an SQL statement in the database."""
    file = folder / "changed.db"
    file.write_bytes(content["shop.db"])
    with closing(sqlite3.connect(file)) as database:
        database.executescript(f"PRAGMA journal_mode = DELETE; {statement}")
    return content | {"shop.db": file.read_bytes()}


def test_an_imported_world_goes_on_as_the_exported_one_was(worlds: Worlds, exported: bytes) -> None:
    made = world_files.import_world(worlds, BytesIO(exported), "copy")

    assert worlds.digest("copy") == worlds.digest("old")
    with made.uow("shop") as uow:
        assert set(uow.session.scalars(select(Ware.name))) == {"ready-made", "later"}
    worlds.drop("copy")


def test_a_name_is_taken_once_and_a_world_must_be_there(worlds: Worlds, exported: bytes) -> None:
    with pytest.raises(ConflictError, match="There is a world called old already"):
        world_files.import_world(worlds, BytesIO(exported), "old")
    with pytest.raises(WorldError, match="lower-case letters"):
        world_files.import_world(worlds, BytesIO(exported), "../x")
    with pytest.raises(UnknownWorldError, match="There is no world called nowhere"):
        export(worlds, "nowhere")


def test_a_file_of_another_version_is_refused_in_a_sentence(worlds: Worlds, exported: bytes) -> None:
    other = archive_of(with_state(members(exported), fingerprint="0123456789abcdef"))

    with pytest.raises(UnusableWorldError, match="exported by another version of the mock sites"):
        world_files.import_world(worlds, BytesIO(other))


DAMAGES: dict[str, Callable[[Members, Path], Members]] = {
    "no state": lambda found, _: {"shop.db": found["shop.db"]},
    "no database": lambda found, _: {"world.json": found["world.json"]},
    "a path out of the folder": lambda found, _: found | {"../shop.db": b""},
    "a path in place of a name": lambda found, _: {"world.json": found["world.json"], "../shop.db": found["shop.db"]},
    "databases elsewhere": lambda found, _: with_state(found, databases="../../elsewhere"),
    "another member of the state": lambda found, _: with_state(found, path="x"),
    "a clock without a time zone": lambda found, _: with_state(
        found, clock={"moment": "2026-03-02T01:00:00", "running": False, "noted_at": 1}
    ),
    "a clock before the start": lambda found, _: with_state(
        found, clock={"moment": "1999-03-02T01:00:00Z", "running": False, "noted_at": 1}
    ),
    "a language that is none": lambda found, _: with_state(found, language="xx"),
    "a state that is no JSON": lambda found, _: found | {"world.json": b"{"},
    "a large state": lambda found, _: found | {"world.json": b" " * 70000 + found["world.json"]},
    "no database file": lambda found, _: found | {"shop.db": b"text"},
    "an empty database": lambda found, _: found | {"shop.db": b""},
    "a trigger": lambda found, folder: with_statement(
        found, "CREATE TRIGGER t AFTER INSERT ON wares BEGIN DELETE FROM wares; END", folder
    ),
    "another column": lambda found, folder: with_statement(found, "ALTER TABLE wares ADD COLUMN x", folder),
}


@pytest.mark.parametrize("damage", DAMAGES.values(), ids=DAMAGES)
def test_what_is_not_an_exported_world_is_refused_and_leaves_nothing(
    damage: Callable[[Members, Path], Members], worlds: Worlds, exported: bytes, tmp_path: Path
) -> None:
    before = sorted(worlds.names())
    damaged = archive_of(damage(members(exported), tmp_path))

    with pytest.raises(WorldError, match="not an exported world, or it is damaged"):
        world_files.import_world(worlds, BytesIO(damaged), "new")

    assert sorted(worlds.names()) == before


ODD_ARCHIVES: dict[str, list[str]] = {
    "no members": [],
    "folders only": ["world.json/", "shop.db/"],
    "many folders": [f"folder{number}/" for number in range(1000)],
    "one empty file": ["world.json"],
    "an empty file without a name": [""],
    "names twice": ["world.json", "shop.db", "world.json", "shop.db"],
    "one name twice": ["world.json", "world.json"],
}
"""The names of the members of archives, all of which are empty."""


@pytest.mark.filterwarnings("ignore:Duplicate name")
@pytest.mark.parametrize("names", ODD_ARCHIVES.values(), ids=ODD_ARCHIVES)
def test_an_archive_of_odd_members_is_refused_and_leaves_nothing(
    names: list[str], worlds: Worlds, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr(tempfile, "tempdir", None)
    written = BytesIO()
    with zipfile.ZipFile(written, "w") as archive:
        for name in names:
            archive.writestr(zipfile.ZipInfo(name), b"")
    before = sorted(worlds.names())

    with pytest.raises(WorldError, match="not an exported world, or it is damaged"):
        world_files.import_world(worlds, written, "new")

    assert sorted(worlds.names()) == before
    assert not [*tmp_path.iterdir()]


@pytest.mark.parametrize(("place", "value"), [(6, b"\x63\0"), (8, b"\x20\0"), (8, b"\x40\0"), (8, b"\1\0")], ids=str)
def test_an_archive_of_another_version_or_kind_is_refused(
    place: int, value: bytes, worlds: Worlds, exported: bytes
) -> None:
    for name in ("world.json", "shop.db"):
        with pytest.raises(WorldError, match="not an exported world, or it is damaged"):
            world_files.import_world(worlds, BytesIO(changed(exported, name, CENTRAL, place, value)), "new")


def test_a_world_that_is_too_large_is_refused_before_it_is_unpacked(
    worlds: Worlds, exported: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(world_files, "LARGEST", 4096)

    with pytest.raises(WorldError, match="is larger than"):
        world_files.import_world(worlds, BytesIO(exported))


@settings(max_examples=60)
@given(data=st.data())
def test_a_damaged_file_is_refused_or_is_the_world(worlds: Worlds, exported: bytes, data: st.DataObject) -> None:
    damaged = bytearray(exported)
    for place in data.draw(st.lists(st.integers(0, len(damaged) - 1), min_size=1, max_size=3)):
        damaged[place] ^= data.draw(st.integers(1, 255))
    digest = worlds.digest("old")

    try:
        made = world_files.import_world(worlds, BytesIO(damaged))
    except WorldError:
        return
    assert worlds.digest(made.name) == digest
    worlds.drop(made.name)


def test_a_server_that_others_can_reach_takes_no_world_of_the_public_seed(exported: bytes, tmp_path: Path) -> None:
    exposed = Worlds(tmp_path, [SHOP], exposure=Exposure("token"))

    with pytest.raises(WorldError, match="Everybody knows the passwords of this seed"):
        world_files.import_world(exposed, BytesIO(exported), "new")

    assert exposed.names() == []
    assert DEFAULT_SEED.encode() in members(exported)["world.json"]
    exposed.close()
