"""A picture of each step, in a folder."""

from pathlib import Path

from playwright.sync_api import Error

from e2e.demo.errors import DemoError
from e2e.journeys import JOURNEYS, Journey, Step
from e2e.scenario.actor import PICTURE_LIMIT
from e2e.scenario.scenario import Scenario


class StepPictures:
    """Takes a picture at the end of each step, of what its actor sees."""

    def __init__(self, folder: Path, journey: Journey) -> None:
        """Remove the pictures of an earlier demo from ``folder``, and nothing else.

        Raises:
            DemoError: the folder cannot be written.
        """
        self._folder, self._journey = folder, journey
        names = {path_name(each, step) for each in (*JOURNEYS.values(), journey) for step in each.steps}
        try:
            folder.mkdir(parents=True, exist_ok=True)
            for name in names:
                (folder / name).unlink(missing_ok=True)
            trial = folder / path_name(journey, journey.steps[0])
            trial.touch()
            trial.unlink()
        except OSError as error:
            message = f"Cannot write pictures to {folder}: {error.strerror}. Name another folder with --output."
            raise DemoError(message) from error

    def on_step_started(self, scenario: Scenario, step: Step) -> None:
        """Nothing to see yet."""

    def on_step_finished(self, scenario: Scenario, step: Step, seconds: float, error: BaseException | None) -> None:
        """Take the picture, also if the step failed, but not if it was interrupted."""
        actor = scenario.actor(step.actor)
        if not actor.has_page or (error is not None and not isinstance(error, Exception)):
            return
        try:
            actor.page.screenshot(path=self.path(step), animations="disabled", timeout=1000 * PICTURE_LIMIT)
        except Error:
            if error is None:
                raise

    def path(self, step: Step) -> Path:
        """The path of the picture of ``step``."""
        return self._folder / path_name(self._journey, step)


def path_name(journey: Journey, step: Step) -> str:
    """The name of a step's picture."""
    return f"{journey.steps.index(step) + 1:02}-{step.name.replace('_', '-')}.png"
