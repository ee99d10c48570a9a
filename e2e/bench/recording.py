"""What recording costs: each journey played with and without it, in turns, in one run."""

import time
from collections.abc import Sequence
from contextlib import closing
from statistics import median

from playwright.sync_api import Browser, BrowserContext
from rich.console import Console

from e2e.demo.setting import find_journey, set_up_scenario, start_browser
from e2e.journeys import JOURNEYS, Journey
from e2e.journeys.prepared import Prepared
from e2e.journeys.trace_groups import TraceGroups
from e2e.recording.capture import Capture
from e2e.recording.recorder import Recorder
from e2e.scenario.labels import LOCALES, Language
from mock_sites import Server, temporary_folder
from mock_sites.client import Worlds


def measure_recording(names: Sequence[str], *, rounds: int) -> None:
    """Print how long journeys take, and how many times as long when they are recorded.

    Raises:
        DemoError: there is no such journey, or no browser.
    """
    journeys = [find_journey(name) for name in names] or list(JOURNEYS.values())
    console = Console(highlight=False, soft_wrap=True)
    with (
        Server(port=0) as server,
        closing(Worlds(server.url)) as worlds,
        start_browser(headed=False) as browser,
        closing(Prepared(worlds, browser)) as prepared,
    ):
        for journey in journeys:
            plain: list[float] = []
            played: list[float] = []
            written: list[float] = []
            for _round in range(rounds):
                plain.append(_play(journey, worlds, prepared, browser, None)[0])
                spent, finished = _play(journey, worlds, prepared, browser, Capture())
                played.append(spent)
                written.append(finished)
            alone, recorded, after = map(median, (plain, played, written))
            console.print(
                f"{journey.name:30} alone {alone:5.1f} s, recorded {recorded:5.1f} s (ratio {recorded / alone:.2f}), "
                f"written in {after:4.1f} s more ({(recorded + after) / alone:.2f} in all)"
            )


def _play(
    journey: Journey, worlds: Worlds, prepared: Prepared, browser: Browser, capture: Capture | None
) -> tuple[float, float]:
    """Seconds that a journey took to play, and to be written if it is recorded."""
    contexts: list[BrowserContext] = []

    def open_browser(language: Language) -> BrowserContext:
        contexts.append(browser.new_context(locale=LOCALES[language], reduced_motion="reduce"))
        if capture:
            capture.watch(contexts[-1])
        return contexts[-1]

    scenario = set_up_scenario(journey, worlds, prepared, "en", open_browser, name=f"{journey.name}-measured")
    recorder = Recorder(journey, capture, scenario) if capture else None
    began = time.perf_counter()
    journey.play(scenario, *([recorder] if recorder else []), TraceGroups())
    ended = time.perf_counter()
    if recorder:
        with temporary_folder() as folder:
            recorder.finish(folder / "recording")
    finished = time.perf_counter()
    for context in contexts:
        context.close()
    scenario.world.drop()
    return ended - began, finished - ended
