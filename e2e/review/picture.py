"""A picture of a report, as it looks in a browser."""

from io import BytesIO
from pathlib import Path
from typing import Final

from PIL import Image
from playwright.sync_api import Page

from e2e.demo.errors import DemoError
from e2e.demo.setting import start_browser
from mock_sites.review.errors import ReviewError

WIDTH: Final = 1280
HEIGHT: Final = 1560
"""Pixels of a report that are shown at most."""
COLOURS: Final = 64
"""The number of colours: small, and without a visible loss."""


def write_picture(report: Path, file: Path) -> None:
    """Write a picture of the report, with the first step that differs unfolded, to ``file``.

    Raises:
        ReviewError: there is no browser on this machine.
    """
    try:
        with start_browser(headed=False) as browser:
            page = browser.new_page(viewport={"width": WIDTH, "height": HEIGHT}, color_scheme="light")
            page.goto(report.absolute().as_uri())
            _unfold(page)
            content = page.screenshot(animations="disabled")
    except DemoError as error:
        raise ReviewError(str(error)) from error
    file.parent.mkdir(parents=True, exist_ok=True)
    with Image.open(BytesIO(content)) as picture:
        picture.convert("RGB").quantize(COLOURS).save(file, "PNG", optimize=True)


def _unfold(page: Page) -> None:
    """Unfold the first step that differs, and scroll to the top."""
    if page.get_by_role("region", name="What changed").get_by_role("listitem").count():
        page.keyboard.press("j")
        page.keyboard.press("o")
        page.locator(".step[open] summary:focus").wait_for()
        page.evaluate("scrollTo(0, 0)")
