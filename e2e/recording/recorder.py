"""Records a journey while it is played."""

import platform
import time
from collections.abc import Iterator
from contextlib import suppress
from importlib.metadata import version
from pathlib import Path
from typing import Any, Final

from playwright.sync_api import Error, Page

from e2e.journeys import Journey, Step
from e2e.recording import writing
from e2e.recording.capture import Capture
from e2e.recording.page_state import look_at, picture, tree_and_boxes
from e2e.recording.recorded import Recorded
from e2e.scenario.scenario import Scenario
from mock_sites import temporary_folder
from mock_sites.redaction.secrets import of_mails, of_people

FORMAT: Final = 1


class Recorder:
    """Listens to a journey, and writes its recording when it has ended.

    Attributes:
        journey: what is played.
        steps: the steps in the form of the manifest.
    """

    def __init__(self, journey: Journey, capture: Capture, scenario: Scenario) -> None:
        """Begin now. Earlier events of the world are not recorded."""
        self.journey, self._capture, self._scenario = journey, capture, scenario
        self.steps: list[dict[str, Any]] = []
        self._files: dict[str, str | bytes] = {}
        self._events: list[dict[str, Any]] = []
        self._mails: list[dict[str, Any]] = []
        self._secrets = list(of_people([scenario.personas, *scenario.world.people().values()]))
        self._last_event = max((event.number for event in scenario.world.journal()), default=0)
        self._last_mail = 0
        self._record_mails(step=0)
        self._mails.clear()
        self._capture.take()
        self._began, self._began_at = time.perf_counter(), time.time()
        self._step_began = 0.0

    def on_step_started(self, scenario: Scenario, step: Step) -> None:
        """Store the time."""
        self._step_began = time.perf_counter() - self._began

    def on_step_finished(self, scenario: Scenario, step: Step, seconds: float, error: BaseException | None) -> None:
        """Record what the actor sees, and what happened."""
        number = len(self.steps) + 1
        activity = self._capture.take()
        known = {
            "number": number,
            "name": step.name,
            "title": {"en": step.title.en, "zh": step.title.zh},
            "actor": step.actor,
            "clauses": list(step.clauses),
            "began": round(self._step_began, 3),
            "seconds": round(seconds, 3),
            "error": str(error) or type(error).__name__ if error else None,
            "url": "",
            "tree": None,
            "image": None,
            "masked": False,
            "varying": [],
            "boxes": None,
            "requests": activity.requests,
            "request_times": activity.request_times,
            "failed": activity.failed,
            "failed_times": activity.failed_times,
            "clock": None,
            "console": activity.console,
            "document_title": None,
            "document_language": None,
        }
        self.steps.append(known)
        if error is not None and not isinstance(error, Exception):
            return
        self._record_events(number)
        known["clock"] = self._scenario.world.clock.now()
        actor = scenario.actor(step.actor)
        if actor.has_page:
            known["url"] = actor.page.url
            # A page that hangs may be the failure itself. Then there is nothing to see.
            with suppress(*[Error] if error else []):
                self._look(actor.page, known)

    def finish(self, folder: Path) -> Path:
        """Write the recording to ``folder``, which replaces an older one, and return the path of the manifest.

        Raises:
            LeakError: one of the known secrets is still in it.
        """
        with temporary_folder() as scratch:
            return self.stop(scratch).write(folder)

    def stop(self, scratch: Path) -> Recorded:
        """End the recording: the traces are written to ``scratch``, and what remains to be done needs no browser."""
        traces = dict(self._stop(scratch))
        return Recorded(
            about=self._about(),
            steps=self.steps,
            files=self._files,
            events=self._events,
            mails=self._mails,
            traces=traces,
            secrets=self._secrets,
            addresses=self._scenario.world.addresses,
            began=self._began,
            began_at=self._began_at,
        )

    def _look(self, page: Page, known: dict[str, Any]) -> None:
        stem = f"{known['number']:02}-{known['name']}"
        world = self._scenario.world
        look = look_at(page, (world.name, world.port))
        tree, boxes = tree_and_boxes(page)
        known |= {"tree": f"steps/{stem}.yaml", "boxes": f"steps/{stem}.boxes.json"}
        self._files[known["tree"]] = tree.replace(f"strong: {world.name}\n", "strong: «world»\n")
        self._files[known["boxes"]] = writing.as_json([box for box in boxes if box.get("text") != world.name])
        known |= {"document_title": look["title"], "document_language": look["language"]}
        if self._capture.images != "none":
            secrets = {secret.value for secret in self._secrets}
            known |= {"image": f"images/{stem}.png", "varying": look["areas"]}
            self._files[known["image"]], known["masked"] = picture(page, look, secrets)

    def _record_events(self, step: int) -> None:
        for event in self._scenario.world.journal():
            if event.number > self._last_event:
                self._last_event = event.number
                fields = {
                    "number": event.number,
                    "at": event.at,
                    "kind": event.kind,
                    "facts": event.details,
                    "step": step,
                }
                self._events.append(fields)
        self._record_mails(step)

    def _record_mails(self, step: int) -> None:
        mails = [mail for mail in self._scenario.world.mailbox.mails() if mail.number > self._last_mail]
        self._secrets += of_mails(mails)
        for mail in mails:
            self._last_mail = max(self._last_mail, mail.number)
            fields = {"number": mail.number, "to": mail.to, "subject": mail.subject, "text": mail.text}
            self._mails.append({**fields, "at": mail.sent_at, "step": step})

    def _stop(self, scratch: Path) -> Iterator[tuple[str, Path]]:
        for actor in self._scenario.actors:
            if actor.has_page:
                path = scratch / f"{actor.name}.zip"
                self._secrets += self._capture.stop(actor.context, path)
                yield actor.name, path

    def _about(self) -> dict[str, Any]:
        browser = self._scenario.actor(self.journey.steps[0].actor).context.browser
        return {
            "format": FORMAT,
            "journey": self.journey.name,
            "title": {"en": self.journey.title.en, "zh": self.journey.title.zh},
            "language": self._scenario.language,
            "seed": self._scenario.world.seed,
            "world": self._scenario.world.name,
            "versions": {
                "playwright": version("playwright"),
                "browser": browser.version if browser else "",
                "python": platform.python_version(),
            },
        }
