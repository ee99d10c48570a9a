"""``journeys``: list the journeys, play one for people to watch, record and review them, and measure.

Modules that load slowly are imported by the command that needs them, so that a Ctrl-C during the import is handled.
"""

# ruff: noqa: PLC0415

import os
import sys
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click

from e2e import shared_options
from e2e.bench.command import bench
from e2e.catalogue_command import catalogue
from e2e.gallery.shown import THEMES, WIDTHS
from e2e.merge_command import merge
from e2e.recording.command import redact, scan
from e2e.review.command import approve, review
from e2e.scenario.labels import LANGUAGES
from mock_sites import Commands, Problem, ask_to_replace, write_whole, yes_option


@contextmanager
def _report_failures() -> Generator[None]:
    """Print in one line why nothing can be played (exit code 2), or which step failed (exit code 1)."""
    from e2e.demo import DemoError, StepFailedError
    from mock_sites import ServerGoneError
    from mock_sites.client import ClientError

    try:
        yield
    except (DemoError, ClientError, ServerGoneError) as error:
        raise Problem(str(error)) from error
    except StepFailedError as error:
        click.echo(f"journeys: {error}", err=True)
        sys.exit(1)


@contextmanager
def _report_missing_film(film: Path | None) -> Generator[None]:
    """If the demo is stopped before it begins, print that no new ``film`` was made."""
    before = _inode(film)
    try:
        yield
    except KeyboardInterrupt:
        if film and _inode(film) == before:
            click.echo("\nNo film was made: the demo was stopped before anything could be seen.", err=True)
        raise


def _inode(file: Path | None) -> int | None:
    return file.stat().st_ino if file and file.exists() else None


@click.group("journeys", cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
def main() -> None:
    """What people do on the mock sites, played on a real browser."""


@main.command("list")
@click.argument("names", metavar="[JOURNEY]...", nargs=-1)
def list_journeys(*, names: tuple[str, ...]) -> None:
    """List each JOURNEY, or all of them: the steps, and the documented clauses that each step shows to hold."""
    from e2e.listing import print_journeys

    with _report_failures():
        print_journeys(names)


@main.command()
@click.argument("name")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@shared_options.running_mock_server
@click.option("--person", default="", help="Only what the ready-made person with this key did.")
@yes_option
def save_test(*, name: str, file: Path, mock_server: str, person: str, yes: bool) -> None:
    """Write what was recorded in the world NAME into FILE as a test with the page objects of `e2e/pages`.

    `mock-sites worlds record NAME` begins a recording, and so does the page of the world.
    """
    from e2e.page_objects import with_page_objects
    from e2e.scenario.fingerprint import ROOT
    from mock_sites.client import NotFoundError, Worlds

    beside = file.with_suffix(".zip")
    ask_to_replace(file, beside, yes=yes)
    with _report_failures(), Worlds(mock_server, os.environ.get("MOCK_SITES_TOKEN", "")) as worlds:
        try:
            world = worlds.get(name)
            test = world.recorded_test(person, beside.name)
        except NotFoundError as error:
            raise Problem(f"{error} `mock-sites worlds record NAME` begins a recording.") from error
        if test.file:
            world.save_recorded_world(beside)
        write_whole(file, with_page_objects(test))
    click.echo(f"Saved {file}{f' and {beside}' if test.file else ''}. Run it with pytest.")
    if not file.resolve().is_relative_to(ROOT):
        click.echo(f"It uses page objects of this project, so it runs only below {ROOT}: move it there.")
        click.echo("A test that is saved on the page of the world needs only the pytest plugin.")


@main.command()
@click.argument("name", default="")
@shared_options.mock_server
@shared_options.browser_server
@shared_options.headed
@shared_options.speed("1, with neither window nor film 10")
@shared_options.language
@click.option("--pause", is_flag=True, help="Stand still before each step, and at the end, until a key is pressed.")
@click.option("--from", "start", metavar="STEP", help="Begin with this step, by name or number, in a ready world.")
@click.option("--clauses", is_flag=True, help="Name the documents' clauses in the captions.")
@click.option("--loop", is_flag=True, help="Begin again at the end, until Ctrl-C.")
@click.option(
    "--record",
    metavar="FILE",
    type=click.Path(path_type=Path),
    help="Make a film, with or without a window: .webm, .mp4, .gif or .webp.",
)
@click.option(
    "--subtitles",
    metavar="FILE",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Write the captions of the film as WebVTT (.vtt).",
)
@shared_options.folder("demo", "Folder for a picture of each step.")
def demo(*, name: str, lang: Any, **options: Any) -> None:
    """Play the journey NAME for people to watch, with a chapter for each step.

    At a pause, Space or Enter goes on, pressed in the terminal or in a browser window. Until then the pages are yours:
    click, type and browse as you like. A key that you press while you are in a field or on a button of the page is the
    page's; click beside it first, or press the key in the terminal. What was done by hand is undone when the demo goes
    on: it begins again with the page, the sign-ins and the world at which it stood.

    Ctrl-C ends the demo at any point. A film then goes as far as the demo went; it shows no pauses. Films and pictures
    show what the pages show: passwords as dots, but codes in the mock mailbox as they are.
    """
    with _report_missing_film(options["record"]), _report_failures():
        from e2e.demo import Demo

        Demo(name=name, language=lang, **options).play()


@main.command()
@shared_options.running_mock_server
@shared_options.browser_server
@shared_options.headed
@shared_options.speed("1, without a window 10")
@shared_options.folder("demo", "Folder for a picture of each step.")
def player(**options: Any) -> None:
    """Wait until somebody chooses a journey on the page of a world, and play it there, in a window of this machine.

    The page shows the steps as they happen. The world keeps what was done in it. Ctrl-C ends the player.
    """
    with _report_failures():
        from e2e.demo.player import Player

        Player(**options).play()


@main.command()
@click.argument("names", metavar="[JOURNEY]...", nargs=-1)
@shared_options.mock_server
@click.option(
    "--browser-server",
    "browser_servers",
    metavar="URL",
    multiple=True,
    help=f"{shared_options.PLAYS_IN} Several take turns.",
)
@shared_options.language
@shared_options.folder("recordings", "Folder for a recording of each journey.")
@click.option(
    "--images",
    type=click.Choice(["step", "action", "none"]),
    default="step",
    show_default=True,
    help="How often to take a picture.",
)
def record(*, lang: Any, **options: Any) -> None:
    """Record each JOURNEY, or all of them: traces, pages, journal and mails, without secrets."""
    from e2e.recording.session import RecordingSession

    with _report_failures():
        RecordingSession(language=lang, **options).record()


@main.command()
@click.argument("names", metavar="[JOURNEY]...", nargs=-1)
@click.option(
    "--lang",
    "--language",
    "languages",
    type=click.Choice(LANGUAGES),
    multiple=True,
    default=LANGUAGES,
    show_default=True,
    help="Language of the pages; can be given several times.",
)
@click.option(
    "--width",
    "widths",
    type=click.IntRange(240, 3840),
    multiple=True,
    default=WIDTHS,
    show_default=True,
    help="Width of the window in pixels; can be given several times.",
)
@click.option(
    "--theme",
    "themes",
    type=click.Choice(THEMES),
    multiple=True,
    default=THEMES,
    show_default=True,
    help="Colour scheme; can be given several times.",
)
@click.option("--links/--no-links", default=True, show_default=True, help="Open pages too that no journey shows.")
@click.option(
    "--check", is_flag=True, help="Look for what axe finds, what does not fit, what is not translated, and dead links."
)
@shared_options.folder("gallery", "Folder for the gallery, which replaces an older one.")
def gallery(**options: Any) -> None:
    """Take pictures of every page that each JOURNEY, or all of them, leads to, in every look.

    Each step is shown, and so is each further page that links lead to at the end of a journey. `gallery.html` has
    them by site; the contact sheets have many on one picture; `not-shown.txt` has the texts that are on no page. The
    pictures show what the pages show. The exit code is 1 if `--check` finds something.
    """
    from e2e.gallery.session import GallerySession

    with _report_failures():
        if not GallerySession(**options).make():
            sys.exit(1)


@main.command()
@click.option(
    "--output",
    type=click.Path(path_type=Path, dir_okay=False),
    default=Path(__file__).parents[1] / "docs" / "clauses.md",
    help="Where to write them as well.  [default: docs/clauses.md of the project]",
)
def clauses(*, output: Path) -> None:
    """Print each documented clause with the tests and journeys that show it to hold."""
    from e2e.coverage import collect_claims
    from e2e.listing import print_clauses

    print_clauses(collect_claims(), output)


for _command in (approve, bench, catalogue, merge, redact, review, scan):
    main.add_command(_command)
