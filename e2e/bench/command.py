"""``journeys bench``."""

# ruff: noqa: PLC0415 - modules that load slowly are imported when they are needed

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import click

from mock_sites import Problem, write_whole

if TYPE_CHECKING:
    from e2e.bench.capacity import Capacity
    from e2e.bench.comparison import Comparison
    from e2e.bench.load.results import LoadResults


@click.command()
@click.argument("names", metavar="[JOURNEY]...", nargs=-1)
@click.option("--quick", is_flag=True, help="Fewer repetitions.")
@click.option("--recording", is_flag=True, help="Measure instead what recording costs each JOURNEY, or all of them.")
@click.option("--peers", is_flag=True, help="Compare instead the main journey with other tools on this machine.")
@click.option("--load", is_flag=True, help="Measure instead how the sites bear more and more users at once.")
@click.option("--capacity", is_flag=True, help="Measure instead how many cores many journeys need.")
@click.option(
    "--users",
    type=click.IntRange(min=1, max=1000),
    multiple=True,
    help="How many users at once in a step of --load; can be given several times.  [default: 1 5 10 25 50 100 200]",
)
@click.option(
    "--seconds",
    type=click.FloatRange(min=0.5, max=600),
    help="How long a step of --load takes; with more than 20 users longer, in proportion.  [default: 30]",
)
@click.option("--rounds", type=click.IntRange(min=1), help="Repetitions.  [default: 10, with another option 5]")
@click.option(
    "--output",
    type=click.Path(path_type=Path, file_okay=False),
    help="Folder to write the results to: peers.json, peers.md and peers.svg; load.json or capacity.json and so on.",
)
def bench(  # noqa: PLR0913 - the options
    *,
    names: tuple[str, ...],
    quick: bool,
    recording: bool,
    peers: bool,
    load: bool,
    capacity: bool,
    users: tuple[int, ...],
    seconds: float | None,
    rounds: int | None,
    output: Path | None,
) -> None:
    """Measure worlds, pages, the main journey and the start of the server.

    With --peers, the main journey is played by this harness, by a plain Playwright script, by Playwright Test for Node
    and by Selenium, in turns. A tool that is not on this machine is left out, and the reason is printed. Playwright
    Test is looked for in NODE_PATH and in node_modules, Selenium among the packages of this Python.

    With --load, Locust replays journeys over HTTP without a browser, on this machine only: first each user in worlds of
    their own, then all users in one world. It ends by itself after twice the seconds of all steps. The packages are
    those of the group `load`.

    With --capacity, the processor time of the main journey is measured in each process, and computed for many journeys.
    """
    from e2e.bench.load.run import LoadError
    from e2e.bench.measures import measure
    from e2e.bench.process_trees import ProcessTreeError
    from e2e.bench.recording import measure_recording
    from e2e.demo import DemoError
    from mock_sites import BrowserError, ServerGoneError
    from mock_sites.client import ClientError

    if names and not recording:
        raise Problem("Only --recording measures single journeys.")
    if output and not (peers or load or capacity):
        raise Problem("Only --peers, --load and --capacity write results to a folder.")
    if (users or seconds) and not load:
        raise Problem("Only --load has users and seconds.")
    if sum((recording, peers, load, capacity)) > 1:
        raise Problem("Choose one of --recording, --peers, --load and --capacity.")
    try:
        if peers:
            _compare(rounds or (1 if quick else 5), output)
        elif load:
            _load(users, seconds or (5 if quick else 30), output)
        elif capacity:
            _capacity(rounds or (1 if quick else 5), output)
        elif recording:
            measure_recording(names, rounds=rounds or (1 if quick else 5))
        else:
            measure(rounds=rounds or (3 if quick else 10))
    except (BrowserError, DemoError, LoadError, ProcessTreeError, ClientError, ServerGoneError) as error:
        raise Problem(str(error)) from error


def _compare(rounds: int, output: Path | None) -> None:
    from e2e.bench.comparison import compare

    compared = compare(rounds=rounds, report=click.echo)
    click.echo(compared.as_markdown())
    if output:
        _write("peers", compared, output)


def _load(users: tuple[int, ...], seconds: float, output: Path | None) -> None:
    from e2e.bench.load.plan import USERS, Plan
    from e2e.bench.load.run import measure_load

    plans = [Plan("many", users or USERS, seconds), Plan("one", users or USERS, seconds)]
    measured = measure_load(plans, report=lambda line: click.echo(line, err=True))
    click.echo(measured.as_markdown())
    if output:
        _write("load", measured, output)


def _capacity(rounds: int, output: Path | None) -> None:
    from e2e.bench.capacity import measure_capacity

    measured = measure_capacity(rounds=rounds)
    click.echo(measured.as_markdown())
    if output:
        _write("capacity", measured, output)


def _write(name: str, results: "Capacity | Comparison | LoadResults", output: Path) -> None:
    output.mkdir(parents=True, exist_ok=True)
    made: Mapping[str, Callable[[], str]] = {
        "json": results.as_json,
        "md": results.as_markdown,
        "svg": results.as_svg,
    }
    for ending, make in made.items():
        write_whole(output / f"{name}.{ending}", make())
