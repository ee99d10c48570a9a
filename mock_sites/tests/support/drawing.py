"""Draws pages that were crawled, in a browser that asks no server."""

from collections.abc import Generator, Iterable
from contextlib import contextmanager
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Browser, Page, Route
from werkzeug.test import Client

from mock_sites.serving.dispatch import Dispatcher
from mock_sites.tests.support.crawling import CrawledPage
from mock_sites.web.assets import PREFIX

NARROW, WIDE, HEIGHT = 360, 1280, 720
"""Pixels."""


@contextmanager
def browser_page(
    browser: Browser, dispatcher: Dispatcher, pages: Iterable[CrawledPage], **look: Any
) -> Generator[Page]:
    """A browser's page for which the crawled pages, with style sheets and scripts, are all that there is."""
    texts, assets = {page.url: page.text for page in pages}, Client(dispatcher)

    def answer(route: Route) -> None:
        url, parts = route.request.url, urlsplit(route.request.url)
        if parts.path.startswith(PREFIX):
            found = assets.get(parts.path, base_url=f"{parts.scheme}://{parts.netloc}/")
            route.fulfill(body=found.data, content_type=found.content_type)
        elif url in texts:
            route.fulfill(body=texts[url], content_type="text/html; charset=utf-8")
        else:  # a script's request, such as for a stream of events
            route.abort()

    context = browser.new_context(reduced_motion="reduce", **look)
    try:
        page = context.new_page()
        page.route("**/*", answer)
        yield page
    finally:
        context.close()
