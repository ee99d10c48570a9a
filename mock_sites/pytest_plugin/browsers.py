"""The browser of tests with the mock sites: a Chromium of this machine, in place of one that Playwright downloads."""

from __future__ import annotations

from typing import Any, Final

import pytest

# ruff: noqa: PLC0415

_WANTED: Final = pytest.StashKey[bool]()
_WHEN: Final = ("auto", "always", "never")


def pytest_configure(config: pytest.Config) -> None:
    """Refuse a setting that means nothing.

    Raises:
        pytest.UsageError: ``mock_browser`` is none of its values.
    """
    if config.getini("mock_browser") not in _WHEN:
        raise pytest.UsageError(f"mock_browser is {config.getini('mock_browser')!r}. Use one of {', '.join(_WHEN)}.")


def pytest_collection_finish(session: pytest.Session) -> None:
    """See whether a test uses the mock sites: nothing is changed in runs that do not."""
    used = (isinstance(item, pytest.Function) and "mock_server" in item.fixturenames for item in session.items)
    when = session.config.getini("mock_browser")
    session.config.stash[_WANTED] = when == "always" or (when == "auto" and any(used))


@pytest.fixture(scope="session")
def browser_type_launch_args(
    browser_type_launch_args: dict[str, Any], browser_name: str, pytestconfig: pytest.Config
) -> dict[str, Any]:
    """How to start the browser: a Chromium that is there, unless the command line asks for another one."""
    another = browser_name != "chromium" or pytestconfig.getoption("--browser-channel")
    if another or not pytestconfig.stash.get(_WANTED, False):
        return browser_type_launch_args
    from mock_sites import BrowserError, browser_options

    try:
        found = browser_options(headed=browser_type_launch_args.get("headless") is False)
    except BrowserError as error:
        reason = str(error)
    else:
        return {**found, **browser_type_launch_args}
    pytest.fail(reason, pytrace=False)
