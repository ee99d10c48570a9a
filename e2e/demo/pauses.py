"""Pauses of a demo, in which the presenter can use the pages."""

from rich.console import Console

from e2e.demo.captions import Captions
from e2e.demo.film import Film
from e2e.demo.keys import Keys
from e2e.demo.moments import Moment
from e2e.demo.windows import Windows
from e2e.journeys import Journey, Step
from e2e.scenario.scenario import Scenario


class Pauses:
    """Pauses before each step until the key is pressed, and then continues from the same state."""

    def __init__(
        self, journey: Journey, captions: Captions, *, windows: Windows, keys: Keys, film: Film | None, console: Console
    ) -> None:
        """The pauses are left out of ``film``."""
        self._steps, self._captions = journey.steps, captions
        self._windows, self._keys, self._film, self._console = windows, keys, film, console
        self._moments: dict[Step, Moment] = {}

    def on_step_started(self, scenario: Scenario, step: Step) -> None:
        """Pause, and then undo what was done by hand."""
        self._windows.show_overlay(None)
        moment = self._moments[step] = Moment.now(scenario, f"before-{self._steps.index(step) + 1}")
        self._pause(step)
        if not moment.lasts(scenario):
            self._console.print("[dim]back to the state before[/]", end=" ")
            self._go_back(scenario, step)
        scenario.actor(step.actor).page.bring_to_front()
        self._windows.show_overlay(self._captions.during(step))
        if self._film:
            self._film.go_on()

    def on_step_finished(self, scenario: Scenario, step: Step, seconds: float, error: BaseException | None) -> None:
        """Do nothing: the pause comes before the next step, or at the end."""

    def pause_at_the_end(self) -> None:
        """Pause after the last step."""
        self._console.print("      ", end="")
        self._pause(None)
        self._console.print()

    def _pause(self, step: Step | None) -> None:
        if self._film:
            self._film.stop()
        self._windows.show_overlay(self._captions.pause(step))
        self._console.print("[yellow]paused[/]", end=" ")
        try:
            self._keys.wait(self._windows)
        except BaseException:
            self._console.print()
            raise
        self._windows.show_overlay(None)

    def _go_back(self, scenario: Scenario, step: Step) -> None:
        """Start again from this step, or from the nearest step before it whose pages can be restored."""
        self._windows.show_overlay(self._captions.title(ready=False))
        self._windows.show_pointer(shown=False)
        try:
            paused_at = [earlier for earlier in self._steps[: self._steps.index(step) + 1] if earlier in self._moments]
            for earlier in reversed(paused_at):
                if self._moments[earlier].bring_back(scenario):
                    break
            else:
                earlier = paused_at[0]
            for again in self._steps[self._steps.index(earlier) : self._steps.index(step)]:
                again.play(scenario)
        finally:
            self._windows.show_pointer(shown=True)
