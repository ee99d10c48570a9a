"""Every page of the journeys is accessible, and fits a narrow screen."""

import json
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from e2e.journeys import JOURNEYS, Journey, Step, whole_life
from e2e.pages.huawei_account import Portal
from e2e.stage.actor import Actor
from e2e.stage.stage import Stage
from fixtures.play import Play

RULES = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "resultTypes": ["violations"],
}
NARROW, WIDE, HEIGHT = 360, 1280, 720
"""Pixels."""


class Inspector:
    """Looks at the page at the end of each step: whether axe finds something, and whether it scrolls sideways."""

    def __init__(self, width: int) -> None:
        """Let axe look at pages of this width, in pixels."""
        self.found: list[str] = []
        self._width = width

    def on_step_started(self, stage: Stage, step: Step) -> None:
        """The step before has ended on the same page."""

    def on_step_finished(self, stage: Stage, step: Step, seconds: float, error: BaseException | None) -> None:
        """Look at the page, and leave it as wide as it was."""
        if error:
            return
        page = stage.actor(step.actor).page
        for width in dict.fromkeys((self._width, NARROW, WIDE)):
            page.set_viewport_size({"width": width, "height": HEIGHT})
            if width == self._width:
                self.found += [f"{step.name} at {page.url}: {violation}" for violation in violations(page)]
            expect(page.locator("html"), f"{page.url} scrolls sideways").to_have_js_property("scrollWidth", width)


def violations(page: Page) -> list[str]:
    """What axe finds on a page."""
    response: dict[str, Any] = Axe().run(page, options=RULES).response
    return [
        f"{violation['id']}: {violation['help']} {json.dumps([node['html'] for node in violation['nodes']])}"
        for violation in response["violations"]
    ]


@pytest.mark.parametrize(("language", "width"), [("en", WIDE), ("zh", NARROW)])
@pytest.mark.parametrize(
    "journey",
    # The whole life has no page of its own.
    [
        pytest.param(each, id=each.name, marks=pytest.mark.plays(each))
        for each in JOURNEYS.values()
        if each != whole_life
    ],
)
def test_axe_finds_nothing_and_no_page_scrolls_sideways(play: Play, journey: Journey, width: int) -> None:
    inspector = Inspector(width)

    play(journey, inspector)

    assert inspector.found == []


def test_axe_notices_a_picture_without_words(visitor: Actor) -> None:
    Portal(visitor).open()
    assert violations(visitor.page) == []

    visitor.page.get_by_role("main").evaluate("main => main.append(document.createElement('img'))")

    (found,) = violations(visitor.page)
    assert found.startswith("image-alt")
