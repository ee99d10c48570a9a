"""One round of a demo: a world, windows, and the steps in them."""

import time
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, ExitStack
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, Error
from rich.console import Console

from e2e.demo.captions import Captions
from e2e.demo.encoding import FilmFile
from e2e.demo.errors import DemoError, StepFailedError
from e2e.demo.film import Film
from e2e.demo.keys import Keys
from e2e.demo.narrator import Narrator
from e2e.demo.pauses import Pauses
from e2e.demo.pictures import StepPictures
from e2e.demo.subtitles import SubtitlesFile
from e2e.demo.windows import Windows
from e2e.journeys import Journey, Listener, Step
from e2e.scenario.actor import OpenBrowser
from e2e.scenario.labels import Language
from e2e.scenario.scenario import Scenario

Stage = Callable[[Step, OpenBrowser], AbstractContextManager[Scenario]]
"""Gives the scenario at the beginning of a step, in its world; called with what opens the windows of the actors."""


@dataclass(frozen=True, kw_only=True)
class Performance:
    """What is played in a round, and how."""

    journey: Journey
    start: Step
    language: Language
    speed: float
    keys: Keys | None
    """Waits for the presenter before each step. None if the demo does not pause."""
    clauses: bool
    """Whether the captions name the documents' clauses."""
    file: FilmFile | None
    subtitles: SubtitlesFile | None
    pictures: StepPictures
    console: Console
    listeners: Sequence[Listener] = ()
    """Who else is to hear of the steps."""

    def play(self, stage: Stage, browser: Browser, folder: Path) -> None:
        """Play a round in the world of ``stage``. Pictures of the film are kept in ``folder`` until it is written.

        Raises:
            DemoError: the film cannot be written, or nobody is there any more.
            StepFailedError: a step failed; the film, if any, goes up to there.
        """
        captions = Captions(self.journey, self.language, clauses=self.clauses)
        with ExitStack() as stack:
            film = self._film(stack, folder)
            windows = Windows(browser, self.speed, *filter(None, (self.keys, film)))
            stack.callback(windows.close)
            # The title is the first thing to be seen, and covers all pages until everything is ready.
            windows.show_overlay(captions.title(ready=False))
            first = windows.open(self.language).new_page()
            if index := self.journey.steps.index(self.start):
                self.console.print(f"[dim]Going to step {index + 1}: what comes before it is played first.[/]")
            fresh = self.journey.fresh_start(self.start)
            scenario = stack.enter_context(stage(fresh, windows.open))
            scenario.actor(fresh.actor).sits_at(first)
            for step in self._steps(fresh, self.start):
                self._play(scenario, step)
            if film:
                stack.callback(self.console.print, f"Writing the film {film.path}")
            narrator = Narrator(self.console, self.journey, captions, windows=windows, film=film, speed=self.speed)
            narrator.introduce(scenario.actor(self.start.actor).page)
            windows.show_pointer(shown=True)
            listeners: list[Listener] = [*self.listeners, self.pictures, narrator]
            pauses = None
            if self.keys:
                pauses = Pauses(
                    self.journey, captions, windows=windows, keys=self.keys, film=film, console=self.console
                )
                listeners.append(pauses)
            for step in self._steps(self.start):
                self._play(scenario, step, *listeners)
            if pauses:
                pauses.pause_at_the_end()

    def _film(self, stack: ExitStack, folder: Path) -> Film | None:
        if self.file is None:
            return None
        return stack.enter_context(Film(self.file, folder, time.monotonic, subtitles=self.subtitles))

    def _steps(self, start: Step, end: Step | None = None) -> list[Step]:
        steps = self.journey.steps
        return steps[steps.index(start) : steps.index(end) if end else None]

    def _play(self, scenario: Scenario, step: Step, *listeners: Listener) -> None:
        try:
            step.play(scenario, *listeners)
        except (AssertionError, Error) as error:
            browser = scenario.actor(step.actor).context.browser
            if browser and not browser.is_connected():
                raise DemoError("The browser was closed, so the demo ends here.") from error
            title = step.title.in_language(scenario.language)
            seen = f"; see {self.pictures.path(step)}" if self.pictures in listeners else ""
            message = f"Step {self.journey.steps.index(step) + 1}, {title!r}, failed{seen}\n{error}"
            raise StepFailedError(message) from error
