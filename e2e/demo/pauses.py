"""Pauses of a demo, in which the pages are the presenter's."""

from rich.console import Console

from e2e.demo.captions import Captions
from e2e.demo.film import Film
from e2e.demo.keys import Keys
from e2e.demo.moments import Moment
from e2e.demo.windows import Windows
from e2e.journeys import Journey, Step
from e2e.scenario.scenario import Scenario


class Pauses:
    """Stands still before each step until somebody presses the key, and then goes on from where it stood."""

    def __init__(
        self, journey: Journey, captions: Captions, *, windows: Windows, keys: Keys, film: Film | None, console: Console
    ) -> None:
        """A film leaves the pauses out."""
        self._steps, self._captions = journey.steps, captions
        self._windows, self._keys, self._film, self._console = windows, keys, film, console
        self._moments: dict[Step, Moment] = {}

    def on_step_started(self, scenario: Scenario, step: Step) -> None:
        """Stand still; what was done by hand meanwhile is undone."""
        self._windows.show_overlay(None)
        moment = self._moments[step] = Moment.now(scenario, f"before-{self._steps.index(step) + 1}")
        self._pause(step)
        if not moment.lasts(scenario):
            self._console.print("[dim]back to where it stood[/]", end=" ")
            self._go_back(scenario, step)
        scenario.actor(step.actor).page.bring_to_front()
        self._windows.show_overlay(self._captions.during(step))
        if self._film:
            self._film.go_on()

    def on_step_finished(self, scenario: Scenario, step: Step, seconds: float, error: BaseException | None) -> None:
        """Nothing: the next step, or the end, stands still."""

    def pause_at_the_end(self) -> None:
        """Stand still after the last step."""
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
        """Begin anew from this step or the nearest one before it whose pages look again as they did."""
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
