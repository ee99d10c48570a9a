"""The journeys and the clauses on the terminal."""

from collections.abc import Sequence
from pathlib import Path

from rich.console import Console
from rich.table import Table

from e2e.clauses import all_clauses
from e2e.coverage import describe, shown_by, summary
from e2e.demo.setting import find_journey
from e2e.journeys import JOURNEYS
from e2e.proof import Claim


def print_journeys(names: Sequence[str]) -> None:
    """Print each of these journeys, or all of them, with its steps, who does them, and their clauses.

    Raises:
        DemoError: there is no journey of that name.
    """
    console = Console()
    for journey in [find_journey(name) for name in names] or JOURNEYS.values():
        table = Table(
            "", "Step", "", "Who", "Clauses", title=f"{journey.name}: {journey.title.en}", title_justify="left"
        )
        for number, step in enumerate(journey.steps, 1):
            table.add_row(str(number), step.title.en, step.title.zh, step.actor, " ".join(step.clauses))
        console.print(table)


def print_clauses(claims: Sequence[Claim], output: Path) -> None:
    """Print each clause with the tests and journeys that claim it, and write the same to ``output``."""
    console = Console()
    table = Table("Clause", "Shown by", show_lines=True)
    for clause in all_clauses().values():
        table.add_row(clause.id, "\n".join(shown_by(clause, claims)).replace("`", ""))
    console.print(table)
    console.print(summary(claims).replace("`", ""))
    output.write_text(describe(claims), encoding="utf-8")
