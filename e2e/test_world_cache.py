"""What was played for tests is loaded by other workers and later runs, until something it is made from changes."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Final
from unittest.mock import Mock

import pytest

from e2e.journeys import Journey, Step, Text, purchase_to_login, world_cache
from e2e.journeys.prepared import Prepared
from e2e.journeys.purchase import agrees_and_subscribes
from e2e.journeys.trace_groups import TraceGroups
from e2e.journeys.world_cache import WorldCache
from e2e.scenario.actor import Actor
from e2e.scenario.fingerprint import fingerprint
from e2e.scenario.scenario import Notes, Scenario
from fixtures.accessibility import Inspector
from fixtures.play import keeps
from mock_sites import Server
from mock_sites.client import World, Worlds

JOURNEY, STEP = purchase_to_login, agrees_and_subscribes


def test_another_server_finds_the_world_its_time_and_the_notes(tmp_path: Path, server: Server, world: World) -> None:
    world.clock.advance(minutes=5)
    WorldCache(tmp_path, server).put(JOURNEY, STEP, "en", world.name, Notes(account_id="a", order_number="CS1"))

    with Server(port=0) as other:
        found = WorldCache(tmp_path, other).find(JOURNEY, STEP, "en")
        assert found
        name, notes = found
        worlds = Worlds(other.url)
        assert worlds.get(name).clock.now() == world.clock.now()
        assert [event.kind for event in worlds.get(name).journal()] == [event.kind for event in world.journal()]
        assert notes == Notes(account_id="a", order_number="CS1")
        worlds.close()


def test_each_loaded_world_is_a_separate_one(tmp_path: Path, server: Server, worlds: Worlds, world: World) -> None:
    kept = WorldCache(tmp_path, server)
    kept.put(JOURNEY, STEP, "en", world.name, Notes())

    first, second = (
        worlds.get(found[0]) for found in (kept.find(JOURNEY, STEP, "en"), kept.find(JOURNEY, STEP, "en")) if found
    )
    first.clock.advance(hours=1)

    assert second.clock.now() == world.clock.now() != first.clock.now()
    first.drop()
    second.drop()


def test_a_play_in_another_language_is_a_separate_one(tmp_path: Path, server: Server, world: World) -> None:
    kept = WorldCache(tmp_path, server)
    kept.put(JOURNEY, STEP, "en", world.name, Notes())

    assert kept.find(JOURNEY, STEP, "zh") is None
    assert not kept.starts_as_kept(JOURNEY, JOURNEY.steps[JOURNEY.steps.index(STEP) + 1], Scenario(world, "zh", Mock()))

    kept.put(JOURNEY, STEP, "zh", world.name, Notes(account_id="in Chinese"))

    found = kept.find(JOURNEY, STEP, "zh")
    assert found
    assert found[1].account_id == "in Chinese"
    server.worlds.drop(found[0])


def test_the_second_process_changes_nothing_and_leaves_nothing(tmp_path: Path, server: Server, world: World) -> None:
    kept = WorldCache(tmp_path, server)
    kept.put(JOURNEY, STEP, "en", world.name, Notes(account_id="first"))
    there = sorted(tmp_path.rglob("*"))

    kept.put(JOURNEY, STEP, "en", world.name, Notes(account_id="second"))

    assert sorted(tmp_path.rglob("*")) == there
    found = kept.find(JOURNEY, STEP, "en")
    assert found
    assert found[1].account_id == "first"
    server.worlds.drop(found[0])


def test_what_was_made_from_other_sources_is_not_found_and_removed(
    tmp_path: Path, server: Server, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    WorldCache(tmp_path, server).put(JOURNEY, STEP, "en", world.name, Notes())

    monkeypatch.setattr(world_cache, "made_from", lambda: "other")

    assert WorldCache(tmp_path, server).find(JOURNEY, STEP, "en") is None
    assert list(tmp_path.iterdir()) == [tmp_path / "other"]


def test_a_play_is_kept_up_to_the_step_that_fails(tmp_path: Path, server: Server, world: World) -> None:
    journey, kept = Journey("short", en="Short", zh=""), WorldCache(tmp_path, server)

    @journey.step("buyer", en="Note", zh="", caption=Text("", ""))
    def notes_something(_buyer: Actor, scenario: Scenario) -> None:
        scenario.notes.account_id = "noted"

    @journey.step("buyer", en="Fail", zh="", caption=Text("", ""))
    def fails(_buyer: Actor, scenario: Scenario) -> None:
        raise AssertionError(scenario)

    with pytest.raises(AssertionError):
        kept.play(journey, Scenario(world, "en", Mock()))

    found = kept.find(journey, notes_something, "en")
    assert found
    assert found[1] == Notes(account_id="noted")
    assert kept.find(journey, fails, "en") is None
    server.worlds.drop(found[0])


CHANGES: Final[dict[str, Callable[[Scenario], object]]] = {
    "time": lambda scenario: scenario.world.clock.advance(seconds=1),
    "running clock": lambda scenario: scenario.world.clock.run(),
    "rows": lambda scenario: scenario.world.seller_center.use_protocol("v1"),
    "notes": lambda scenario: setattr(scenario.notes, "account_id", "another"),
}


def does_nothing(_actor: Actor, _scenario: Scenario) -> None:
    pass


@pytest.fixture
def quiet() -> Journey:
    """A journey with the same steps, in which nobody does anything."""
    found = Journey(JOURNEY.name, en="", zh="")
    found.steps = [replace(step, act=does_nothing) for step in JOURNEY.steps]
    return found


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_what_a_test_has_changed_beforehand_is_not_kept(
    tmp_path: Path, server: Server, world: World, quiet: Journey, change: Callable[[Scenario], None]
) -> None:
    kept, scenario = WorldCache(tmp_path, server), Scenario(world, "en", Mock())
    change(scenario)

    kept.play(quiet, scenario)

    assert [step for step in quiet.steps if kept.has(quiet, step, "en")] == []


def test_what_a_listener_changes_between_two_steps_is_not_kept(
    tmp_path: Path, server: Server, world: World, quiet: Journey
) -> None:
    kept, third = WorldCache(tmp_path, server), quiet.steps[2]

    class ClockMover(TraceGroups):
        def on_step_finished(self, scenario: Scenario, step: Step, seconds: float, error: BaseException | None) -> None:
            if step is third:
                scenario.world.clock.advance(seconds=1)

    kept.play(quiet, Scenario(world, "en", Mock()), ClockMover())

    assert [step for step in quiet.steps if kept.has(quiet, step, "en")] == quiet.steps[:3]


def test_a_test_that_patches_or_listens_or_has_used_a_browser_keeps_nothing(
    request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch, world: World
) -> None:
    scenario, plain = Scenario(world, "en", Mock()), Mock(fixturenames=["play"])
    assert keeps(plain, scenario, JOURNEY, [Inspector(1280, Path())])

    assert monkeypatch
    assert not keeps(request, scenario, JOURNEY, [])
    assert not keeps(plain, scenario, JOURNEY, [Mock()])
    assert not keeps(plain, scenario, Journey(JOURNEY.name, en="", zh=""), [])
    assert not keeps(plain, Scenario(world, "zh", Mock()), JOURNEY, [])
    assert scenario.buyer.context
    assert not keeps(plain, scenario, JOURNEY, [])


@pytest.mark.parametrize("changed", ["sites/page.html", "journeys/buy.py", "lock"])
def test_sites_journeys_and_dependencies_make_a_prepared_world_and_tests_do_not(tmp_path: Path, changed: str) -> None:
    # The checkout's own path says nothing about what is a test.
    tmp_path /= "tests"
    for name in ("sites/page.html", "sites/tests/test_page.py", "journeys/buy.py", "lock"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("before")
    made_from = partial(fingerprint, ("sites", "journeys", "lock"), root=tmp_path)
    before = made_from()

    (tmp_path / "sites/tests/test_page.py").write_text("after")
    assert made_from() == before

    (tmp_path / changed).write_text("after")
    assert made_from() != before


def test_a_cached_step_is_not_played(tmp_path: Path, server: Server, worlds: Worlds, world: World) -> None:
    kept = WorldCache(tmp_path, server)
    kept.put(JOURNEY, STEP, "en", world.name, Notes(instance_id="i"))

    prepared = Prepared(worlds, None, world_cache=kept)  # pyright: ignore[reportArgumentType] - playing would need a browser

    before = prepared.after(STEP, "en")
    assert before.notes.instance_id == "i"
    assert before.personas.buyer.name
    prepared.close()
