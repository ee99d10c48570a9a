"""Generated people for a play: an enterprise, its members, and a person who registers."""

from dataclasses import dataclass
from typing import Final

from faker import Faker

from e2e.scenario.labels import LOCALES, Language

_LETTERS: Final = "abcdefghjkmnpqrstuvwxyz"


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

    def enterprise(self) -> EnterpriseDetails:
        """A new enterprise."""
        return EnterpriseDetails(name=self._fake.company(), domain=self._fake.unique.lexify("????-????", _LETTERS))

    def member(self) -> NewMember:
        """A new employee."""
        account = self._fake.unique.lexify("????.?????", _LETTERS)
        return NewMember(
            name=self._fake.name(),
            department=self._fake.random_element(("Research", "Operations", "Finance")),
            phone=self._phone(),
            email=f"{account}@staff.example.com",
            account=account,
            password=self.password(),
            new_password=self.password(),
        )

    def registration(self, *, company: str) -> RegistrationDetails:
        """A person of ``company`` who registers."""
        username = self._fake.unique.bothify("????????##", _LETTERS)
        return RegistrationDetails(
            username=username,
            password=self.password(),
            email=f"{username}@mail.example.com",
            phone=self._phone(),
            company=company,
            workspace=f"{company} production",
        )

    def password(self) -> str:
        """A password by the sites' rules. Letters and digits alternate, so no character comes three times in a row."""
        return self._fake.unique.bothify("Pass-?#?#?#?#", _LETTERS)

    def _phone(self) -> str:
        return self._fake.unique.numerify("139########")
