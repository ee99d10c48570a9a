"""What a journey costs in each process, and how many cores many journeys need."""

import json
import os
import platform
import subprocess
import sys
from collections.abc import Generator, Mapping
from contextlib import closing, contextmanager
from dataclasses import asdict, dataclass
from math import ceil
from typing import Final

import psutil
from playwright.sync_api import Browser

from e2e.bench.charts import bars
from e2e.demo.setting import start_browser
from e2e.journeys import Journey, purchase_to_login
from e2e.scenario.labels import LOCALES
from e2e.scenario.scenario import Scenario
from mock_sites.client import Worlds

HOUR: Final = 3600
DAY: Final = 24 * HOUR
JOURNEYS_A_DAY: Final = (10_000, 1_000_000)
PRICE: Final = 0.05
"""An example: what a core costs an hour, in any currency."""
PARTS: Final = ("browser", "driver", "tests", "sites")
"""Chromium; Playwright's driver; the process that plays the journeys; the process that serves the sites."""


@dataclass(frozen=True)
class Capacity:
    """What was measured.

    Attributes:
        costs: processor seconds of a journey, by part.
    """

    journey: str
    rounds: int
    processors: int
    python: str
    browser: str
    costs: Mapping[str, float]

    @classmethod
    def read(cls, text: str) -> "Capacity":
        """What ``as_json`` has written."""
        return cls(**json.loads(text))

    @property
    def cost(self) -> float:
        """Processor seconds of a journey in all parts."""
        return sum(self.costs.values())

    def as_json(self) -> str:
        """Everything, for programs."""
        return json.dumps(asdict(self), indent=1) + "\n"

    def as_markdown(self) -> str:
        """The tables for people."""
        rows = [*self.costs.items(), ("all", self.cost)]
        lines = [
            "| part | processor seconds a journey | journeys an hour a core |",
            "|---|---|---|",
            *(f"| {part} | {cost:.2f} | {HOUR / cost:,.0f} |" for part, cost in rows),
            "",
            f"| journeys a day | cores | of them for browsers | processes that serve | core hours | at {PRICE} each |",
            "|---|---|---|---|---|---|",
            *map(self._row, JOURNEYS_A_DAY),
            "",
            f"The first limit is a shared server. Its process uses one core: {self._served:,} journeys a day.",
            "",
            self._about(),
        ]
        return "\n".join(lines) + "\n"

    def as_svg(self) -> str:
        """The parts as bars."""
        return bars("A journey, processor seconds", {part: {"": cost} for part, cost in self.costs.items()}, "s")

    @property
    def _served(self) -> int:
        """How many journeys a day one process can serve."""
        return int(DAY / self.costs["sites"])

    def _about(self) -> str:
        return (
            f"Measured with the journey {self.journey}, {self.rounds} times after a first one, in a browser that was "
            f"open: {self.processors} processors, Python {self.python}, Chromium {self.browser}. The cores are busy "
            "all day."
        )

    def _row(self, journeys: int) -> str:
        browsers, serving = (ceil(journeys * self.costs[part] / DAY) for part in ("browser", "sites"))
        hours = journeys * self.cost / HOUR
        cores = ceil(journeys * self.cost / DAY)
        return f"| {journeys:,} | {cores} | {browsers} | {serving} | {hours:,.0f} | {PRICE * hours:,.2f} |"


def measure_capacity(*, rounds: int, journey: Journey = purchase_to_login) -> Capacity:
    """Play ``journey`` as often, one after the other, and see what each process has used.

    Raises:
        DemoError: there is no browser.
    """
    with _sites() as (process, address), closing(Worlds(address)) as worlds, start_browser(headed=False) as browser:
        _play(journey, worlds, browser)
        before = _used(process)
        for _round in range(rounds):
            _play(journey, worlds, browser)
        after = _used(process)
        version = browser.version
    costs = {part: round((after[part] - before[part]) / rounds, 3) for part in PARTS}
    return Capacity(journey.name, rounds, os.cpu_count() or 1, platform.python_version(), version, costs)


@contextmanager
def _sites() -> Generator[tuple[psutil.Process, str]]:
    """A process that serves the sites, with the address of its start page."""
    with subprocess.Popen(
        [sys.executable, "-m", "mock_sites", "serve", "--port", "0"],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    ) as process:
        assert process.stdout
        address = process.stdout.readline().split()[-1]
        try:
            yield psutil.Process(process.pid), address
        finally:
            process.terminate()


def _play(journey: Journey, worlds: Worlds, browser: Browser) -> None:
    scenario = Scenario(worlds.make(), "en", lambda language: browser.new_context(locale=LOCALES[language]))
    journey.play(scenario)
    for actor in scenario.actors:
        if actor.has_browser:
            actor.context.close()
    scenario.world.drop()


def _used(sites: psutil.Process) -> dict[str, float]:
    """Processor seconds of each part until now."""
    me = psutil.Process()
    (driver,) = (child for child in me.children() if child.name().startswith("node"))
    return {
        # What ended, such as the process of a page, is counted by its parent.
        "browser": sum(sum(process.cpu_times()[:4]) for process in driver.children(recursive=True)),
        "driver": _own(driver),
        "tests": _own(me),
        "sites": _own(sites),
    }


def _own(process: psutil.Process) -> float:
    return sum(process.cpu_times()[:2])
