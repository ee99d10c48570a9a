"""What the inspector notices that looks at the pages of the journeys, and that every journey is looked at."""

from contextlib import closing
from hashlib import sha256
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from e2e.journeys.purchase import opens_the_product_page
from e2e.pages.huawei_account import Portal
from e2e.scenario.actor import Actor, OpenBrowser
from e2e.scenario.scenario import Scenario
from fixtures import accessibility
from fixtures.accessibility import NARROW, WIDE, Inspector, results_in, violations
from mock_sites import Server
from mock_sites.client import Worlds


def add(page: Page, element: str) -> None:
    """Append an element to the main part of a page."""
    page.get_by_role("main").evaluate("(main, element) => main.append(document.createElement(element))", element)


def test_axe_finds_a_picture_without_a_text(visitor: Actor) -> None:
    Portal(visitor).open()
    assert violations(visitor.page) == []

    add(visitor.page, "img")

    (found,) = violations(visitor.page)
    assert found.startswith("image-alt")


def test_an_account_that_is_broken_into_two_lines_is_noticed(scenario: Scenario, tmp_path: Path) -> None:
    inspector = Inspector(NARROW, tmp_path)
    opens_the_product_page.play(scenario, inspector)
    add(scenario.buyer.page, "address")
    scenario.buyer.page.locator("address").evaluate(
        "it => { it.textContent = 'wendy@northwind'; it.style.width = '4em'; it.style.overflowWrap = 'anywhere' }"
    )
    inspector.on_step_finished(scenario, opens_the_product_page, 0, None)

    (found,) = inspector.found
    assert found.endswith(": wendy@northwind is broken at 1280 pixels")


def test_a_page_that_scrolls_sideways_is_noticed(scenario: Scenario, tmp_path: Path) -> None:
    inspector = Inspector(NARROW, tmp_path)
    opens_the_product_page.play(scenario, inspector)
    assert inspector.found == []

    add(scenario.buyer.page, "hr")
    scenario.buyer.page.get_by_role("main").get_by_role("separator").evaluate("rule => rule.style.width = '400px'")
    inspector.on_step_finished(scenario, opens_the_product_page, 0, None)

    (found,) = inspector.found
    assert found.startswith("opens_the_product_page at ")
    assert found.endswith(": scrolls sideways at 360 pixels")


def test_a_known_result_is_reused_until_the_page_changes(
    scenario: Scenario, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    looks: list[str] = []

    def look(_inspector: Inspector, page: Page) -> list[str]:
        looks.append(page.url)
        return [f"fault {len(looks)}"]

    monkeypatch.setattr(Inspector, "_look", look)
    opens_the_product_page.play(scenario)
    links = scenario.buyer.page.get_by_role("main").get_by_role("link")

    def faults() -> list[str]:
        inspector = Inspector(WIDE, tmp_path)
        inspector.on_step_finished(scenario, opens_the_product_page, 0, None)
        return [found.rpartition(": ")[2] for found in inspector.found]

    assert faults() == faults() == ["fault 1"]
    links.first.focus()
    assert faults() == ["fault 2"]
    links.last.hover()
    assert faults() == ["fault 3"]
    add(scenario.buyer.page, "hr")
    assert faults() == faults() == ["fault 4"]


def test_results_are_found_by_later_runs_until_their_sources_or_the_browser_change(
    browser: Browser, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    results = results_in(tmp_path, browser)
    (results / "found.json").write_text("[]")

    assert (results_in(tmp_path, browser) / "found.json").exists()

    monkeypatch.setattr(accessibility, "_LETTERS", "() => ['another browser']")
    assert list(results_in(tmp_path, browser).iterdir()) == []
    assert results.exists()

    monkeypatch.setattr(accessibility, "_MADE_FROM", ("conftest.py",))
    now = results_in(tmp_path, browser)
    assert list(tmp_path.iterdir()) == [now.parent]
    assert now.parent != results.parent


def test_the_address_of_each_style_sheet_and_script_tells_its_content(visitor: Actor) -> None:
    Portal(visitor).open()

    loaded: list[str] = visitor.page.evaluate("() => performance.getEntriesByType('resource').map(one => one.name)")

    assert len(loaded) > 2
    for address in loaded:
        content = visitor.page.request.get(address).body()
        assert f"/{sha256(content).hexdigest()[:12]}/" in address


def test_a_page_of_another_world_on_another_port_is_known(
    open_browser: OpenBrowser, worlds: Worlds, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    looks: list[str] = []

    def look(_inspector: Inspector, page: Page) -> list[str]:
        looks.append(page.url)
        return []

    monkeypatch.setattr(Inspector, "_look", look)
    with Server(port=0) as other, closing(Worlds(other.url)) as others:
        for place in (worlds, others):
            scenario = Scenario(place.make(), "en", open_browser)
            opens_the_product_page.play(scenario)
            scenario.buyer.page.get_by_role("main").evaluate("main => main.append(location.origin)")
            Inspector(WIDE, tmp_path).on_step_finished(scenario, opens_the_product_page, 0, None)
            scenario.world.drop()

    assert len(looks) == 1
