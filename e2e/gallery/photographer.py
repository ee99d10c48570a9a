"""Takes pictures of pages while a journey is played, and of the pages that links lead to from there."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from hashlib import sha256
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from playwright.sync_api import Page

from e2e.gallery.checks import Checks
from e2e.gallery.links import SeenKinds
from e2e.gallery.scenes.shared import Scene
from e2e.gallery.shown import HEIGHT, Look, ShownPage
from e2e.gallery.texts import lines_of
from e2e.gallery.walk import take_turns, walk
from e2e.inspection import state_of
from e2e.journeys import Journey, Step
from e2e.scenario.actor import PICTURE_LIMIT, Actor
from e2e.scenario.labels import Language
from e2e.scenario.scenario import Scenario
from mock_sites.client import DocumentedAddresses

_USUAL: Final = Look(1280, "light")
"""How pages are looked at before and after."""
_QUALITY: Final = 80
"""Of the JPEG files."""


class Photographer:
    """Takes pictures of pages in one language. A state that was seen before is left out.

    Attributes:
        pages: what there are pictures of.
        lines: the lines of all of them.
    """

    def __init__(self, folder: Path, language: Language, looks: Sequence[Look], checks: Checks | None = None) -> None:
        """The pictures are written to ``folder``. With ``checks``, the pages are checked too."""
        self.pages: list[ShownPage] = []
        self.lines: set[str] = set()
        self._language: Language = language
        self._folder, self._looks, self._checks = folder, looks, checks
        self._states: set[str] = set()
        self._known: set[str] = set()
        self._seen = SeenKinds()
        self._searched = SeenKinds()

    def watching(self, journey: Journey) -> "Watch":
        """A listener for a play of ``journey`` in a new world."""
        if self._checks:
            self._checks.begin()
        return Watch(self, journey)

    def look_at(self, page: Page, world: DocumentedAddresses, *, shown_by: str) -> None:
        """Take the pictures of a page of a world in the state in which it is."""
        self._seen.add(page.url)
        page.mouse.move(0, 0)  # What is under the pointer looks otherwise.
        if (state := state_of(page, world.suffix)) in self._states:
            return
        self._states.add(state)
        shot = _picture(page, self._looks[0])
        if (digest := sha256(shot).hexdigest()) not in self._known:
            self._known.add(digest)
            self.lines |= lines_of(page)
            address = urlsplit(page.url)
            number = len(self.pages) + 1
            names = {look: f"{self._language}/{number:03}-{look.name}.jpg" for look in self._looks}
            faults = defaultdict[str, list[Look]](list)
            for look in self._looks:
                (self._folder / names[look]).write_bytes(shot if look == self._looks[0] else _picture(page, look))
                for fault in self._checks.faults(page, look) if self._checks else ():
                    faults[fault].append(look)
            for fault in self._checks.dead_links(page, world) if self._checks else ():
                faults[fault] += self._looks
            shown = ShownPage(
                number=number,
                language=self._language,
                site=address.netloc.removesuffix(world.suffix),
                address=f"{address.path}{'?' if address.query else ''}{address.query}",
                title=page.title(),
                shown_by=shown_by,
                pictures=names,
                faults=faults,
            )
            self.pages.append(shown)
            if self._checks:
                self._checks.report(shown)
        _prepare(page, _USUAL)

    def walk(self, actor: Actor, scenario: Scenario, *, anew: bool = False) -> None:
        """Look at the pages that an actor gets to from the page it looks at: those of kinds that were not seen yet, or
        ``anew`` at all of them, as for somebody who sees other things there.
        """
        seen = self._seen.anew() if anew else self._seen
        if anew and self._checks:
            self._checks.begin()
        for page, shown_by in walk(actor, scenario, seen, self._searched):
            self.look_at(page, scenario.world.addresses, shown_by=shown_by)

    def take_turns(self, scene: Scene, people: Mapping[str, Actor], scenario: Scenario) -> None:
        """Look at what people do in turn."""
        if self._checks:
            self._checks.begin()
        for page, shown_by in take_turns(scene, people, scenario):
            self.look_at(page, scenario.world.addresses, shown_by=shown_by)


class Watch:
    """Looks at the page of the actor at the end of each step."""

    def __init__(self, photographer: Photographer, journey: Journey) -> None:
        """Made by ``Photographer.watching``."""
        self._photographer, self._journey = photographer, journey

    def on_step_started(self, scenario: Scenario, step: Step) -> None:
        """The step before has ended on the same page."""

    def on_step_finished(self, scenario: Scenario, step: Step, seconds: float, error: BaseException | None) -> None:
        """Take the pictures, unless the step failed."""
        actor = scenario.actor(step.actor)
        if error is None and actor.has_page:
            title = step.title.in_language(scenario.language)
            number = self._journey.steps.index(step) + 1
            shown_by = f"{self._journey.name}, step {number}: {title}"
            self._photographer.look_at(actor.page, scenario.world.addresses, shown_by=shown_by)


def _picture(page: Page, look: Look) -> bytes:
    """The whole page; below a modal dialog only what its window shows, as its backdrop covers no more."""
    _prepare(page, look)
    is_covered = page.locator("dialog:modal").count() > 0
    return page.screenshot(full_page=not is_covered, type="jpeg", quality=_QUALITY, timeout=1000 * PICTURE_LIMIT)


def _prepare(page: Page, look: Look) -> None:
    page.set_viewport_size({"width": look.width, "height": HEIGHT})
    page.emulate_media(color_scheme=look.theme)
