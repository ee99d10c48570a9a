"""A world's time never goes back, whatever the machine's clock does and whenever the process dies."""

import time
from contextlib import AbstractContextManager
from datetime import timedelta
from pathlib import Path

import pytest

from mock_sites.tests.support.faults import SHOP
from mock_sites.world import clock as clocks
from mock_sites.world import jobs
from mock_sites.world.clock import START, Clock
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


def _open(folder: Path) -> Worlds:
    """The worlds as the next process sees them, whether the one before has closed them or was killed."""
    (folder / LOCK_FILE).unlink(missing_ok=True)
    return Worlds(folder, [SHOP])
