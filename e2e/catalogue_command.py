"""``journeys catalogue``."""

# ruff: noqa: PLC0415

import sys
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

import click

from mock_sites import BrowserError, Problem, browser_options, temporary_folder

if TYPE_CHECKING:
    from e2e.support.corpus.catalogue import Row
    from e2e.support.corpus.site import SingleChange, Site
    from mock_sites import LaunchOptions


@click.command()
@click.option("--site", "sites", metavar="NAME", multiple=True, help="Only this site; can be given several times.")
@click.option("--change", "words", metavar="WORDS", default="", help="Only changes whose name has these words.")
@click.option(
    "--repeat", type=click.IntRange(min=0), default=1, show_default=True, help="Unchanged pairs of each site."
)
@click.option("--unchanged", is_flag=True, help="Only unchanged pairs, no changes.")
@click.option("--load", type=click.IntRange(min=0, max=64), default=0, help="Keep so many processes busy meanwhile.")
@click.option(
    "--traces", type=click.Path(path_type=Path, file_okay=False), help="Folder to keep the traces in.  [default: none]"
)
def catalogue(
    *, sites: tuple[str, ...], words: str, repeat: int, unchanged: bool, load: int, traces: Path | None
) -> None:
    """Check reviews of traces by small sites: what they find of single changes, and that they find nothing else.

    Each site is served on this machine and visited in a browser, as it is and with each change. A review of the two
    traces must have exactly one finding, of the right kind and in the right step; of an unchanged site, none.

    The exit code is 0 if that is so, and 1 if not.
    """
    from e2e.scenario.driver import started_playwright
    from e2e.support.corpus.catalogue import SITES, check_site
    from e2e.support.corpus.load import busy

    known = {site.name: site for site in SITES}
    if unknown := [name for name in sites if name not in known]:
        raise Problem(f"There is no site {', '.join(unknown)}. The sites are {', '.join(known)}.")
    chosen = [known[name] for name in sites] or [*SITES]
    if words and not any(_chosen(site, words) for site in chosen):
        names = "; ".join(change.name for site in chosen for change in site.changes)
        raise Problem(f"No change has the words {words!r} in its name. The changes are: {names}.")
    rows: list[Row] = []
    with ExitStack() as stack:
        folder = traces or stack.enter_context(temporary_folder())
        playwright = stack.enter_context(started_playwright())
        browser = playwright.chromium.launch(**_options())
        stack.callback(browser.close)
        stack.enter_context(busy(load))
        for site in chosen:
            changes = [*[None] * repeat, *(() if unchanged else _chosen(site, words))]
            found = list(check_site(browser, site, changes, folder))
            _print_table(site, found)
            rows += found
    missed = sum(not row.met for row in rows)
    click.echo(f"Pairs: {len(rows)}, as they should be: {len(rows) - missed}, not: {missed}")
    if missed:
        sys.exit(1)


def _options() -> "LaunchOptions":
    try:
        return browser_options(headed=False)
    except BrowserError as error:
        raise Problem(str(error)) from error


def _chosen(site: "Site", words: str) -> list["SingleChange"]:
    return [change for change in site.changes if words in change.name]


def _print_table(site: "Site", rows: Sequence["Row"]) -> None:
    """Print what was expected and found. Unchanged pairs without a finding are one row."""
    from rich.markup import escape

    from mock_sites import console_for, folding_table

    title = f"{site.name}: {site.tells}"
    table = folding_table("Change", "Expected", "Found", "Right", title=title, boxed=True, lines=True)
    quiet = sum(row.change is None and row.met for row in rows)
    if quiet:
        table.add_row(f"none, {quiet} times", "nothing", "nothing", "yes")
    for row in rows:
        if row.change or not row.met:
            found = row.fault or "\n".join(str(finding) for finding in row.found if not finding.advice or row.met)
            name = row.change.name if row.change else "none"
            cells = (name, row.expected, found or "nothing", "yes" if row.met else "no")
            table.add_row(*map(escape, cells), style=None if row.met else "red")
    console_for(sys.stdout).print(table)
