"""Browser windows to be watched."""

from contextlib import AbstractContextManager, suppress
from typing import Protocol

from playwright.sync_api import Browser, BrowserContext, Error, Page

from e2e.demo.encoding import HEIGHT, WIDTH
from e2e.stage.words import LOCALES, Language

POINTER = 0.5
"""Seconds that the pointer takes to where it acts at normal speed."""


class Watcher(Protocol):
    """Somebody who looks at the windows, such as a film."""

    def watch(self, context: BrowserContext) -> None:
        """Look at the pages of ``context`` from now on."""
        ...


class Windows:
    """Opens windows in which the pointer is shown and something can be laid over every page."""

    def __init__(self, browser: Browser, speed: float, *watchers: Watcher) -> None:
        """Windows of ``browser``; at the beginning, everything is done at once and without a pointer."""
        self._browser, self._speed, self._watchers = browser, speed, watchers
        self._pointer = False
        self._laid: str | None = None
        self._lying: dict[Page, AbstractContextManager[object]] = {}
        self.contexts: list[BrowserContext] = []

    def open(self, language: Language) -> BrowserContext:
        """A window for one person."""
        context = self._browser.new_context(
            locale=LOCALES[language],
            viewport={"width": WIDTH, "height": HEIGHT},
            # The sites allow no inline style, which is what the chapters are made with.
            bypass_csp=True,
        )
        self.contexts.append(context)
        for watcher in self._watchers:
            watcher.watch(context)
        context.on("page", self._dress)
        return context

    @property
    def pages(self) -> list[Page]:
        """All pages that are open."""
        return [page for context in self.contexts for page in context.pages]

    def show_pointer(self, *, shown: bool) -> None:
        """Show the pointer wherever something is done, or no longer."""
        self._pointer = shown
        for page in self.pages:
            self._dress_with_pointer(page)

    def lay(self, html: str | None) -> None:
        """Lay ``html`` over every page that is open or will be, in place of what lies there."""
        self._laid = html
        for page in self.pages:
            self._dress_with_laid(page)

    def close(self) -> None:
        """Close all windows."""
        for context in self.contexts:
            context.close()
        self.contexts.clear()

    def _dress(self, page: Page) -> None:
        self._dress_with_pointer(page)
        self._dress_with_laid(page)

    def _dress_with_pointer(self, page: Page) -> None:
        with suppress(Error):  # a page can be closed meanwhile
            if self._pointer:
                # The title would name the action in Playwright's words, with whatever is typed into a password field.
                page.screencast.show_actions(
                    cursor="pointer", duration=1000 * POINTER / self._speed, style={"title": "display: none"}
                )
            else:
                page.screencast.hide_actions()

    def _dress_with_laid(self, page: Page) -> None:
        with suppress(Error):
            lying = self._lying.pop(page, None)
            if self._laid is not None:
                self._lying[page] = page.screencast.show_overlay(self._laid)
            if lying:
                with lying:
                    """Leaving it takes it away."""
