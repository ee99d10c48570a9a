"""Where a journey is played outside of tests: its browser, its world, its people."""

from collections.abc import Generator
from contextlib import closing, contextmanager

from playwright.sync_api import Browser, Error, sync_playwright

from e2e.demo.errors import DemoError, StepFailedError
from e2e.journeys import JOURNEYS, Journey
from e2e.journeys.prepared import Prepared
from e2e.stage.actor import OpenBrowser
from e2e.stage.stage import Stage
from e2e.stage.words import Language
from e2e.stage.world import Worlds
from mock_sites import find_chromium, launch_options


def find_journey(name: str) -> Journey:
    """The journey called ``name``.

    Raises:
        DemoError: there is none.
    """
    if name not in JOURNEYS:
        raise DemoError(f"There is no journey called {name!r}. There are: {', '.join(JOURNEYS)}.")
    return JOURNEYS[name]


def set_stage(
    journey: Journey, worlds: Worlds, prepared: Prepared, language: Language, open_browser: OpenBrowser, *, name: str
) -> Stage:
    """Where the journey begins, in a world called ``name`` whose clock stands still.

    What other journeys did before it is played first, and not told.

    Raises:
        StepFailedError: a step before it failed.
    """
    if journey.begins_after is None:
        return Stage(worlds.make(name), language, open_browser)
    try:
        before = prepared.after(journey.begins_after)
    except (AssertionError, Error) as error:
        message = f"What comes before this journey failed\n{error}"
        raise StepFailedError(message) from error
    return Stage(worlds.fork(before.world, name), language, open_browser, cast=before.cast, notes=before.notes.copy())


@contextmanager
def start_browser(*, headed: bool) -> Generator[Browser]:
    """A browser of this machine.

    Raises:
        DemoError: there is none, or it does not start.
    """
    chromium = find_chromium(headed=headed)
    if chromium is None:
        what = "that can show a window " if headed else ""
        raise DemoError(f"There is no browser {what}on this machine. Run: mock-sites doctor --fix")
    with sync_playwright() as playwright:
        try:
            # Ctrl-C is to end the journey first; the browser would go away under it otherwise.
            browser = playwright.chromium.launch(**launch_options(chromium, headed=headed), handle_sigint=False)
        except Error as error:
            reason = error.message.splitlines()[0]
            raise DemoError(f"{chromium.executable} does not start ({reason}). Run: mock-sites doctor --fix") from error
        with closing(browser):
            yield browser
