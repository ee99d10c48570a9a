"""A crawler that follows every address on the sites' pages."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final
from urllib.parse import SplitResult, parse_qsl, urldefrag, urlencode, urljoin, urlsplit

from flask import Flask
from werkzeug.exceptions import HTTPException
from werkzeug.routing import RequestRedirect
from werkzeug.test import TestResponse

from mock_sites.serving.dispatch import Dispatcher
from mock_sites.tests.support.visitors import Visitor
from mock_sites.web.assets import PREFIX
from mock_sites.web.markup import Element, elements
from mock_sites.world.world import World

MACHINES: Final = {
    *("oauth.token", "usage_push.push", "usage_push.push_older"),
    *(f"production_api.{each}" for each in ("base_v1", "base_v2", "kit_v1", "kit_v2")),
}
"""Addresses for signed calls of other companies' servers, which have no session."""

ADDRESSES: Final = {"a": "href", "link": "href", "script": "src", "img": "src"}
"""The attributes of elements that hold an address for a GET."""

MOST_OF_A_KIND: Final = 3
"""The most addresses of one kind that are opened. More would show the same page with other data."""

_CONTROLS: Final = {"input", "select", "textarea", "button"}

_WRITTEN: Final = re.compile(r"https?://[a-z0-9][^\s<>\"'，。；）)]*[^\s<>\"'，。；）.,;:!?)]")
_CHOICE: Final = re.compile(r"[a-z-]{1,24}")
_NOT_FOLLOWED: Final = ("/language/", "/theme/", "/api/v1/logout")
"""Addresses that change the language or the theme, which ``test_refused_requests`` tests, or sign out."""


@dataclass(frozen=True)
class CrawledPage:
    """The answer with a page."""

    url: str
    status: int
    text: str = field(repr=False)
    elements: list[Element] = field(repr=False)
    """The HTML. Empty if the answer is not a page to check."""
    redirect: str = ""

    @property
    def ids(self) -> set[str]:
        """The ids in it, to which fragments can point."""
        return {element.attributes.get("id", "") for element in self.elements}


@dataclass
class Crawl:
    """Opens all addresses that can be reached from some addresses.

    Addresses are of one kind if the same view of the same host answers them, and their queries share a choice. With
    several choices an address is of several kinds, and is opened if one of them is new: so what is opened grows with
    the number of choices, not with that of their combinations.
    """

    dispatcher: Dispatcher
    world: World
    visitor: Visitor
    leave_out: frozenset[str] = frozenset()
    """Apps whose pages are not opened."""
    pages: dict[str, CrawledPage] = field(default_factory=dict)
    wrong: list[str] = field(default_factory=list)
    """The addresses that lead nowhere, with the page that shows them, one line each."""
    outside: set[str] = field(default_factory=set)
    """Addresses that lead out of this machine."""
    _dead: set[str] = field(default_factory=set)
    """Addresses that are in ``wrong``, each once."""
    _kinds: Counter[tuple[object, ...]] = field(default_factory=Counter)

    def walk(self, *starts: str, shown_at: str = "", deep: bool = True) -> None:
        """Open ``starts`` and, if ``deep``, all addresses found there. A redirect away from a start is no error."""
        waiting = [(start, shown_at) for start in starts]
        while waiting:
            whole, place = waiting.pop()
            url, fragment = urldefrag(whole)
            if fragment.startswith("/"):  # a script makes a path of it
                url, fragment = urljoin(url, fragment[1:]), ""
            page = self.pages.get(url)
            if page is None and self._is_wanted(url):
                page = self.pages[url] = read(url, self.visitor.get(url))
                shown_there = place if page.redirect else url
                waiting += [(found, shown_there) for found in self.addresses(page)] if deep else []
            if (
                place not in {"", url}
                and page
                and page.status >= 400
                and url not in self._dead
                and not self._is_for_machines(url)
            ):
                self._dead.add(url)
                self.wrong.append(f"{place} leads to {url}: {page.status}")
            if fragment and page and page.elements and fragment not in page.ids:
                self.wrong.append(f"{place} leads to {whole}, where nothing has that id")

    def different(self) -> list[CrawledPage]:
        """Pages that together have each kind of element, by tag and class, that the pages of each view have."""
        met, found = set[tuple[str, ...]](), list[CrawledPage]()
        for page in self.pages.values():
            app = self.app_at(page.url)
            view = (app.name, endpoint(app, urlsplit(page.url).path, "GET")) if app else ()
            kinds = {(*view, one.tag, one.attributes.get("class", "")) for one in page.elements}
            if not kinds <= met:
                found.append(page)
            met |= kinds
        return found

    def _is_wanted(self, url: str) -> bool:
        """Whether to open an address: it is on this machine, and only few of its kind have been opened."""
        parts = urlsplit(url)
        if self._is_outside(parts):
            self.outside.add(url)
            return False
        app = self.app_at(url)
        if app is None or app.name in self.leave_out or parts.path.startswith(_NOT_FOLLOWED):
            return False
        view = parts.hostname, endpoint(app, parts.path, "GET") or parts.path
        choices = {(name, value if _CHOICE.fullmatch(value) else "") for name, value in parse_qsl(parts.query)}
        kinds = [(*view, *choice) for choice in choices] or [view]
        self._kinds.update(kinds)
        return any(self._kinds[kind] <= MOST_OF_A_KIND for kind in kinds)

    def _is_outside(self, parts: SplitResult) -> bool:
        hosts = self.world.hosts
        return parts.port != hosts.port or not f".{parts.hostname}".endswith(f".{hosts.domain}")

    def app_at(self, url: str) -> Flask | None:
        """The app that answers at ``url``. None in other worlds, which have the same apps."""
        parts = urlsplit(url)
        if parts.hostname == self.world.hosts.start_host:
            return self.dispatcher.control.apps["api" if parts.path.startswith("/api/") else "pages"]
        documented, found, _ = (parts.hostname or "").rpartition(self.world.host_suffix)
        if not found:
            return None
        site = self.dispatcher.sites.get(documented)
        return site.app_for(parts.path) if site else self.dispatcher.control.apps["lost"]

    def _is_for_machines(self, url: str) -> bool:
        """Whether the address is for calls of servers, not for pages."""
        app = self.app_at(url)
        return app is not None and endpoint(app, urlsplit(url).path, "POST") in MACHINES

    def addresses(self, page: CrawledPage) -> Iterator[str]:
        """The addresses in a page: its links, its GET forms, its redirect, and addresses in its text."""
        if page.redirect:
            yield page.redirect
            return
        for element in page.elements:
            has = element.attributes
            address = has.get(ADDRESSES.get(element.tag, ""))
            if address is not None and not address.startswith("data:"):
                yield urljoin(page.url, address)
            if element.tag == "form" and has.get("method", "get") == "get":
                yield urljoin(page.url, f"{has.get('action') or urlsplit(page.url).path}{_query(page, element)}")
            for action in {"form": ["action"], "button": ["formaction"]}.get(element.tag, []):
                if action in has and (element.tag == "button" or has.get("method") == "post"):
                    self._see_that_it_is_answered(page, urljoin(page.url, has[action]))
        values = {element.text for element in page.elements if element.tag == "textarea"}
        for words in page.elements[0].words if page.elements else [page.text]:
            for found in _WRITTEN.findall("" if words in values else words):
                yield self.world.local(found) if urlsplit(found).hostname in self.dispatcher.sites else found

    def _see_that_it_is_answered(self, page: CrawledPage, url: str) -> None:
        app = self.app_at(url)
        if app is not None and not endpoint(app, urlsplit(url).path, "POST"):
            self.wrong.append(f"{page.url} sends a form to {url}: nothing takes it")


def read(url: str, answer: TestResponse) -> CrawledPage:
    """The page of an answer."""
    return CrawledPage(
        url,
        answer.status_code,
        answer.text if (answer.mimetype or "").startswith("text/") else "",
        elements(answer.text.replace("<wbr>", "")) if answer.mimetype == "text/html" and not answer.location else [],
        urljoin(url, answer.location) if answer.location else "",
    )


def endpoint(app: Flask, path: str, method: str) -> str:
    """The name of the view that answers. Empty if there is none."""
    if path.startswith(PREFIX):
        return ""
    try:
        return app.url_map.bind("").match(path, method)[0]
    except RequestRedirect:
        return f"to {path}"
    except HTTPException:
        return ""


@dataclass(frozen=True)
class PostForm:
    """A form of a page that is sent by POST."""

    page: CrawledPage
    element: Element

    @property
    def address(self) -> str:
        """Where it is sent, unless a button sends it elsewhere."""
        return urljoin(self.page.url, self.element.attributes.get("action") or self.page.url)

    @property
    def controls(self) -> list[Element]:
        """Its fields and buttons that can be used."""
        found = [one for one in self.page.elements if one.tag in _CONTROLS and self.element in one.around()]
        return [one for one in found if not any("disabled" in part.attributes for part in one.around())]

    def defaults(self) -> dict[str, str]:
        """What its fields send if nothing is typed or chosen."""
        return {
            one.attributes["name"]: one.text if one.tag == "textarea" else _initial(self.page, one)
            for one in self.controls
            if one.tag != "button" and "name" in one.attributes and _is_sent(one)
        }

    def chosen(self) -> dict[str, str]:
        """What is chosen in it from the beginning: radio buttons, and options of lists."""
        choices = {one.attributes.get("name") for one in self.controls if one.tag == "select" or _kind(one) == "radio"}
        return {name: value for name, value in self.defaults().items() if name in choices and value}


def forms_in(page: CrawledPage) -> list[PostForm]:
    """The forms of a page that are sent by POST."""
    found = [one for one in page.elements if one.tag == "form" and one.attributes.get("method", "get") == "post"]
    return [PostForm(page, one) for one in found]


def _kind(control: Element) -> str:
    return control.attributes.get("type", "text") if control.tag == "input" else ""


def _is_sent(control: Element) -> bool:
    return _kind(control) not in {"radio", "checkbox"} or "checked" in control.attributes


def _query(page: CrawledPage, form: Element) -> str:
    """The query that a GET form sends with its initial values."""
    fields = {
        element.attributes["name"]: _initial(page, element)
        for element in page.elements
        if element.tag in {"input", "select"} and form in element.around() and "name" in element.attributes
    }
    return f"?{urlencode(fields)}" if fields else ""


def _initial(page: CrawledPage, control: Element) -> str:
    """The value that an input or a select has when the page loads."""
    if control.tag == "input":
        return control.attributes.get("value", "")
    options = [element for element in page.elements if element.tag == "option" and control in element.around()]
    chosen = next((option for option in options if "selected" in option.attributes), options[0])
    return chosen.attributes.get("value", chosen.text)
