"""Names of headers, parameters, fields and members whose values are secrets, in any spelling.

Sources: detect-secrets' ``KeywordDetector``, gitleaks' rule ``generic-api-key``, the names that Sentry's SDKs scrub,
and the fields of Django, Rails and Laravel.
"""

import re
from typing import Final, Literal

Kind = Literal["password", "code", "token", "csrf", "cookie", "key", "secret", "path", "user"]

_PASSWORD: Final = (
    "password|passwd|passwort|passphrase|passcode|contraseña|contrasena|pwd|"
    "(?:user|login|db|database|key|mail|smtp)_?pass"
)
_PIN: Final = "(?:.*_)?(?:pin|otp)(?:_?code)?"
_TOKEN: Final = (
    "token|secret|"
    "(?:api|app|auth|access|account|kit|secret|service|client|private|priv|signing|encryption|master|database|db)_?key"
)
_AFTER: Final = "(?:_?(?:[0-9]|again|confirm|confirmation|repeat|plain|raw|string|value))?"

_KINDS: Final[tuple[tuple[re.Pattern[str], Kind], ...]] = (
    (re.compile(rf".*(?:{_PASSWORD}){_AFTER}|{_PIN}"), "password"),
    (re.compile(".*(?:csrf|xsrf|(?:csrf|xsrf|authenticity|verification|middleware)_?token)"), "csrf"),
    (re.compile(rf".*(?:{_TOKEN}){_AFTER}"), "token"),
)
_HARMLESS: Final = re.compile(
    "(?:.*_)?(?:"
    "(?:forgot|forget|reset|change|show|hide|toggle|wrong|incorrect|enter|allows?|remember)_?(?:(?:a|the|your|new)_?)?"
    "(?:password|passwort|passwd|passcode|pin)|"
    "(?:invalid|missing|has|is|no|needs?|requires?)_?(?:(?:a|the)_?)?(?:password|passwort|passwd|passcode|pin|secret|token)|"
    "(?:page|next|prev|previous|start|starting|cursor|continuation|continue|sync|pagination|skip|"
    "design|colou?r)_?token)"
)
"""Names of texts and settings about passwords, and of places in lists, requests and colours."""

_SHELL: Final = {"PWD", "OLDPWD"}
"""The folders of a shell."""

_PART: Final = "(?:pass|pwd|contrase|pin|otp|csrf|xsrf|token|secret|key)"

QUOTE: Final = r"""\\{0,7}["']"""
"""A quotation mark, as it is or in JSON that is a text in JSON, three times at most."""

NAME: Final = (
    r"(?<![\w-])"
    # Cheap, and so first: that a value follows.
    rf"(?=[\w-]{{2,90}}+(?:\]|%5D)?(?:{QUOTE})?\s*[:=,])"
    rf"(?=[\w-]{{0,60}}?{_PART})[\w-]{{2,90}}"
)
"""A pattern of a name that may be one of a secret, in any case. ``kind_of_name`` says whether it is."""

WIDE_NAME: Final = rf"[\w-]{{0,90}}{_PART}[\w-]{{0,90}}"
"""A simpler pattern that matches wherever the other one does."""

_WORD: Final = re.compile(r"[A-Z]+(?![a-z])|[^\W_][^\W_A-Z]*")
_LABEL: Final = re.compile(rf"(?:[a-z]+_)*(?:{_PASSWORD}|{_TOKEN}|pin|otp|csrf|xsrf)")


def kind_of_name(name: str) -> Kind | None:
    """The kind of secret that something with this name holds; none if it holds none."""
    words = _words(name)
    if name in _SHELL or _HARMLESS.fullmatch(words):
        return None
    return next((kind for pattern, kind in _KINDS if pattern.fullmatch(words)), None)


def is_pin(name: str) -> bool:
    """Whether what has this name is made of a few digits."""
    return bool(re.fullmatch(_PIN, _words(name)))


def is_label(value: str) -> bool:
    """Whether a value is itself the name of a secret, such as ``new_password`` in a list of fields."""
    return bool(_LABEL.fullmatch(value.lower().replace("-", "_")))


def _words(name: str) -> str:
    """A name in any spelling, such as ``apiKey``, ``Api-Key``, ``api[key]`` or ``API_KEY``: ``api_key``."""
    return "_".join(_WORD.findall(name)).lower()
