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


@dataclass(frozen=True)
class CachedWorld:
    """A world as it was when a step ended, with its personas and notes."""

    world: World
    personas: Personas
    notes: Notes


class Prepared:
    """Journeys in one language, each played as far as it was needed, with a copy of the world for each step."""

    def __init__(
        self, worlds: Worlds, browser: Browser, language: Language = "en", *, world_cache: WorldCache | None = None
    ) -> None:
        """Nothing is played before it is needed, or if it is in ``world_cache``, which is for this language."""
        self._worlds, self._browser = worlds, browser
        self._language: Language = language
        self._world_cache = world_cache
        self._contexts: list[BrowserContext] = []
        self._scenarios: dict[str, Scenario] = {}
        self._last: dict[str, Step] = {}
        self._kept: dict[tuple[str, str], CachedWorld] = {}

    def after(self, step: Step, journey: Journey | None = None) -> CachedWorld:
        """The state when ``step`` ended in ``journey``, or in the first journey that has the step."""
        journey = journey or journey_of(step)
        wanted = journey.name, step.name
        if wanted not in self._kept and not self._take_from_cache(journey, step):
            play = partial(self._world_cache.play, journey) if self._world_cache else journey.play
            play(self._scenario(journey), self, after=self._last.get(journey.name), until=step)
        return self._kept[wanted]

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
        (journey,) = (name for name, its_scenario in self._scenarios.items() if its_scenario is scenario)
        if error is not None:
            self._scenarios.pop(journey).world.drop()
            self._last.pop(journey, None)
        else:
            self._kept[journey, step.name] = CachedWorld(
                self._worlds.fork(scenario.world), scenario.personas, scenario.notes.copy()
            )
            self._last[journey] = step

    def _take_from_cache(self, journey: Journey, step: Step) -> bool:
        """Whether the world after the step was in the cache. If so, it is now stored here."""
        found = self._world_cache.find(journey, step) if self._world_cache else None
        if found is None:
            return False
        name, notes = found
        world = self._worlds.get(name)
        self._kept[journey.name, step.name] = CachedWorld(world, choose_personas(world, self._language), notes)
        return True

    def _scenario(self, journey: Journey) -> Scenario:
        """The scenario in which ``journey`` is played."""
        if journey.name not in self._scenarios:
            before = self.after(journey.begins_after) if journey.begins_after else None
            self._scenarios[journey.name] = Scenario(
                self._worlds.fork(before.world) if before else self._worlds.make(),
                self._language,
                self._open_browser,
                personas=before.personas if before else None,
                notes=before.notes.copy() if before else None,
            )
        return self._scenarios[journey.name]

    def _open_browser(self, language: Language) -> BrowserContext:
        context = self._browser.new_context(locale=LOCALES[language], reduced_motion="reduce")
        self._contexts.append(context)
        return context
