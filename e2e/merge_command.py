"""``journeys merge``."""

# ruff: noqa: PLC0415

import sys
from pathlib import Path

import click

from e2e import shared_options
from e2e.shared_options import check_made
from mock_sites import Problem


@click.command()
@click.argument("parts", metavar="PART...", nargs=-1, required=True, type=click.Path(path_type=Path, file_okay=False))
@shared_options.folder("whole", "New folder for the whole run.")
@click.option("--clause-coverage", is_flag=True, help="Fail when a clause was not shown in both languages.")
def merge(*, parts: tuple[Path, ...], output: Path, clause_coverage: bool) -> None:
    """Put together the PARTs of a test run: results, recordings, and which clauses they show.

    A PART is the folder that one machine has written, for example with
    pytest --splits 3 --group 1 --junitxml output/part-1/junit.xml --record --recordings output/part-1/recordings.

    The exit code is 0 if all tests passed, 1 if one did not or a clause was not shown, and 2 if a part is missing.
    """
    from e2e.coverage import unproven
    from e2e.merging import JUNIT, MergeError
    from e2e.merging import merge as put_together

    for part in parts:
        check_made(f"A run writes it: pytest --splits NUMBER --group NUMBER --junitxml {part / JUNIT}", part)
    try:
        merged = put_together(parts, output)
    except MergeError as error:
        raise Problem(str(error)) from error
    faults = [f"failed: {test}" for test in merged.failed]
    if clause_coverage:
        faults += unproven(merged.claims)
    for fault in faults:
        click.echo(fault)
    click.echo(
        f"Parts: {len(parts)}, tests: {merged.tests}, failed: {len(merged.failed)}, skipped: {merged.skipped}. "
        f"All files are in {output}."
    )
    if faults:
        sys.exit(1)
