"""The measures, taken in one run on one machine. They are only printed."""

import logging
import subprocess
import sys
import time
from collections.abc import Callable, Generator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from http import HTTPStatus
from statistics import median, quantiles

from playwright.sync_api import Browser, BrowserContext, Response

from e2e.journeys import Journey, purchase_to_login
from e2e.scenario.driver import started_playwright
from e2e.scenario.labels import LOCALES, Language
from e2e.scenario.scenario import Scenario
from mock_sites import Server, browser_options, console_for, loopback_client
from mock_sites.client import Worlds

TIMING = "server-timing"

WORLDS = 50
"""How many worlds are made to find the median."""

START_AND_ANSWER = """
import mock_sites
with mock_sites.Server(port=0) as server:
    server.worlds.make("main")
    with mock_sites.loopback_client() as client:
        client.get(f"http://marketplace.huaweicloud.com.localhost:{server.port}/").raise_for_status()
"""


AGAIN = 5
"""How often each page is asked for once more when the journey is over."""


@dataclass
class ServerTimes:
    """The times that the server reports, in milliseconds."""

    pages: list[float] = field(default_factory=list[float])
    """Times of pages while a browser works on the same cores."""
    alone: list[float] = field(default_factory=list[float])
    """Times of the same pages, requested without a browser."""
    forms: list[float] = field(default_factory=list[float])
    """Times of sent forms. Some hash a password, which takes about 19 ms by design."""

    _seen: dict[tuple[BrowserContext, str], None] = field(default_factory=dict[tuple[BrowserContext, str], None])

    def watch(self, context: BrowserContext) -> None:
        """Measure every page of a browser."""
        context.on("response", lambda response: self._read(context, response))

    def ask_again(self) -> None:
        """Request the pages again, signed in as the same people but without their browsers."""
        with loopback_client() as client:
            for context, url in self._seen:
                cookies = "; ".join(f"{each.get('name')}={each.get('value')}" for each in context.cookies(url))
                answers = [client.get(url, headers={"cookie": cookies}) for _time in range(AGAIN)]
                self.alone += [_dur(answer.headers) for answer in answers if answer.status_code == HTTPStatus.OK]
        self._seen.clear()

    def _read(self, context: BrowserContext, response: Response) -> None:
        if response.request.resource_type != "document" or TIMING not in response.headers:
            return
        if response.request.method != "GET":
            self.forms.append(_dur(response.headers))
            return
        self.pages.append(_dur(response.headers))
        if response.status == HTTPStatus.OK:
            self._seen[context, response.url] = None


def _dur(headers: Mapping[str, str]) -> float:
    return float(headers[TIMING].rpartition("dur=")[2])


def measure(*, rounds: int, journey: Journey = purchase_to_login) -> None:
    """Print the measures; ``journey`` is played ``rounds`` times."""
    console, times = console_for(sys.stdout, highlight=False), ServerTimes()
    options = browser_options(headed=False)
    starts = [_took(start_server) for _round in range(rounds)]
    with (
        Server(port=0) as server,
        closing(Worlds(server.url)) as worlds,
        started_playwright() as playwright,
        closing(playwright.chromium.launch(**options)) as browser,
        _without_warnings(),
    ):
        worlds.make().drop()
        made = [1000 * _took(server.worlds.make) for _world in range(WORLDS)]
        asked = [1000 * _took(worlds.make) for _world in range(WORLDS)]
        _play_journey(journey, worlds, browser, ServerTimes())
        played: list[float] = []
        machine: list[float] = []
        for _round in range(rounds):
            machine += [1000 * _took(_count) for _time in range(AGAIN)]
            played.append(_play_journey(journey, worlds, browser, times))

    for what, measured in (
        ("A million additions in Python", _in_ms(machine)),
        ("A world, made from Python", _in_ms(made)),
        ("A world, made by the control API", _in_ms(asked)),
        ("Server time of a page", _in_ms(times.alone)),
        ("  while a browser is at work", _in_ms(times.pages)),
        ("Server time of a form sent", _in_ms(times.forms)),
        (f"The journey {journey.name}", _in_s(played)),
        ("Start of the server, first page", _in_s(starts)),
    ):
        console.print(f"{what:32} {measured}")


@contextmanager
def _without_warnings() -> Generator[None]:
    """Some pages are over when they are asked for again; that they are refused is not logged."""
    log = logging.getLogger("mock_sites")
    before = log.level
    log.setLevel(logging.ERROR)
    try:
        yield
    finally:
        log.setLevel(before)


def _play_journey(journey: Journey, worlds: Worlds, browser: Browser, times: ServerTimes) -> float:
    def open_browser(language: Language) -> BrowserContext:
        context = browser.new_context(locale=LOCALES[language])
        times.watch(context)
        return context

    world = worlds.make()
    scenario = Scenario(world, "en", open_browser)
    spent = _took(lambda: journey.play(scenario))
    times.ask_again()
    for actor in scenario.actors:
        actor.context.close()
    world.drop()
    return spent


def start_server() -> None:
    """Start a server in a process of its own and ask for its first page."""
    subprocess.run([sys.executable, "-c", START_AND_ANSWER], check=True)


def _count() -> None:
    """A measure of the machine's current speed, which varies on a shared machine."""
    number = 0
    while number < 1_000_000:
        number += 1


def _took(act: Callable[[], object]) -> float:
    """Seconds that ``act`` took."""
    began = time.perf_counter()
    act()
    return time.perf_counter() - began


def _in_ms(values: list[float]) -> str:
    high = quantiles(values, n=20)[-1] if len(values) > 1 else max(values, default=0)
    return f"median {median(values or [0]):6.2f} ms  p95 {high:6.2f} ms"


def _in_s(values: list[float]) -> str:
    return f"median {median(values):6.2f} s"
