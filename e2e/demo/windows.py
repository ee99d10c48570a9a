"""Browser windows to be watched."""

import json
from contextlib import AbstractContextManager, nullcontext, suppress
from typing import Final, Protocol

from playwright.sync_api import Browser, BrowserContext, Error, Page

from e2e.demo.encoding import HEIGHT, WIDTH
from e2e.scenario.labels import LOCALES, Language

POINTER = 0.5
"""Seconds of a movement of the pointer at normal speed."""
SLOWEST_POINTER = 2.0
"""The most seconds of a movement. They are part of the time that Playwright waits for an element."""

# Playwright's own overlays appear after a page is rendered. This one is there from the first pixel on, above the
# pointer and above dialogs that open later. It changes neither the page nor the actions on it.
_SHOW_OVERLAY: Final = """
html => {
    const show = () => {
        const host = document.createElement('demo-layer');
        const style = {position: 'fixed', inset: 0, width: '100%', height: '100%', margin: 0, padding: 0, border: 0,
            overflow: 'hidden', 'max-width': 'none', 'max-height': 'none',
            background: 'none', 'pointer-events': 'none'};
        for (const [name, value] of Object.entries(style)) host.style.setProperty(name, value, 'important');
        host.popover = 'manual';
        host.ariaHidden = true;
        const inside = host.attachShadow({mode: 'closed'});
        document.documentElement.append(host);
        window.demoLayer = html => {
            inside.innerHTML = html ?? '';
            host.hidePopover();
            if (html !== null) host.showPopover();
        };
        new MutationObserver(() => {
            if (!inside.innerHTML) return;
            host.hidePopover();
            host.showPopover();
        }).observe(document, {attributes: true, attributeFilter: ['open'], subtree: true});
        window.demoLayer(html);
    };
    if (window !== top) return;
    if (window.demoLayer) return window.demoLayer(html);
    if (document.documentElement) return show();
    new MutationObserver((_changes, observer) => {
        if (!document.documentElement) return;
        observer.disconnect();
        show();
    }).observe(document, {childList: true});
}
"""


class Watcher(Protocol):
    """Somebody who looks at the windows, such as a film."""

    def watch(self, context: BrowserContext) -> None:
        """Look at the pages of ``context`` from now on."""
        ...


class Windows:
    """Opens windows that show the pointer, with an overlay on every page."""

    def __init__(self, browser: Browser, speed: float, *watchers: Watcher) -> None:
        """Windows of ``browser``. At the beginning, actions are immediate and without a pointer."""
        self._browser, self._speed, self._watchers = browser, speed, watchers
        self._pointer = False
        self._overlay: str | None = None
        self._scripts: dict[BrowserContext, AbstractContextManager[object]] = {}
        self.contexts: list[BrowserContext] = []

    def open(self, language: Language) -> BrowserContext:
        """A window for one person. The overlay is the first thing to be seen in it."""
        context = self._browser.new_context(
            locale=LOCALES[language],
            viewport={"width": WIDTH, "height": HEIGHT},
            # The sites allow no inline style, but the overlay needs it.
            bypass_csp=True,
        )
        self.contexts.append(context)
        self._show_overlay(context, self._overlay)
        for watcher in self._watchers:
            watcher.watch(context)
        context.on("page", self._dress_with_pointer)
        return context

    @property
    def pages(self) -> list[Page]:
        """All pages that are open."""
        return [page for context in self.contexts for page in context.pages]

    def show_pointer(self, *, shown: bool) -> None:
        """Show or hide the pointer at actions."""
        self._pointer = shown
        for page in self.pages:
            self._dress_with_pointer(page)

    def show_overlay(self, html: str | None, *, only: BrowserContext | None = None) -> None:
        """Show ``html`` over every page that is open or will be, instead of the current overlay.

        With ``only``, over the pages of one person.
        """
        if only is None:
            self._overlay = html
        for context in self.contexts if only is None else [only]:
            self._show_overlay(context, html)

    def close(self) -> None:
        """Close all windows."""
        for context in self.contexts:
            with suppress(Error):  # a browser that has ended has closed its windows
                context.close()
        self.contexts.clear()

    def _show_overlay(self, context: BrowserContext, html: str | None) -> None:
        earlier = self._scripts.get(context, nullcontext())
        self._scripts[context] = context.add_init_script(f"({_SHOW_OVERLAY})({json.dumps(html)})")
        with earlier:
            """Leaving it removes the earlier script."""
        for page in context.pages:
            with suppress(Error):  # the page is just loading another one; the script above covers that
                page.evaluate(_SHOW_OVERLAY, html)

    def _dress_with_pointer(self, page: Page) -> None:
        with suppress(Error):  # a page can be closed meanwhile
            if self._pointer:
                # The title would show the action in Playwright's words, with the text typed into password fields.
                seconds = min(POINTER / self._speed, SLOWEST_POINTER)
                page.screencast.show_actions(
                    cursor="pointer", duration=1000 * seconds, style={"title": "display: none"}
                )
            else:
                page.screencast.hide_actions()
