"""A folder of worlds: which process may use it, and worlds that other versions left in it."""

import json
import os
import sqlite3
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from mock_sites.tests.support.faults import SHOP, Errand, Ware
from mock_sites.world.company import Company
from mock_sites.world.errors import ConflictError, UnknownWorldError, UnusableWorldError
from mock_sites.world.folders import STATE_FILE
from mock_sites.world.job import Handler, Jobs
from mock_sites.world.store import Worlds
from mock_sites.world.unit_of_work import UnitOfWork


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with a world ``old`` that no process uses."""
    worlds = Worlds(tmp_path, [SHOP])
    worlds.make("old", running=False)
    worlds.close()
    return tmp_path


class _OtherTables(DeclarativeBase):
    pass


class _OtherWare(_OtherTables):
    __tablename__ = "wares"
    name: Mapped[str] = mapped_column(primary_key=True)
    price: Mapped[int | None]


def _populate_otherwise(uow: UnitOfWork) -> None:
    uow.session.add(Ware(name="another"))


def _populate_other_tables(uow: UnitOfWork) -> None:
    uow.session.add(_OtherWare(name="ready-made"))


@pytest.mark.parametrize(
    "newer",
    [
        replace(SHOP, populate=_populate_otherwise),
        replace(SHOP, populate=_populate_other_tables, metadata=_OtherTables.metadata),
        replace(SHOP, jobs=Jobs(Errand, Handler(Errand, lambda _uow, _job: None))),
    ],
    ids=["other ready-made data", "other tables", "other jobs"],
)
def test_a_world_of_another_version_is_refused_and_others_go_on(newer: Company, folder: Path) -> None:
    worlds = Worlds(folder, [newer])
    assert worlds.names() == ["old"]
    for verb in (worlds.get, worlds.look, worlds.fork):
        with pytest.raises(UnusableWorldError, match=r"World old cannot be used: .* drop the world and make it anew"):
            verb("old")
    with pytest.raises(UnusableWorldError), worlds.using("old"):
        pass

    worlds.make("new")
    assert worlds.names() == ["new", "old"]
    worlds.drop("old")
    assert worlds.names() == ["new"]
    worlds.close()


@pytest.mark.parametrize("content", ["", "{", '{"seed": "2026", "clock": {}}', "[]"])
def test_a_world_whose_file_is_damaged_is_refused_and_can_be_dropped(content: str, folder: Path) -> None:
    (folder / "worlds" / "old" / STATE_FILE).write_text(content)
    worlds = Worlds(folder, [SHOP])
    with pytest.raises(UnusableWorldError):
        worlds.get("old")
    worlds.drop("old")
    with pytest.raises(UnknownWorldError):
        worlds.drop("old")
    worlds.close()


def test_a_saved_world_of_another_version_is_not_loaded(folder: Path, tmp_path: Path) -> None:
    worlds = Worlds(folder, [SHOP])
    worlds.save("old", tmp_path / "saved")
    worlds.close()
    newer = Worlds(tmp_path / "newer", [replace(SHOP, populate=_populate_otherwise)])
    with pytest.raises(UnusableWorldError):
        newer.load(tmp_path / "saved", "loaded")
    assert newer.names() == []
    newer.close()


def test_a_folder_is_used_by_one_server_and_the_second_learns_which(folder: Path) -> None:
    first = Worlds(folder, [SHOP], port=8701)
    draft = folder / "drafts" / "under way"
    draft.mkdir()
    with pytest.raises(ConflictError, match=f"Another server .*: process {os.getpid()}, port 8701, since 20"):
        Worlds(folder, [SHOP], port=8702)
    assert draft.exists()
    assert json.loads((folder / "server.json").read_text())["port"] == 8701
    first.close()

    Worlds(folder, [SHOP]).close()
    assert not draft.exists()


def test_worlds_are_listed_without_opening_any(tmp_path: Path, opened: list[str]) -> None:
    worlds = Worlds(tmp_path, [SHOP])
    for _ in range(3):
        worlds.make(running=False)
    worlds.close()

    worlds = Worlds(tmp_path, [SHOP])
    worlds.look("w1")
    opened.clear()
    for name in worlds.names():
        worlds.look(name)
        worlds.snapshots(name)
    assert opened == []
    worlds.close()


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The databases that have been opened."""
    files: list[str] = []
    connect = sqlite3.connect

    def watched(path: str, *args: Any, **options: Any) -> sqlite3.Connection:
        files.append(str(path))
        return connect(path, *args, **options)

    monkeypatch.setattr(sqlite3, "connect", watched)
    return files
