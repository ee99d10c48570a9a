"""Who plays in a journey: ready-made people, and people made up for the play."""

from dataclasses import dataclass

from e2e.stage.people import Enterprise, Member, People, Registration
from e2e.stage.words import Language
from e2e.stage.world import Person, World


@dataclass(frozen=True, kw_only=True)
class Cast:
    """The people of a play; the same language brings the same ones."""

    buyer: Person
    enterprise: Enterprise
    employee: Member
    registration: Registration
    colleague: Person


def choose_cast(world: World, language: Language) -> Cast:
    """The cast for a play in ``world``."""
    people = People("cast", language)
    enterprise = people.enterprise()
    return Cast(
        buyer=world.people()["verified-buyer"],
        enterprise=enterprise,
        employee=people.member(),
        registration=people.registration(company=enterprise.name),
        colleague=world.people()["second-site-owner"],
    )
