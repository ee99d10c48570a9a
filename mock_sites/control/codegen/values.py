"""What somebody typed, without secrets: passwords and codes are read from fixtures when the test runs."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from mock_sites.world.company import Person

_CODE: Final = re.compile(r"(?<!\d)\d{6}(?!\d)")
"""A code in a mail: six digits that stand alone, as ``mock_sites.client.Mail.codes`` has them."""


class Kind(StrEnum):
    """Where a test has a value from."""

    TEXT = "text"
    USERNAME = "username"
    EMAIL = "email"
    PASSWORD = "password"
    NEW_PASSWORD = "new password"
    CODE = "code"


@dataclass(frozen=True)
class Value:
    """What is typed. ``text`` is the text itself, the key of a person, the number of a password, or a recipient."""

    kind: Kind
    text: str


class Typed:
    """Tells what was typed in a world. Equal passwords have equal numbers."""

    def __init__(self, people: Iterable[Person], mails: Mapping[str, str]) -> None:
        """The ready-made people, and the recipients of mails by the codes in them."""
        self._people = list(people)
        self._mails = mails
        self._numbers: dict[str, int] = {}

    def value(self, text: str, *, secret: bool, person: Person | None = None) -> Value:
        """What was typed beside the name of ``person``, into a field for passwords (``secret``) or into another one."""
        if secret:
            first = [person] if person else []
            for known in [*first, *self._people]:
                if text == known.password:
                    return Value(Kind.PASSWORD, known.key)
            return Value(Kind.NEW_PASSWORD, str(self._numbers.setdefault(text, len(self._numbers) + 1)))
        if text.strip() in self._mails:
            return Value(Kind.CODE, self._mails[text.strip()])
        known = self.person(text)
        if known:
            return Value(Kind.USERNAME if text == known.username else Kind.EMAIL, known.key)
        return Value(Kind.TEXT, text)

    def person(self, text: str) -> Person | None:
        """The person with this user name or mail address."""
        return next((one for one in self._people if text and text in {one.username, one.email}), None)


def codes(mails: Iterable[tuple[str, str]]) -> dict[str, str]:
    """The recipients of mails by the codes in their texts; a later mail goes before an earlier one."""
    return {code: recipient for recipient, text in mails for code in _CODE.findall(text)}
