"""The result of a review on the terminal."""

from collections.abc import Sequence
from itertools import groupby
from pathlib import Path

import click
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from e2e.review.decisions import Verdict
from e2e.review.findings import Finding, Place
from e2e.review.review import Reviewed
from e2e.review.take_over import TakenOver


def print_review(reviewed: Reviewed) -> None:
    """Print the findings, each with its places, and a summary."""
    console = Console()
    if reviewed.findings:
        table = Table("Kind", "What changed", "Where", "Clauses", show_lines=True)
        for finding in reviewed.findings:
            what = "\n".join([finding.what, *(f"  {change.kind}: {change.what}" for change in finding.folded)])
            table.add_row(_kind(finding), escape(what), _places(finding), " ".join(finding.clauses))
        console.print(table)
    for use in reviewed.rules:
        if use.count:
            console.print(f"Rule: {escape(use.rule.text)}: applied {use.count} times", soft_wrap=True, highlight=False)
        else:
            console.print(f"[yellow]Rule never applied:[/] {escape(use.rule.text)}", soft_wrap=True, highlight=False)
    for fault in reviewed.faults:
        console.print(f"[red]Not compared:[/] {escape(fault)}", soft_wrap=True)
    console.print(summary(reviewed), soft_wrap=True)


def summary(reviewed: Reviewed) -> str:
    """The summary of a review, in one line."""
    differences = sum(not finding.advice for finding in reviewed.findings)
    advice = len(reviewed.findings) - differences
    counts = {
        "Compared": sum(not pair.alone for pair in reviewed.compared),
        "differences": differences,
        "to know": advice,
        "not compared": len(reviewed.faults),
    }
    return ", ".join(f"{what}: {count}" for what, count in counts.items())


def _kind(finding: Finding) -> str:
    return f"{finding.kind} (to know)" if finding.advice else str(finding.kind)


def _places(finding: Finding) -> str:
    lines: list[str] = []
    for journey, places in groupby(finding.places, key=lambda place: place.journey):
        lines.append(f"[bold]{escape(journey)}[/]")
        lines += [_place(place) for place in places]
    return "\n".join(lines)


def _place(place: Place) -> str:
    return escape(f"{place.step.number}. {place.step.title.en}, {place.page}")


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


def ask_decisions(findings: Sequence[Finding]) -> list[tuple[Finding, Verdict]]:
    """Ask for a decision on each difference, until all are done or the person ends it."""
    verdicts: list[tuple[Finding, Verdict]] = []
    findings = [finding for finding in findings if not finding.advice]
    for number, finding in enumerate(findings, 1):
        where = ", ".join(dict.fromkeys(f"{place.journey} {place.step.number}" for place in finding.places))
        click.echo(f"{number} of {len(findings)}, {_kind(finding)}: {finding.what}\n  in {where}")
        answer = click.prompt("  accept, reject, skip, end", type=click.Choice(["a", "r", "s", "e"]), default="s")
        if answer == "e":
            break
        if answer != "s":
            verdicts.append((finding, "accepted" if answer == "a" else "rejected"))
    return verdicts
