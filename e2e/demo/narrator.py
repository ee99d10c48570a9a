"""What a demo tells: each step on the terminal as it happens, and as a chapter in the browser."""

from rich.console import Console
from rich.markup import escape

from e2e.journeys import Journey, Step
from e2e.stage.stage import Stage

CHAPTER = 1.6
"""Seconds that a chapter's title is shown at normal speed."""


class Narrator:
    """Shows and prints the steps."""

    def __init__(self, console: Console, journey: Journey, *, speed: float, pause: bool) -> None:
        """With ``pause`` the play stands still after each step until somebody presses Enter."""
        self._console, self._journey = console, journey
        self._speed, self._pause = speed, pause

    def on_step_started(self, stage: Stage, step: Step) -> None:
        """Announce the step."""
        number, whole = self._journey.steps.index(step) + 1, len(self._journey.steps)
        title = step.title.in_language(stage.language)
        clauses = " ".join(step.clauses)
        line = f"{number:>2}/{whole}  [dim]{step.actor:<9}[/]  {escape(title)}  [dim]{clauses}[/]"
        self._console.print(line, end=" ", soft_wrap=True)
        stage.actor(step.actor).page.screencast.show_chapter(
            title, description=clauses or None, duration=1000 * CHAPTER / self._speed
        )

    def on_step_finished(self, stage: Stage, step: Step, seconds: float, error: BaseException | None) -> None:
        """Tell how long it took."""
        if error is not None:
            self._console.print("[bold red]failed[/]" if isinstance(error, Exception) else "")
            return
        self._console.print(f"[green]{seconds:.2f} s[/]")
        if self._pause:
            self._console.input("[dim]Enter goes on [/]")
