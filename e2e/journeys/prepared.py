"""Worlds after a part of a journey, for other journeys and tests that begin there.

Such a world has the same rows, mails and time, but nobody is signed in, because sessions belong to the world in which
they began.
"""

from dataclasses import dataclass
from functools import partial

from playwright.sync_api import Browser, BrowserContext

from e2e.journeys import Journey, Step, journey_of
from e2e.journeys.world_cache import WorldCache
from e2e.scenario.labels import LOCALES, Language
from e2e.scenario.personas import Personas, choose_personas
from e2e.scenario.scenario import Notes, Scenario
from mock_sites.client import World, Worlds

_Play = tuple[str, Language]
"""The name of a journey, and the language in which it is played: what people type and what is mailed is in it."""


@dataclass(frozen=True)
class CachedWorld:
    """A world as it was when a step ended, with its personas and notes."""

    world: World
    personas: Personas
    notes: Notes


class Prepared:
    """Journeys, each played in each language as far as it was needed, with a copy of the world for each step."""

    def __init__(self, worlds: Worlds, browser: Browser, *, world_cache: WorldCache | None = None) -> None:
        """Nothing is played before it is needed, or if it is in ``world_cache``."""
        self._worlds, self._browser = worlds, browser
        self._world_cache = world_cache
        self._contexts: list[BrowserContext] = []
        self._scenarios: dict[_Play, Scenario] = {}
        self._last: dict[_Play, Step] = {}
        self._kept: dict[tuple[_Play, str], CachedWorld] = {}

    def after(self, step: Step, language: Language, journey: Journey | None = None) -> CachedWorld:
        """The state when ``step`` ended in ``journey``, or in the first journey that has the step, in ``language``."""
        journey = journey or journey_of(step)
        its_play = journey.name, language
        if (its_play, step.name) not in self._kept and not self._take_from_cache(journey, step, language):
            play = partial(self._world_cache.play, journey) if self._world_cache else journey.play
            play(self._scenario(journey, language), self, after=self._last.get(its_play), until=step)
        return self._kept[its_play, step.name]

    def close(self) -> None:
        """Close the browsers and drop the worlds."""
        for context in self._contexts:
            context.close()
        for kept in self._kept.values():
            kept.world.drop()
        for scenario in self._scenarios.values():
            scenario.world.drop()

    def on_step_started(self, scenario: Scenario, step: Step) -> None:
        """Nothing to keep yet."""

    def on_step_finished(self, scenario: Scenario, step: Step, seconds: float, error: BaseException | None) -> None:
        """Store the world as it is. After a failure, no more steps of the journey are played in that world."""
        (its_play,) = (play for play, its_scenario in self._scenarios.items() if its_scenario is scenario)
        if error is not None:
            self._scenarios.pop(its_play).world.drop()
            self._last.pop(its_play, None)
        else:
            self._kept[its_play, step.name] = CachedWorld(
                self._worlds.fork(scenario.world), scenario.personas, scenario.notes.copy()
            )
            self._last[its_play] = step

    def _take_from_cache(self, journey: Journey, step: Step, language: Language) -> bool:
        """Whether the world after the step was in the cache. If so, it is now stored here."""
        found = self._world_cache.find(journey, step, language) if self._world_cache else None
        if found is None:
            return False
        name, notes = found
        world = self._worlds.get(name)
        self._kept[(journey.name, language), step.name] = CachedWorld(world, choose_personas(world, language), notes)
        return True

    def _scenario(self, journey: Journey, language: Language) -> Scenario:
        """The scenario in which ``journey`` is played in ``language``."""
        its_play = journey.name, language
        if its_play not in self._scenarios:
            before = self.after(journey.begins_after, language) if journey.begins_after else None
            self._scenarios[its_play] = Scenario(
                self._worlds.fork(before.world) if before else self._worlds.make(language=language),
                language,
                self._open_browser,
                personas=before.personas if before else None,
                notes=before.notes.copy() if before else None,
            )
        return self._scenarios[its_play]

    def _open_browser(self, language: Language) -> BrowserContext:
        context = self._browser.new_context(locale=LOCALES[language], reduced_motion="reduce")
        self._contexts.append(context)
        return context
