"""What must not be in a recording, and where secrets are found: people, mails, forms, cookies and addresses."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass
from typing import Any, Final, Literal
from urllib.parse import parse_qsl, urlsplit

from mock_sites.client import Mail
from mock_sites.redaction.spellings import SIX_DIGITS

Kind = Literal["password", "code", "token", "csrf", "cookie", "key", "secret", "path", "user"]

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

NAMES: Final = (
    "api[_-]?key|api[_-]?secret|app[_-]?secret|access[_-]?key(?:[_-]?secret)?|secret[_-]?(?:access[_-]?)?key|"
    "client[_-]?secret|private[_-]?key|encryption[_-]?key|signing[_-]?key|"
    "(?:access|refresh|id|auth|bearer|session|security|authenticity|x-auth|__requestverification)[_-]?token|"
    "_?(?:csrf|xsrf)(?:[_-]?token|middlewaretoken)?|x-(?:csrf|xsrf)-token|x-api-key|secret|password|passwd"
)
"""Names of headers, parameters and members of anybody's programs, whose values are secrets: a pattern, in any case."""

_FORGERY: Final = re.compile("csrf|xsrf|authenticity|verification", re.IGNORECASE)
"""What is in the names of tokens against forged requests."""

_NAMED: Final = re.compile(rf"(?:[\w-]+[_-])?(?:{NAMES})", re.IGNORECASE)

RESULT_CODES: Final = "000"
"""The beginning of the seller protocol's result codes, whose name in the journal is ``code`` too."""

SHORTEST_TOKEN: Final = 16
SHORTEST_PASSWORD: Final = 6
"""The least characters of a token or password of any site."""

_EVERYWHERE: Final[Mapping[Kind, int]] = {
    "password": SHORTEST_PASSWORD,
    "token": 8,
    "key": 8,
    "csrf": 8,
    "cookie": SHORTEST_TOKEN,
}
"""The least characters of a secret that is replaced wherever it is written."""

SIGNED: Final = re.compile(
    r"(?<![A-Za-z0-9_-])(?P<payload>\.?[A-Za-z0-9_-]{16,})\.[A-Za-z0-9_-]{6}\.[A-Za-z0-9_-]{27}(?![A-Za-z0-9_-])"
)
"""A value that a site has signed with a time, in itsdangerous' form: session cookies and CSRF tokens."""

_IN_QUOTES: Final = re.compile(
    rf"""(?<![A-Za-z0-9_.$-])(?P<name>{"|".join(FIELDS)})\\?["']?\s*[:=]\s*\\?["'](?P<value>[^\s"'&<>\\#;,]+)"""
)
_IN_FORM: Final = re.compile(
    rf"""(?:^|(?<=[?&"'>\s]))(?P<name>{"|".join(FIELDS)})=(?P<value>[\w.~%+*!@-]+)(?=[&\s"'<>#;,\\]|$)""", re.MULTILINE
)
"""A value under the name of a secret in JSON, and in an address or a form."""

CODE: Final = re.compile(r"[A-Za-z_$][\w$]{0,30}(?:\??\.[A-Za-z_$][\w$]{0,30})+")
"""Names in a program, such as ``this.password``."""

_TYPES: Final = {"string", "required", "optional", "undefined", "invalid", "example"}
"""What is said of a value in place of it."""

PLACEHOLDER: Final = re.compile(r"(?:«|%C2%AB)[a-z]+-[0-9]+(?:»|%C2%BB)")
"""What stands in the place of a secret, also in an address."""


@dataclass(frozen=True)
class Secret:
    """A value that must stay secret."""

    kind: Kind
    value: str
    name: str = ""
    """The name of a cookie. Its value may change with every answer."""

    @property
    def everywhere(self) -> bool:
        """Whether the same text is this secret wherever it is written. A shorter one is only known at its place."""
        if kind_of(self.value) and self.kind != "secret":
            return False
        if self.kind == "cookie" and not re.search("[0-9]", self.value):
            return False
        return len(self.value) >= _EVERYWHERE.get(self.kind, 1)

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


def kind_of(name: str) -> Kind | None:
    """The kind of secret that a field, parameter, header or member with this name holds, if it holds one."""
    if kind := FIELDS.get(name):
        return kind
    if _NAMED.fullmatch(name):
        return "password" if "passw" in name.lower() else "csrf" if _FORGERY.search(name) else "token"
    return None


def of_field(name: str, value: str, *, hidden: bool = False) -> Iterator[Secret]:
    """The secret in a field called ``name``, if it is one. ``hidden``: whether the field shows no text."""
    kind = "password" if hidden else kind_of(name)
    if kind is None or not value or PLACEHOLDER.search(value):
        return
    if hidden:
        yield Secret(kind, value)
    elif value.lower() in _TYPES or kind_of(value):  # a label, such as "password"
        return
    elif SIGNED.fullmatch(value):
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
    for pattern in (_IN_QUOTES, _IN_FORM):
        for found in pattern.finditer(text):
            if not CODE.fullmatch(found["value"]):
                yield from of_field(found["name"], found["value"])


def distinct(found: Iterable[Secret]) -> list[Secret]:
    """Each once, by its first kind."""
    return list({secret.value: secret for secret in reversed([*found])}.values())[::-1]
