"""The report of a review, in a browser."""

import re
from pathlib import Path
from typing import Final, Literal

import pytest
from playwright.sync_api import Page, expect

from e2e.review.report import write_report
from e2e.review.review import review
from e2e.review.sample import make_sample, write_sample
from e2e.stage.actor import OpenBrowser
from fixtures.accessibility import violations

RENAMED: Final = "button “Subscribe Now” is now “Activate <b>”"
LOST: Final = "heading “Purchased Services” is gone"


@pytest.fixture
def report(tmp_path: Path) -> Path:
    """The report on a recording in which a button was renamed on two pages, a heading lost and a request added."""
    baseline = write_sample(make_sample(), tmp_path / "before" / "purchase-en")
    steps = make_sample()
    steps[1].elements[3].name = steps[4].elements[4].name = "Activate <b>"
    steps[3].elements.pop(1)
    steps[0].requests.append(("GET", "https://marketplace.huaweicloud.com/offers", 200))
    write_report(review(write_sample(steps, tmp_path / "after" / "purchase-en"), baseline), tmp_path / "report.html")
    return tmp_path / "report.html"


@pytest.fixture
def page(report: Path, open_browser: OpenBrowser) -> Page:
    """The report, opened from the disk."""
    page = open_browser("en").new_page()
    page.goto(report.as_uri())
    return page


def test_it_needs_no_network(report: Path) -> None:
    text = report.read_text(encoding="utf-8")

    assert "default-src 'none'; img-src data:" in text
    assert not re.search(r'(?:src|href)="(?!data:|#)', text)
    assert "url(" not in text


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_in_either_theme(page: Page, scheme: Literal["light", "dark"]) -> None:
    page.emulate_media(color_scheme=scheme)

    assert violations(page) == []


def test_findings_lead_to_their_steps_and_are_filtered_by_kind(page: Page) -> None:
    findings = page.get_by_role("region", name="What changed")
    strip = page.get_by_role("list", name="Steps of purchase-en")
    expect(findings.get_by_text(RENAMED)).to_be_visible()
    expect(strip.get_by_role("link", name="2. Open the product page (1)")).to_be_visible()
    expect(strip.get_by_role("link", name="3. Agree to the terms and subscribe", exact=True)).to_be_visible()

    page.get_by_role("button", name="text 1").click()

    expect(page.get_by_text(RENAMED)).to_have_count(3)
    for text in page.get_by_text(RENAMED).all():
        expect(text).to_be_hidden()
    expect(findings.get_by_text(LOST)).to_be_visible()

    tree = page.get_by_role("region", name="Accessibility tree of step 4")
    expect(tree.get_by_role("deletion")).to_have_text('-- heading "Purchased Services" [level=1]')
    strip.get_by_role("link", name="3. Agree").click()
    expect(page.get_by_text("order submitted")).to_be_visible()


def test_findings_are_walked_through_by_keyboard(page: Page) -> None:
    items = page.get_by_role("region", name="What changed").get_by_role("listitem")
    found = [items.filter(has_text=text).first for text in ("/offers is made in addition", RENAMED, LOST)]
    page.get_by_role("button", name="text 1").click()

    for key, place in (("j", 0), ("j", 2), ("j", 2), ("k", 0)):
        page.keyboard.press(key)
        expect(found[place]).to_be_focused()


def test_the_pictures_are_laid_over_each_other(page: Page) -> None:
    now = page.get_by_role("img", name="Step 2 now")
    slider = page.get_by_role("slider", name="Baseline").nth(1)
    blink = page.get_by_role("button", name="Blink").nth(1)
    expect(now).to_have_css("clip-path", "inset(0px 0px 0px 50%)")

    slider.press("End")
    expect(now).to_have_css("clip-path", "inset(0px 0px 0px 0%)")
    slider.press("Home")
    expect(now).to_have_css("clip-path", "inset(0px 0px 0px 100%)")

    page.keyboard.press("b")
    expect(blink).to_have_attribute("aria-pressed", "true")
    expect(now).to_have_css("clip-path", "inset(0px 0px 0px 0%)")
    expect(now).to_have_css("clip-path", "inset(0px 0px 0px 100%)")
    page.keyboard.press("b")
    expect(blink).to_have_attribute("aria-pressed", "false")
