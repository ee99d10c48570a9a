"""The start page's page of a world, where an operator acts for the staff of a company."""

from playwright.sync_api import Locator

from e2e.pages.parts import row
from e2e.scenario.actor import Actor


class SwitchesPage:
    """The switches for customers of this world's companies."""

    def __init__(self, actor: Actor) -> None:
        words = actor.labels("operator")
        self._actor, self._on = actor, words.on
        self._switch = row(actor.page, words.arbitrary_selection)

    def open(self) -> "SwitchesPage":
        """Open the page of the world."""
        world = self._actor.world
        self._actor.page.goto(f"{world.url.partition('?')[0]}worlds/{world.name}")
        return self

    def turn_on_for(self, customer: str) -> None:
        """Switch on Arbitrary Selection of Settlement Method for a customer."""
        self._switch.filter(has_text=customer).get_by_role("button").click()

    def switched_on(self, customer: str) -> Locator:
        """The label that shows that it is on for a customer."""
        return self._switch.filter(has_text=customer).get_by_text(self._on, exact=True)
