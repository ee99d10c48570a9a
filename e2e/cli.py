"""``journeys``: list the journeys, play one for people to watch, record and review them, and measure.

Modules that load slowly are imported by the command that needs them, so that a Ctrl-C during the import is handled.
"""

# ruff: noqa: PLC0415

import sys
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

import click

from e2e.bench.command import bench
from e2e.catalogue_command import catalogue
from e2e.merge_command import merge
from e2e.recording.command import redact, scan
from e2e.scenario.labels import LANGUAGES
from mock_sites import Commands, Problem, temporary_folder

RECORDINGS: Final = Path("output/recordings")
"""The default folder of recordings."""

BASELINES: Final = Path(__file__).parent / "baselines"
"""The folder of approved baselines."""

_BROWSER_SERVER: Final = (
    "Play in a browser of this Playwright server (`playwright run-server`), such as ws://localhost:3000/."
)

_MOCK_SERVER: Final = click.option(
    "--mock-server",
    metavar="URL",
    default="",
    help="Use the mock sites at this address instead of starting some; MOCK_SITES_TOKEN is the token they ask for.",
)

_LANGUAGE: Final = click.option(
    "--lang",
    "--language",
    "lang",
    type=click.Choice(LANGUAGES),
    default=LANGUAGES[0],
    show_default=True,
    help="Language of the pages.",
)


_RULES: Final = click.option(
    "--rules",
    metavar="FILE",
    type=click.Path(path_type=Path, dir_okay=False),
    help="What is not compared.  [default: review.toml in this folder or with the recordings, if it is there]",
)


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


main.add_command(merge)
main.add_command(scan)
main.add_command(redact)


@main.command("list")
@click.argument("names", metavar="[JOURNEY]...", nargs=-1)
def list_journeys(*, names: tuple[str, ...]) -> None:
    """List each JOURNEY, or all of them: the steps, and the documented clauses that each step shows to hold."""
    from e2e.listing import print_journeys

    with _report_failures():
        print_journeys(names)


@main.command()
@click.argument("name", default="")
@_MOCK_SERVER
@click.option("--browser-server", metavar="URL", default="", help=_BROWSER_SERVER)
@click.option(
    "--headed/--headless", default=None, help="Show the browser, or not.  [default: where there is a display]"
)
@click.option(
    "--speed", type=click.FloatRange(0.1, 100), help="How fast to go.  [default: 1, with neither window nor film 10]"
)
@_LANGUAGE
@click.option("--pause", is_flag=True, help="Stand still before each step, and at the end, until a key is pressed.")
@click.option("--from", "start", metavar="STEP", help="Begin with this step, by name or number, in a ready world.")
@click.option("--clauses", is_flag=True, help="Name the documents' clauses in the captions.")
@click.option("--loop", is_flag=True, help="Begin again at the end, until Ctrl-C.")
@click.option(
    "--record",
    metavar="FILE",
    type=click.Path(path_type=Path),
    help="Make a film, with or without a window: .webm, .mp4 or .gif.",
)
@click.option(
    "--subtitles",
    metavar="FILE",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Write the captions of the film as WebVTT (.vtt).",
)
@click.option(
    "--output",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path("output/demo"),
    show_default=True,
    help="Folder for a picture of each step.",
)
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
@click.argument("names", metavar="[JOURNEY]...", nargs=-1)
@_MOCK_SERVER
@click.option(
    "--browser-server",
    "browser_servers",
    metavar="URL",
    multiple=True,
    help=f"{_BROWSER_SERVER} Several take turns.",
)
@_LANGUAGE
@click.option(
    "--output",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path("output/recordings"),
    show_default=True,
    help="Folder for a recording of each journey.",
)
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


@main.command()
@click.argument("run", type=click.Path(path_type=Path, file_okay=False))
@click.option(
    "--output",
    type=click.Path(path_type=Path, file_okay=False),
    default=BASELINES,
    help="Folder to write them to.  [default: e2e/baselines of the project]",
)
@click.option(
    "--decisions",
    type=click.Path(path_type=Path, dir_okay=False),
    help="What was decided on the findings of a review: only what was accepted is taken over.",
)
@_RULES
def approve(*, run: Path, output: Path, decisions: Path | None, rules: Path | None) -> None:
    """Make the recordings in RUN the baselines that later ones are compared with.

    RUN is the folder of a recording, or of several. With --decisions, a file that a review's report saves or that
    `journeys review --decide` writes, the baselines are changed by what was accepted; the rest stays as it was.
    """
    from e2e.review.baseline import approve
    from e2e.review.errors import ReviewError
    from e2e.review.load import read_recording
    from e2e.review.review import find_recordings
    from e2e.review.take_over import take_over
    from e2e.review.terminal import print_approved, print_taken_over

    try:
        if decisions:
            print_taken_over(take_over(run, decisions, output, rules))
        else:
            print_approved(approve([read_recording(folder) for folder in find_recordings(run)], output))
    except ReviewError as error:
        raise Problem(str(error)) from error


@main.command()
@click.argument("runs", metavar="[[EARLIER] RUN]", type=click.Path(path_type=Path), nargs=-1)
@click.option(
    "--against",
    type=click.Path(path_type=Path),
    help="A baseline, a recording, or a folder of them; or a trace.  [default: e2e/baselines of the project]",
)
@click.option("--html", type=click.Path(path_type=Path, dir_okay=False), help="Write a report to look at in a browser.")
@click.option(
    "--picture", type=click.Path(path_type=Path, dir_okay=False), help="Write a picture of that report (PNG)."
)
@click.option(
    "--decide",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Ask for each finding whether it is accepted, and write that for `journeys approve --decisions`.",
)
@_RULES
@click.option("--learn", is_flag=True, help="Propose rules for what differs in two runs of the same, unchanged thing.")
@click.option(
    "--output", type=click.Path(path_type=Path, dir_okay=False), help="Write the proposed rules to this file."
)
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "markdown", "junit", "github"]),
    default="text",
    show_default=True,
    help="How the result is printed. github: annotations, and a summary of the job, in GitHub Actions.",
)
def review(
    *,
    runs: tuple[Path, ...],
    against: Path | None,
    rules: Path | None,
    learn: bool,
    output: Path | None,
    **shown: Any,
) -> None:
    """Tell what changed in the recordings in RUN.

    RUN is the folder of a recording, or of several; without it, output/recordings. EARLIER is another way to say
    --against. Both may be Playwright traces from any tool: journeys review before.zip after.zip. A trace is a zip or
    the folder in which it was unpacked. Both may be folders of a whole test run: their traces, at any depth, are
    matched by the names of their tests.

    With --learn, EARLIER and RUN are two runs of the same, unchanged thing. What differs nevertheless is covered by
    rules, each with what differed as a comment: look at them, and put those that are right into review.toml.

    The exit code is 0 if nothing differs, 1 if something does, and 2 if something could not be compared.
    """
    from rich.console import Console

    from e2e.review.decisions import write_decisions
    from e2e.review.errors import ReviewError
    from e2e.review.formats import FORMATS
    from e2e.review.progress import showing_progress
    from e2e.review.report import write_picture, write_report
    from e2e.review.review import learn_rules, review
    from e2e.review.terminal import ask_decisions

    html, picture, decide, form = (shown[name] for name in ("html", "picture", "decide", "form"))
    if len(runs) > 1 + (against is None):
        raise Problem("Name one recording and one to compare it with, not more.")
    if picture and not html:
        raise Problem("--picture shows the report: name its file with --html as well.")
    if output and not learn:
        raise Problem("--output is the file for the rules that --learn proposes: add --learn.")
    if decide and form != "text":
        raise Problem("--decide asks on the terminal: leave --format out.")
    *earlier, run = runs or (RECORDINGS,)
    against = against or next(iter(earlier), BASELINES)
    with temporary_folder() as scratch:
        try:
            if learn:
                _write_or_print(learn_rules(run, against, scratch, rules), output)
                return
            with showing_progress(Console(stderr=True)) as progress:
                reviewed = review(run, against, scratch, rules, progress)
            if html:
                write_report(reviewed, html)
            if html and picture:
                write_picture(html, picture)
        except ReviewError as error:
            raise Problem(str(error)) from error
    FORMATS[form](reviewed)
    if decide:
        write_decisions(reviewed, ask_decisions(reviewed.findings), decide)
    sys.exit(reviewed.exit_code)


def _write_or_print(text: str, file: Path | None) -> None:
    if file:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8", newline="\n")
    else:
        click.echo(text, nl=False)


main.add_command(bench)
main.add_command(catalogue)
