"""Plays the journeys that people choose on the page of a world, in that world.

One that somebody stops there ends after the step that is played: no step is left half done.
"""

import sys
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final, cast

from rich.console import Console

from e2e.demo.captions import name_of
from e2e.demo.demo import UNSEEN_SPEED
from e2e.demo.errors import DemoError, DemoStopped, StepFailedError
from e2e.demo.performance import Performance
from e2e.demo.pictures import StepPictures
from e2e.demo.setting import find_journey, is_headed, open_worlds, start_browsers
from e2e.journeys import JOURNEYS, Journey, Step, journey_of
from e2e.scenario.actor import OpenBrowser
from e2e.scenario.labels import Language
from e2e.scenario.scenario import Scenario
from mock_sites import console_for
from mock_sites.client import ClientError, Demo, PlayableJourney, Worlds


def _playable(journey: Journey) -> PlayableJourney:
    """A journey as the page of a world shows it: one that begins after a step of another one cannot be chosen there."""
    after = {}
    if step := journey.begins_after:
        earlier = journey_of(step).title
        after = {"after_en": f"{step.title.en} ({earlier.en})", "after_zh": f"{step.title.zh}（{earlier.zh}）"}
    return PlayableJourney(name=journey.name, en=journey.title.en, zh=journey.title.zh, **after)


PLAYABLE: Final = tuple(map(_playable, JOURNEYS.values()))
"""All journeys."""


@dataclass(frozen=True)
class Reporter:
    """Says at the beginning of each step which one it is, for the timeline of the world, and whether it goes on."""

    demo: Demo
    journey: Journey

    def on_step_started(self, scenario: Scenario, step: Step) -> None:
        """Name the step.

        Raises:
            DemoStopped: somebody has stopped the demo.
        """
        if self.demo.stopped:
            raise DemoStopped
        number, steps = self.journey.steps.index(step) + 1, len(self.journey.steps)
        self.demo.step(
            step.title.in_language(scenario.language),
            actor=name_of(step.actor, scenario.language),
            number=number,
            steps=steps,
        )

    def on_step_finished(self, scenario: Scenario, step: Step, seconds: float, error: BaseException | None) -> None:
        """The next step says that this one is over."""


@dataclass(frozen=True, kw_only=True)
class Player:
    """Where to wait for journeys to play, and how to play them."""

    mock_server: str
    browser_server: str
    headed: bool | None
    speed: float | None
    output: Path

    def play(self) -> None:
        """Wait for journeys and play them, one after the other, until Ctrl-C.

        Raises:
            DemoError: none can be played here.
            ClientError: no mock sites answer at the address, or they end.
        """
        headed = is_headed(self.headed, self.browser_server)
        console = console_for(sys.stdout, highlight=False)
        with open_worlds(self.mock_server) as worlds:
            console.print(f"Waiting for a journey that is chosen on the page of a world at {worlds.url}worlds")
            while True:
                self.play_next(worlds, console, headed=headed)

    def play_next(self, worlds: Worlds, console: Console, *, headed: bool) -> None:
        """Wait for a journey for some seconds, and play it if there is one."""
        demo = worlds.demos.next(PLAYABLE)
        if demo is None or not demo.begin():
            return
        failure, stopped = "The player was stopped.", False
        try:
            self._play(demo, worlds, console, headed=headed)
            failure = ""
        except DemoStopped:
            failure, stopped = "", True
            console.print("[yellow]Stopped on the page of the world[/]")
        except (DemoError, StepFailedError, ClientError) as error:
            failure = str(error).splitlines()[0]
            console.print(str(error), style="red", markup=False)
        finally:
            demo.end(failure, stopped=stopped)

    def _play(self, demo: Demo, worlds: Worlds, console: Console, *, headed: bool) -> None:
        journey, language = find_journey(demo.journey), cast("Language", demo.language)
        world = worlds.get(demo.world)
        console.print(f"[bold]{journey.title.in_language(language)}[/]  {world.url}")

        @contextmanager
        def stage(_start: Step, open_browser: OpenBrowser) -> Generator[Scenario]:
            yield Scenario(world, language, open_browser)

        performance = Performance(
            journey=journey,
            start=journey.steps[0],
            language=language,
            speed=demo.speed or self.speed or (1 if headed else UNSEEN_SPEED),
            keys=None,
            clauses=False,
            file=None,
            subtitles=None,
            pictures=StepPictures(self.output, journey),
            console=console,
            listeners=[Reporter(demo, journey)],
        )
        servers = [self.browser_server] if self.browser_server else []
        with start_browsers(servers, worlds.url, headed=headed) as [browser]:
            performance.play(stage, browser, self.output)
