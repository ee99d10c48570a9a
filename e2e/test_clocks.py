"""Journeys decide when the time of their world passes, whatever its clock does besides; without a browser."""

import pkgutil
from collections.abc import Iterator
from datetime import datetime
from importlib import import_module
from inspect import isfunction
from unittest.mock import Mock

import pytest

import e2e
from e2e.journeys import JOURNEYS, Journey, Step, Text
from e2e.scenario.actor import Actor
from e2e.scenario.labels import LANGUAGES, Language
from e2e.scenario.scenario import Scenario
from mock_sites.client import World


@pytest.mark.parametrize("running", [True, False])
def test_within_a_step_only_the_step_moves_the_clock(world: World, running: bool) -> None:  # noqa: FBT001
    journey, seen = Journey("trial", en="Trial", zh="试"), list[datetime]()

    def look() -> None:
        seen.append(datetime.fromisoformat(world.clock.now()))

    @journey.step("buyer", en="Wait", zh="等待", caption=Text("", ""))
    def waits(_buyer: Actor, _scenario: Scenario) -> None:
        look()
        look()
        world.clock.advance(seconds=59)
        look()

    if running:
        world.clock.run()
    journey.play(Scenario(world, "en", Mock()))

    began, still, later = seen
    assert began == still
    assert (later - still).total_seconds() == 59
    assert world.clock.frozen is not running


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_journey_is_played_where_time_passes_between_steps_and_where_it_stands_still(language: Language) -> None:
    # In Chinese a minute passes before each step (fixtures/play.py), in English none.
    played = {pair for mark in marks_of_plays(language) for pair in pairs(mark.args[0], mark.kwargs.get("after"))}

    missing = {
        journey.name: [step.name for before, step in pairs(journey) if (before, step) not in played]
        for journey in JOURNEYS.values()
    }

    assert missing == {name: [] for name in JOURNEYS}


def pairs(journey: Journey, after: Step | None = None) -> list[tuple[Step | None, Step]]:
    """Each step of a journey, or of what comes after a step of it, with the step before it."""
    steps = journey.steps_after(after)
    return list(zip([after or journey.begins_after, *steps[:-1]], steps, strict=True))


def marks_of_plays(language: Language) -> Iterator[pytest.Mark]:
    """The marks of all tests that play a journey in ``language``."""
    for module in pkgutil.iter_modules(e2e.__path__):
        if not module.name.startswith("test_"):
            continue
        loaded = import_module(f"e2e.{module.name}")
        for function in filter(isfunction, vars(loaded).values()):
            marks = [*marks_of(loaded), *marks_of(function)]
            languages = next((mark.args[1] for mark in marks if mark.args[:1] == ("language",)), LANGUAGES[:1])
            if language in languages:
                yield from (mark for mark in marks if mark.name == "plays")


def marks_of(thing: object) -> list[pytest.Mark]:
    """The marks of a test function, or those that a module gives all its tests."""
    found: pytest.MarkDecorator | list[pytest.Mark] = getattr(thing, "pytestmark", [])
    return [found.mark] if isinstance(found, pytest.MarkDecorator) else found
