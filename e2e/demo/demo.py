"""A journey, played in front of people."""

import os
import sys
import time
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Error
from rich.console import Console

from e2e.demo.errors import DemoError, StepFailedError
from e2e.demo.interruption import orderly_interruption
from e2e.demo.narrator import Narrator
from e2e.demo.pictures import Pictures
from e2e.demo.setting import find_journey, set_stage, start_browser
from e2e.demo.windows import opener
from e2e.journeys import Journey
from e2e.journeys.prepared import Prepared
from e2e.stage.stage import Stage
from e2e.stage.words import Language
from e2e.stage.world import Worlds
from mock_sites import Server, find_chromium

UNSEEN_SPEED = 10
"""How fast a demo goes that has no window."""


@dataclass(frozen=True, kw_only=True)
class Demo:
    """What to play and how. What is left out is chosen by what the machine has."""

    name: str
    headed: bool | None
    speed: float | None
    language: Language
    pause: bool
    output: Path

    def play(self) -> None:
        """Play it.

        Raises:
            DemoError: it cannot be played here.
            StepFailedError: a step failed.
            KeyboardInterrupt: somebody pressed Ctrl-C; browser and server have ended.
        """
        journey = find_journey(self.name)
        if self.headed and not _has_display():
            raise DemoError("There is no display to show a browser on. Leave out --headed, or try xvfb-run.")
        headed = _has_display() and find_chromium(headed=True) is not None if self.headed is None else self.headed
        speed = self.speed or (1 if headed else UNSEEN_SPEED)
        console = Console(highlight=False)
        pictures = Pictures(self.output, journey)
        narrator = Narrator(console, journey, speed=speed, pause=self.pause)

        with (
            orderly_interruption(),
            Server(port=0) as server,
            closing(Worlds(server.url)) as worlds,
            start_browser(headed=headed) as browser,
            closing(Prepared(worlds, browser)) as prepared,
        ):
            console.print(f"[bold]{journey.title.in_language(self.language)}[/]  {server.url}")
            stage = set_stage(journey, worlds, prepared, self.language, opener(browser, speed), name="demo")
            stage.world.clock.run()
            began = time.perf_counter()
            _play(journey, stage, narrator, pictures)
            spent = time.perf_counter() - began
        console.print(f"[bold green]Done[/] in {spent:.1f} s. Pictures: {self.output}")


def _play(journey: Journey, stage: Stage, narrator: Narrator, pictures: Pictures) -> None:
    """Play all steps.

    Raises:
        StepFailedError: a step failed.
    """
    for step in journey.steps:
        try:
            step.play(stage, narrator, pictures)
        except (AssertionError, Error) as error:
            title = step.title.in_language(stage.language)
            message = f"Step {journey.steps.index(step) + 1}, {title!r}, failed; see {pictures.path(step)}\n{error}"
            raise StepFailedError(message) from error


def _has_display() -> bool:
    if sys.platform in {"darwin", "win32"}:
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))
