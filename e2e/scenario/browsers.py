"""Starting a browser, or saying in one sentence why it does not start."""

from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Browser, Error

from mock_sites import BrowserError


def launch(start: Callable[[], Browser], executable: Path) -> Browser:
    """Start a browser, which is the program ``executable``.

    Raises:
        BrowserError: it does not start.
    """
    try:
        return start()
    except Error as error:
        reason = error.message.splitlines()[0]
        raise BrowserError(f"{executable} does not start ({reason}). Run: mock-sites doctor --fix") from error
