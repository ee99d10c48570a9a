"""The main journey by this harness, and the same clicks by other tools that are on this machine, in turns.

Each play is a process of its own, from its start to its end, in a world of its own. What it costs are the processor
seconds of its whole tree of processes, browsers included, and of this process, which serves the sites meanwhile.
"""

import json
import os
import platform
import subprocess
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import median, stdev
from typing import Final

from e2e.bench.charts import bars
from e2e.bench.peers import find_peers
from e2e.bench.process_trees import run_tree
from e2e.scenario.personas import choose_personas
from mock_sites import BrowserError, Server, find_chromium, temporary_folder
from mock_sites.client import World, Worlds

HARNESS: Final = "Harness"


@dataclass(frozen=True)
class Costs:
    """What the plays of one tool cost, in seconds, one number a round."""

    name: str
    version: str
    wall: list[float]
    processor: list[float]


@dataclass(frozen=True)
class Comparison:
    """All measures of a run."""

    processors: int
    python: str
    browser: str
    rounds: int
    costs: list[Costs]
    skipped: dict[str, str]
    """The tools that are not on this machine, each with the reason."""

    def shares(self, peer: Costs) -> tuple[float, float]:
        """The harness's cost as a share of that of ``peer``, in wall time and in processor time, by medians."""
        ours = next(each for each in self.costs if each.name == HARNESS)
        return median(ours.wall) / median(peer.wall), median(ours.processor) / median(peer.processor)

    def as_json(self) -> str:
        """Everything, for programs."""
        return json.dumps(asdict(self), indent=1, ensure_ascii=False) + "\n"

    def as_markdown(self) -> str:
        """A table for people."""
        lines = [
            "| Tool | Wall time, s | Processor time, s | Harness / tool, wall | Harness / tool, processor |",
            "|---|---|---|---|---|",
        ]
        for each in self.costs:
            shares = ("", "") if each.name == HARNESS else tuple(f"{share:.2f}" for share in self.shares(each))
            times = (f"{median(values):.1f} ± {_spread(values):.1f}" for values in (each.wall, each.processor))
            lines.append(f"| {' | '.join((f'{each.name} ({each.version})', *times, *shares))} |")
        about = (
            f"Medians and standard deviations of {self.rounds} interleaved rounds; whole process trees, browsers and "
            f"sites included; {self.processors} processors, Python {self.python}, {self.browser}."
        )
        return (
            "\n".join([*lines, "", about, *(f"{name} was left out: {why}" for name, why in self.skipped.items())])
            + "\n"
        )

    def as_svg(self) -> str:
        """The medians as bars."""
        rows = {each.name: {"wall": median(each.wall), "processor": median(each.processor)} for each in self.costs}
        return bars("The main journey, seconds (medians)", rows, "s")


def compare(*, rounds: int, report: Callable[[str], object]) -> Comparison:
    """Play the journey ``rounds`` times with each tool, in turns. A round before them does not count.

    ``report`` gets a line for each tool that is left out.

    Raises:
        BrowserError: there is no browser.
        ProcessTreeError: a play failed, or this is not Linux.
    """
    chromium = find_chromium(headed=False)
    if chromium is None:
        raise BrowserError("There is no browser on this machine. Run: mock-sites doctor --fix")
    peers, skipped = find_peers()
    for name, reason in skipped.items():
        report(f"{name} is left out: {reason}")
    costs = [Costs(peer.name, peer.version, [], []) for peer in peers]
    with Server(port=0) as server, temporary_folder() as folder:
        worlds = Worlds(server.url)
        for number in range(rounds + 1):
            for peer, cost in zip(peers, costs, strict=True):
                world = worlds.make()
                given = write_given(world, chromium.executable, folder)
                spent = run_tree(
                    peer.command,
                    {**os.environ, **peer.environment, "GIVEN": str(given), "RESULTS": str(folder / "results")},
                )
                world.drop()
                if number:
                    cost.wall.append(round(spent.wall, 3))
                    cost.processor.append(round(spent.processor, 3))
        worlds.close()
    version = subprocess.check_output([chromium.executable, "--version"], text=True).strip()
    return Comparison(os.cpu_count() or 1, platform.python_version(), version, rounds, costs, skipped)


def write_given(world: World, chromium: Path, folder: Path) -> Path:
    """Write what a play needs to know as JSON, and return the file, which its variable GIVEN names."""
    personas, server = choose_personas(world, "en"), world.url.partition("?")[0]
    given = folder / "given.json"
    given.write_text(
        json.dumps(
            {
                "chromium": str(chromium),
                "server": server,
                "world": world.name,
                "suffix": world.local("https://host").removeprefix("http://host"),
                "clock": f"{server}api/worlds/{world.name}/clock/advance",
                **{
                    name: asdict(getattr(personas, name))
                    for name in ("buyer", "enterprise", "employee", "registration")
                },
            }
        )
    )
    return given


def _spread(values: list[float]) -> float:
    return stdev(values) if len(values) > 1 else 0
