"""What is laid over the pages of a demo: captions, on top from the first picture on and never cut; and subtitles."""

from collections.abc import Iterator
from contextlib import closing
from io import BytesIO
from pathlib import Path
from typing import Final
from unittest.mock import Mock

import pytest
from PIL import Image
from playwright.sync_api import Browser, Error, Page, ScreencastFrame, expect

from e2e.demo.captions import Captions
from e2e.demo.encoding import HEIGHT, WIDTH
from e2e.demo.subtitles import Cue, SubtitlesFile
from e2e.demo.tours import TOURS
from e2e.demo.windows import Windows
from e2e.journeys import JOURNEYS
from e2e.pages.huawei_account import SignInPage
from e2e.pages.huawei_marketplace import ProductPage, Prompt
from e2e.scenario.actor import Actor
from e2e.scenario.labels import LANGUAGES
from mock_sites.client import World

LINES: Final = 2
"""How many lines a caption may have."""

RED: Final = "<div style='position: absolute; inset: 0; background: red'></div>"

# The captions that are cut off or wider or higher than they may be, by their words.
MEASURE: Final = """
([layers, lines]) => layers.flatMap(html => {
    document.body.innerHTML = html;
    const inside = element => {
        const {left, top, right, bottom} = element.getBoundingClientRect();
        return left >= 0 && top >= 0 && right <= innerWidth && bottom <= innerHeight
            && element.scrollWidth <= element.clientWidth + 1 && element.scrollHeight <= element.clientHeight + 1;
    };
    const all = [...document.body.querySelectorAll('.title, .card, .strip, p, h1')];
    const words = document.querySelector('.caption, .words');
    const height = parseFloat(getComputedStyle(words ?? document.body).lineHeight);
    // The title of the step stands in a line of its own in the strip.
    const most = words?.matches('.words') ? lines + 1 : lines;
    const bad = all.filter(element => !inside(element)).map(element => element.outerHTML);
    const long = words && words.clientHeight > most * height + 1 ? [words.innerText] : [];
    return [...bad, ...long];
})
"""


@pytest.fixture
def windows(browser: Browser) -> Iterator[Windows]:
    """Windows of a demo."""
    with closing(Windows(browser, 100)) as opened:
        yield opened


def test_no_caption_is_cut_or_too_long(windows: Windows) -> None:
    page = windows.open("en").new_page()
    layers = [
        layer
        for journey in (JOURNEYS | TOURS).values()
        for language in LANGUAGES
        for captions in [Captions(journey, language)]
        for layer in (
            captions.title(ready=False),
            *(shown(step) for step in journey.steps for shown in (captions.chapter, captions.during, captions.pause)),
        )
    ]

    assert page.viewport_size == {"width": WIDTH, "height": HEIGHT}
    assert page.evaluate(MEASURE, [layers, LINES]) == []
    assert page.evaluate(MEASURE, [[layers[1]], 0]) != [], "a caption that is too long is found"


def test_each_caption_is_written_for_people_in_both_languages() -> None:
    for journey in (JOURNEYS | TOURS).values():
        texts = [journey.about, *(step.caption for step in journey.steps)]
        assert all(text and text.en.endswith((".", "?")) and text.zh.endswith(("。", "？")) for text in texts)


def test_clauses_are_named_only_where_they_are_wanted() -> None:
    journey = JOURNEYS["purchase-to-login"]
    step = journey.steps[1]

    for shown in (Captions(journey, "en").chapter(step), Captions(journey, "en").during(step)):
        assert "buy-1" not in shown
    with_clauses = Captions(journey, "en", clauses=True)
    for shown in (with_clauses.chapter(step), with_clauses.during(step)):
        assert "Clauses: buy-1" in shown


def test_what_is_laid_over_the_pages_is_on_top_from_the_first_picture_on(windows: Windows, world: World) -> None:
    seen, complaints = list[bytes](), list[str]()

    def watch(page: Page) -> None:
        def on_frame(frame: ScreencastFrame) -> None:
            seen.append(frame["data"])

        page.screencast.start(on_frame=on_frame)

    windows.show_overlay(RED)
    context = windows.open("en")
    context.on("page", watch)
    context.on("console", lambda message: complaints.append(message.text))
    buyer = Actor("buyer", world, "en", lambda _language: context)

    assert is_red(buyer.page.screenshot())
    SignInPage(buyer).open().sign_in_as(world.people()["verified-buyer"])
    ProductPage(buyer).open().subscribe_now.click()
    expect(Prompt(buyer).dialog).to_be_visible()
    assert is_red(buyer.page.screenshot()), "the dialog was opened later, but is below"
    assert len(seen) > 1
    assert all(is_red(picture) for picture in seen[1:]), "only the first can be of a window that is just opening"

    windows.show_overlay(None)
    windows.show_pointer(shown=True)
    Prompt(buyer).terms.check()
    assert not is_red(buyer.page.screenshot())
    windows.show_overlay(RED)
    while not is_red(seen[-1]):
        buyer.page.evaluate("new Promise(requestAnimationFrame)")
    assert complaints == []


def test_windows_of_a_closed_browser_are_closed_without_an_error() -> None:
    browser = Mock()
    browser.new_context.return_value.pages = []
    browser.new_context.return_value.close.side_effect = Error("Target page, context or browser has been closed")
    windows = Windows(browser, 100)
    windows.open("en")

    windows.close()

    assert windows.contexts == []


def test_subtitles_are_webvtt_as_a_browser_reads_it(windows: Windows, tmp_path: Path) -> None:
    path = tmp_path / "film.vtt"
    page = windows.open("en").new_page()

    SubtitlesFile(path).write(
        [Cue(0, "What it shows."), Cue(1.5, "More > Close Resource & wait", "Buyer"), Cue(3661.0405, "别走", "员工")],
        3700,
    )

    read = page.evaluate(
        """text => new Promise(done => {
            const track = document.createElement('track');
            track.src = URL.createObjectURL(new Blob([text], {type: 'text/vtt'}));
            track.onload = () => done([...track.track.cues].map(cue =>
                [cue.startTime, cue.endTime, cue.getCueAsHTML().textContent, cue.text.slice(0, 3)]));
            document.body.append(Object.assign(document.createElement('video'), {id: 'video'}));
            video.append(track);
            track.track.mode = 'hidden';
        })""",
        path.read_text(encoding="utf-8"),
    )
    assert read == [
        [0, 1.5, "What it shows.", "Wha"],
        [1.5, 3661.04, "More > Close Resource & wait", "<v "],
        [3661.04, 3700, "别走", "<v "],
    ]


def is_red(picture: bytes) -> bool:
    """Whether every pixel of a picture is red, or nearly so."""
    with Image.open(BytesIO(picture)) as opened:
        reds, greens, blues = opened.convert("RGB").resize((64, 40)).split()
        return min(reds.tobytes()) > 200 and max(greens.tobytes()) < 60 and max(blues.tobytes()) < 60
