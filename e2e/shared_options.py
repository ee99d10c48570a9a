"""The options that several commands of ``journeys`` have."""

from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

import click

from e2e.scenario.labels import LANGUAGES
from mock_sites import DEFAULT_PORT, Problem

Decorator = Callable[[Any], Any]
"""What adds an option to a command."""

PLAYS_IN: Final = "Play in a browser of this Playwright server (`playwright run-server`), such as ws://localhost:3000/."

browser_server: Final = click.option("--browser-server", metavar="URL", default="", help=PLAYS_IN)

headed: Final = click.option(
    "--headed/--headless", default=None, help="Show the browser, or not.  [default: where there is a display]"
)

mock_server: Final = click.option(
    "--mock-server",
    metavar="URL",
    default="",
    help="Use the mock sites at this address instead of starting some; MOCK_SITES_TOKEN is the token they ask for.",
)

running_mock_server: Final = click.option(
    "--mock-server",
    metavar="URL",
    default=f"http://localhost:{DEFAULT_PORT}",
    show_default=True,
    help="The address of the mock sites; MOCK_SITES_TOKEN is the token they ask for.",
)

language: Final = click.option(
    "--lang",
    "--language",
    "lang",
    type=click.Choice(LANGUAGES),
    default=LANGUAGES[0],
    show_default=True,
    help="Language of the pages.",
)


def check_made(how: str, *paths: Path) -> None:
    """Refuse files and folders that are not there yet. ``how`` says which command makes them."""
    for path in paths:
        if not path.exists():
            raise Problem(f"{path}: is not there. {how}")


def speed(usual: str) -> Decorator:
    """How fast a journey is played. ``usual`` is the speed without this option."""
    return click.option("--speed", type=click.FloatRange(0.1, 100), help=f"How fast to go.  [default: {usual}]")


def folder(usual: str, what: str) -> Decorator:
    """The folder that a command writes to: ``usual`` in the folder ``output`` without this option."""
    return click.option(
        "--output",
        type=click.Path(path_type=Path, file_okay=False),
        default=Path("output") / usual,
        show_default=True,
        help=what,
    )
