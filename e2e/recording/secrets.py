"""What must not be in a recording, and where secrets are found: people, mails, forms, cookies and addresses."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass
from typing import Any, Final, Literal
from urllib.parse import parse_qsl, urlsplit

from e2e.recording.spellings import SIX_DIGITS
from mock_sites.client import Mail

Kind = Literal["password", "code", "token", "csrf", "cookie"]

FIELDS: Final[Mapping[str, Kind]] = {
    "password": "password",
    "new_password": "password",
    "current": "password",
    "confirm": "password",
    "confirmation": "password",
    "code": "code",
    "csrf_token": "csrf",
    "pass": "token",
    "token": "token",
    "access_token": "token",
    "refresh_token": "token",
    "id_token": "token",
    "client_secret": "token",
}
"""Fields of forms and parameters of addresses whose values are secrets."""

RESULT_CODES: Final = "000"
"""The beginning of the seller protocol's result codes, whose name in the journal is ``code`` too."""

SHORTEST_TOKEN: Final = 16
SHORTEST_PASSWORD: Final = 6
"""The least characters of a token or password of any site."""

SIGNED: Final = re.compile(
    r"(?<![A-Za-z0-9_-])(?P<payload>\.?[A-Za-z0-9_-]{16,})\.[A-Za-z0-9_-]{6}\.[A-Za-z0-9_-]{27}(?![A-Za-z0-9_-])"
)
"""A value that a site has signed with a time, in itsdangerous' form: session cookies and CSRF tokens."""

_PARAMETER: Final = re.compile(
    rf"""(?<![A-Za-z0-9_-])(?P<name>{"|".join(FIELDS)})(?:=|\\?["']?\s*[:=]\s*\\?["'])(?P<value>[^\s"'&<>\\#;,]+)"""
)
"""A value under the name of a secret in an address, a form or JSON."""

PLACEHOLDER: Final = re.compile(r"«[a-z]+-[0-9]+»")


@dataclass(frozen=True)
class Secret:
    """A value that must stay secret."""

    kind: Kind
    value: str
    name: str = ""
    """The name of a cookie. Its value may change with every answer."""

    @property
    def identity(self) -> str:
        """The key of its placeholder: the name, or else the part that does not change when a site signs it again."""
        if self.name:
            return self.name
        signed = SIGNED.fullmatch(self.value)
        return signed["payload"] if signed else self.value


def signed(value: str) -> Secret:
    """The secret in something signed: a session in JSON, plain or compressed, or else a CSRF token."""
    return Secret("cookie" if value.startswith(("eyJ", ".eJ")) else "csrf", value)


def of_field(name: str, value: str, *, hidden: bool = False) -> Iterator[Secret]:
    """The secret in a field called ``name``, if it is one. ``hidden``: whether the field shows no text."""
    kind = FIELDS.get(name, "password" if hidden else None)
    if kind is None or PLACEHOLDER.fullmatch(value):
        return
    if SIGNED.fullmatch(value):
        yield signed(value)
    elif kind == "code" and SIX_DIGITS.fullmatch(value):
        if not value.startswith(RESULT_CODES):
            yield Secret("code", value)
    elif kind == "password":
        if len(value) >= SHORTEST_PASSWORD:
            yield Secret("password", value)
    elif len(value) >= SHORTEST_TOKEN and re.search("[0-9]", value):  # letters and blanks alone are not a token
        yield Secret("csrf" if kind == "csrf" else "token", value)


def of_address(url: str) -> Iterator[Secret]:
    """The secrets in the parameters and the fragment of an address."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return
    for part in (parts.query, parts.fragment.rpartition("?")[2]):
        for name, value in parse_qsl(part):
            yield from of_field(name, value)
            if "://" in value:
                yield from of_address(value)


def of_people(people: Iterable[Any]) -> Iterator[Secret]:
    """The passwords of people of any kind: the fields of dataclasses, and of those in them."""
    for person in people:
        for field in fields(person):
            value = getattr(person, field.name)
            if is_dataclass(value):
                yield from of_people([value])
            elif "password" in field.name:
                yield Secret("password", value)


def of_mails(mails: Iterable[Mail]) -> Iterator[Secret]:
    """The codes in mails."""
    for mail in mails:
        for code in mail.codes:
            yield Secret("code", code)


def in_text(text: str) -> Iterator[Secret]:
    """The secrets in a text by their form or place: signed values, and parameters with the name of a secret."""
    for found in SIGNED.finditer(text):
        yield signed(found[0])
    for found in _PARAMETER.finditer(text):
        yield from of_field(found["name"], found["value"])


def distinct(found: Iterable[Secret]) -> list[Secret]:
    """Each once, by its first kind."""
    return list({secret.value: secret for secret in reversed([*found])}.values())[::-1]
