"""The people of a journey: ready-made ones, and ones that are generated for the play."""

from dataclasses import dataclass

from e2e.scenario.labels import Language
from e2e.scenario.people import EnterpriseDetails, NewMember, People, RegistrationDetails
from mock_sites.client import Person, World


@dataclass(frozen=True, kw_only=True)
class Personas:
    """The people of a play. The same language gives the same ones."""

    buyer: Person
    enterprise: EnterpriseDetails
    employee: NewMember
    registration: RegistrationDetails
    colleague: Person


def choose_personas(world: World, language: Language) -> Personas:
    """The personas for a play in ``world``."""
    people = People("cast", language)
    enterprise = people.enterprise()
    return Personas(
        buyer=world.people()["verified-buyer"],
        enterprise=enterprise,
        employee=people.member(),
        registration=people.registration(company=enterprise.name),
        colleague=world.people()["second-site-owner"],
    )
