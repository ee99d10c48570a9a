"""Shows each step of a demo: as a line on the terminal, and as a card and a caption in the browser."""

from playwright.sync_api import Page
from rich.console import Console
from rich.markup import escape

from e2e.demo.captions import Captions
from e2e.demo.film import Film
from e2e.demo.windows import Windows
from e2e.journeys import Journey, Step
from e2e.scenario.scenario import Scenario

TITLE = 4.0
"""Seconds that the title of the journey is shown at normal speed."""
CHAPTER = 3.0
"""Seconds that the card of a step is shown at normal speed."""
OUTCOME = 1.0
"""Seconds that the result of a step is shown at normal speed."""
END = 5.0
"""Seconds that the result of the last step is shown at normal speed."""


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
        """If there is a film, it follows the person who acts."""
        self._console, self._journey, self._captions = console, journey, captions
        self._windows, self._film, self._speed = windows, film, speed

    def introduce(self, page: Page) -> None:
        """Show the title of the journey, which covers all pages, for a while."""
        page.bring_to_front()
        if self._film:
            self._film.go_on()
            self._film.follow(page.context)
            self._film.add_subtitle(self._captions.introduction())
        self._windows.show_overlay(self._captions.title(ready=True))
        page.wait_for_timeout(1000 * TITLE / self._speed)

    def on_step_started(self, scenario: Scenario, step: Step) -> None:
        """Announce the step."""
        number, whole = self._journey.steps.index(step) + 1, len(self._journey.steps)
        title = step.title.in_language(scenario.language)
        clauses = " ".join(step.clauses)
        line = f"{number:>2}/{whole}  [dim]{step.actor:<9}[/]  {escape(title)}  [dim]{clauses}[/]"
        self._console.print(line, end=" ", soft_wrap=True)
        # Before the page: a window that opens now shows from the first moment to whom it belongs.
        self._windows.show_overlay(self._captions.chapter(step))
        page = scenario.actor(step.actor).page
        page.bring_to_front()
        if self._film:
            self._film.go_on()
            self._film.follow(page.context)
            self._film.add_subtitle(self._captions.caption_of(step), self._captions.speaker(step))
        page.wait_for_timeout(1000 * CHAPTER / self._speed)
        self._windows.show_overlay(self._captions.during(step))
        for other in scenario.actors:
            if other.has_page and other.name != step.actor:
                self._windows.show_overlay(self._captions.waiting(other.name), only=other.context)

    def on_step_finished(self, scenario: Scenario, step: Step, seconds: float, error: BaseException | None) -> None:
        """Print how long it took, and show the result for a moment."""
        if error is not None:
            self._console.print("[bold red]failed[/]" if isinstance(error, Exception) else "")
            return
        self._console.print(f"[green]{seconds:.2f} s[/]")
        shown = END if step is self._journey.steps[-1] else OUTCOME
        scenario.actor(step.actor).page.wait_for_timeout(1000 * shown / self._speed)
        self._windows.show_overlay(None)
