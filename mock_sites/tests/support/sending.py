"""Sends forms as a browser does, with the CSRF token of their page, and reads the texts of pages."""

import html
import re

import httpx


def token(page: httpx.Response) -> str:
    """The CSRF token of the page's first form."""
    found = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', page.text)
    assert found, page.text
    return found[1]


def post(client: httpx.Client, address: str, **fields: str | bytes) -> httpx.Response:
    """Send the form of the page at ``address``. Bytes are sent as files."""
    files = {name: value for name, value in fields.items() if isinstance(value, bytes)}
    texts = {name: value for name, value in fields.items() if isinstance(value, str)}
    return client.post(address, data={"csrf_token": token(client.get(address)), **texts}, files=files or None)


def without_tags(page: str) -> str:
    """The texts of a page, or of a part of it, as they are read."""
    return html.unescape(re.sub("<[^>]*>", "", page))
