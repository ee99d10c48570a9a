"""Browser windows to be watched."""

from contextlib import suppress

from playwright.sync_api import Browser, BrowserContext, Error, Page

from e2e.stage.actor import OpenBrowser
from e2e.stage.words import LOCALES, Language

POINTER = 0.5
"""Seconds that the pointer takes to where it acts at normal speed."""


def opener(browser: Browser, speed: float) -> OpenBrowser:
    """Opens windows in which the pointer and chapters are shown."""

    def show_pointer(page: Page) -> None:
        with suppress(Error):  # a page can be closed before its pointer is there
            page.screencast.show_actions(cursor="pointer", duration=1000 * POINTER / speed)

    def open_browser(language: Language) -> BrowserContext:
        context = browser.new_context(
            locale=LOCALES[language],
            viewport={"width": 1280, "height": 800},
            # The sites allow no inline style, which is what the chapters are made with.
            bypass_csp=True,
        )
        context.on("page", show_pointer)
        return context

    return open_browser
