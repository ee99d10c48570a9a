"""Worlds that are kept between runs: a played step is loaded until one of its sources changes."""

from __future__ import annotations

import json
import shutil
from contextlib import suppress
from dataclasses import asdict
from functools import cache, cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from e2e.journeys import Journey, Listener, Step, journey_of
from e2e.scenario.fingerprint import fingerprint
from e2e.scenario.labels import Language
from e2e.scenario.scenario import Notes, Scenario
from mock_sites import temporary_folder

if TYPE_CHECKING:
    from mock_sites import Server

_MADE_FROM: Final = (
    "mock_sites",
    "e2e/journeys",
    "e2e/pages",
    "e2e/scenario",
    "e2e/labels.toml",
    "fixtures",
    "conftest.py",
    "requirements.lock",
)
_WORLD, _FACTS, _DRAFT = "world", "facts.json", ".draft-"


class WorldCache:
    """A folder with a world and notes for each step of a journey that was played, in each language.

    Any number of processes may use one folder: its entries are complete, and do not depend on the process that made
    them.
    """

    def __init__(self, folder: Path, server: Server) -> None:
        """Use ``folder`` for worlds of ``server``. Entries that were made from other sources are removed."""
        self._folder, self._server = folder / made_from(), server
        self._folder.mkdir(parents=True, exist_ok=True)
        for other in folder.iterdir():
            if other != self._folder:
                shutil.rmtree(other, ignore_errors=True)

    def find(self, journey: Journey, step: Step, language: Language) -> tuple[str, Notes] | None:
        """The name of a new world in the state after the step, and the notes. None if the step is not in the cache."""
        place = self._place(journey, step, language)
        if not place.exists():
            return None
        world = self._server.worlds.load(place / _WORLD)
        return world.name, self._notes(place)

    def play(
        self,
        journey: Journey,
        scenario: Scenario,
        *listeners: Listener,
        after: Step | None = None,
        until: Step | None = None,
    ) -> None:
        """Play ``journey`` like ``Journey.play``, and store each step whose earlier steps are stored.

        Changes that listeners make between two steps do not belong to a step, so nothing is stored after them.
        """
        journey.play(scenario, *listeners, _Keeping(self, journey), after=after, until=until)

    def has(self, journey: Journey, step: Step, language: Language) -> bool:
        """Whether the world after the step is kept."""
        return self._place(journey, step, language).exists()

    def put(self, journey: Journey, step: Step, language: Language, world: str, notes: Notes) -> None:
        """Store the world called ``world`` and the notes, unless they are stored already."""
        if self.has(journey, step, language):
            return
        # An error means that another process was faster, or that nothing can be written. Then nothing is stored.
        with suppress(OSError), temporary_folder(_DRAFT, self._folder) as made:
            draft, digest = made / "draft", self._server.worlds.digest(world)
            self._server.worlds.save(world, draft / _WORLD)
            (draft / _FACTS).write_text(json.dumps({"notes": asdict(notes), "digest": digest}), encoding="utf-8")
            if self._server.worlds.digest(world) == digest:
                draft.rename(self._place(journey, step, language))

    def starts_as_kept(self, journey: Journey, step: Step, scenario: Scenario) -> bool:
        """Whether world and notes are as the step before ``step`` has left them, and are stored."""
        before = _step_before(journey, step)
        digest = self._server.worlds.digest(scenario.world.name)
        if before is None:
            return (digest, scenario.notes) == (self._new, Notes())
        place = self._place(*before, scenario.language)
        return place.exists() and (digest, scenario.notes) == (self._stored(place)["digest"], self._notes(place))

    @cached_property
    def _new(self) -> str:
        """The digest of a new world."""
        world = self._server.worlds.make(running=False)
        try:
            return self._server.worlds.digest(world.name)
        finally:
            self._server.worlds.drop(world.name)

    def _notes(self, place: Path) -> Notes:
        return Notes(**self._stored(place)["notes"])

    def _stored(self, place: Path) -> Any:
        return json.loads((place / _FACTS).read_text(encoding="utf-8"))

    def _place(self, journey: Journey, step: Step, language: Language) -> Path:
        return self._folder / f"{journey.name}.{step.name}.{language}"


class _Keeping:
    """Puts the world of a play into the cache after each step that ended well and began as the one before had ended."""

    def __init__(self, world_cache: WorldCache, journey: Journey) -> None:
        """Made by ``WorldCache.play``."""
        self._world_cache, self._journey = world_cache, journey
        self._to_keep: Step | None = None

    def on_step_started(self, scenario: Scenario, step: Step) -> None:
        """Check whether the state can be stored after this step."""
        has = self._world_cache.has(self._journey, step, scenario.language)
        wanted = not has and self._world_cache.starts_as_kept(self._journey, step, scenario)
        self._to_keep = step if wanted else None

    def on_step_finished(self, scenario: Scenario, step: Step, seconds: float, error: BaseException | None) -> None:
        """Store the world as it is now."""
        if error is None and step is self._to_keep:
            self._world_cache.put(self._journey, step, scenario.language, scenario.world.name, scenario.notes)


def _step_before(journey: Journey, step: Step) -> tuple[Journey, Step] | None:
    """The step before ``step``, in this journey or in the one after which it begins. None: it begins in a new world."""
    place = journey.steps.index(step)
    if place:
        return journey, journey.steps[place - 1]
    return (journey_of(journey.begins_after), journey.begins_after) if journey.begins_after else None


@cache
def made_from() -> str:
    """A fingerprint of all sources of a prepared world: the sites, the journeys and the packages they use."""
    return fingerprint(_MADE_FROM)
