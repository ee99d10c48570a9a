"""Where a journey is played outside of tests: its browser, its world, its people."""

import os
from collections.abc import Generator, Sequence
from contextlib import ExitStack, closing, contextmanager
from difflib import get_close_matches

from playwright.sync_api import Browser, BrowserType, Error

from e2e.demo.errors import DemoError, StepFailedError
from e2e.journeys import JOURNEYS, Journey, Step
from e2e.journeys.prepared import Prepared
from e2e.scenario.actor import OpenBrowser
from e2e.scenario.browsers import check_reach, connect, launch
from e2e.scenario.driver import started_playwright
from e2e.scenario.labels import Language
from e2e.scenario.scenario import Scenario
from mock_sites import BrowserError, LaunchOptions, Server, browser_options, find_chromium, has_display
from mock_sites.client import Worlds, new_prefix


def find_journey(name: str) -> Journey:
    """The journey called ``name``.

    Raises:
        DemoError: there is none.
    """
    if name not in JOURNEYS:
        meant = get_close_matches(name, JOURNEYS, n=1)
        hint = f"Did you mean {meant[0]}?" if meant else f"There are: {', '.join(JOURNEYS)}."
        raise DemoError(f"There is no journey called {name!r}. {hint}" if name else f"Name a journey. {hint}")
    return JOURNEYS[name]


def find_step(journey: Journey, name: str) -> Step:
    """The step of ``journey`` that has this name or number.

    Raises:
        DemoError: there is none.
    """
    names = [step.option for step in journey.steps]
    wanted = name.replace("_", "-")
    if wanted in names:
        return journey.steps[names.index(wanted)]
    if wanted.isdecimal() and 0 < int(wanted) <= len(names):
        return journey.steps[int(wanted) - 1]
    listed = ", ".join(f"{number} {each}" for number, each in enumerate(names, 1))
    raise DemoError(f"{journey.name} has no step {name!r}. There are: {listed}.")


@contextmanager
def open_worlds(mock_server: str) -> Generator[Worlds]:
    """The worlds of the mock sites at an address, with names that no other run has, or of some that are started here.

    Raises:
        ClientError: there are no mock sites at the address.
    """
    with ExitStack() as stack:
        if mock_server:
            token = os.environ.get("MOCK_SITES_TOKEN", "")
            worlds = stack.enter_context(Worlds(mock_server, token, prefix=new_prefix()))
            worlds.drop_left()
        else:
            server = stack.enter_context(Server(port=0))
            worlds = stack.enter_context(Worlds(server.url))
        yield worlds


def set_up_scenario(
    journey: Journey,
    worlds: Worlds,
    prepared: Prepared,
    language: Language,
    open_browser: OpenBrowser,
    *,
    name: str,
    start: Step | None = None,
) -> Scenario:
    """The scenario at the beginning of the journey or of its step ``start``, in a world ``name`` with a stopped clock.

    The steps before it are played first, and not shown.

    Raises:
        StepFailedError: a step before it failed.
    """
    if start and start is not journey.steps[0]:
        earlier = journey.steps[journey.steps.index(start) - 1]
        return scenario_after(earlier, worlds, prepared, language, open_browser, name=name, journey=journey)
    return scenario_after(journey.begins_after, worlds, prepared, language, open_browser, name=name)


def scenario_after(
    step: Step | None,
    worlds: Worlds,
    prepared: Prepared,
    language: Language,
    open_browser: OpenBrowser,
    *,
    name: str,
    journey: Journey | None = None,
) -> Scenario:
    """The scenario after a step of ``journey``, or of the first journey that has it, in a world ``name``.

    Without a step it is new. The steps are played first, and not shown.

    Raises:
        StepFailedError: one of them failed.
    """
    if step is None:
        return Scenario(worlds.make(name, language=language), language, open_browser)
    try:
        before = prepared.after(step, language, journey)
    except (AssertionError, Error) as error:
        message = f"What comes before failed\n{error}"
        raise StepFailedError(message) from error
    return Scenario(
        worlds.fork(before.world, name), language, open_browser, personas=before.personas, notes=before.notes.copy()
    )


@contextmanager
def own_world(
    journey: Journey, worlds: Worlds, prepared: Prepared, language: Language, start: Step, open_browser: OpenBrowser
) -> Generator[Scenario]:
    """The scenario at the beginning of a step, in a world that is dropped afterwards; raises as ``set_up_scenario``."""
    scenario = set_up_scenario(journey, worlds, prepared, language, open_browser, name="demo", start=start)
    try:
        yield scenario
    finally:
        scenario.world.drop()


def find_browser(*, headed: bool) -> LaunchOptions:
    """How to start a browser of this machine.

    Raises:
        DemoError: there is none that can do it.
    """
    try:
        return browser_options(headed=headed)
    except BrowserError as error:
        raise DemoError(str(error)) from error


def is_headed(wanted: bool | None, browser_server: str) -> bool:  # noqa: FBT001 - an option of the command line
    """Whether there are windows, here or at the browser server; without a wish, where this machine can show them.

    Raises:
        DemoError: this machine has no browser that can do it.
    """
    if browser_server:
        return wanted or False
    headed = has_display() and find_chromium(headed=True) is not None if wanted is None else wanted
    find_browser(headed=headed)
    return headed


@contextmanager
def start_browser(*, headed: bool) -> Generator[Browser]:
    """A browser of this machine.

    Raises:
        DemoError: there is none, or it does not start.
    """
    with started_playwright() as playwright, closing(_launch(playwright.chromium, headed=headed)) as browser:
        yield browser


@contextmanager
def start_browsers(servers: Sequence[str], sites: str, *, headed: bool) -> Generator[list[Browser]]:
    """A browser of each browser server, or one of this machine if there is no server. All reach the ``sites``.

    Raises:
        DemoError: one does not start, or does not reach the sites.
    """
    if not servers:
        with start_browser(headed=headed) as browser:
            yield [browser]
        return
    with started_playwright() as playwright, ExitStack() as stack:
        yield [
            stack.enter_context(closing(_connect(playwright.chromium, server, sites, headed=headed)))
            for server in servers
        ]


@contextmanager
def unseen_beside(browser: Browser, server: str, sites: str, *, headed: bool) -> Generator[Browser]:
    """A browser that shows no window: ``browser`` itself unless it is ``headed``, else one of the same machine.

    Raises:
        DemoError: it does not start.
    """
    if not headed:
        yield browser
        return
    kind = browser.browser_type
    with closing(_connect(kind, server, sites, headed=False) if server else _launch(kind, headed=False)) as unseen:
        yield unseen


def _launch(browser_type: BrowserType, *, headed: bool) -> Browser:
    options = find_browser(headed=headed)
    try:
        return launch(lambda: browser_type.launch(**options), options["executable_path"])
    except BrowserError as error:
        raise DemoError(str(error)) from error


def _connect(browser_type: BrowserType, server: str, sites: str, *, headed: bool) -> Browser:
    try:
        browser = connect(browser_type, server, headed=headed)
        check_reach(browser, sites)
    except BrowserError as error:
        raise DemoError(str(error)) from error
    return browser
