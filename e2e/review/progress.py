"""How far a review is, on a terminal."""

from collections.abc import Callable, Generator
from contextlib import contextmanager
from threading import Timer
from typing import Final

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

PATIENCE: Final = 2.0
"""The seconds after which progress is shown."""


@contextmanager
def showing_progress(
    console: Console, timer: Callable[[float, Callable[[], None]], Timer] = Timer
) -> Generator[Callable[[int, int, str], None]]:
    """A function to call with how many are done, how many there are, and the name of the next.

    What is shown disappears at the end. Nothing is shown before two seconds are over, or if there is no terminal.
    """
    columns = TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn()
    progress = Progress(*columns, console=console, transient=True)
    task = progress.add_task("Reviewing", total=None)

    def tell(done: int, total: int, name: str) -> None:
        progress.update(task, completed=done, total=total, description=name)

    if not console.is_terminal:
        yield tell
        return
    waiting = timer(PATIENCE, progress.start)
    waiting.start()
    try:
        yield tell
    finally:
        waiting.cancel()
        waiting.join()
        progress.stop()
