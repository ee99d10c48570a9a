"""Secrets that anybody's file can hold, found by their form: tokens of well-known services, keys, credentials."""

import base64
import binascii
import html
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final
from urllib.parse import unquote_plus

DEEPEST: Final = 2
"""How many encodings may be around a secret, such as Base64 within JSON."""


@dataclass(frozen=True)
class Shape:
    """A form of secrets.

    Attributes:
        name: what it is called in a report.
        source: who defines the form.
        marks: texts of which one is in each secret of this form, or beside it.
        pattern: what matches it. A group ``secret``, if there is one, is the secret itself.
    """

    name: str
    source: str
    marks: tuple[str, ...]
    pattern: re.Pattern[str]


_NAMES: Final = (
    "api[_-]?key|api[_-]?secret|app[_-]?secret|access[_-]?key(?:[_-]?secret)?|secret[_-]?(?:access[_-]?)?key|"
    "client[_-]?secret|private[_-]?key|encryption[_-]?key|signing[_-]?key|"
    "(?:access|refresh|id|auth|bearer|session|security|csrf|xsrf)[_-]?token|x-api-key|x-auth-token|secret|password|passwd"
)
"""Names of headers, parameters and members whose values are secrets."""

_MASKED: Final = re.compile(r"[*•xX.…-]+|«[^»]*»?|<[^>]*>?|[$%{].*")
"""What stands in the place of a secret: stars, a placeholder, a variable."""

SHAPES: Final = (
    Shape("JSON Web Token", "RFC 7519", ("eyJ",), re.compile(r"\beyJ[\w-]{8,}\.eyJ[\w-]{8,}\.[\w-]{8,}")),
    Shape(
        "private key", "RFC 7468", ("PRIVATE KEY",), re.compile(r"-----BEGIN (?:[A-Z]+ )*PRIVATE KEY(?: BLOCK)?-----")
    ),
    Shape(
        "Bearer token", "RFC 6750", ("earer ",), re.compile(r"\b[Bb]earer +(?P<secret>(?=[^ ]*[0-9])[\w.~+/-]{16,}=*)")
    ),
    Shape("Basic credentials", "RFC 7617", ("asic ",), re.compile(r"\b[Bb]asic +(?P<secret>[A-Za-z0-9+/]{8,}={0,2})")),
    Shape(
        "password in an address",
        "RFC 3986, 3.2.1",
        ("://",),
        re.compile(r"\b[a-z][a-z0-9+.-]{1,20}://[^\s/:@\"'<>?#]{0,64}:(?P<secret>[^\s/@\"'<>?#]{3,128})@(?=[\w\[])"),
    ),
    Shape(
        "AWS access key",
        "docs.aws.amazon.com, IAM identifiers",
        ("AKIA", "ASIA"),
        re.compile(r"\b(?:AKIA|ASIA)[A-Z2-7]{16}\b"),
    ),
    Shape(
        "Alibaba Cloud access key", "GitHub, supported secrets", ("LTAI",), re.compile(r"\bLTAI[A-Za-z0-9]{12,24}\b")
    ),
    Shape("Tencent Cloud secret id", "GitHub, supported secrets", ("AKID",), re.compile(r"\bAKID[A-Za-z0-9]{32}\b")),
    Shape("Google API key", "GitHub, supported secrets", ("AIza",), re.compile(r"\bAIza[\w-]{35}(?![\w-])")),
    Shape("Google access token", "cloud.google.com, token types", ("ya29.",), re.compile(r"\bya29\.[\w-]{20,}")),
    Shape(
        "GitHub token",
        "github.blog, token formats",
        ("gh", "github_pat_"),
        re.compile(r"\b(?:gh[pousr]_\w{36,}|github_pat_\w{82})"),
    ),
    Shape(
        "GitLab token",
        "docs.gitlab.com, token prefixes",
        ("gl",),
        re.compile(r"\bgl(?:pat|dt|rt|cbt|ptt|ft|soat)-[\w-]{20,}"),
    ),
    Shape("Slack token", "api.slack.com, token types", ("xox",), re.compile(r"\bxox[abeprs]-[\w-]{10,}")),
    Shape(
        "Slack webhook",
        "api.slack.com, webhooks",
        ("hooks.slack.com",),
        re.compile(r"\bhooks\.slack\.com/services/T\w+/B\w+/(?P<secret>\w{16,})"),
    ),
    Shape(
        "Stripe key",
        "docs.stripe.com, keys",
        ("k_live_", "k_test_", "whsec_"),
        re.compile(r"\b(?:[rs]k_(?:live|test)|whsec)_[A-Za-z0-9]{16,}"),
    ),
    Shape("OpenAI key", "platform.openai.com", ("sk-",), re.compile(r"\bsk-(?:proj-|svcacct-)?[A-Za-z0-9_-]{32,}")),
    Shape("Anthropic key", "GitHub, supported secrets", ("sk-ant-",), re.compile(r"\bsk-ant-[\w-]{24,}")),
    Shape("npm token", "GitHub, supported secrets", ("npm_",), re.compile(r"\bnpm_[A-Za-z0-9]{36}\b")),
    Shape("PyPI token", "GitHub, supported secrets", ("pypi-",), re.compile(r"\bpypi-AgEIcHlwaS5vcmc[\w-]{40,}")),
    Shape("Hugging Face token", "GitHub, supported secrets", ("hf_",), re.compile(r"\bhf_[A-Za-z0-9]{34}\b")),
    Shape("SendGrid key", "GitHub, supported secrets", ("SG.",), re.compile(r"\bSG\.[\w-]{22}\.[\w-]{43}")),
    Shape("Twilio key", "GitHub, supported secrets", ("SK",), re.compile(r"\bSK[0-9a-f]{32}\b")),
    Shape("Telegram bot token", "core.telegram.org, bots", (":AA",), re.compile(r"\b[0-9]{8,10}:AA[\w-]{33}(?![\w-])")),
    Shape(
        "Shopify token", "shopify.dev, token prefixes", ("shp",), re.compile(r"\bshp(?:at|ca|pa|ss)_[0-9a-fA-F]{32}\b")
    ),
    Shape("DigitalOcean token", "docs.digitalocean.com", ("_v1_",), re.compile(r"\bdo[opr]_v1_[0-9a-f]{64}\b")),
    Shape(
        "value of a secret's name",
        "the names that services give to their keys and tokens",
        ("",),
        re.compile(
            rf"(?<![\w-])[\"']?(?:{_NAMES})[\"']?(?:\s*[:=]\s*[\"']?|[\"'],\s*[\"']value[\"']:\s*[\"'])"
            r"(?P<secret>(?=[^\s\"'&]*[0-9])(?=[^\s\"'&]*[A-Za-z])[\w.~+/=!@$%^*-]{16,})",
            re.IGNORECASE,
        ),
    ),
)

_BASE64: Final = re.compile(r"(?<![\w+/])[A-Za-z0-9+/_-]{24,}={0,2}")
_ESCAPED: Final = re.compile(r"\\u([0-9a-fA-F]{4})|\\x([0-9a-fA-F]{2})|\\([\"'/\\nt])")
_ONE_ALPHABET: Final = str.maketrans("-_", "+/")
_LETTERS: Final = {"n": "\n", "t": "\t"}


def shapes_in(text: str) -> set[str]:
    """The names of the forms of secrets that are in ``text``, as it is or in encodings."""
    return {shape.name for view in _views(text) for shape in SHAPES if _has(shape, view)}


def _has(shape: Shape, text: str) -> bool:
    if not any(mark in text for mark in shape.marks):
        return False
    for found in shape.pattern.finditer(text):
        secret = found.groupdict().get("secret") or found[0]
        if not _MASKED.fullmatch(secret) and (shape.name != "Basic credentials" or ":" in _decoded(secret)):
            return True
    return False


def _views(text: str) -> Iterator[str]:
    """``text`` as it is, and what it says without its encodings: of JSON, HTML, addresses and Base64."""
    for _depth in range(DEEPEST + 1):
        yield text
        if held := "\n".join(filter(None, (_decoded(found[0]) for found in _BASE64.finditer(text)))):
            yield held
            yield _ESCAPED.sub(_unescaped, held)
        plain = unquote_plus(html.unescape(_ESCAPED.sub(_unescaped, text)))
        if plain == text:
            return
        text = plain


def _unescaped(found: re.Match[str]) -> str:
    digits = found[1] or found[2]
    return chr(int(digits, 16)) if digits else _LETTERS.get(found[3], found[3])


def _decoded(text: str) -> str:
    """The text that Base64 holds, in either alphabet; empty if it holds none."""
    digits = text.rstrip("=").translate(_ONE_ALPHABET)
    try:
        return base64.b64decode(digits + "=" * (-len(digits) % 4)).decode("ascii")
    except (binascii.Error, UnicodeDecodeError):
        return ""
