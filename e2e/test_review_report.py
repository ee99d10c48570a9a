"""The report of a review, in a browser."""

import re
import shutil
from pathlib import Path
from typing import Final, Literal

import pytest
from playwright.sync_api import Locator, Page, expect

from e2e.inspection import NARROW, WIDE, violations
from e2e.scenario.actor import OpenBrowser
from e2e.support.sample import make_sample, write_sample
from mock_sites.review.approving.baseline import approve
from mock_sites.review.approving.take_over import take_over
from mock_sites.review.comparing.compare import compare_steps
from mock_sites.review.load import read_recording
from mock_sites.review.report import write_report
from mock_sites.review.report.marks import SIZE, marks
from mock_sites.review.review import review

NAME: Final = "purchase-en"
OFFERS: Final = "GET https://marketplace.huaweicloud.com/offers is made in addition"
RENAMED: Final = "button “Subscribe Now” is now “Activate <b>”"
LOST: Final = "heading “Purchased Services” is gone"
SLOWER: Final = "takes 9.0 instead of 1.0 seconds"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Recordings before and after a button was renamed, a heading lost, a request added and a step slowed down."""
    folder = tmp_path_factory.mktemp("reports")
    before = write_sample(make_sample(), folder / "before" / NAME)
    steps = make_sample()
    steps[1].elements[3].name = steps[4].elements[4].name = "Activate <b>"
    steps[3].elements.pop(1)
    steps[2].seconds = 9
    steps[0].requests.append(("GET", "https://marketplace.huaweicloud.com/offers", 200))
    write_sample(steps, folder / "after" / NAME)
    approve([read_recording(before)], folder / "baselines")
    return folder


@pytest.fixture(scope="module")
def report(folder: Path) -> Path:
    """The report on it against the earlier recording."""
    write_report(review(folder / "after", folder / "before"), folder / "report.html")
    return folder / "report.html"


@pytest.fixture
def page(report: Path, open_browser: OpenBrowser) -> Page:
    """The report, opened from the disk."""
    page = open_browser("en").new_page()
    page.goto(report.as_uri())
    return page


def finding(page: Page, text: str) -> Locator:
    return page.get_by_role("region", name="What changed").get_by_role("listitem").filter(has_text=text).first


def unfold(page: Page, title: str) -> Locator:
    """The step of that title, unfolded."""
    step = page.locator("details.step").filter(has=page.get_by_role("heading", name=title))
    step.get_by_role("heading", name=title).click()
    return step


def test_it_needs_no_network_and_leads_to_the_traces_beside_it(report: Path) -> None:
    text = report.read_text(encoding="utf-8")

    assert "default-src 'none'; img-src data:" in text
    assert {*re.findall(r'(?:src|href)="(?!data:|#)([^"]+)"', text)} == {
        f"{run}/{NAME}/buyer.zip" for run in ("after", "before")
    }
    assert "url(" not in text
    assert f"show-trace {report.parent}/after/{NAME}/buyer.zip --port 0</code>" in text


def test_pictures_that_do_not_fit_are_left_out_and_the_rest_stays(folder: Path, report: Path) -> None:
    small = folder / "small.html"
    write_report(review(folder / "after", folder / "before"), small, budget=1)

    text = small.read_text(encoding="utf-8")
    assert text.count('<script type="text/plain" id="picture-') == 4, (
        "the two of the first finding's first place, and their parts that differ"
    )
    assert "The pictures are left out to keep the report small; it is <code>" in text
    assert "images/04-finds_the_service.png</code>" in text
    assert text.count("data:image/webp") == 4 + 5
    assert len(text) < report.stat().st_size


def test_a_text_without_a_name_is_marked_where_it_was_recorded(tmp_path: Path) -> None:
    steps = make_sample()
    before = read_recording(write_sample(steps, tmp_path / "before")).steps[2]
    steps[2].elements[2].text = "Please wait."
    after = read_recording(write_sample(steps, tmp_path / "after")).steps[2]
    changes = list(compare_steps(before, after))

    for step, later in ((before, False), (after, True)):
        [mark] = marks(changes, step, SIZE, later=later)
        assert (mark.kind, mark.area) == ("text", (150, 70, 40, 24))
    assert marks(changes, after, (100, 100), later=True) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_in_either_theme_and_nothing_scrolls_sideways(
    page: Page, scheme: Literal["light", "dark"]
) -> None:
    page.emulate_media(color_scheme=scheme)
    page.get_by_role("heading", name="Timeline").click()
    for title in ("2. Open the product page", "4. Find the service"):
        unfold(page, title).get_by_role("heading", name="Accessibility tree").click()
    page.get_by_role("button", name="Slider").first.click()

    for width in (NARROW, WIDE):
        page.set_viewport_size({"width": width, "height": 720})
        page.wait_for_function(
            "width => innerWidth === width && document.documentElement.scrollWidth <= width", arg=width
        )
        assert violations(page) == []
    page.keyboard.press("?")
    expect(page.get_by_role("dialog", name="Keyboard")).to_be_visible()
    assert violations(page) == []


def test_findings_lead_to_their_steps_and_are_filtered_by_kind_and_decision(page: Page) -> None:
    strip = page.get_by_role("list", name=f"Steps of {NAME}")
    expect(page.get_by_role("row", name="Purchase purchase-en 5")).to_contain_text(
        "text 1 structure 1 requests 1 time 1"
    )
    expect(strip.get_by_role("link", name="2. Open the product page (1)")).to_be_visible()
    expect(strip.get_by_role("link", name="3. Agree to the terms and subscribe (1)")).to_be_visible()

    finding(page, LOST).get_by_role("link").click()
    step = page.locator("details.step").filter(has=page.get_by_role("heading", name="4. Find the service"))
    expect(step.locator("summary").first).to_be_focused()
    expect(step.get_by_role("link", name=LOST)).to_be_visible()
    step.get_by_role("heading", name="Accessibility tree").click()
    tree = page.get_by_role("region", name="Accessibility tree of step 4")
    expect(tree.get_by_role("deletion")).to_have_text('-- heading "Purchased Services" [level=1]')

    unchanged = unfold(page, "3. Agree")
    expect(unchanged.get_by_role("img", name="Step 3, small")).to_have_js_property("complete", value=True)

    page.get_by_role("button", name="structure 1").click()
    expect(finding(page, LOST)).to_be_hidden()
    expect(step.get_by_role("link", name=LOST)).to_be_hidden()
    expect(finding(page, RENAMED)).to_be_visible()

    finding(page, RENAMED).get_by_role("button", name="Accept").click()
    page.get_by_role("combobox", name="Show").select_option("not decided")
    expect(finding(page, RENAMED)).to_be_hidden()
    expect(finding(page, OFFERS)).to_be_visible()
    page.get_by_role("combobox", name="Show").select_option("rejected")
    expect(page.get_by_text("No finding is of these kinds and decided so.")).to_be_visible()


def test_the_timeline_joins_browser_sites_calls_mails_and_clock(page: Page) -> None:
    page.get_by_role("heading", name="Timeline").click()
    timeline = page.get_by_role("region", name=f"Timeline of {NAME}")

    third = timeline.get_by_role("row", name="3. Agree")
    expect(third).to_contain_text("3.0 to 12.0")
    expect(third).to_contain_text("3.00 s, 50 ms")
    expect(third).to_contain_text("order submitted")
    expect(third).to_contain_text("huawei to guance: POST /saas/produce, 200")
    expect(third.get_by_role("cell").last).to_have_text("2026-03-02 01:03:00")
    expect(timeline.get_by_role("row", name="4. Find")).to_contain_text("“Your service is open” to li.wei@example.com")
    expect(timeline.get_by_role("insertion")).to_have_text("GET https://marketplace.huaweicloud.com/offers, 200")


def test_the_pictures_are_shown_side_by_side_under_a_slider_and_blink_with_the_differences_drawn_on_them(
    page: Page,
) -> None:
    step = unfold(page, "2. Open the product page")
    before, now = (
        step.get_by_role("img", name="Baseline of step 2", exact=True),
        step.get_by_role("img", name="Step 2 now"),
    )
    left, right = before.bounding_box(), now.first.bounding_box()
    assert left
    assert right
    assert left["x"] + left["width"] <= right["x"]
    mark = step.get_by_role("img", name="1 marked in Step 2 now").locator("rect")
    drawn = mark.bounding_box()
    assert drawn
    assert (drawn["x"] - right["x"], drawn["y"] - right["y"]) == pytest.approx((17, 67), abs=3)
    expect(mark.locator("title")).to_have_text(f"text: {RENAMED}")
    step.get_by_role("checkbox", name="Draw differences").uncheck()
    expect(mark).to_be_hidden()

    pane = step.locator(".pane.after")
    step.get_by_role("button", name="Slider").click()
    slider = step.get_by_role("slider", name="Baseline")
    expect(pane).to_have_css("clip-path", "inset(0px 0px 0px 50%)")
    slider.press("End")
    expect(pane).to_have_css("clip-path", "inset(0px 0px 0px 0%)")
    slider.press("Home")
    expect(pane).to_have_css("clip-path", "inset(0px 0px 0px 100%)")

    page.keyboard.press("b")
    expect(step.get_by_role("button", name="Blink")).to_have_attribute("aria-pressed", "true")
    expect(pane).to_have_css("visibility", "visible")
    expect(pane).to_have_css("visibility", "hidden")
    page.keyboard.press("b")
    expect(step.get_by_role("button", name="Side by side")).to_have_attribute("aria-pressed", "true")


def test_a_recording_without_pictures_has_sketches_in_their_place(
    folder: Path, tmp_path: Path, open_browser: OpenBrowser
) -> None:
    manifest = shutil.copytree(folder / "before" / NAME, tmp_path / NAME) / "manifest.json"
    manifest.write_text(re.sub(r'"image": "[^"]*"', '"image": null', manifest.read_text()))
    write_report(review(folder / "after", tmp_path), folder / "sketched.html")
    page = open_browser("en").new_page()
    page.goto((folder / "sketched.html").as_uri())

    step = unfold(page, "4. Find the service")

    expect(step.get_by_text("Baseline, a sketch of its boxes: no picture was taken")).to_be_visible()
    expect(step.get_by_role("img", name="Sketch of Baseline of step 4")).to_contain_text("Purchased Services")
    expect(step.get_by_role("img", name="1 marked in Baseline of step 4").locator("rect")).to_be_visible()
    expect(step.get_by_role("img", name="Step 4 now")).to_be_visible()


def test_findings_are_decided_by_keyboard_and_what_was_accepted_is_approved(
    page: Page, folder: Path, tmp_path: Path
) -> None:
    for text in (RENAMED, LOST, OFFERS, SLOWER, SLOWER):
        page.keyboard.press("j")
        expect(finding(page, text)).to_be_focused()
    page.keyboard.press("a")
    expect(page.get_by_role("status")).to_have_text("0 of 3 decided")
    for text in (OFFERS, LOST, RENAMED):
        page.keyboard.press("k")
        expect(finding(page, text)).to_be_focused()
    page.keyboard.press("a")
    expect(finding(page, RENAMED).get_by_role("button", name="Accept")).to_have_attribute("aria-pressed", "true")
    page.keyboard.press("j")
    page.keyboard.press("a")
    page.keyboard.press("u")
    expect(page.get_by_role("status")).to_have_text("1 of 3 decided")
    page.keyboard.press("r")
    page.keyboard.press("o")
    expect(page.locator("details.step[open]")).to_contain_text("4. Find the service")

    page.reload()
    expect(page.get_by_role("status")).to_have_text("2 of 3 decided")
    page.keyboard.press("?")
    page.get_by_role("checkbox", name="These keys are on").uncheck()
    page.get_by_role("button", name="Close").click()
    page.keyboard.press("j")
    expect(finding(page, RENAMED)).not_to_be_focused()
    with page.expect_download() as saved:
        page.get_by_role("button", name="Save decisions").click()
    assert saved.value.suggested_filename == "decisions.json"
    saved.value.save_as(tmp_path / "decisions.json")

    taken_over = take_over(folder / "after", tmp_path / "decisions.json", folder / "baselines")

    assert [taken.what for taken in taken_over.taken] == [RENAMED]
    assert [left.what for left in review(folder / "after", folder / "baselines").findings] == [LOST, OFFERS]
