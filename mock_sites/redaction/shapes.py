"""Secrets that anybody's file can hold, found by their form: tokens of well-known services, keys, credentials."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from operator import itemgetter
from typing import Final

from mock_sites.redaction.names import NAME, Kind, is_label, kind_of_name
from mock_sites.redaction.search import Search
from mock_sites.redaction.secrets import BLANKS, CODE, FIELDS, LONGEST, PLACEHOLDER, Secret
from mock_sites.redaction.views import View, decoded, views


@dataclass(frozen=True)
class Shape:
    """A form of secrets.

    Attributes:
        name: what it is called in a report.
        source: who defines the form.
        pattern: what matches it. A group ``secret``, if there is one, is the secret itself.
        kind: what its placeholder calls it.
    """

    name: str
    source: str
    pattern: re.Pattern[str]
    kind: Kind


_IN_ADDRESSES: Final = (
    "jwt|code|ticket|assertion|client_assertion|sig|signature|sid|session(?:_?id)?|sso|"
    "x-amz-signature|x-amz-security-token|x-goog-signature"
)
"""Names of parameters of addresses whose values are secrets."""

_SIGN: Final = r"[\w.~+/=!@$%^*-]"
"""A character of a value."""

_FAR: Final = 200
"""How many characters of a value say what it is. A long one may begin at each place where another one might."""

_MASKED: Final = re.compile(r"[*•xX.…-]+|«[^»]*»?|<[^>]*>?|[$%{].*")
"""What stands in the place of a secret: stars, a placeholder, a variable."""

BASIC: Final = "Basic credentials"
BY_NAME: Final = "value of a secret's name"

SHAPES: Final = (
    Shape(
        "JSON Web Token",
        "RFC 7519",
        re.compile(rf"\beyJ[\w-]{{8,{LONGEST}}}+\.eyJ[\w-]{{8,}}\.[\w-]{{8,}}"),
        kind="token",
    ),
    Shape(
        "private key",
        "RFC 7468",
        re.compile(
            r"-----BEGIN (?:[A-Z]+ )*PRIVATE KEY(?: BLOCK)?-----"
            r"(?:(?:[^\"'<>{}-]|-(?!----BEGIN )){0,20000}?-----END (?:[A-Z]+ )*PRIVATE KEY(?: BLOCK)?-----"
            r"|(?:(?:\s|\\[nr])*[A-Za-z0-9+/]{16,}={0,2})*)"
        ),
        kind="key",
    ),
    Shape(
        "Bearer token",
        "RFC 6750",
        re.compile(r"\b[Bb]earer +(?P<secret>(?=[\w.~+/-]*[0-9])[\w.~+/-]{16,}=*)"),
        kind="token",
    ),
    Shape(BASIC, "RFC 7617", re.compile(r"\b[Bb]asic +(?P<secret>[A-Za-z0-9+/]{8,}={0,2})"), kind="password"),
    Shape(
        "password in an address",
        "RFC 3986, 3.2.1",
        re.compile(r"\b[a-z][a-z0-9+.-]{1,20}://[^\s/:@\"'<>?#]{0,64}:(?P<secret>[^\s/@\"'<>?#]{3,128})@(?=[\w\[])"),
        kind="password",
    ),
    Shape(
        "token in an address",
        "RFC 6750, 2.3; OpenID Connect Core, 3.2.2.5; signed addresses of AWS and Google",
        re.compile(
            rf"[?&#;](?:{_IN_ADDRESSES}|(?P<name>{NAME}))\]?=(?P<secret>(?=[\w.~+/%-]*[0-9])[\w.~+/%-]{{16,}}=*)",
            re.IGNORECASE,
        ),
        kind="token",
    ),
    Shape(
        "AWS access key",
        "docs.aws.amazon.com, IAM identifiers",
        re.compile(r"\b(?:AKIA|ASIA)[A-Z2-7]{16}\b"),
        kind="key",
    ),
    Shape(
        "Alibaba Cloud access key",
        "GitHub, supported secrets",
        re.compile(r"\bLTAI[A-Za-z0-9]{12,24}\b"),
        kind="key",
    ),
    Shape(
        "Tencent Cloud secret id",
        "GitHub, supported secrets",
        re.compile(r"\bAKID[A-Za-z0-9]{32}\b"),
        kind="token",
    ),
    Shape("Google API key", "GitHub, supported secrets", re.compile(r"\bAIza[\w-]{35}(?![\w-])"), kind="key"),
    Shape(
        "Google access token",
        "cloud.google.com, token types",
        re.compile(r"\bya29\.[\w-]{20,}"),
        kind="token",
    ),
    Shape(
        "GitHub token",
        "github.blog, token formats",
        re.compile(r"\b(?:gh[pousr]_\w{36,}|github_pat_\w{82})"),
        kind="token",
    ),
    Shape(
        "GitLab token",
        "docs.gitlab.com, token prefixes",
        re.compile(r"\bgl(?:pat|dt|rt|cbt|ptt|ft|soat)-[\w-]{20,}"),
        kind="token",
    ),
    Shape("Slack token", "api.slack.com, token types", re.compile(r"\bxox[abeprs]-[\w-]{10,}"), kind="token"),
    Shape(
        "Slack webhook",
        "api.slack.com, webhooks",
        re.compile(r"\bhooks\.slack\.com/services/T\w+/B\w+/(?P<secret>\w{16,})"),
        kind="token",
    ),
    Shape(
        "Stripe key",
        "docs.stripe.com, keys",
        re.compile(r"\b(?:[rs]k_(?:live|test)|whsec)_[A-Za-z0-9]{16,}"),
        kind="key",
    ),
    Shape(
        "OpenAI key",
        "platform.openai.com",
        re.compile(r"\bsk-(?:proj-|svcacct-)?[A-Za-z0-9_-]{32,}"),
        kind="key",
    ),
    Shape("Anthropic key", "GitHub, supported secrets", re.compile(r"\bsk-ant-[\w-]{24,}"), kind="key"),
    Shape("npm token", "GitHub, supported secrets", re.compile(r"\bnpm_[A-Za-z0-9]{36}\b"), kind="token"),
    Shape(
        "PyPI token",
        "GitHub, supported secrets",
        re.compile(r"\bpypi-AgEIcHlwaS5vcmc[\w-]{40,}"),
        kind="token",
    ),
    Shape("Hugging Face token", "GitHub, supported secrets", re.compile(r"\bhf_[A-Za-z0-9]{34}\b"), kind="token"),
    Shape("SendGrid key", "GitHub, supported secrets", re.compile(r"\bSG\.[\w-]{22}\.[\w-]{43}"), kind="key"),
    Shape("Twilio key", "GitHub, supported secrets", re.compile(r"\bSK[0-9a-f]{32}\b"), kind="key"),
    Shape(
        "Telegram bot token",
        "core.telegram.org, bots",
        re.compile(r"\b[0-9]{8,10}:AA[\w-]{33}(?![\w-])"),
        kind="token",
    ),
    Shape(
        "Shopify token",
        "shopify.dev, token prefixes",
        re.compile(r"\bshp(?:at|ca|pa|ss)_[0-9a-fA-F]{32}\b"),
        kind="token",
    ),
    Shape(
        "DigitalOcean token",
        "docs.digitalocean.com",
        re.compile(r"\bdo[opr]_v1_[0-9a-f]{64}\b"),
        kind="token",
    ),
    Shape(
        "Guance workspace token",
        "docs.guance.com, DataKit: ENV_DATAWAY; made by mock_sites/guance/domain/workspaces.py",
        re.compile(r"\btkn_[0-9a-f]{32}\b"),
        kind="token",
    ),
    Shape(
        BY_NAME,
        "the names that services give to their keys and tokens",
        re.compile(
            rf"(?P<name>{NAME})\]?[\"']?(?:{BLANKS}[:=]{BLANKS}[\"']?|[\"'],{BLANKS}[\"']value[\"']:{BLANKS}[\"'])"
            # A place in a program, at which a function is called or an item is taken, is no secret.
            rf"(?!{_SIGN}{{16,{_FAR}}}+[(\[])"
            rf"(?P<secret>(?=[^\s\"'&]{{0,{_FAR}}}[0-9])(?=[^\s\"'&]{{0,{_FAR}}}[A-Za-z]){_SIGN}{{16,}})",
            re.IGNORECASE,
        ),
        kind="token",
    ),
)


_SEARCH: Final = Search(*(shape.pattern for shape in SHAPES))


def shapes_in(text: str) -> set[str]:
    """The names of the forms of secrets that are in ``text``, as it is or in encodings."""
    return {shape.name for view in views(text) for shape, _start, _end in _found_in(view)}


def find_secrets(text: str, known: Sequence[Secret] = ()) -> Iterator[tuple[int, int, Secret]]:
    """The secrets with a known form in ``text``, and those of ``known`` that are in an encoding, with their places.

    Where several overlap, it is the one with the longest place, and of those the value without any encoding.
    """
    found: list[tuple[int, int, Secret]] = []
    for view in views(text):
        for shape, start, end in _found_in(view):
            found.append((*view.place(start, end), Secret(shape.kind, view.text[start:end])))
        if view.source:
            # Where it is as it is, it has been replaced, or is a part of something else, such as a number.
            found += (place for place in _known_in(view, known) if text[place[0] : place[1]] != place[2].value)
    together: list[tuple[int, int, Secret]] = []
    for start, end, secret in sorted(found, key=itemgetter(0)):
        if together and start < together[-1][1]:
            begins, ends, other = together[-1]
            longest = secret if end - start >= ends - begins else other
            together[-1] = begins, max(end, ends), longest
        else:
            together.append((start, end, secret))
    yield from together


def _found_in(view: View) -> Iterator[tuple[Shape, int, int]]:
    for shape, matches in zip(SHAPES, _SEARCH(view.text), strict=True):
        group = "secret" if "secret" in shape.pattern.groupindex else 0
        for found in matches:
            if not _is_harmless(shape, found[group], found.groupdict().get("name")):
                yield shape, *found.span(group)


def _known_in(view: View, known: Sequence[Secret]) -> Iterator[tuple[int, int, Secret]]:
    for secret in known:
        start = view.text.find(secret.value)
        while start >= 0:
            end = start + len(secret.value)
            yield *view.place(start, end), secret
            start = view.text.find(secret.value, end)


def _is_harmless(shape: Shape, value: str, name: str | None) -> bool:
    masked = _MASKED.fullmatch(value) or PLACEHOLDER.search(value) or value in FIELDS or is_label(value)
    is_code = shape.name == BY_NAME and CODE.fullmatch(value)
    other_name = name and not kind_of_name(name)
    return bool(masked or is_code or other_name) or (shape.name == BASIC and ":" not in decoded(value))
