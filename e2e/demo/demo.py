"""A journey, played in front of people."""

import sys
import time
from contextlib import closing
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from e2e.demo.encoding import FilmFile
from e2e.demo.errors import DemoError
from e2e.demo.keys import Keys, check_that_somebody_can_press
from e2e.demo.performance import Performance
from e2e.demo.pictures import StepPictures
from e2e.demo.setting import find_journey, find_step, is_headed, open_worlds, own_world, start_browsers, unseen_beside
from e2e.demo.subtitles import SubtitlesFile
from e2e.demo.tours import TOURS
from e2e.journeys.prepared import Prepared
from e2e.scenario.labels import Language
from mock_sites import console_for, temporary_folder

UNSEEN_SPEED = 10
"""The speed of a demo that nobody watches."""


@dataclass(frozen=True, kw_only=True)
class Demo:
    """What to play and how. An option that is left out depends on what the machine has."""

    name: str
    mock_server: str
    """The address of running mock sites. Empty: some are started."""
    browser_server: str
    """The address of the browser server whose browser plays it. Empty: a browser of this machine does."""
    headed: bool | None
    speed: float | None
    language: Language
    pause: bool
    start: str | None
    loop: bool
    clauses: bool
    record: Path | None
    subtitles: Path | None
    output: Path

    def play(self) -> None:
        """Play it.

        Raises:
            DemoError: it cannot be played here.
            StepFailedError: a step failed.
            KeyboardInterrupt: somebody pressed Ctrl-C; browser and server have ended.
        """
        journey = TOURS.get(self.name) or find_journey(self.name)
        start = find_step(journey, self.start) if self.start else journey.steps[0]
        if self.loop and self.record:
            raise DemoError("A film shows a journey once: leave out --loop or --record.")
        if self.subtitles and not self.record:
            raise DemoError("Subtitles have the times of a film: name a film with --record as well.")
        headed = is_headed(self.headed, self.browser_server)
        if self.pause:
            check_that_somebody_can_press(headed=headed)
        speed = self.speed or (1 if headed or self.record else UNSEEN_SPEED)
        file = FilmFile(self.record) if self.record else None
        subtitles = SubtitlesFile(self.subtitles) if self.subtitles else None
        console = console_for(sys.stdout, highlight=False)
        performance = Performance(
            journey=journey,
            start=start,
            language=self.language,
            speed=speed,
            keys=Keys(headed=headed) if self.pause else None,
            clauses=self.clauses,
            file=file,
            subtitles=subtitles,
            pictures=StepPictures(self.output, journey),
            console=console,
        )

        with (
            temporary_folder() as folder,
            open_worlds(self.mock_server) as worlds,
            start_browsers([self.browser_server] if self.browser_server else [], worlds.url, headed=headed) as [
                browser
            ],
            unseen_beside(browser, self.browser_server, worlds.url, headed=headed) as unseen,
            closing(Prepared(worlds, unseen)) as prepared,
        ):
            stage = partial(own_world, journey, worlds, prepared, self.language)
            console.print(f"[bold]{journey.title.in_language(self.language)}[/]  {worlds.url}")
            if self.pause:
                console.print("[dim]Space or Enter goes on, here or in the browser. Until then the pages are yours.[/]")
            while True:
                began = time.perf_counter()
                performance.play(stage, browser, folder)
                spent = time.perf_counter() - began
                console.print(f"[bold green]Done[/] in {spent:.1f} s. Pictures: {self.output}")
                if not self.loop:
                    break
