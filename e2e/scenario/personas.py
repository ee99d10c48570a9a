"""The people of a journey: ready-made ones, and ones that are generated for the play."""

from dataclasses import dataclass

from e2e.scenario.labels import Language
from e2e.scenario.people import EnterpriseDetails, NewMember, People, RegistrationDetails
from mock_sites.client import Person, World


@dataclass(frozen=True, kw_only=True)
class Personas:
    """The people of a play. The same seed and language give the same ones."""

    buyer: Person
    enterprise: EnterpriseDetails
    employee: NewMember
    registration: RegistrationDetails
    colleague: Person


def choose_personas(world: World, language: Language) -> Personas:
    """The personas for a play in ``world``."""
    return _choose(world, People(world.seed, language))


def other_people(world: World, language: Language) -> People:
    """People who are new to a world in which the personas are."""
    people = People(world.seed, language)
    _choose(world, people)
    return people


def _choose(world: World, people: People) -> Personas:
    enterprise = people.enterprise()
    return Personas(
        buyer=world.people()["verified-buyer"],
        enterprise=enterprise,
        employee=people.member(enterprise),
        registration=people.registration(enterprise),
        colleague=world.people()["second-site-owner"],
    )
