"""Secrets to be found: each is made of a form and of characters by chance, so that none stands in this file."""

import base64
import gzip
import html
import json
import string
from collections.abc import Callable
from random import Random
from typing import Final
from urllib.parse import quote

CHOICE: Final = Random("secret shapes")  # noqa: S311, they are no secrets

WORD, HEX, UPPER = string.ascii_letters + string.digits, "0123456789abcdef", string.ascii_uppercase + "234567"


SHORTEST: Final = 9
"""Of the made-up strings that are secrets. Shorter ones are names beside them."""

MADE: Final = list[str]()
"""The made-up strings that are secrets."""


def some(count: int, alphabet: str = WORD) -> str:
    """Characters by chance, of which one is a digit."""
    made = "".join(CHOICE.choices(alphabet, k=count - 1)) + "7"
    if count >= SHORTEST:
        MADE.append(made)
    return made


def in_base64(text: str) -> str:
    """Base64 of a text."""
    return base64.b64encode(text.encode()).decode()


def json_web_token() -> str:
    """One that says nothing."""
    parts = [in_base64(json.dumps(part)).rstrip("=") for part in ({"alg": "HS256"}, {"sub": some(8)})]
    return ".".join([*parts, some(43)])


def private_key(kind: str) -> str:
    """One that opens nothing."""
    marks = [f"-----{word} {kind}PRIVATE KEY-----" for word in ("BEGIN", "END")]
    return "\n".join([marks[0], *(some(64) for _line in range(3)), marks[1]])


PLANTED: Final[dict[str, list[str]]] = {
    "JSON Web Token": [json_web_token(), f"id_token={json_web_token()}"],
    "private key": [private_key(kind) for kind in ("", "RSA ", "EC ", "OPENSSH ")],
    "Bearer token": [f"Authorization: Bearer {some(32)}", f'{{"authorization":"bearer {some(20)}"}}'],
    "Basic credentials": [
        f"Authorization: Basic {in_base64(f'{some(6)}:{some(12)}')}",
        f"Basic {in_base64('user:' + some(9))}",
    ],
    "password in an address": [
        f"{scheme}://{user}:{some(12)}@db.example.com/x"
        for scheme, user in (("https", "api"), ("postgresql", "app"), ("redis", ""), ("amqps", "guest"))
    ],
    "token in an address": [
        f"https://example.com/in?code={some(24)}",
        f"https://files.example.com/a.png?X-Amz-Signature={some(64, HEX)}&size=3",
        f"/callback#id=7&sid={some(20)}",
    ],
    "AWS access key": ["AKIA" + some(16, UPPER), "ASIA" + some(16, UPPER)],
    "Alibaba Cloud access key": ["LTAI" + some(20), "LTAI" + some(12)],
    "Tencent Cloud secret id": ["AKID" + some(32)],
    "Google API key": ["AIza" + some(35), "key=AIza" + some(35)],
    "Google access token": ["ya29." + some(60)],
    "GitHub token": [*(f"gh{kind}_" + some(36) for kind in "pousr"), "github_pat_" + some(82)],
    "GitLab token": ["glpat-" + some(20), "gldt-" + some(20), "glrt-" + some(20)],
    "Slack token": ["xoxb-" + some(40), "xoxp-" + some(40), "xoxe-" + some(40)],
    "Slack webhook": [f"https://hooks.slack.com/services/T{some(8)}/B{some(8)}/{some(24)}"],
    "Stripe key": ["sk_live_" + some(24), "rk_test_" + some(24), "whsec_" + some(32)],
    "OpenAI key": ["sk-" + some(48), "sk-proj-" + some(48)],
    "Anthropic key": ["sk-ant-" + some(48)],
    "npm token": ["npm_" + some(36)],
    "PyPI token": ["pypi-AgEIcHlwaS5vcmc" + some(80)],
    "Hugging Face token": ["hf_" + some(34)],
    "SendGrid key": ["SG." + some(22) + "." + some(43)],
    "Twilio key": ["SK" + some(32, HEX)],
    "Telegram bot token": [f"{some(9, string.digits)}:AA{some(33)}"],
    "Shopify token": ["shpat_" + some(32, HEX), "shpca_" + some(32, HEX), "shpss_" + some(32, HEX)],
    "DigitalOcean token": ["dop_v1_" + some(64, HEX)],
    "Guance workspace token": ["tkn_" + some(32, HEX)],
    "value of a secret's name": [
        f"api_key={some(32)}",
        f'"apiKey": "{some(24)}"',
        f"X-Api-Key: {some(40)}",
        f'{{"accessToken":"{some(32)}"}}',
        f"secret='{some(16)}'",
        f'client_secret: "{some(40)}"',
        f'{{"name":"X-Auth-Token","value":"{some(32)}"}}',
        f"&password={some(16)}",
        f"SECRET_ACCESS_KEY={some(40)}",
    ],
}
"""Examples of secrets by their form."""

ENCODINGS: Final[dict[str, Callable[[str], bytes]]] = {
    "plain": str.encode,
    "JSON": lambda text: json.dumps({"text": text}).encode(),
    "JSON in JSON": lambda text: json.dumps({"text": json.dumps({"text": text})}).encode(),
    "escapes": lambda text: "".join(f"\\u{ord(sign):04x}" for sign in text).encode(),
    "HTML": lambda text: f'<input value="{html.escape(text)}">'.encode(),
    "HTML numbers": lambda text: "".join(f"&#{ord(sign)};" for sign in text).encode(),
    "address": lambda text: f"https://example.com/?next={quote(text, safe='')}".encode(),
    "address in an address": lambda text: f"https://example.com/?next={quote(quote(text, safe=''), safe='')}".encode(),
    "Base64": lambda text: f"data {in_base64(text)} end".encode(),
    "Base64 of addresses": lambda text: base64.urlsafe_b64encode(f"x={text}".encode()).rstrip(b"="),
    "gzip": lambda text: gzip.compress(text.encode()),
    "UTF-16": lambda text: text.encode("utf-16"),
}
"""Ways in which a text may be written."""
