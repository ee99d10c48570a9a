"""Secrets in JSON that their place tells: headers, cookies, fields of forms, and members with the name of a secret."""

import re
from collections.abc import Callable, Collection, Iterator, Mapping
from typing import Any, Final, cast

from mock_sites.redaction.fields import VALUE, takes_secret
from mock_sites.redaction.secrets import PLACEHOLDER, Secret, of_address, of_field

Change = Callable[[Secret], str]

_AUTHORIZATION: Final = {"authorization", "proxy-authorization"}
_COOKIES: Final = {
    "cookie": re.compile(r"(?P<name>(?:^|;)\s*[^=;\s]+)=(?P<value>[^;\n]*)", re.MULTILINE),
    "set-cookie": re.compile(r"(?P<name>^[^=;\n]+)=(?P<value>[^;\n]*)", re.MULTILINE),
}
"""The cookies in a header. What is set has one in a line, before its attributes."""
_VALUES: Final = ("value", VALUE, "content", "text")
"""Members that hold the value of what the member ``name`` names: a header, a cookie, a parameter, a field, an item."""

_ADDRESS: Final = re.compile(r"[^\s?#]*[?#]\S*=\S*")


def over_places(value: Any, change: Change) -> Any:
    """A JSON value with what ``change`` makes of each secret in a place for secrets. Addresses are left as they are."""
    if isinstance(value, list):
        return [over_places(part, change) for part in cast("list[Any]", value)]
    if not isinstance(value, dict):
        return value
    members = cast("dict[str, Any]", value)
    name = members.get("name")
    hidden = _hidden(members)
    changed: dict[str, Any] = {}
    for member, part in members.items():
        if member == "cookies" and isinstance(part, list):
            changed[member] = [_cookie(cookie, change) for cookie in cast("list[Any]", part)]
        elif not isinstance(part, str):
            changed[member] = over_places(part, change)
        elif member in hidden:
            changed[member] = _field(str(name or ""), part, change, hidden=True)
        elif member in _VALUES and isinstance(name, str) and (member != "text" or members.get("role") == "textbox"):
            changed[member] = _field(name, part, change)
        else:
            changed[member] = _field(member, part, change)
    return changed


def _hidden(members: Mapping[str, Any]) -> Collection[str]:
    """The members with what is typed into a field for secrets."""
    if members.get("type") == "password":
        return (VALUE, "value")
    return (VALUE,) if VALUE in members and takes_secret(members) else ()


def _field(name: str, value: str, change: Change, *, hidden: bool = False) -> str:
    """The value of something with a name: a header, or a field, parameter or member."""
    if name.lower() in _AUTHORIZATION:
        scheme, blank, credentials = value.rpartition(" ") if value.count(" ") == 1 else ("", "", value)
        kind = "password" if scheme.lower() == "basic" else "token"
        return scheme + blank + _changed(Secret(kind, credentials), change)
    if pairs := _COOKIES.get(name.lower()):
        return pairs.sub(
            lambda pair: (
                f"{pair['name']}={_changed(Secret('cookie', pair['value'], pair['name'].lstrip('; ')), change)}"
            ),
            value,
        )
    for secret in of_field(name, value, hidden=hidden):
        return change(secret)
    return value


def _cookie(cookie: Any, change: Change) -> Any:
    if not isinstance(cookie, dict):
        return cookie
    members = cast("dict[str, Any]", cookie)
    value = members.get("value")
    if not isinstance(value, str):
        return members
    return {**members, "value": _changed(Secret("cookie", value, str(members.get("name", ""))), change)}


def _changed(secret: Secret, change: Change) -> str:
    return change(secret) if secret.value and not PLACEHOLDER.search(secret.value) else secret.value


def in_addresses(value: Any) -> Iterator[Secret]:
    """The secrets in the addresses in a JSON value."""
    if isinstance(value, str):
        if _ADDRESS.fullmatch(value):
            yield from of_address(value)
    elif isinstance(value, list):
        for part in cast("list[Any]", value):
            yield from in_addresses(part)
    elif isinstance(value, dict):
        for part in cast("dict[str, Any]", value).values():
            yield from in_addresses(part)
