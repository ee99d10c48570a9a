"""What a demo tells: each step on the terminal as it happens, and as a chapter and a caption in the browser."""

from rich.console import Console
from rich.markup import escape

from e2e.demo.captions import Captions
from e2e.demo.film import Film
from e2e.demo.windows import Windows
from e2e.journeys import Journey, Step
from e2e.stage.stage import Stage

CHAPTER = 2.0
"""Seconds that a chapter's title is shown at normal speed."""
OUTCOME = 1.0
"""Seconds that what a step led to is shown at normal speed."""


class Narrator:
    """Shows and prints the steps."""

    def __init__(
        self,
        console: Console,
        journey: Journey,
        captions: Captions,
        *,
        windows: Windows,
        film: Film | None,
        speed: float,
    ) -> None:
        """A film follows whose turn it is."""
        self._console, self._journey, self._captions = console, journey, captions
        self._windows, self._film, self._speed = windows, film, speed

    def on_step_started(self, stage: Stage, step: Step) -> None:
        """Announce the step."""
        number, whole = self._journey.steps.index(step) + 1, len(self._journey.steps)
        title = step.title.in_language(stage.language)
        clauses = " ".join(step.clauses)
        line = f"{number:>2}/{whole}  [dim]{step.actor:<9}[/]  {escape(title)}  [dim]{clauses}[/]"
        self._console.print(line, end=" ", soft_wrap=True)
        page = stage.actor(step.actor).page
        page.bring_to_front()
        self._windows.lay(None)
        # A film is not to begin with a picture of what lay there.
        page.evaluate("new Promise(drawn => requestAnimationFrame(() => requestAnimationFrame(drawn)))")
        if self._film:
            self._film.follow(page.context)
            self._film.go_on()
        page.screencast.show_chapter(
            title, description=self._captions.chapter(step), duration=1000 * CHAPTER / self._speed
        )
        self._windows.lay(self._captions.during(step))

    def on_step_finished(self, stage: Stage, step: Step, seconds: float, error: BaseException | None) -> None:
        """Tell how long it took, and show for a moment what it led to."""
        if error is not None:
            self._console.print("[bold red]failed[/]" if isinstance(error, Exception) else "")
            return
        self._console.print(f"[green]{seconds:.2f} s[/]")
        # Nothing more is laid over the page: it is the waiting that counts.
        stage.actor(step.actor).page.screencast.show_overlay("", duration=1000 * OUTCOME / self._speed)
        self._windows.lay(None)
