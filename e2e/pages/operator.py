"""The pages of a world, from which the operator steers it."""

from typing import ClassVar, Self
from urllib.parse import urlsplit

from playwright.sync_api import Locator

from e2e.pages.parts import row
from e2e.scenario.actor import Actor


class _OfWorld:
    """A page of the actor's world, on the start page's host."""

    PATH: ClassVar[str] = ""
    _actor: Actor

    def open(self) -> Self:
        """Open the page."""
        world = self._actor.world
        self._actor.page.goto(f"{world.url.partition('?')[0]}worlds/{world.name}{self.PATH}")
        return self


class WorldPage(_OfWorld):
    """The clock of the world, and the journey that is played in it."""

    def __init__(self, actor: Actor) -> None:
        words = actor.labels("operator")
        self._actor = actor
        self.one_minute = actor.page.get_by_role("button", name=words.one_minute)
        self.moved = actor.page.get_by_role("status").filter(has_text=words.moved)
        self.journey = actor.page.get_by_role("combobox", name=words.journey, exact=True)
        self.play = actor.page.get_by_role("button", name=words.play, exact=True)
        self.stop = actor.page.get_by_role("button", name=words.stop)
        self.steps = actor.page.get_by_role("list", name=words.steps, exact=True).get_by_role("listitem")


class People(_OfWorld):
    """The people of the world."""

    def __init__(self, actor: Actor) -> None:
        self._actor = actor

    def sign_in_everywhere(self, person: str) -> None:
        """Sign a ready-made person in at all sites where this person has an account, without a password."""
        page, start = self._actor.page, urlsplit(self._actor.world.url).netloc
        self.open()
        doors = page.locator(f'[data-person="{person}"]').get_by_role("button")
        for number in range(doors.count()):
            with page.context.expect_page() as opened:
                doors.nth(number).click()
            opened.value.wait_for_url(lambda url: urlsplit(url).netloc != start)
            opened.value.close()


class SwitchesPage(_OfWorld):
    """The switches for customers of this world's companies."""

    def __init__(self, actor: Actor) -> None:
        words = actor.labels("operator")
        self._actor, self._on = actor, words.on
        self._switch = row(actor.page, words.arbitrary_selection)

    def turn_on_for(self, customer: str) -> None:
        """Switch on Arbitrary Selection of Settlement Method for a customer."""
        self._switch.filter(has_text=customer).get_by_role("button").click()

    def switched_on(self, customer: str) -> Locator:
        """The label that shows that it is on for a customer."""
        return self._switch.filter(has_text=customer).get_by_text(self._on, exact=True)


class RecordingPage(_OfWorld):
    """The recording of the world."""

    PATH = "/recording"

    def __init__(self, actor: Actor) -> None:
        words, page = actor.labels("operator"), actor.page
        self._actor = actor
        self.record = page.get_by_role("button", name=words.record, exact=True)
        self.being_recorded = page.get_by_text(words.being_recorded, exact=True)
        self.read_it = page.get_by_role("button", name=words.read_it)
        self.test = page.get_by_role("region", name=words.test, exact=True)
