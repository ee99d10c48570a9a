"""The journeys on the terminal."""

from rich.console import Console
from rich.table import Table

from e2e.journeys import JOURNEYS


def print_journeys() -> None:
    """Print each journey with its steps, who does them, and their clauses."""
    console = Console()
    for journey in JOURNEYS.values():
        table = Table(
            "", "Step", "", "Who", "Clauses", title=f"{journey.name}: {journey.title.en}", title_justify="left"
        )
        for number, step in enumerate(journey.steps, 1):
            table.add_row(str(number), step.title.en, step.title.zh, step.actor, " ".join(step.clauses))
        console.print(table)
