"""The pages of a world that links lead to."""

import re
from collections import Counter, deque
from collections.abc import Iterator
from typing import Final
from urllib.parse import parse_qsl, urldefrag, urlsplit

from playwright.sync_api import Error, Page

from e2e.scenario.actor import Actor
from mock_sites.client import DocumentedAddresses

_CHOICE: Final = re.compile(r"[a-z-]{1,24}")
_REGION: Final = re.compile(r"^[a-z]{2}\d-")
"""What the hosts of a regional site begin with. The pages of all of them are the same."""
_VARYING: Final = re.compile(r"[^/]*\d[^/]*")
_NOT_FOLLOWED: Final = ("/language/", "/theme/", "/api/")
"""Addresses that change the language, and those for programs, of which one signs out."""
_LINKS: Final = """() =>
  [...document.querySelectorAll('a[href]:not([href^="#"], [download])')].map(link => link.href)"""

Kind = tuple[str, ...]


class SeenKinds:
    """The kinds of addresses whose pages have been seen.

    Two addresses are of one kind if they only differ in ids and in typed words. One with several choices, such as a tab
    and a sorting, is of several kinds: so the number of kinds grows with the choices, not with their combinations.
    """

    def __init__(self, most_choices: int = 8) -> None:
        """Nothing has been seen. Of a choice, such as that of a tab, so many values are different kinds."""
        self._most_choices = most_choices
        self._kinds: set[Kind] = set()
        self._choices = Counter[Kind]()

    def anew(self) -> "SeenKinds":
        """The same with nothing seen."""
        return SeenKinds(self._most_choices)

    def add(self, url: str) -> bool:
        """Note that a page is seen, and return whether one of its kinds is new."""
        is_new = False
        for kind in set(_kinds(url)) - self._kinds:
            self._kinds.add(kind)
            self._choices[kind[:-1]] += 1
            is_new = is_new or self._choices[kind[:-1]] <= self._most_choices
        return is_new


def open_links(actor: Actor, seen: SeenKinds) -> Iterator[tuple[Page, str]]:
    """Open the pages of kinds not ``seen`` yet that links lead to from the page that an actor looks at, and from the
    world's start page, one after the other in another tab. Each comes with the address of the page that has the link.
    What is done in the tab in between does not matter.
    """
    waiting = deque((address, actor.page.url) for address in [*links_of(actor.page), actor.world.addresses.url])
    page = actor.in_another_tab().page
    while waiting:
        url, place = waiting.popleft()
        if not may_be_opened(url, actor.world.addresses) or not seen.add(url):
            continue
        try:
            answer = page.goto(url)
        except Error:  # a file, which is downloaded
            continue
        waiting += [(address, url) for address in links_of(page)]
        if answer and answer.headers.get("content-type", "").startswith("text/html"):
            yield page, place
    page.close()


def links_of(page: Page) -> list[str]:
    """The addresses of other pages that the links of a page lead to, without fragments, in their order."""
    addresses: list[str] = page.evaluate(_LINKS)
    return list(dict.fromkeys(urldefrag(address)[0] for address in addresses))


def may_be_opened(url: str, world: DocumentedAddresses) -> bool:
    """Whether an address is on the sites or the start page of a world, and opening it changes nothing."""
    parts = urlsplit(url)
    here = parts.netloc.endswith(world.suffix) or parts.netloc == urlsplit(world.url).netloc
    return here and not parts.path.startswith(_NOT_FOLLOWED)


def _kinds(url: str) -> Iterator[Kind]:
    parts = urlsplit(url)
    page = _REGION.sub("", parts.netloc), _VARYING.sub("*", parts.path)
    choices = [(name, value if _CHOICE.fullmatch(value) else "") for name, value in parse_qsl(parts.query)]
    yield from [(*page, *choice) for choice in choices or [("", "")]]
