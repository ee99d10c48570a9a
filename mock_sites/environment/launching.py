"""How to start a browser of this machine, or one sentence why there is none."""

import os
import sys

from mock_sites.environment.browsers import LaunchOptions, find_chromium, launch_options
from mock_sites.http.host_names import LOCALHOST


class BrowserError(Exception):
    """No browser can be started; the text says why and what to do."""


def has_display() -> bool:
    """Whether there is somewhere to show a window."""
    if sys.platform in {"darwin", "win32"}:
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def is_debugged() -> bool:
    """Whether ``PWDEBUG`` asks for Playwright's inspector, which waits in a window until somebody goes on."""
    return os.environ.get("PWDEBUG", "") not in {"", "0", "false", "console"}


def browser_options(*, headed: bool, domain: str = LOCALHOST) -> LaunchOptions:
    """How to start a browser of this machine, with a window if it is to be ``headed`` or debugged.

    It reaches this machine only. ``domain``, that of the sites, leads there too.

    Raises:
        BrowserError: there is no such browser, or no display for its window.
    """
    headed = headed or is_debugged()
    if headed and not has_display():
        leave_out = "Unset PWDEBUG" if is_debugged() else "Leave out --headed"
        raise BrowserError(f"There is no display to show a browser on. {leave_out}, or try xvfb-run.")
    chromium = find_chromium(headed=headed)
    if chromium is None:
        what = "that can show a window " if headed else ""
        raise BrowserError(f"There is no browser {what}on this machine. Run: mock-sites doctor --fix")
    return launch_options(chromium, headed=headed, domain=domain)
