"""The browser of tests with the mock sites: a Chromium of this machine, in place of one that Playwright downloads."""

from __future__ import annotations

import warnings
from collections.abc import Generator
from typing import Any

import pytest

from mock_sites.pytest_plugin import BROWSER_LEFT_ALONE, USED

# ruff: noqa: PLC0415


@pytest.hookimpl(wrapper=True)
def pytest_fixture_setup(fixturedef: pytest.FixtureDef[Any]) -> Generator[None, object, object]:
    """Ignore that pytest-playwright 0.10 defines ``base_url`` in a way that pytest 9.1 calls deprecated."""
    if fixturedef.argname != "base_url":
        return (yield)
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", "Session-scoped fixtures defined as instance methods")
        return (yield)


def pytest_collection_finish(session: pytest.Session) -> None:
    """See whether a test uses the mock sites: nothing is changed in runs that do not, and that are not reviewed."""
    reviewed = session.config.getoption("--review") or session.config.getoption("--approve")
    used = any("mock_server" in getattr(item, "fixturenames", ()) for item in session.items)
    session.config.stash[USED] = bool(reviewed or used)


@pytest.fixture(scope="session")
def browser_type_launch_args(
    browser_type_launch_args: dict[str, Any],
    browser_name: str,
    connect_options: dict[str, Any] | None,
    mock_domain: str,
    pytestconfig: pytest.Config,
) -> dict[str, Any]:
    """How to start the browser: a Chromium of this machine, unless the project connects to one elsewhere, or the
    command line asks for another one.
    """
    when = pytestconfig.getini("mock_browser")
    if connect_options or when == "never" or browser_name != "chromium" or pytestconfig.getoption("--browser-channel"):
        return browser_type_launch_args
    if when == "auto" and not pytestconfig.stash[USED]:
        pytestconfig.stash[BROWSER_LEFT_ALONE] = True
        return browser_type_launch_args
    from mock_sites import BrowserError, browser_options

    try:
        found = browser_options(headed=browser_type_launch_args.get("headless") is False, domain=mock_domain)
    except BrowserError as error:
        reason = str(error)
    else:
        return {**found, **browser_type_launch_args}
    pytest.fail(reason, pytrace=False)
