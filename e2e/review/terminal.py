"""The outcome of a review on the terminal."""

from itertools import groupby
from pathlib import Path
from tempfile import TemporaryDirectory

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from e2e.review.catalogue import CATALOGUE
from e2e.review.deliberate import find
from e2e.review.findings import Finding, Place
from e2e.review.review import Reviewed
from e2e.review.sample import make_sample, write_sample


def print_review(reviewed: Reviewed) -> None:
    """Print the findings, each with its places, and what it all comes to."""
    console = Console()
    if reviewed.findings:
        table = Table("Kind", "What changed", "Where", "Clauses", show_lines=True)
        for finding in reviewed.findings:
            table.add_row(_kind(finding), escape(finding.what), _places(finding), " ".join(finding.clauses))
        console.print(table)
    for fault in reviewed.faults:
        console.print(f"[red]Not compared:[/] {escape(fault)}", soft_wrap=True)
    console.print(summary(reviewed), soft_wrap=True)


def summary(reviewed: Reviewed) -> str:
    """What a review comes to, in one line."""
    differences = sum(not finding.advice for finding in reviewed.findings)
    advice = len(reviewed.findings) - differences
    counts = {
        "Compared": len(reviewed.compared),
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


def print_approved(files: list[Path]) -> None:
    """Print which baselines were written, and how large they are."""
    for file in files:
        Console().print(f"{escape(str(file))}, {file.stat().st_size / 1000:.1f} kB", soft_wrap=True, highlight=False)


def print_catalogue() -> bool:
    """Make each deliberate change, print what was found of it, and tell whether that was always just what it is."""
    console = Console()
    table = Table("Deliberate change", "Kind", "Steps", "Found", "")
    met: list[bool] = []
    with TemporaryDirectory() as folder:
        baseline = write_sample(make_sample(), Path(folder) / "sample")
        for deliberate in CATALOGUE:
            findings = find(deliberate, baseline)
            met.append(deliberate.is_met_by(findings))
            steps = ", ".join(map(str, deliberate.steps))
            found = "\n".join(escape(finding.what) for finding in findings)
            table.add_row(deliberate.name, deliberate.kind, steps, found, "found" if met[-1] else "[red]not met[/]")
    console.print(table)
    console.print(f"{sum(met)} of {len(met)} found in their steps, as what they are, and nothing else", soft_wrap=True)
    return all(met)
