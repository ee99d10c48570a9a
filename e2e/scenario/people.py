"""Generated people for a play: an enterprise, its members, and a person who registers."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import chain, count
from typing import Final

from faker import Faker

from e2e.scenario import names
from e2e.scenario.labels import LOCALES, Language

_LETTERS: Final = "abcdefghjkmnpqrstuvwxyz"

_DEPARTMENTS: Final[Mapping[Language, tuple[str, ...]]] = {
    "en": ("Research", "Operations", "Finance"),
    "zh": ("研发部", "运维部", "财务部"),
}
_WORKSPACES: Final[Mapping[Language, str]] = {"en": "{} production", "zh": "{}生产环境"}


@dataclass(frozen=True, kw_only=True)
class EnterpriseDetails:
    """A new enterprise as its buyer names it."""

    name: str
    domain: str


@dataclass(frozen=True, kw_only=True)
class NewMember:
    """An employee: what the administrator types, and the password the employee chooses afterwards."""

    name: str
    department: str
    phone: str
    email: str
    account: str
    password: str
    new_password: str


@dataclass(frozen=True, kw_only=True)
class RegistrationDetails:
    """What a person types to get a Guance account, a fee center account and a workspace."""

    username: str
    password: str
    email: str
    phone: str
    company: str
    workspace: str


class People:
    """Generated people: the same seed gives the same ones, and no two of them have the same sign-in name."""

    def __init__(self, seed: str, language: Language) -> None:
        """For a play on ``seed`` in ``language``."""
        self._fake = Faker(LOCALES[language].replace("-", "_"))
        self._fake.seed_instance(seed)
        self._language: Language = language
        self._taken = set[str]()

    def enterprise(self) -> EnterpriseDetails:
        """A new enterprise."""
        name = names.company(self._fake, self._language)
        return EnterpriseDetails(name=name.written, domain=self._untaken(name.latin))

    def member(self, company: EnterpriseDetails) -> NewMember:
        """A new employee of ``company``."""
        name = names.person(self._fake, self._language)
        account = self._untaken(name.latin)
        return NewMember(
            name=name.written,
            department=self._fake.random_element(_DEPARTMENTS[self._language]),
            phone=self._phone(),
            email=f"{account}@{company.domain}.example.com",
            account=account,
            password=self.password(),
            new_password=self.password(),
        )

    def registration(self, company: EnterpriseDetails) -> RegistrationDetails:
        """The account of ``company`` at Guance, named after it, and who has it."""
        account = self._untaken(f"{company.domain}-cloud")
        return RegistrationDetails(
            username=account,
            password=self.password(),
            email=f"{account}@{company.domain}.example.com",
            phone=self._phone(),
            company=company.name,
            workspace=_WORKSPACES[self._language].format(company.name),
        )

    def password(self) -> str:
        """A password by the sites' rules. Letters and digits alternate, so no character comes three times in a row."""
        return self._fake.unique.bothify("Pass-?#?#?#?#", _LETTERS)

    def _phone(self) -> str:
        return self._fake.unique.numerify("139########")

    def _untaken(self, name: str) -> str:
        """``name``, or with a number where it is taken."""
        numbered = (f"{name}-{number}" for number in count(2))
        untaken = next(each for each in chain([name], numbered) if each not in self._taken)
        self._taken.add(untaken)
        return untaken
