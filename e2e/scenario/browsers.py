"""Starting a browser here, or on the machine of a browser server, or saying in one sentence why it does not start.

A *browser server* is Playwright's own: ``playwright run-server``. It starts a browser for each client, and brings the
requests of this browser to the client, where the sites are.
"""

import json
import os
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

from playwright.sync_api import Browser, BrowserType, Error

from mock_sites import BrowserError

_SITES: Final = "<loopback>"
"""Playwright's pattern for the names that a browser elsewhere asks this machine for: localhost and what ends so."""

_BOX: Final = str.maketrans("", "", "╔═╗║╚╝")
"""What Playwright draws around its longer messages."""


def launch(start: Callable[[], Browser], executable: Path) -> Browser:
    """Start a browser, which is the program ``executable``.

    Raises:
        BrowserError: it does not start.
    """
    try:
        return start()
    except Error as error:
        reason = error.message.splitlines()[0]
        is_chosen = os.environ.get("MOCK_SITES_CHROMIUM") == str(executable)
        advice = "Correct or unset the variable MOCK_SITES_CHROMIUM." if is_chosen else "Run: mock-sites doctor --fix"
        raise BrowserError(f"{executable} does not start ({reason}). {advice}") from error


def connect_options(server: str, **launching: Any) -> dict[str, Any]:
    """Keyword arguments of Playwright's ``browser_type.connect``, for a browser of the ``server`` at a ws:// address.

    ``launching`` has options for its start, in the spelling of Playwright for Node. The server does not read them if
    its address has the parameter ``launch-options``.
    """
    headers = {"x-playwright-launch-options": json.dumps(launching)}
    return {"endpoint": server, "expose_network": _SITES, "headers": headers}


def connect(browser_type: BrowserType, server: str, *, headed: bool) -> Browser:
    """A browser of a browser server, with a window on that machine if it is to be ``headed``.

    Raises:
        BrowserError: there is no such server, or it cannot start a browser.
    """
    return connected(lambda: browser_type.connect(**connect_options(server, headless=not headed)), server)


def connected(connect: Callable[[], Browser], server: str) -> Browser:
    """The browser that ``connect`` gets from a browser server.

    Raises:
        BrowserError: there is no such server, or it cannot start a browser.
    """
    try:
        return connect()
    except Error as error:
        reason = " ".join(error.message.partition("Call log:")[0].translate(_BOX).split())
        raise BrowserError(
            f"The browser server at {_address(server)} gives no browser. Start it with `playwright run-server`, of the "
            f"same version as here, on a machine that has a browser. Playwright says: {reason}"
        ) from error


def check_reach(browser: Browser, sites: str) -> None:
    """Check that a browser of a browser server reaches the ``sites``, whose address is on this machine.

    Raises:
        BrowserError: it does not.
    """
    with closing(browser.new_page()) as page:
        try:
            page.goto(sites)
        except Error as error:
            raise BrowserError(
                f"The browser of the browser server does not reach the sites at {sites}. Only `playwright run-server` "
                "brings requests from its machine to this one. A browser of `playwright launch-server` needs a "
                f"forwarded port. Playwright says: {error.message.splitlines()[0]}"
            ) from error


def _address(server: str) -> str:
    """The address without what may be secret: a user's name, a password, parameters."""
    address = urlsplit(server)
    return f"{address.scheme}://{address.netloc.rpartition('@')[2]}{address.path}"
