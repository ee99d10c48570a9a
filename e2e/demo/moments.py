"""Moments of a play to come back to, after somebody has used the pages by hand."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from e2e.stage.actor import ActorName
from e2e.stage.stage import Notes, Stage


@dataclass(frozen=True)
class View:
    """What a person sees, and where."""

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
    def now(cls, stage: Stage, label: str) -> "Moment":
        """The present moment; the world keeps it under ``label``."""
        stage.world.snapshot(label)
        cookies: dict[ActorName, list[Any]] = {
            actor.name: actor.context.cookies() for actor in stage.actors if actor.has_page
        }
        return cls(label, len(stage.world.journal()), _views(stage), cookies, stage.notes.copy())

    def lasts(self, stage: Stage) -> bool:
        """Whether everything is as it was."""
        return len(stage.world.journal()) == self.events and _views(stage) == self.views

    def bring_back(self, stage: Stage) -> bool:
        """Put the world, the sign-ins and the addresses back; whether everybody sees again what they saw.

        An open dialog, or what was typed into a form, does not come back by this.
        """
        stage.world.restore(self.label)
        stage.notes = self.notes.copy()
        for actor in stage.actors:
            if not actor.has_page:
                continue
            actor.context.clear_cookies()
            actor.context.add_cookies(self.cookies.get(actor.name, []))
            if actor.page.is_closed():
                actor.page = actor.context.new_page()
            view = self.views.get(actor.name)
            actor.page.goto(view.url if view else "about:blank")
        return all(_views(stage)[name] == view for name, view in self.views.items())


def _views(stage: Stage) -> dict[ActorName, View]:
    """What those see who have opened a page; who has closed it since sees nothing."""
    return {
        actor.name: View("", "")
        if actor.page.is_closed()
        else View(actor.page.url, actor.page.locator("body").aria_snapshot())
        for actor in stage.actors
        if actor.has_page
    }
