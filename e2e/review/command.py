"""``journeys approve`` and ``journeys review``.

Modules that load slowly are imported by the command that needs them, so that a Ctrl-C during the import is handled.
"""

# ruff: noqa: PLC0415

import sys
from pathlib import Path
from typing import Any, Final

import click

from e2e.shared_options import check_made
from mock_sites import Problem, temporary_folder, write_whole

RECORDINGS: Final = Path("output/recordings")
"""The default folder of recordings."""

BASELINES: Final = Path(__file__).parents[1] / "baselines"
"""The folder of approved baselines."""

_RECORD: Final = (
    f"Record first: `journeys record` writes to {RECORDINGS}. Or name what is there already: `journeys {{}} FOLDER`."
)

_RULES: Final = click.option(
    "--rules",
    metavar="FILE",
    type=click.Path(path_type=Path, dir_okay=False),
    help="What is not compared.  [default: review.toml in this folder or with the recordings, if it is there]",
)


@click.command()
@click.argument("run", type=click.Path(path_type=Path))
@click.option(
    "--output",
    type=click.Path(path_type=Path, file_okay=False),
    help="Folder to write them to.  [default, for journeys: e2e/baselines of the project]",
)
@click.option(
    "--decisions",
    type=click.Path(path_type=Path, dir_okay=False),
    help="What was decided on the findings of a review: only what was accepted is taken over.",
)
@_RULES
def approve(*, run: Path, output: Path | None, decisions: Path | None, rules: Path | None) -> None:
    """Make the recordings or traces in RUN the baselines that later ones are compared with.

    RUN is a trace, the folder of a recording, or one of several. A baseline of a trace has placeholders for its
    secrets. With --decisions, a file that a review's report saves or that
    `journeys review --decide` writes, the baselines are changed by what was accepted; the rest stays as it was.
    """
    from mock_sites.review.approving.baseline import approve
    from mock_sites.review.approving.take_over import take_over
    from mock_sites.review.errors import ReviewError
    from mock_sites.review.formats.terminal import print_approved, print_taken_over
    from mock_sites.review.runs import find_recordings, holds_traces, look_at, read_visits

    check_made(_RECORD.format("approve"), run)
    if decisions and not holds_traces(run):
        check_made(f"`journeys review --decide {decisions}` asks for decisions and writes them.", decisions)
    try:
        if decisions:
            print_taken_over(take_over(run, decisions, output or BASELINES, rules))
            return
        recordings = find_recordings(run)
        if output is None and any(recorded.is_trace for recorded in recordings):
            raise Problem(f"{run}: has {look_at(run)}. Name the folder for its baselines: --output FOLDER")
        print_approved(approve(read_visits(recordings), output or BASELINES))
    except ReviewError as error:
        raise Problem(str(error)) from error


@click.command()
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
@click.option(
    "--watch", "watching", is_flag=True, help="Review again whenever a recording in RUN changes, until Ctrl-C."
)
def review(
    *,
    runs: tuple[Path, ...],
    against: Path | None,
    rules: Path | None,
    learn: bool,
    output: Path | None,
    watching: bool,
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
    from e2e.review.watching import watch
    from mock_sites.review.errors import ReviewError
    from mock_sites.review.runs import holds_traces

    if len(runs) > 1 + (against is None):
        raise Problem("Name one recording and one to compare it with, not more.")
    if output and not learn:
        raise Problem("--output is the file for the rules that --learn proposes: add --learn.")
    *earlier, run = runs or (RECORDINGS,)
    against = against or next(iter(earlier), None)
    check_made(_RECORD.format("review"), run)
    if against is None and holds_traces(run):
        raise Problem(f"{run}: has no journeys. Name what it is compared with: journeys review EARLIER {run}")
    against = against or BASELINES
    _refuse_what_does_not_go_together(run, watching=watching, **shown)

    def review_again() -> None:
        review_once()
        click.echo(f"Waiting for changes in {run}. Ctrl-C ends this.", err=True)

    def review_once() -> int:
        try:
            return _review(run, against, rules, **shown)
        except ReviewError as error:
            if not watching:
                raise Problem(str(error)) from error
            click.echo(str(error), err=True)
            return 2

    if learn:
        _learn(run, against, rules, output)
    elif watching:
        watch(run, review_again, [file for file in (shown["html"], shown["picture"]) if file])
    else:
        sys.exit(review_once())


def _refuse_what_does_not_go_together(
    run: Path, *, html: Path | None, picture: Path | None, decide: Path | None, form: str, watching: bool
) -> None:
    from mock_sites.review.runs import holds_traces

    if picture and not html:
        raise Problem("--picture shows the report: name its file with --html as well.")
    if decide and form != "text":
        raise Problem("--decide asks on the terminal: leave --format out.")
    if decide and holds_traces(run):
        raise Problem(f"--decide is for recordings: what is accepted changes their baselines, and {run} has traces.")
    if decide and sys.stdin is None:  # pyright: ignore[reportUnnecessaryComparison]
        raise Problem("--decide asks on the terminal, and the input is closed: decide in the report, see --html.")
    if decide and watching:
        raise Problem("--decide asks for decisions on one review: leave out --watch.")


def _review(
    run: Path,
    against: Path,
    rules: Path | None,
    *,
    html: Path | None,
    picture: Path | None,
    decide: Path | None,
    form: str,
) -> int:
    """Review once; the exit code."""
    from rich.console import Console

    from e2e.review.picture import write_picture
    from e2e.review.progress import showing_progress
    from mock_sites.review.approving.decisions import write_decisions
    from mock_sites.review.formats import FORMATS
    from mock_sites.review.formats.terminal import ask_decisions
    from mock_sites.review.report import write_report
    from mock_sites.review.review import review

    with temporary_folder() as scratch:
        with showing_progress(Console(stderr=True)) as progress:
            reviewed = review(run, against, scratch, rules, progress)
        if html:
            write_report(reviewed, html)
        if html and picture:
            write_picture(html, picture)
    FORMATS[form](reviewed)
    if decide:
        write_decisions(reviewed, ask_decisions(reviewed), decide)
    for what, file in (("Report", html), ("Picture", picture), ("Decisions", decide)):
        if file:
            click.echo(f"{what}: {file}", err=True)
    return reviewed.exit_code


def _learn(run: Path, against: Path, rules: Path | None, output: Path | None) -> None:
    """Write the proposed rules to a file, or print them."""
    from mock_sites.review.errors import ReviewError
    from mock_sites.review.review import learn_rules

    try:
        with temporary_folder() as scratch:
            text = learn_rules(run, against, scratch, rules)
    except ReviewError as error:
        raise Problem(str(error)) from error
    if output:
        output.parent.mkdir(parents=True, exist_ok=True)
        write_whole(output, text)
        click.echo(f"Rules: {output}", err=True)
    else:
        click.echo(text, nl=False)
