"""A world's time never goes back, whatever the machine's clock does and whenever the process dies."""

import time
import zipfile
from contextlib import AbstractContextManager
from dataclasses import replace
from datetime import timedelta
from io import BytesIO
from pathlib import Path

import pytest

from mock_sites.tests.support.faults import SHOP, Errand
from mock_sites.world import clock as clocks
from mock_sites.world import jobs, world_files
from mock_sites.world.clock import LATEST, START, Clock
from mock_sites.world.errors import UnusableWorldError, WorldError
from mock_sites.world.job import Handler, Jobs
from mock_sites.world.lock import LOCK_FILE
from mock_sites.world.store import Worlds


class Machine:
    """A machine with a clock that can be set. ``time`` is what it shows, ``passed`` the real time, in seconds."""

    def __init__(self) -> None:
        """It has just started."""
        self.time, self.passed = 1_800_000_000.0, 0.0

    def wait(self, seconds: float) -> None:
        """Advance real time."""
        self.time += seconds
        self.passed += seconds


@pytest.fixture
def machine(monkeypatch: pytest.MonkeyPatch) -> Machine:
    """The machine whose clock all worlds use."""
    machine = Machine()
    monkeypatch.setattr(clocks, "machine_time", lambda: machine.time)
    monkeypatch.setattr(clocks, "steady", lambda: machine.passed)
    return machine


@pytest.mark.parametrize("set_by", [-86400, -1, 3600])
def test_setting_the_machines_clock_changes_no_running_world(set_by: float, machine: Machine) -> None:
    clock = Clock(running=True)
    machine.wait(10)
    machine.time += set_by
    assert clock.now() == START + timedelta(seconds=10)
    machine.wait(5)
    assert clock.now() == START + timedelta(seconds=15)


def test_clocks_do_not_look_at_the_machines_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = Clock(running=True)
    monkeypatch.setattr(time, "time", lambda: 0.0)
    first = clock.now()
    monkeypatch.setattr(time, "time", lambda: 4_000_000_000.0)
    assert START <= first <= clock.now() < START + timedelta(days=1)


def test_a_running_world_goes_on_while_no_server_runs(tmp_path: Path, machine: Machine) -> None:
    _open(tmp_path).make("w")
    machine.wait(60)
    assert _open(tmp_path).get("w").clock.now() == START + timedelta(seconds=60)


def test_time_does_not_go_back_over_a_restart_with_the_machines_clock_set_back(
    tmp_path: Path, machine: Machine
) -> None:
    worlds = _open(tmp_path)
    world = worlds.make("w")
    machine.wait(600)
    before = world.clock.now()
    worlds.close()
    machine.time -= 86400

    again = _open(tmp_path).get("w")
    assert again.clock.now() == before
    machine.wait(1)
    assert again.clock.now() == before + timedelta(seconds=1)


@pytest.mark.parametrize("running", [True, False])
def test_time_is_not_before_what_happened_when_the_process_was_killed(
    running: bool,  # noqa: FBT001 - the state itself
    tmp_path: Path,
    machine: Machine,
) -> None:
    world = _open(tmp_path).make("w", running=running)
    machine.wait(600)
    if not running:
        world.clock.move_to(START + timedelta(seconds=600))
    with world.uow("shop", write=True) as uow:
        uow.record("sold")
    machine.time -= 86400
    assert _open(tmp_path).get("w").clock.now() == START + timedelta(seconds=600)


def test_a_fork_goes_on_and_a_snapshot_waits(tmp_path: Path, machine: Machine) -> None:
    worlds = _open(tmp_path)
    worlds.make("w")
    machine.wait(60)
    worlds.snapshot("w", "kept")
    fork = worlds.fork("w", "f")
    machine.wait(60)
    assert fork.clock.now() == START + timedelta(seconds=120)

    restored = worlds.restore("w", "kept")
    assert restored.clock.now() == START + timedelta(seconds=60)
    machine.wait(5)
    assert restored.clock.now() == START + timedelta(seconds=65)
    worlds.close()
    assert _open(tmp_path).get("w").clock.now() == START + timedelta(seconds=65)


def test_two_concurrent_advances_both_move_the_clock(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    world = _open(tmp_path).make("w", running=False)
    wait = world.jobs_turn.waited_for

    def overtaken() -> AbstractContextManager[None]:
        """Another thread advances while the first waits for its turn."""
        monkeypatch.undo()
        jobs.advance(world, 60)
        return wait()

    monkeypatch.setattr(world.jobs_turn, "waited_for", overtaken)
    jobs.advance(world, 60)
    assert world.clock.now() == START + timedelta(seconds=120)


def test_a_running_clock_stops_at_its_end_and_says_so(tmp_path: Path, machine: Machine) -> None:
    companies = [replace(SHOP, jobs=Jobs(Errand, Handler(Errand, lambda _uow, _job: None)))]
    worlds = Worlds(tmp_path, companies)
    world = worlds.make("w")
    world.clock.move_to(LATEST - timedelta(seconds=5))
    assert not world.clock.frozen
    machine.wait(60)
    assert (world.clock.now(), world.clock.frozen, world.clock.ended) == (LATEST, True, True)
    with pytest.raises(WorldError, match="come to its end"):
        world.set_frozen(False)
    with pytest.raises(WorldError, match="no further than the beginning of the year 2100"):
        jobs.advance(world, 1)
    with world.uow("shop", write=True) as uow:
        uow.schedule(Errand(), after=60)
    with pytest.raises(WorldError, match="no further than the beginning of the year 2100"):
        jobs.advance_to_next(world)
    assert jobs.advance(world, 0) == 0

    worlds.snapshot("w", "kept")
    assert worlds.restore("w", "kept").clock.now() == LATEST
    assert worlds.fork("w", "f").clock.frozen


def test_a_world_that_ran_to_its_end_can_be_exported_and_imported(tmp_path: Path, machine: Machine) -> None:
    worlds = _open(tmp_path)
    worlds.make("w").clock.move_to(LATEST - timedelta(seconds=5))
    machine.wait(60)
    file = BytesIO()
    world_files.export_world(worlds, "w", file)
    assert world_files.import_world(worlds, file, "again").clock.now() == LATEST


def test_a_clock_after_the_end_of_all_clocks_is_refused_wherever_it_comes_from(tmp_path: Path) -> None:
    worlds = _open(tmp_path)
    worlds.make("w", running=False)
    worlds.snapshot("w", "kept")
    file = BytesIO()
    world_files.export_world(worlds, "w", file)
    state = tmp_path / "worlds" / "w" / "world.json"
    late = state.read_text().replace("2026-03-02T", "2100-03-02T")
    (tmp_path / "worlds" / "w" / "snapshots" / "kept" / "world.json").write_text(late)
    with pytest.raises(UnusableWorldError, match="no clock goes further"):
        worlds.restore("w", "kept")
    state.write_text(late)
    with pytest.raises(UnusableWorldError, match="no clock goes further"):
        _open(tmp_path).get("w")

    with zipfile.ZipFile(file) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    file = BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name, content in members.items():
            archive.writestr(name, content.replace(b"2026-03-02T", b"2100-03-02T") if name == "world.json" else content)
    with pytest.raises(WorldError, match="no further than the beginning of the year 2100") as refusal:
        world_files.import_world(worlds, file, "late")
    assert refusal.value.field == "file"


def _open(folder: Path) -> Worlds:
    """The worlds as the next process sees them, whether the one before has closed them or was killed."""
    (folder / LOCK_FILE).unlink(missing_ok=True)
    return Worlds(folder, [SHOP])
