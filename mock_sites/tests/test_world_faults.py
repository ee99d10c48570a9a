"""If the process dies or the disk is full, a world is either as it was before or as it should be after."""

import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from itertools import count
from pathlib import Path
from typing import Final

import pytest
from sqlalchemy import select

from mock_sites.tests.support.faults import SHOP, ProcessKilled, Ware, failing_disk
from mock_sites.world import jobs
from mock_sites.world.folders import StateFolder
from mock_sites.world.store import Worlds
from mock_sites.world.templates import Templates

Picture = dict[str, object]
"""All worlds and snapshots that can be used, by name: their content and their time."""

OPERATIONS: Final[dict[str, Callable[[Worlds, Path], object]]] = {
    "make": lambda worlds, _: worlds.make("new", seed="another", running=False),
    "fork": lambda worlds, _: worlds.fork("old", "new"),
    "snapshot": lambda worlds, _: worlds.snapshot("old", "second"),
    "snapshot in place of another": lambda worlds, _: worlds.snapshot("old", "first"),
    "drop a snapshot": lambda worlds, _: worlds.drop_snapshot("old", "first"),
    "restore": lambda worlds, _: worlds.restore("old", "first"),
    "drop": lambda worlds, _: worlds.drop("old"),
    "advance": lambda worlds, _: jobs.advance(worlds.get("old"), 3600),
    "load": lambda worlds, aside: worlds.load(aside / "saved", "new"),
    "save": lambda worlds, aside: worlds.save("old", aside / "now"),
}


@pytest.fixture
def prepared(tmp_path: Path) -> Path:
    """A world with a snapshot, a saved world, and no users."""
    folder = tmp_path / "prepared"
    worlds = _open(folder / "data")
    world = worlds.make("old", running=False)
    worlds.snapshot("old", "first")
    with world.uow("shop", write=True) as uow:
        uow.session.add(Ware(name="later"))
    jobs.advance(world, 60)
    worlds.save("old", folder / "saved")
    worlds.close()
    return folder


@pytest.fixture(autouse=True)
def _known_fingerprint(monkeypatch: pytest.MonkeyPatch) -> None:
    """No world is created only for its fingerprint, which would take most of the time."""

    def fingerprint(_templates: Templates) -> str:
        return "known"

    monkeypatch.setattr(Templates, "fingerprint", fingerprint)


@pytest.mark.parametrize("fault", ["killed", "no space left"])
@pytest.mark.parametrize("name", OPERATIONS)
def test_a_world_is_as_before_or_as_it_should_be_after(name: str, fault: str, prepared: Path, tmp_path: Path) -> None:
    killed = fault == "killed"
    before = _picture_after(lambda _worlds, _aside: None, prepared, tmp_path / "before")
    after = _picture_after(OPERATIONS[name], prepared, tmp_path / "after")
    assert before != after

    for fail_at in count(1):
        folder = tmp_path / str(fail_at)
        shutil.copytree(prepared, folder)
        worlds = _open(folder / "data")
        with failing_disk(fail_at, killed=killed) as disk:
            try:
                OPERATIONS[name](worlds, folder)
            except (Exception, ProcessKilled):  # noqa: BLE001 - what matters is what is left
                assert disk.failed
        if not disk.failed:
            break
        if killed:
            assert _picture_of_copy(folder, tmp_path / f"{fail_at}.copy") in (before, after), f"call {fail_at}"
            continue
        if (found := _picture(worlds, folder)) != after:
            assert found == before, f"call {fail_at}"
            OPERATIONS[name](worlds, folder)
            assert _picture(worlds, folder) == after, f"after call {fail_at}"
        worlds.close()


def _open(folder: Path) -> Worlds:
    return Worlds(folder, [SHOP])


def _picture_after(operation: Callable[[Worlds, Path], object], prepared: Path, folder: Path) -> Picture:
    shutil.copytree(prepared, folder)
    worlds = _open(folder / "data")
    operation(worlds, folder)
    picture = _picture(worlds, folder)
    worlds.close()
    assert _picture_of_copy(folder, folder.with_name(f"{folder.name}.copy")) == picture
    return picture


def _picture_of_copy(folder: Path, copy: Path) -> Picture:
    """What the next process finds. It uses a copy, because the process that died here is this one."""
    shutil.copytree(folder, copy)
    worlds = _open(copy / "data")
    assert list((copy / "data" / "drafts").iterdir()) == []
    picture = _picture(worlds, copy)
    worlds.close()
    return picture


def _picture(worlds: Worlds, folder: Path) -> Picture:
    seen: Picture = {}
    for name in worlds.names():
        world = worlds.get(name)
        with world.uow("shop") as uow:
            seen[name] = world.clock.now(), set(uow.session.scalars(select(Ware.name)))
        place = folder / "data" / "worlds" / name
        for label in worlds.snapshots(name):
            seen[f"{name}/{label}"] = _kept(place / "snapshots" / label)
        assert sorted(path.name for path in place.iterdir() if path.name.isdigit()) == [world.file("shop").parent.name]
    for saved in folder.iterdir():
        if saved.name != "data" and not saved.name.startswith("."):
            seen[f"saved {saved.name}"] = _kept(saved)
    return seen


def _kept(folder: Path) -> object:
    state = StateFolder(folder).read()
    with closing(sqlite3.connect(StateFolder(folder).databases(state) / "shop.db")) as database:
        return state.clock["moment"], {name for (name,) in database.execute("SELECT name FROM wares")}
