"""Moments of a play that can be restored after a person has used the pages by hand."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from e2e.scenario.actor import ActorName
from e2e.scenario.scenario import Notes, Scenario


@dataclass(frozen=True)
class View:
    """The page that a person sees."""

    url: str
    tree: str


@dataclass(frozen=True)
class Moment:
    """The world and what everybody saw in it."""

    label: str
    events: int
    views: Mapping[ActorName, View]
    cookies: Mapping[ActorName, list[Any]]
    notes: Notes

    @classmethod
    def now(cls, scenario: Scenario, label: str) -> "Moment":
        """The current moment. The world stores it as a snapshot called ``label``."""
        scenario.world.snapshot(label)
        cookies: dict[ActorName, list[Any]] = {
            actor.name: actor.context.cookies() for actor in scenario.actors if actor.has_page
        }
        return cls(label, len(scenario.world.journal()), _views(scenario), cookies, scenario.notes.copy())

    def lasts(self, scenario: Scenario) -> bool:
        """Whether everything is as it was."""
        return len(scenario.world.journal()) == self.events and _views(scenario) == self.views

    def bring_back(self, scenario: Scenario) -> bool:
        """Restore the world, the sign-ins and the addresses. Return whether everybody sees the same page again.

        An open dialog, or text that was typed into a form, is not restored.
        """
        scenario.world.restore(self.label)
        scenario.notes = self.notes.copy()
        for actor in scenario.actors:
            if not actor.has_page:
                continue
            actor.context.clear_cookies()
            actor.context.add_cookies(self.cookies.get(actor.name, []))
            if actor.page.is_closed():
                actor.page = actor.context.new_page()
            view = self.views.get(actor.name)
            actor.page.goto(view.url if view else "about:blank")
        return all(_views(scenario)[name] == view for name, view in self.views.items())


def _views(scenario: Scenario) -> dict[ActorName, View]:
    """The pages of all persons who have opened one. A page that was closed since then is left out."""
    return {
        actor.name: View("", "")
        if actor.page.is_closed()
        else View(actor.page.url, actor.page.locator("body").aria_snapshot())
        for actor in scenario.actors
        if actor.has_page
    }
