"""Pauses of a demo: by which keys it goes on, and what becomes of what was done by hand."""

import os
from collections.abc import Callable, Iterator
from contextlib import closing
from typing import Final

import pytest
from playwright.sync_api import Browser, Page, expect
from rich.console import Console

from e2e.demo.captions import Captions
from e2e.demo.keys import Keys
from e2e.demo.pauses import Pauses
from e2e.demo.windows import Windows
from e2e.journeys import Journey
from e2e.pages.huawei_account import Console as CloudConsole
from e2e.pages.huawei_account import SignIn
from e2e.stage.actor import Actor
from e2e.stage.stage import Stage
from e2e.stage.world import World

PRESS: Final = """
([selector, key]) => (selector ? document.querySelector(selector) : document.activeElement).dispatchEvent(
    new KeyboardEvent('keydown', {key, bubbles: true, cancelable: true})
)
"""


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

    @journey.step("buyer", en="Open the page", zh="打开页面")
    def opens(buyer: Actor, _stage: Stage) -> None:
        played.append("opens")
        SignIn(buyer).open()

    @journey.step("buyer", en="Fill in", zh="填写")
    def fills_in(buyer: Actor, stage: Stage) -> None:
        played.append("fills in")
        SignIn(buyer).name.fill(stage.cast.buyer.username)

    @journey.step("buyer", en="Sign in", zh="登录")
    def signs_in(buyer: Actor, stage: Stage) -> None:
        played.append("signs in")
        expect(SignIn(buyer).name).to_have_value(stage.cast.buyer.username)
        SignIn(buyer).sign_in_as(stage.cast.buyer)
        expect(CloudConsole(buyer).heading).to_be_visible()

    def nothing() -> None:
        pass

    def sign_in_by_hand() -> None:
        SignIn(stage.buyer).sign_in_as(stage.cast.buyer)
        expect(CloudConsole(stage.buyer).heading).to_be_visible()

    stage = Stage(world, "en", windows.open)
    hand = Hand(nothing, nothing, sign_in_by_hand)
    pauses = Pauses(
        journey, Captions(journey, "en"), windows=windows, keys=hand, film=None, console=Console(quiet=True)
    )

    journey.play(stage, pauses)

    assert played == ["opens", "fills in", "fills in", "signs in"]


def test_a_page_that_was_closed_by_hand_is_opened_again(windows: Windows, world: World) -> None:
    journey = Journey("trial", en="Trial", zh="试")

    @journey.step("buyer", en="Open the page", zh="打开页面")
    def opens(buyer: Actor, _stage: Stage) -> None:
        SignIn(buyer).open()

    @journey.step("buyer", en="Read it", zh="阅读页面")
    def reads(buyer: Actor, _stage: Stage) -> None:
        expect(SignIn(buyer).name).to_be_visible()

    def closes_the_page() -> None:
        stage.buyer.page.close()

    stage = Stage(world, "en", windows.open)
    hand = Hand(lambda: None, closes_the_page)
    pauses = Pauses(
        journey, Captions(journey, "en"), windows=windows, keys=hand, film=None, console=Console(quiet=True)
    )

    journey.play(stage, pauses)


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
        page.set_content("<button autofocus>Subscribe</button><input><p>Text</p>")
        page.get_by_role("button").focus()
        page.evaluate(f"setTimeout(() => window.left = ({PRESS})(['', ' ']), 0)")

        keys.wait(windows)  # the journey left the focus on the button

        assert page.evaluate("window.left") is False
        taken = press_by_hand(page, keys, windows)
        assert taken == {"in a field": False, "beside it": True}
        assert page.evaluate(PRESS, ["p", " "]) is True, "nobody listens after the pause"


def press_by_hand(page: Page, keys: Keys, windows: Windows) -> dict[str, bool]:
    """Press Space in a field after a click on it, then Enter beside it; for each whether the demo took the key."""
    page.evaluate(
        f"""setTimeout(() => {{
            const press = {PRESS};
            document.querySelector('input').dispatchEvent(new PointerEvent('pointerdown', {{bubbles: true}}));
            window.taken = {{'in a field': !press(['input', ' '])}};
            window.taken['beside it'] = !press(['p', 'Enter']);
        }}, 0)"""
    )
    keys.wait(windows)
    return page.evaluate("window.taken")
