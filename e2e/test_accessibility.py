"""What the inspector notices that looks at the pages of the journeys, and that every journey is looked at."""

from contextlib import closing
from hashlib import sha256
from pathlib import Path
from typing import Final

import pytest
from playwright.sync_api import Browser, Page

from e2e.inspection import NARROW, WIDE, violations
from e2e.journeys.purchase import opens_the_product_page
from e2e.pages.huawei_account import Portal
from e2e.scenario.actor import Actor, OpenBrowser
from e2e.scenario.scenario import Scenario
from fixtures import accessibility
from fixtures.accessibility import Inspector, results_in
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


def test_what_is_behind_an_open_menu_is_no_target(visitor: Actor) -> None:
    Portal(visitor).open()
    page = visitor.page
    buttons = "<div><button>a</button><button>b</button></div><p popover>c</p>"
    page.get_by_role("main").evaluate("(main, buttons) => main.insertAdjacentHTML('beforeend', buttons)", buttons)
    page.evaluate("for (const one of document.querySelectorAll('main div:last-of-type button')) one.style.padding = 0")
    assert [found.split(":")[0] for found in violations(page)] == ["target-size"]

    page.evaluate("document.querySelector('main [popover]').showPopover()")

    assert violations(page) == []


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


@pytest.fixture
def looks(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The addresses of pages that are really looked at. The fault that is found is the number of the look."""
    looks: list[str] = []

    def look(_inspector: Inspector, page: Page) -> list[str]:
        looks.append(page.url)
        return [f"fault {len(looks)}"]

    monkeypatch.setattr(Inspector, "_look", look)
    return looks


FIELDS: Final = """<input aria-label="one"><input aria-label="two"><input type="checkbox"><input type="checkbox">
  <select><option>1</option><option>2</option></select><p id="low">1<br>2</p><section></section>"""
CHANGES: Final = {
    "what is typed": "find('[aria-label=one]').value = 'x'",
    "where it is typed": "find('[aria-label=one]').value = ''; find('[aria-label=two]').value = 'x'",
    "what is checked": "find('[type=checkbox]').checked = true",
    "what is half checked": "find('[type=checkbox]').indeterminate = true",
    "what is picked": "find('select').selectedIndex = 1",
    "where the page is": "scrollTo(0, 50)",
    "where a part of it is": "find('#low').scrollTop = 5",
    "the focus": "find('main a').focus()",
    "an adopted style sheet": "document.adoptedStyleSheets = [style = new CSSStyleSheet()]",
    "a rule of it": "style.replaceSync('p { color: silver }')",
    "a rule of a linked style sheet": "document.styleSheets[0].insertRule('a { color: silver }')",
    "a style sheet that does not count": "document.styleSheets[1].disabled = true",
    "a shadow tree": "root = find('main > section:last-child').attachShadow({ mode: 'open' }); root.append('text')",
    "a text in a shadow tree": "root.firstChild.data = 'other text'",
    "a style sheet in a shadow tree": "root.adoptedStyleSheets = [style]",
    "an element": "find('main').append(document.createElement('hr'))",
}


def test_a_known_result_is_reused_until_the_page_changes(scenario: Scenario, looks: list[str], tmp_path: Path) -> None:
    opens_the_product_page.play(scenario)
    page = scenario.buyer.page

    def faults() -> list[str]:
        inspector = Inspector(WIDE, tmp_path)
        inspector.on_step_finished(scenario, opens_the_product_page, 0, None)
        return [found.rpartition(": ")[2] for found in inspector.found]

    page.get_by_role("main").evaluate("(main, fields) => main.insertAdjacentHTML('beforeend', fields)", FIELDS)
    page.evaluate("globalThis.find = css => document.querySelector(css)")
    page.evaluate("Object.assign(find('#low').style, { height: '1em', overflow: 'auto' })")
    assert faults() == faults() == ["fault 1"]
    for number, (name, change) in enumerate(CHANGES.items(), start=2):
        page.evaluate(f"() => {{ {change} }}")
        assert faults() == [f"fault {number}"], name
    number = len(looks)
    page.get_by_role("main").get_by_role("link").last.hover()
    assert faults() == [f"fault {number + 1}"], "the pointer"
    page.emulate_media(color_scheme="dark")
    assert faults() == [f"fault {number + 2}"], "the colour scheme"
    page.emulate_media(color_scheme="dark", forced_colors="active")
    assert faults() == faults() == [f"fault {number + 3}"], "the colours of the system"


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
    open_browser: OpenBrowser, worlds: Worlds, looks: list[str], tmp_path: Path
) -> None:
    with Server(port=0) as other, closing(Worlds(other.url)) as others:
        for place in (worlds, others):
            scenario = Scenario(place.make(), "en", open_browser)
            opens_the_product_page.play(scenario)
            scenario.buyer.page.get_by_role("main").evaluate("main => main.append(location.origin)")
            Inspector(WIDE, tmp_path).on_step_finished(scenario, opens_the_product_page, 0, None)
            scenario.world.drop()

    assert len(looks) == 1
