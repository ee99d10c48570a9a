"""``journeys bench``."""

# ruff: noqa: PLC0415 - modules that load slowly are imported when they are needed

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from mock_sites import Problem

if TYPE_CHECKING:
    from e2e.bench.comparison import Comparison


@click.command()
@click.argument("names", metavar="[JOURNEY]...", nargs=-1)
@click.option("--quick", is_flag=True, help="Fewer repetitions.")
@click.option("--recording", is_flag=True, help="Measure instead what recording costs each JOURNEY, or all of them.")
@click.option("--peers", is_flag=True, help="Compare instead the main journey with other tools on this machine.")
@click.option("--rounds", type=click.IntRange(min=1), help="Repetitions.  [default: 10, with --peers or --recording 5]")
@click.option(
    "--output",
    type=click.Path(path_type=Path, file_okay=False),
    help="Folder to write the results of --peers to: peers.json, peers.md and peers.svg.",
)
def bench(
    *, names: tuple[str, ...], quick: bool, recording: bool, peers: bool, rounds: int | None, output: Path | None
) -> None:
    """Measure worlds, pages, the main journey and the start of the server.

    With --peers, the main journey is played by this harness, by a plain Playwright script, by Playwright Test for Node
    and by Selenium, in turns. A tool that is not on this machine is left out, and the reason is printed. Playwright
    Test is looked for in NODE_PATH and in node_modules, Selenium among the packages of this Python.
    """
    from e2e.bench.measures import measure
    from e2e.bench.process_trees import ProcessTreeError
    from e2e.bench.recording import measure_recording
    from e2e.demo import DemoError
    from mock_sites import BrowserError, ServerGoneError
    from mock_sites.client import ClientError

    if names and not recording:
        raise Problem("Only --recording measures single journeys.")
    if output and not peers:
        raise Problem("Only --peers writes results to a folder.")
    try:
        if peers:
            _compare(rounds or (1 if quick else 5), output)
        elif recording:
            measure_recording(names, rounds=rounds or (1 if quick else 5))
        else:
            measure(rounds=rounds or (3 if quick else 10))
    except (BrowserError, DemoError, ProcessTreeError, ClientError, ServerGoneError) as error:
        raise Problem(str(error)) from error


def _compare(rounds: int, output: Path | None) -> None:
    from e2e.bench.comparison import compare

    compared = compare(rounds=rounds, report=click.echo)
    click.echo(compared.as_markdown())
    if output:
        _write(compared, output)


def _write(compared: "Comparison", output: Path) -> None:
    output.mkdir(parents=True, exist_ok=True)
    results: dict[str, Callable[[], str]] = {
        "json": compared.as_json,
        "md": compared.as_markdown,
        "svg": compared.as_svg,
    }
    for ending, make in results.items():
        (output / f"peers.{ending}").write_text(make(), encoding="utf-8")
