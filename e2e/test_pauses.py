"""Pauses of a demo: by which keys it goes on, and what becomes of what was done by hand."""

import os
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect
from rich.console import Console

from e2e.demo.captions import Captions
from e2e.demo.errors import DemoError
from e2e.demo.keys import Keys
from e2e.demo.pauses import Pauses
from e2e.demo.windows import Windows
from e2e.journeys import Journey, Text
from e2e.pages.huawei_account import ConsolePage as CloudConsole
from e2e.pages.huawei_account import SignInPage
from e2e.scenario.actor import Actor
from e2e.scenario.scenario import Scenario
from mock_sites.client import World


class Hand(Keys):
    """Goes on at each pause as soon as something was done by hand."""

    def __init__(self, *deeds: Callable[[], object]) -> None:
        """A deed a pause."""
        super().__init__(headed=True)
        self._deeds = iter(deeds)

    def wait(self, windows: Windows) -> None:
        """Do it."""
        next(self._deeds)()


@pytest.fixture
def terminal(monkeypatch: pytest.MonkeyPatch) -> Iterator[int]:
    """Where to write what is typed in the terminal."""
    reading, writing = os.pipe()
    with os.fdopen(reading) as stdin:
        monkeypatch.setattr("sys.stdin", stdin)
        yield writing
    os.close(writing)


@pytest.fixture
def windows(browser: Browser) -> Iterator[Windows]:
    """Windows of a demo."""
    with closing(Windows(browser, 100)) as opened:
        yield opened


def test_what_was_done_by_hand_is_undone_and_what_does_not_come_back_by_that_is_played_again(
    windows: Windows, world: World
) -> None:
    journey = Journey("trial", en="Trial", zh="试")
    played = list[str]()

    @journey.step("buyer", en="Open the page", zh="打开页面", caption=Text("", ""))
    def opens(buyer: Actor, _scenario: Scenario) -> None:
        played.append("opens")
        SignInPage(buyer).open()

    @journey.step("buyer", en="Fill in", zh="填写", caption=Text("", ""))
    def fills_in(buyer: Actor, scenario: Scenario) -> None:
        played.append("fills in")
        SignInPage(buyer).name.fill(scenario.personas.buyer.username)

    @journey.step("buyer", en="Sign in", zh="登录", caption=Text("", ""))
    def signs_in(buyer: Actor, scenario: Scenario) -> None:
        played.append("signs in")
        expect(SignInPage(buyer).name).to_have_value(scenario.personas.buyer.username)
        SignInPage(buyer).sign_in_as(scenario.personas.buyer)
        expect(CloudConsole(buyer).heading).to_be_visible()

    def nothing() -> None:
        pass

    def sign_in_by_hand() -> None:
        SignInPage(scenario.buyer).sign_in_as(scenario.personas.buyer)
        expect(CloudConsole(scenario.buyer).heading).to_be_visible()

    scenario = Scenario(world, "en", windows.open)
    hand = Hand(nothing, nothing, sign_in_by_hand)
    pauses = Pauses(
        journey, Captions(journey, "en"), windows=windows, keys=hand, film=None, console=Console(quiet=True)
    )

    journey.play(scenario, pauses)

    assert played == ["opens", "fills in", "fills in", "signs in"]


def test_a_page_that_was_closed_by_hand_is_opened_again(windows: Windows, world: World) -> None:
    journey = Journey("trial", en="Trial", zh="试")

    @journey.step("buyer", en="Open the page", zh="打开页面", caption=Text("", ""))
    def opens(buyer: Actor, _scenario: Scenario) -> None:
        SignInPage(buyer).open()

    @journey.step("buyer", en="Read it", zh="阅读页面", caption=Text("", ""))
    def reads(buyer: Actor, _scenario: Scenario) -> None:
        expect(SignInPage(buyer).name).to_be_visible()

    def closes_the_page() -> None:
        scenario.buyer.page.close()

    scenario = Scenario(world, "en", windows.open)
    hand = Hand(lambda: None, closes_the_page)
    pauses = Pauses(
        journey, Captions(journey, "en"), windows=windows, keys=hand, film=None, console=Console(quiet=True)
    )

    journey.play(scenario, pauses)


@pytest.mark.parametrize("key", [" ", "\n"])
def test_a_demo_goes_on_by_a_key_in_the_terminal(windows: Windows, terminal: int, key: str) -> None:
    windows.open("en").new_page()
    os.write(terminal, f"x{key}".encode())

    Keys(headed=False).wait(windows)


@pytest.mark.usefixtures("terminal")
def test_a_demo_goes_on_by_a_key_in_the_browser_unless_it_is_the_page_s(browser: Browser) -> None:
    keys = Keys(headed=True)
    with closing(Windows(browser, 100, keys)) as windows:
        page = windows.open("en").new_page()
        page.set_content("<button>Subscribe</button><input><p>Text</p>")
        page.get_by_role("button").focus()

        press_while_waiting(page, "takes('button', ' ')")
        keys.wait(windows)
        assert page.evaluate("window.taken") == [True], "the focus was left there by the journey"

        press_while_waiting(page, "clicks('input')", "takes('input', ' ')", "takes('p', 'Enter')")
        keys.wait(windows)
        assert page.evaluate("window.taken") == [None, False, True]


def test_a_pause_that_nobody_can_end_is_refused(windows: Windows, monkeypatch: pytest.MonkeyPatch) -> None:
    windows.open("en").new_page()

    with Path(os.devnull).open(encoding="utf-8") as nothing:
        monkeypatch.setattr("sys.stdin", nothing)
        with pytest.raises(DemoError, match="neither a terminal nor a window"):
            Keys(headed=False).wait(windows)


def press_while_waiting(page: Page, *deeds: str) -> None:
    """Do it all on the page as soon as keys are listened to, and note for each key whether the demo took it."""
    page.evaluate(
        f"""() => {{
            const on = (selector, event) => !document.querySelector(selector).dispatchEvent(event);
            const takes = (selector, key) =>
                on(selector, new KeyboardEvent('keydown', {{key, bubbles: true, cancelable: true}}));
            const clicks = selector => {{ on(selector, new PointerEvent('pointerdown', {{bubbles: true}})); }};
            const looking = setInterval(() => {{
                if (!window.demoStopsListening) return;
                clearInterval(looking);
                window.taken = [{", ".join(deeds)}].map(taken => taken ?? null);
            }}, 5);
        }}"""
    )
