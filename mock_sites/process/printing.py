"""What programs print in columns: nothing is cut off, on a terminal of any width and in files."""

from typing import IO, Final

from rich.console import Console
from rich.table import Column, Table

_LONGEST: Final = 10_000
"""The columns that a line can have where no terminal sets a limit."""


def console_for(stream: IO[str], *, highlight: bool = True, width: int = _LONGEST) -> Console:
    """A console for ``stream``. If that is no terminal, lines have ``width`` columns, or those of the variable COLUMNS
    if it says more.
    """
    found = Console(file=stream, highlight=highlight)
    if not found.is_terminal:
        found.width = max(found.width, width)
    return found


def folding_table(*columns: str | Column, title: str = "", boxed: bool = False, lines: bool = False) -> Table:
    """A table with these headings, whose texts are folded where there is no room for them."""
    table = Table(
        *(Column(column, overflow="fold") if isinstance(column, str) else column for column in columns),
        title=title or None,
        title_justify="left",
        show_lines=lines,
    )
    if not boxed:
        table.box, table.padding = None, (0, 2, 0, 0)
    return table


def address_column(heading: str) -> Column:
    """A column of addresses, which stay whole: a terminal lets people click them."""
    return Column(heading, no_wrap=True, overflow="ignore")
