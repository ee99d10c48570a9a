"""The page of a world while a journey is played in it: it shows what happens without being opened again."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
from playwright.sync_api import expect

from e2e.pages.operator import People, WorldPage
from e2e.scenario.actor import Actor
from mock_sites.client import Demo, PlayableJourney, Worlds

LOOK: PlayableJourney = PlayableJourney(name="look", en="Look at it", zh="查看")
MOST_LOOKS = 100


@pytest.fixture
def page(visitor: Actor, worlds: Worlds) -> Iterator[tuple[WorldPage, Demo]]:
    """The page of the world on which somebody has chosen a journey, and the demo that the player has got."""
    page = WorldPage(visitor)

    def wait() -> Demo:
        """Wait for a journey to be chosen, as a player does."""
        return next(demo for _ in range(MOST_LOOKS) if (demo := worlds.demos.next([LOOK])))

    with ThreadPoolExecutor() as threads:
        waiting = threads.submit(wait)
        assert any(page.open().journey.count() for _ in range(MOST_LOOKS)), "the player does not wait"
        page.play.click()
        yield page, waiting.result()


def test_what_becomes_of_a_demo_is_shown_without_opening_the_page_again(page: tuple[WorldPage, Demo]) -> None:
    world, demo = page
    expect(world.steps).to_have_count(1)
    assert demo.begin()
    expect(world.steps).to_have_count(2)
    demo.step("Look", actor="buyer", number=1, steps=2)
    expect(world.steps.first).to_contain_text("Look")
    world.stop.click()
    expect(world.stop).to_have_count(0)
    demo.end(stopped=True)

    expect(world.steps.first).to_contain_text("stopped")
    expect(world.journey).to_be_visible()


def test_a_demo_that_ends_takes_its_button_with_it(page: tuple[WorldPage, Demo]) -> None:
    world, demo = page
    assert demo.begin()
    expect(world.stop).to_be_visible()
    demo.end()

    expect(world.stop).to_have_count(0)
    expect(world.journey).to_be_visible()


def test_one_page_signs_somebody_in_at_all_sites_each_in_a_new_tab(visitor: Actor) -> None:
    People(visitor).sign_in_everywhere("verified-buyer")

    visitor.page.goto(visitor.world.local("https://console.huaweicloud.com/"))
    expect(visitor.page).to_have_url(visitor.world.local("https://console.huaweicloud.com/"))
