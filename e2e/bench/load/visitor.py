"""A visitor without a browser: opens pages, follows their links, and sends their forms as they are on the page."""

import time
from collections.abc import Callable
from typing import Any, Final
from urllib.parse import urljoin

import httpx
from lxml import html  # pyright: ignore[reportMissingImports]

from e2e.bench.load.results import Request
from mock_sites import LoopbackTransport

PATIENCE: Final = 60.0
"""Seconds without an answer after which a request is an error."""

Report = Callable[[Request], object]


class UnexpectedPageError(Exception):
    """A page is not what the journey expects; the text says what is missing."""


class MeasuredTransport(LoopbackTransport):
    """Reports each request to ``report``, redirects too, when its answer is complete."""

    def __init__(self, report: Report) -> None:
        super().__init__()
        self._report = report

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Send a request.

        Raises:
            httpx.HTTPError: there is no answer.
        """
        began = time.perf_counter()
        site = request.url.host.removesuffix(".localhost")
        what = f"{request.method} {site.partition('.com.')[0]}{request.url.path}"
        try:
            response = super().handle_request(request)
            response.read()
        except httpx.HTTPError as error:
            self._report(Request(_milliseconds_since(began), f"{what}: {type(error).__name__}"))
            raise
        refused = response.status_code >= 400
        self._report(Request(_milliseconds_since(began), f"{what}: {response.status_code}" if refused else ""))
        return response


class Visitor:
    """One person with cookies of their own, on one page at a time."""

    def __init__(self, report: Report) -> None:
        self._client = httpx.Client(transport=MeasuredTransport(report), timeout=PATIENCE, follow_redirects=True)
        self._page: Any = None
        self._url = ""

    def close(self) -> None:
        """Close the connections."""
        self._client.close()

    def open(self, url: str) -> None:
        """Open the page at ``url``.

        Raises:
            httpx.HTTPError: it is refused, or there is no answer.
        """
        self._show(self._client.get(urljoin(self._url, url)))

    def reload(self) -> None:
        """Show the page anew.

        Raises:
            httpx.HTTPError: it is refused, or there is no answer.
        """
        self.open(self._url)

    def call(self, url: str, body: object) -> None:
        """Send ``body`` as JSON to an interface for programs. The page stays.

        Raises:
            httpx.HTTPError: it is refused, or there is no answer.
        """
        self._client.post(url, json=body).raise_for_status()

    def follow(self, name: str) -> None:
        """Click the first link called ``name``.

        Raises:
            UnexpectedPageError: there is none.
            httpx.HTTPError: its page is refused, or there is no answer.
        """
        self.open(self._called("//a[@href]", name).get("href"))

    def fill(self, label: str, text: str) -> None:
        """Type ``text`` into the field with this label, or choose the option with this value.

        Raises:
            UnexpectedPageError: there is none.
        """
        self._field(label).value = text

    def check(self, label: str) -> None:
        """Check the box, or choose the radio button, with this label.

        Raises:
            UnexpectedPageError: there is none.
        """
        field = self._field(label)
        if field.type == "radio":
            next(field.iterancestors("form")).inputs[field.name].value = field.get("value")
        else:
            field.checked = True

    def press(self, name: str, *, stay: bool = False) -> None:
        """Press the button called ``name``, which sends its form. ``stay``: its script keeps the page.

        Raises:
            UnexpectedPageError: there is none.
            httpx.HTTPError: it is refused, or there is no answer.
        """
        button = self._called("//form//button", name)
        form = next(button.iterancestors("form"))
        fields: dict[str, list[str]] = {}
        for key, value in form.form_values():
            fields.setdefault(key, []).append(value)
        if button.get("name"):
            fields[button.get("name")] = [button.get("value", "")]
        address = urljoin(self._url, button.get("formaction") or form.get("action") or self._url)
        if form.method == "GET":
            answer = self._client.get(address, params=fields)
        else:
            answer = self._client.post(address, data=fields)
        if stay:
            answer.raise_for_status()
        else:
            self._show(answer)

    def read(self, path: str) -> str:
        """The text or attribute that an XPath selects first on the page.

        Raises:
            UnexpectedPageError: there is none.
        """
        for found in self._page.xpath(path):
            return found.strip() if isinstance(found, str) else _name_of(found)
        raise UnexpectedPageError(f"{self._place}: nothing at {path}")

    @property
    def _place(self) -> str:
        return httpx.URL(self._url).path

    def _show(self, answer: httpx.Response) -> None:
        answer.raise_for_status()
        self._url, self._page = str(answer.url), html.fromstring(answer.content)

    def _called(self, path: str, name: str) -> Any:
        """The first element of an XPath that is called ``name``; those of the page's own content come first."""
        for part in ("//main", ""):
            for found in self._page.xpath(part + path):
                if _name_of(found) == name:
                    return found
        raise UnexpectedPageError(f"{self._place}: no {path.rpartition('/')[2]} called {name}")

    def _field(self, label: str) -> Any:
        for found in self._page.xpath("//label"):
            if _name_of(found).startswith(label):
                inside = found.xpath(".//input")
                return inside[0] if inside else self._page.get_element_by_id(found.get("for"))
        for found in self._page.xpath("//input[@aria-label]"):
            if found.get("aria-label").startswith(label):
                return found
        raise UnexpectedPageError(f"{self._place}: no field called {label}")


def _name_of(element: Any) -> str:
    return " ".join((element.get("aria-label") or element.text_content()).split())


def _milliseconds_since(began: float) -> float:
    return 1000 * (time.perf_counter() - began)
