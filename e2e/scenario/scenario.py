"""Everything a journey's steps need."""

from dataclasses import dataclass, replace

from e2e.scenario.actor import Actor, ActorName, OpenBrowser
from e2e.scenario.labels import Language
from e2e.scenario.personas import Personas, choose_personas
from mock_sites.client import World


@dataclass(kw_only=True)
class Notes:
    """What people write down because they need it in a later step. It is valid in every fork of the world."""

    account_id: str = ""
    instance_id: str = ""
    login_url: str = ""
    """The documented address of unified login, as the hand-over panel shows it."""
    login_name: str = ""
    """The employee's account at unified login."""
    workspace_id: str = ""
    """The colleague's workspace, as the billing center lists it."""
    order_number: str = ""
    """The order of a prepaid card."""
    cost: str = ""
    """What a day of the employee's workspace costs, in CNY."""

    def copy(self) -> "Notes":
        """The notes as they are now."""
        return replace(self)


class Scenario:
    """A world, a language, actors with browsers of their own, the personas and the notes.

    Attributes:
        world: where it is played.
        language: the language of the browsers.
        personas: the people of the play.
        notes: what was written down in earlier steps.
    """

    def __init__(
        self,
        world: World,
        language: Language,
        open_browser: OpenBrowser,
        *,
        personas: Personas | None = None,
        notes: Notes | None = None,
    ) -> None:
        """Nobody has opened a browser yet. Without ``personas``, they are chosen for the language."""
        self.world = world
        self.language: Language = language
        self.personas = personas or choose_personas(world, language)
        self.notes = notes or Notes()
        self.buyer = Actor("buyer", world, language, open_browser)
        self.employee = Actor("employee", world, language, open_browser)
        self.colleague = Actor("colleague", world, language, open_browser)
        self.manager = Actor("manager", world, language, open_browser)
        self.operator = Actor("operator", world, language, open_browser)

    def actor(self, name: ActorName) -> Actor:
        """The actor called ``name``."""
        return next(actor for actor in self.actors if actor.name == name)

    @property
    def actors(self) -> tuple[Actor, ...]:
        """All actors."""
        return self.buyer, self.employee, self.colleague, self.manager, self.operator

    @property
    def has_browsers(self) -> bool:
        """Whether anybody has opened a browser yet."""
        return any(actor.has_browser for actor in self.actors)
