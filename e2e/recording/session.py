"""Recording journeys outside of tests."""

import signal
import time
from collections.abc import Callable, Sequence
from concurrent.futures import Executor, Future, ProcessPoolExecutor, ThreadPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import closing
from dataclasses import dataclass
from functools import partial
from itertools import cycle
from multiprocessing import get_context
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext, Error
from rich.console import Console

from e2e.demo.errors import DemoError, StepFailedError
from e2e.demo.setting import find_journey, open_worlds, set_up_scenario, start_browsers
from e2e.journeys import JOURNEYS, Journey
from e2e.journeys.prepared import Prepared
from e2e.journeys.trace_groups import TraceGroups
from e2e.recording.capture import Capture, Images
from e2e.recording.recorded import LeakError
from e2e.recording.recorder import Recorder
from e2e.scenario.labels import LOCALES, Language
from e2e.scenario.scenario import Scenario
from mock_sites import temporary_folder
from mock_sites.client import Worlds


@dataclass(frozen=True, kw_only=True)
class RecordingSession:
    """What to record, and where to."""

    names: Sequence[str]
    mock_server: str
    """The address of running mock sites. Empty: some are started."""
    browser_servers: Sequence[str]
    """The addresses of browser servers, whose browsers take turns. None: a browser of this machine records."""
    language: Language
    output: Path
    images: Images

    def record(self) -> None:
        """Record each journey in a world of its own.

        Raises:
            DemoError: nothing can be recorded here.
            StepFailedError: a step failed; its journey is recorded up to there, and the others are recorded.
            KeyboardInterrupt: somebody pressed Ctrl-C.
        """
        journeys = [find_journey(name) for name in self.names] or list(JOURNEYS.values())
        console = Console(highlight=False, soft_wrap=True)
        failures: list[str] = []
        with (
            open_worlds(self.mock_server) as worlds,
            start_browsers(self.browser_servers, worlds.url, headed=False) as browsers,
            closing(Prepared(worlds, browsers[0])) as prepared,
            temporary_folder() as scratch,
            _writer(len(journeys)) as writer,
        ):
            finish: Callable[[], None] = _nothing
            for journey, browser in zip(journeys, cycle(browsers), strict=False):
                began = time.perf_counter()
                failure, written = self._record(journey, worlds, prepared, browser, writer, scratch / journey.name)
                failures += [failure] if failure else []
                outcome = "[bold red]failed[/]" if failure else "[green]recorded[/]"
                said = f"{outcome} {journey.name} in {time.perf_counter() - began:.1f} s"
                # Meanwhile the recording before this one was written.
                finish()
                finish = partial(self._finish, console, journey, written, said)
            finish()
        if failures:
            raise StepFailedError("\n".join(failures))

    def _finish(self, console: Console, journey: Journey, written: "Future[Path]", said: str) -> None:
        """Wait until a recording is written, and tell of it."""
        try:
            console.print(f"{said}: {written.result().parent}")
        except LeakError as error:
            raise DemoError(f"{journey.name}: {error}") from error
        except BrokenProcessPool as error:
            raise DemoError(f"{journey.name}: not recorded, as the process that writes recordings was ended") from error
        except OSError as error:
            message = f"Cannot write recordings to {self.output}: {error.strerror}. Name another folder with --output."
            raise DemoError(message) from error

    def _record(
        self, journey: Journey, worlds: Worlds, prepared: Prepared, browser: Browser, writer: Executor, scratch: Path
    ) -> tuple[str | None, "Future[Path]"]:
        """Play a journey; why it failed, if it did, and its recording, which is being written."""
        capture = Capture(self.images)
        contexts: list[BrowserContext] = []

        def open_browser(language: Language) -> BrowserContext:
            contexts.append(browser.new_context(locale=LOCALES[language], reduced_motion="reduce"))
            capture.watch(contexts[-1])
            return contexts[-1]

        scenario = set_up_scenario(journey, worlds, prepared, self.language, open_browser, name=journey.name)
        recorder = Recorder(journey, capture, scenario)
        failure = _play(journey, scenario, recorder)
        scratch.mkdir()
        recorded = recorder.stop(scratch)
        written = writer.submit(recorded.write, self.output / f"{journey.name}-{self.language}")
        for context in contexts:
            context.close()
        scenario.world.drop()
        return failure, written


def _writer(journeys: int) -> Executor:
    """Writes one recording at a time: while the next journey is played, if there is one, in another process."""
    if journeys == 1:
        return ThreadPoolExecutor(1)
    # The terminal's Ctrl-C is for the session, which waits for the recording that is being written.
    ignore = partial(signal.signal, signal.SIGINT, signal.SIG_IGN)
    return ProcessPoolExecutor(1, mp_context=get_context("spawn"), initializer=ignore)


def _nothing() -> None:
    """Before the first journey there is none to wait for."""


def _play(journey: Journey, scenario: Scenario, recorder: Recorder) -> str | None:
    """Play a journey; why it failed, if it did."""
    try:
        journey.play(scenario, recorder, TraceGroups())
    except (AssertionError, Error) as error:
        title = recorder.steps[-1]["title"][scenario.language]
        return f"{journey.name}: step {len(recorder.steps)}, {title!r}, failed\n{error}"
    return None
