"""Fields of pages in which a secret is typed, told by their attributes, and by the selectors that find them."""

import re
from collections.abc import Iterator, Mapping
from typing import Any, Final, cast

from mock_sites.redaction.names import kind_of_name

VALUE: Final = "__playwright_value_"
"""The attribute of an element of a snapshot that has what somebody typed into it."""

TARGET: Final = "__playwright_target__"
"""The attribute of the element of an action in its snapshots."""

_PURPOSES: Final = {"current-password", "new-password", "one-time-code", "cc-number", "cc-csc"}
"""Values of ``autocomplete`` (HTML, 4.10.18.7)."""

_NAMES: Final = ("name", "id", "aria-label", "placeholder")

_WITHOUT_TEXT: Final = {"hidden", "checkbox", "radio", "submit", "button", "reset", "image", "file"}

_RESOLVED: Final = re.compile(r"resolved to <(?:input|textarea)\b(?P<attributes>[^>]*)>", re.IGNORECASE)
_ATTRIBUTE: Final = re.compile(r'([\w-]+)="([^"]*)"')
_IN_SELECTOR: Final = re.compile(r"""["'](?P<quoted>[^"']+)["']|(?P<plain>[\w-]+)""")


def takes_secret(attributes: Mapping[str, Any]) -> bool:
    """Whether what is typed into a field is a secret: by its type, purpose or name.

    Fields for one character are parts of a PIN or a code.
    """
    kind = str(attributes.get("type", "")).lower()
    if kind in _WITHOUT_TEXT:
        return False
    return (
        kind == "password"
        or attributes.get("maxlength") == "1"
        or not _PURPOSES.isdisjoint(str(attributes.get("autocomplete", "")).split())
        or any(_names_secret(str(attributes.get(name, ""))) for name in _NAMES)
    )


def resolved(message: str) -> bool | None:
    """Whether a log says that an action's field is one for a secret; none if it says nothing of a field."""
    found = _RESOLVED.search(message)
    return takes_secret(dict(_ATTRIBUTE.findall(found["attributes"]))) if found else None


def selects_secret(selector: str) -> bool:
    """Whether a selector, such as ``internal:label="API token"i``, has the name of a secret in it."""
    return any(_names_secret(found[found.lastgroup or 0]) for found in _IN_SELECTOR.finditer(selector))


def fields_in(html: Any) -> Iterator[dict[str, Any]]:
    """The attributes of the fields with a value in a snapshot. Those that did not change are not in it."""
    for part in cast("list[Any]", html) if isinstance(html, list) else ():
        if isinstance(part, list):
            yield from fields_in(part)
        elif isinstance(part, dict) and cast("dict[str, Any]", part).get(VALUE):
            yield cast("dict[str, Any]", part)


def _names_secret(name: str) -> bool:
    return kind_of_name(name) in {"password", "token"}
