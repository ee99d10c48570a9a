"""Making a gallery."""

from collections.abc import Generator, Sequence
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from typing import Final

from playwright.sync_api import Browser, BrowserContext, Error
from rich.console import Console

from e2e.demo.errors import DemoError, StepFailedError
from e2e.demo.setting import find_journey, open_worlds, scenario_after, set_up_scenario, start_browser
from e2e.gallery.checks import Checks
from e2e.gallery.index import INDEX, write_index
from e2e.gallery.photographer import Photographer
from e2e.gallery.scenes import SCENES
from e2e.gallery.scenes.shared import Scene
from e2e.gallery.sheets import write_sheets
from e2e.gallery.shown import Look, ShownPage, Theme
from e2e.gallery.texts import find_unshown, texts_of_templates, write_unshown
from e2e.journeys import JOURNEYS, Journey, purchase_to_login
from e2e.journeys.prepared import Prepared
from e2e.pages.operator import People
from e2e.recording import writing
from e2e.scenario.actor import Actor, OpenBrowser
from e2e.scenario.labels import LOCALES, Language
from e2e.scenario.scenario import Scenario
from mock_sites.client import Worlds

WORLD: Final = "gallery"
"""The name of the world. The same for all journeys, so that the same page has the same address and look."""


@dataclass(frozen=True, kw_only=True)
class GallerySession:
    """What to take pictures of, and where to write them."""

    names: Sequence[str]
    languages: Sequence[Language]
    widths: Sequence[int]
    themes: Sequence[Theme]
    output: Path
    links: bool
    """Whether pages are opened that no journey shows."""
    check: bool
    """Whether the pages are checked."""

    def make(self) -> bool:
        """Play the journeys, and write the gallery, which replaces an older one. Prints what is wrong, and its index.

        Returns whether nothing is wrong.

        Raises:
            DemoError: nothing can be played here, or the folder cannot be written or has something else in it.
            StepFailedError: a step or a scene failed; the gallery has what was shown before, and all others.
        """
        if self.output.exists() and not (self.output / INDEX).exists() and any(self.output.iterdir()):
            message = f"{self.output} has other files, which are not deleted. Name another folder with --output."
            raise DemoError(message)
        journeys = [find_journey(name) for name in self.names] or list(JOURNEYS.values())
        looks = [Look(width, theme) for width, theme in product(self.widths, self.themes)]
        console, pages = Console(highlight=False, soft_wrap=True), list[ShownPage]()
        lines, failures = dict[Language, set[str]](), list[str]()
        try:
            with (
                open_worlds("") as worlds,
                start_browser(headed=False) as browser,
                writing.fresh(self.output) as folder,
            ):
                for language in self.languages:
                    (folder / language).mkdir()
                    checks = Checks(looks, console) if self.check else None
                    photographer = Photographer(folder, language, looks, checks)
                    with closing(Prepared(worlds, browser)) as prepared:
                        for journey in journeys:
                            before = len(photographer.pages)
                            with _noting(failures, f"{journey.name}, {language}: a step failed"):
                                self._visit(journey, worlds, prepared, browser, photographer, language)
                            console.print(f"{journey.name}, {language}: {len(photographer.pages) - before} new pages")
                        if self.links and not self.names:
                            before = len(photographer.pages)
                            for number, scene in enumerate(SCENES, 1):
                                with _noting(failures, f"scene {number}, {language}: failed"):
                                    self._show_scene(scene, worlds, prepared, browser, photographer, language)
                            console.print(f"scenes, {language}: {len(photographer.pages) - before} new pages")
                    if self.links and not self.names:
                        before = len(photographer.pages)
                        with _noting(failures, f"ready-made people, {language}: failed"):
                            self._visit_people(worlds, browser, photographer, language)
                        console.print(f"ready-made people, {language}: {len(photographer.pages) - before} new pages")
                    pages += photographer.pages
                    lines[language] = photographer.lines
                sheets = write_sheets(folder, pages, looks)
                write_index(folder, pages, looks, sheets)
                said = write_unshown(folder, *find_unshown(texts_of_templates(), lines))
        except OSError as error:
            message = f"Cannot write the gallery to {self.output}: {error.strerror}. Name another folder with --output."
            raise DemoError(message) from error
        console.print(said)
        console.print(str(self.output / INDEX), markup=False)
        if failures:
            raise StepFailedError("\n".join(failures))
        return not any(page.faults for page in pages)

    def _visit(
        self,
        journey: Journey,
        worlds: Worlds,
        prepared: Prepared,
        browser: Browser,
        photographer: Photographer,
        language: Language,
    ) -> None:
        with _windows(browser) as open_browser:
            scenario = set_up_scenario(journey, worlds, prepared, language, open_browser, name=WORLD)
            try:
                journey.play(scenario, photographer.watching(journey))
                for actor in scenario.actors:
                    if self.links and actor.has_page:
                        photographer.walk(actor, scenario)
                if self.links and journey is purchase_to_login:
                    stranger = Actor("buyer", scenario.world, language, open_browser)
                    stranger.page.goto(scenario.world.url)
                    photographer.walk(stranger, scenario, anew=True)
            finally:
                scenario.world.drop()

    def _visit_people(self, worlds: Worlds, browser: Browser, photographer: Photographer, language: Language) -> None:
        """Look at what each of the ready-made people sees in a new world, signed in at all of their sites."""
        with _windows(browser) as open_browser:
            scenario = Scenario(worlds.make(WORLD, language=language), language, open_browser)
            try:
                people = {
                    key: Actor("buyer", scenario.world, language, open_browser) for key in scenario.world.people()
                }
                for key, actor in people.items():
                    People(actor).sign_in_everywhere(key)
                    photographer.walk(actor, scenario, anew=True)
            finally:
                scenario.world.drop()

    def _show_scene(
        self,
        scene: Scene,
        worlds: Worlds,
        prepared: Prepared,
        browser: Browser,
        photographer: Photographer,
        language: Language,
    ) -> None:
        with _windows(browser) as open_browser:
            scenario = scenario_after(scene.after, worlds, prepared, language, open_browser, name=WORLD)
            try:
                names = dict.fromkeys(turn.person for turn in scene.turns)
                people = {name: Actor("buyer", scenario.world, language, open_browser) for name in names}
                photographer.take_turns(scene, people, scenario)
            finally:
                scenario.world.drop()


@contextmanager
def _noting(failures: list[str], what: str) -> Generator[None]:
    """Go on after a failure, which is noted after the words for ``what`` failed."""
    try:
        yield
    except (AssertionError, Error, StepFailedError) as error:
        failures.append(f"{what}\n{error}")


@contextmanager
def _windows(browser: Browser) -> Generator[OpenBrowser]:
    """Opens windows, which are closed at the end."""
    with ExitStack() as opened:

        def open_browser(language: Language) -> BrowserContext:
            context = browser.new_context(locale=LOCALES[language], reduced_motion="reduce")
            opened.callback(context.close)
            return context

        yield open_browser
