"""What must not be in a recording, and where secrets are found: people, mails, forms, cookies and addresses."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass
from typing import Any, Final
from urllib.parse import parse_qsl, urlsplit

from mock_sites.client import Mail
from mock_sites.redaction.names import NAME, QUOTE, Kind, is_label, is_pin, kind_of_name
from mock_sites.redaction.search import Search
from mock_sites.redaction.spellings import SIX_DIGITS
from mock_sites.redaction.views import decoded

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
"""Fields of forms and parameters of addresses whose values are secrets, on the mock sites."""

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

LONGEST: Final = 8192
"""Characters of what a browser sends in a header: most servers refuse more."""

BLANKS: Final = r"\s{0,100}"
"""What may be between a name and its value."""

SIGNED: Final = re.compile(
    rf"(?<![A-Za-z0-9_-])(?P<payload>\.?[A-Za-z0-9_-]{{16,{LONGEST}}})\.[A-Za-z0-9_-]{{6}}\.[A-Za-z0-9_-]{{27}}(?![A-Za-z0-9_-])"
)
"""A value that a site has signed with a time, in itsdangerous' form: session cookies and CSRF tokens."""

_FIELD: Final = rf"(?<![A-Za-z0-9_.$-])(?P<name>{'|'.join(FIELDS)}|{NAME})"
_IN_QUOTES: Final = re.compile(
    rf"""{_FIELD}\]?(?:{QUOTE})?{BLANKS}[:=]{BLANKS}{QUOTE}(?P<value>[^\s"'&<>\\#;,]+)""", re.IGNORECASE
)
_IN_FORM: Final = re.compile(
    rf"""(?:^|(?<=[?&"'>\s\[])){_FIELD}(?:\]|%5D)?=(?P<value>[\w.~%+*!@-]+)(?=[&\s"'<>#;,\\]|$)""",
    re.MULTILINE | re.IGNORECASE,
)
"""A value under the name of a secret in JSON, and in an address or a form."""

_NAMED: Final = Search(_IN_QUOTES, _IN_FORM)
_SIGNATURES: Final = Search(SIGNED, farthest=LONGEST)

CODE: Final = re.compile(r"[A-Za-z_$][\w$]{0,30}(?:\??\.[A-Za-z_$][\w$]{0,30})+")
"""Names in a program, such as ``this.password``."""

_PIN: Final = re.compile("[0-9]{4,12}")

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
        if self.kind != "secret" and (self.value in FIELDS or is_label(self.value)):
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


def signatures_in(text: str) -> Sequence[re.Match[str]]:
    """What sites have signed in a text."""
    return _SIGNATURES(text)[0]


def kind_of(name: str) -> Kind | None:
    """The kind of secret that a field, parameter, header or member with this name holds, if it holds one."""
    return FIELDS.get(name) or kind_of_name(name)


def of_field(name: str, value: str, *, hidden: bool = False) -> Iterator[Secret]:
    """The secret in a field called ``name``, if it is one. ``hidden``: whether all that is typed there is one."""
    if not value or PLACEHOLDER.search(value):
        return
    by_name = [*_of_name(name, value)]
    yield from by_name or ([Secret("password", value)] if hidden else [])


def _of_name(name: str, value: str) -> Iterator[Secret]:
    kind = kind_of(name)
    if kind is None or _says_nothing(value):
        return
    if SIGNED.fullmatch(value):
        yield signed(value)
    elif kind == "password":
        if _is_password(name, value):
            yield Secret("password", value)
    elif kind == "code" and SIX_DIGITS.fullmatch(value):
        if not value.startswith(RESULT_CODES):
            yield Secret("code", value)
    elif len(value) >= SHORTEST_TOKEN and re.search("[0-9]", value):  # letters and blanks alone are not a token
        yield Secret("csrf" if kind == "csrf" else "token", value)


def _says_nothing(value: str) -> bool:
    return value.lower() in _TYPES or value in FIELDS or is_label(value)


def _is_password(name: str, value: str) -> bool:
    return bool(_PIN.fullmatch(value)) if is_pin(name) else len(value) >= SHORTEST_PASSWORD


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


def in_credentials(secret: Secret) -> Iterator[Secret]:
    """The password in Basic credentials (RFC 7617), which are a user and a password in Base64."""
    if secret.kind == "password":
        held = decoded(secret.value).encode("latin-1").decode()
        _user, colon, password = held.partition(":")
        if colon and len(password) >= SHORTEST_PASSWORD:
            yield Secret("password", password)


def of_mails(mails: Iterable[Mail]) -> Iterator[Secret]:
    """The codes in mails."""
    for mail in mails:
        for code in mail.codes:
            yield Secret("code", code)


def in_text(text: str) -> Iterator[Secret]:
    """The secrets in a text by their form or place: signed values, and parameters with the name of a secret."""
    yield from (signed(found[0]) for found in signatures_in(text))
    yield from (secret for _start, _end, secret in named_in(text))


def named_in(text: str) -> Iterator[tuple[int, int, Secret]]:
    """The secrets in a text that are under the name of one, and where each begins and ends."""
    quoted, sent = _NAMED(text)
    for found in (*quoted, *sent):
        name, value = found["name"], found["value"]
        # In programs there are many texts under names such as ``newPassword``.
        likely = name in FIELDS or re.search("[0-9]", value)
        if likely and not CODE.fullmatch(value):
            yield from ((*found.span("value"), secret) for secret in of_field(name, value))


def distinct(found: Iterable[Secret]) -> list[Secret]:
    """Each once, by its first kind."""
    return list({secret.value: secret for secret in reversed([*found])}.values())[::-1]
