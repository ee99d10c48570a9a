"""The measures, side by side in one run on one machine. They are printed, and nothing depends on them."""

import re
import subprocess
import sys
import time
from collections.abc import Callable, Generator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from statistics import median, quantiles

import click
from playwright.sync_api import Browser, BrowserContext, Response, sync_playwright
from rich.console import Console

from e2e.bench import bare
from e2e.journeys import purchase_to_login
from e2e.stage.cast import choose_cast
from e2e.stage.stage import Stage
from e2e.stage.words import LOCALES, Language
from e2e.stage.world import Worlds
from mock_sites import Server, find_chromium, launch_options

WORLDS = 50
"""How many worlds are made to find the median."""

START_AND_ANSWER = """
import mock_sites
with mock_sites.Server(port=0) as server:
    server.worlds.make("main")
    with mock_sites.loopback_client() as client:
        client.get(f"http://marketplace.huaweicloud.com.localhost:{server.port}/").raise_for_status()
"""


@dataclass
class ServerTimes:
    """What the server says it needed, in milliseconds."""

    pages: list[float] = field(default_factory=list[float])
    forms: list[float] = field(default_factory=list[float])
    """Forms that were sent; some of them hash a password, which takes about 19 ms by design."""

    def watch(self, context: BrowserContext) -> None:
        """Look at every page of a browser."""
        context.on("response", self._read)

    def _read(self, response: Response) -> None:
        found = re.search(r"dur=([0-9.]+)", response.headers.get("server-timing", ""))
        if found and response.request.resource_type == "document":
            (self.pages if response.request.method == "GET" else self.forms).append(float(found[1]))


def measure(*, rounds: int) -> None:
    """Print the measures; the journey is played ``rounds`` times each way, in turns."""
    console, times = Console(highlight=False), ServerTimes()
    chromium = find_chromium(headed=False)
    if chromium is None:
        message = "There is no browser on this machine. Run: mock-sites doctor --fix"
        raise click.ClickException(message)
    starts = [_took(_start_server) for _round in range(rounds)]
    with (
        Server(port=0) as server,
        closing(Worlds(server.url)) as worlds,
        sync_playwright() as playwright,
        closing(playwright.chromium.launch(**launch_options(chromium, headed=False))) as browser,
    ):
        worlds.make().drop()
        made = [1000 * _took(server.worlds.make) for _world in range(WORLDS)]
        asked = [1000 * _took(worlds.make) for _world in range(WORLDS)]
        _play_journey(worlds, browser, ServerTimes())
        journey: list[float] = []
        script: list[float] = []
        for _round in range(rounds):
            journey.append(_play_journey(worlds, browser, times))
            script.append(_play_script(worlds, browser))

    ratio = median(journey) / median(script)
    console.print(f"A world, made from Python        {_median_and_worst(made)}")
    console.print(f"A world, made by the control API {_median_and_worst(asked)}")
    console.print(f"Server time of a page            {_median_and_worst(times.pages)}")
    console.print(f"Server time of a form sent       {_median_and_worst(times.forms)}")
    console.print(f"The main journey                 median {median(journey):6.2f} s")
    console.print(f"The same clicks in a bare script median {median(script):6.2f} s   ratio {ratio:.2f}")
    console.print(f"Start of the server, first page  median {median(starts):6.2f} s")


def _play_journey(worlds: Worlds, browser: Browser, times: ServerTimes) -> float:
    def open_browser(language: Language) -> BrowserContext:
        context = browser.new_context(locale=LOCALES[language])
        times.watch(context)
        return context

    world = worlds.make()
    stage = Stage(world, "en", open_browser)
    spent = _took(lambda: purchase_to_login.play(stage))
    for actor in stage.actors:
        actor.context.close()
    world.drop()
    return spent


def _play_script(worlds: Worlds, browser: Browser) -> float:
    world = worlds.make()
    cast = choose_cast(world, "en")
    with _context(browser) as buyer, _context(browser) as employee:
        spent = _took(lambda: bare.play(world, cast, buyer, employee))
    world.drop()
    return spent


@contextmanager
def _context(browser: Browser) -> Generator[BrowserContext]:
    with closing(browser.new_context(locale=LOCALES["en"])) as context:
        yield context


def _start_server() -> None:
    subprocess.run([sys.executable, "-c", START_AND_ANSWER], check=True)


def _took(act: Callable[[], object]) -> float:
    """Seconds that ``act`` took."""
    began = time.perf_counter()
    act()
    return time.perf_counter() - began


def _median_and_worst(values: list[float]) -> str:
    return f"median {median(values):6.2f} ms  p95 {quantiles(values, n=20)[-1]:6.2f} ms"
