"""Which browser is started: one with a window where that is asked for, or a sentence that says what to do."""

from pathlib import Path
from unittest.mock import Mock

import pytest
from playwright.sync_api import Browser, Error

from e2e.scenario.actor import PATIENCE, Actor
from e2e.scenario.browsers import launch
from mock_sites import BrowserError, browser_options


@pytest.fixture
def no_browser(monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine with a display and without any browser."""
    monkeypatch.setenv("DISPLAY", ":99")
    monkeypatch.delenv("PWDEBUG", raising=False)

    def find_none(*, headed: bool) -> None:
        pass

    monkeypatch.setattr("mock_sites.environment.launching.find_chromium", find_none)


@pytest.mark.usefixtures("no_browser")
def test_on_a_machine_without_a_browser_the_error_says_how_to_get_one() -> None:
    with pytest.raises(BrowserError, match=r"^There is no browser on this machine\. Run: mock-sites doctor --fix$"):
        browser_options(headed=False)


@pytest.mark.usefixtures("no_browser")
@pytest.mark.parametrize("value", ["1", "inspector"])
def test_where_playwrights_inspector_waits_for_people_a_window_is_needed(
    monkeypatch: pytest.MonkeyPatch, value: str
) -> None:
    monkeypatch.setenv("PWDEBUG", value)

    with pytest.raises(BrowserError, match=r"^There is no browser that can show a window on this machine"):
        browser_options(headed=False)

    monkeypatch.setenv("PWDEBUG", "console")
    with pytest.raises(BrowserError, match=r"^There is no browser on this machine"):
        browser_options(headed=False)


def test_a_browser_that_does_not_start_is_reported_with_how_to_get_another(monkeypatch: pytest.MonkeyPatch) -> None:
    def start() -> Browser:
        raise Error("broken\nmore about it")

    with pytest.raises(BrowserError, match=r"^/b does not start \(broken\)\. Run: mock-sites doctor --fix$"):
        launch(start, Path("/b"))
    monkeypatch.setenv("MOCK_SITES_CHROMIUM", "/b")
    with pytest.raises(BrowserError, match=r"\(broken\)\. Correct or unset the variable MOCK_SITES_CHROMIUM\.$"):
        launch(start, Path("/b"))


def test_every_actors_browser_has_the_same_timeouts() -> None:
    opened = Mock()

    assert Actor("buyer", Mock(), "en", lambda _language: opened).context is opened

    opened.set_default_timeout.assert_called_once_with(1000 * PATIENCE)
    opened.set_default_navigation_timeout.assert_called_once_with(1000 * PATIENCE)
