"""The journeys and the clauses on the terminal."""

import sys
from collections.abc import Sequence
from pathlib import Path

from rich.markup import escape

from e2e.clauses import all_clauses
from e2e.coverage import describe, shown_by, summary
from e2e.demo.setting import find_journey
from e2e.journeys import JOURNEYS
from e2e.proof import Claim
from mock_sites import console_for, folding_table, write_whole


def print_journeys(names: Sequence[str]) -> None:
    """Print each of these journeys, or all of them, with its steps, who does them, and their clauses.

    A step has the number and the name that ``journeys demo --from`` takes.

    Raises:
        DemoError: there is no journey of that name.
    """
    console = console_for(sys.stdout)
    for journey in [find_journey(name) for name in names] or JOURNEYS.values():
        title = f"{journey.name}: {journey.title.en}"
        table = folding_table("", "Step, and its name for --from", "Who", "Clauses", title=title, boxed=True)
        for number, step in enumerate(journey.steps, 1):
            titles = escape(f"{step.title.en}  {step.title.zh}")
            table.add_row(str(number), f"{titles}\n[dim]{step.option}[/]", step.actor, " ".join(step.clauses))
        console.print(table)


def print_clauses(claims: Sequence[Claim], output: Path) -> None:
    """Print each clause with the tests and journeys that claim it, and write the same to ``output``."""
    console = console_for(sys.stdout)
    table = folding_table("Clause", "Shown by", boxed=True, lines=True)
    for clause in all_clauses().values():
        table.add_row(clause.id, "\n".join(shown_by(clause, claims)).replace("`", ""))
    console.print(table)
    console.print(summary(claims).replace("`", ""))
    write_whole(output, describe(claims))
