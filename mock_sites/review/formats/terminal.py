"""The result of a review on the terminal."""

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Final

import click
from rich.console import Console
from rich.markup import escape
from rich.padding import Padding
from rich.text import Text

from mock_sites.process.printing import console_for
from mock_sites.review.approving.decisions import Verdict, decidable
from mock_sites.review.approving.take_over import TakenOver
from mock_sites.review.changes import Change
from mock_sites.review.findings import Finding
from mock_sites.review.formats import words
from mock_sites.review.formats.shorten import shorten
from mock_sites.review.review import Reviewed

MOST: Final = 5
"""Places, and changes of the same cause, that are printed of a finding. The others are counted."""
LINES: Final = 3
"""Lines that a change takes before it is shortened."""
WIDTH: Final = 80
"""The columns of such a line in a file."""


def print_review(reviewed: Reviewed) -> None:
    """Print the findings, each with its places, and a summary. A terminal wraps long lines, and nothing is cut off."""
    console = console_for(sys.stdout, highlight=False)
    for finding in reviewed.findings:
        _print(console, 0, _change(finding.lead, words.kind(finding), console))
        for name, places in words.journeys(finding):
            for place in places[:MOST]:
                clauses = f" ({' '.join(place.step.clauses)})" if place.step.clauses else ""
                _print(console, 2, Text(f"{name}, {words.step(place)}, {place.page}{clauses}", style="dim"))
            _print_more(console, 2, len(places))
        if finding.folded:
            _print(console, 2, Text("of the same cause:"))
        for change in finding.folded[:MOST]:
            _print(console, 4, _change(change, change.kind, console))
        _print_more(console, 4, len(finding.folded))
    for use in reviewed.rules:
        if use.count:
            console.print(f"Rule: {escape(use.rule.text)}: applied {use.count} times", soft_wrap=True, highlight=False)
        else:
            console.print(f"[yellow]Rule never applied:[/] {escape(use.text)}", soft_wrap=True, highlight=False)
    for fault in reviewed.faults:
        console.print(f"[red]Not compared:[/] {escape(fault)}", soft_wrap=True)
    if note := words.whose_values(reviewed):
        console.print(note, soft_wrap=True, style="dim")
    console.print(words.counts(reviewed), soft_wrap=True)


def _print(console: Console, indent: int, text: Text) -> None:
    console.print(Padding(text, (0, 0, 0, indent), expand=False), overflow="fold")


def _print_more(console: Console, indent: int, count: int) -> None:
    if count > MOST:
        _print(console, indent, Text(f"and {count - MOST} more", style="dim"))


def _change(change: Change, kind: str, console: Console) -> Text:
    """A change with its kind, so that the part that differs is seen."""
    width = console.width if console.is_terminal else WIDTH
    return Text.assemble((f"{kind}: ", "bold"), shorten(change, LINES * width // 2))


def print_approved(files: Sequence[Path]) -> None:
    """Print which baselines were written, and how large they are."""
    for file in files:
        Console().print(f"{escape(str(file))}, {file.stat().st_size / 1000:.1f} kB", soft_wrap=True, highlight=False)


def print_taken_over(taken_over: TakenOver) -> None:
    """Print which baselines were changed, what was taken over, and what was left."""
    print_approved(taken_over.files)
    console = Console(highlight=False, soft_wrap=True)
    for finding in taken_over.bound:
        console.print(f"[yellow]Not taken over:[/] {escape(finding.what)}: goes together with what was not accepted")
    for name in taken_over.passed_over:
        console.print(f"[yellow]Passed over:[/] {escape(name)}: the decisions are not about it")
    counts = {"Taken over": taken_over.taken, "not taken over": taken_over.bound, "left as they were": taken_over.left}
    console.print(", ".join(f"{what}: {len(findings)}" for what, findings in counts.items()))


def ask_decisions(reviewed: Reviewed) -> list[tuple[Finding, Verdict]]:
    """Ask for a decision on each difference that a baseline can have, until all are done or the person ends it."""
    verdicts: list[tuple[Finding, Verdict]] = []
    findings = decidable(reviewed)
    for number, finding in enumerate(findings, 1):
        where = ", ".join(dict.fromkeys(f"{place.journey} {place.step.number}" for place in finding.places))
        click.echo(f"{number} of {len(findings)}, {words.kind(finding)}: {finding.what}\n  in {where}")
        answer = click.prompt("  accept, reject, skip, end", type=click.Choice(["a", "r", "s", "e"]), default="s")
        if answer == "e":
            break
        if answer != "s":
            verdicts.append((finding, "accepted" if answer == "a" else "rejected"))
    return verdicts
