"""A person who acts in a journey, with a browser of their own."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from functools import cached_property
from typing import Final, Literal

from playwright.sync_api import BrowserContext, Locator, Page, expect

from e2e.clauses import all_clauses
from e2e.scenario.labels import Labels, Language
from mock_sites.client import World

ActorName = Literal["buyer", "employee", "colleague", "manager", "operator"]
"""The buyer, who has the Huawei Cloud account; the employee, who works with Guance; a colleague, who does so at another
site; and Guance's account manager."""

PATIENCE: Final = 5
"""Seconds of real time to wait for a page or an element, the same in tests, recordings and demos. Playwright's own
expectations wait as long."""

PICTURE_LIMIT: Final = 60
"""Seconds of real time to wait for a picture of a page. Nobody on the page waits for it, and a busy machine draws a
long page for longer than ``PATIENCE``."""

OpenBrowser = Callable[[Language], BrowserContext]
"""Opens a browser window of its own, with no cookies yet, that prefers the language."""


class Actor:
    """A person in front of one tab of a browser.

    Attributes:
        name: the person's name in the journey, such as "buyer".
        world: where the person is.
        language: the language the person's browser prefers.
        has_read: the ids of the clauses whose words the person has read.
    """

    def __init__(self, name: ActorName, world: World, language: Language, open_browser: OpenBrowser) -> None:
        """The browser is opened at its first use."""
        self.name: ActorName = name
        self.world = world
        self.language: Language = language
        self.has_read: list[str] = []
        self._open_browser = open_browser

    @cached_property
    def context(self) -> BrowserContext:
        """The person's browser."""
        context = self._open_browser(self.language)
        # Playwright's own patience differs: 30 seconds for these, 5 for what is expected of a page.
        context.set_default_timeout(1000 * PATIENCE)
        context.set_default_navigation_timeout(1000 * PATIENCE)
        return context

    @cached_property
    def page(self) -> Page:
        """The tab the person looks at."""
        return self.context.new_page()

    @property
    def has_browser(self) -> bool:
        """Whether the person has opened the browser yet."""
        return "context" in self.__dict__

    @property
    def has_page(self) -> bool:
        """Whether the person has opened a page yet."""
        return "page" in self.__dict__

    def sits_at(self, page: Page) -> None:
        """Use a window that is open already."""
        self.context, self.page = page.context, page

    def in_another_tab(self) -> "Actor":
        """The same person with a second tab of the same browser."""
        return Actor(self.name, self.world, self.language, lambda _language: self.context)

    def at(self, page: Page) -> "Actor":
        """The same person with a tab that something has opened."""
        reader = self.in_another_tab()
        reader.page = page
        return reader

    def labels(self, area: str) -> Labels:
        """The labels of a page area in the person's language."""
        return Labels(area, self.language)

    def reads(self, clause: str, where: Locator) -> None:
        """Expect the text of a documented note on the page, in the person's language."""
        expect(where).to_be_visible()
        for words in all_clauses()[clause].reads[self.language]:
            expect(where).to_contain_text(words)
        self.has_read.append(clause)

    def waits_for_next_page(self) -> AbstractContextManager[object]:
        """Do something that leads to another page, and wait for that page, which may look like the one before."""
        return self.page.expect_event("domcontentloaded")

    def opens(self, url: str) -> int:
        """Go to an address of the documents, as if typed into the address bar; the status of the answer."""
        answer = self.page.goto(self.world.local(url))
        return answer.status if answer else 0
