"""Secrets in anybody's files are found by their form, in any encoding; what only looks like one is not."""

import base64
import gzip
import html
import json
import string
from collections.abc import Callable
from pathlib import Path
from random import Random
from typing import Final
from urllib.parse import quote

import pytest
from click.testing import CliRunner

from e2e.cli import main
from e2e.recording.scan import scan
from e2e.recording.shapes import SHAPES

CHOICE: Final = Random("secret shapes")  # noqa: S311, they are no secrets
"""No secret stands in this file: each is made of a form and of characters chosen at random."""

WORD, HEX, UPPER = string.ascii_letters + string.digits, "0123456789abcdef", string.ascii_uppercase + "234567"


def some(count: int, alphabet: str = WORD) -> str:
    """Characters by chance, of which one is a digit."""
    return "".join(CHOICE.choices(alphabet, k=count - 1)) + "7"


def in_base64(text: str) -> str:
    return base64.b64encode(text.encode()).decode()


def json_web_token() -> str:
    parts = [in_base64(json.dumps(part)).rstrip("=") for part in ({"alg": "HS256"}, {"sub": some(8)})]
    return ".".join([*parts, some(43)])


PLANTED: Final[dict[str, list[str]]] = {
    "JSON Web Token": [json_web_token(), f"id_token={json_web_token()}"],
    "private key": [f"-----BEGIN {kind}PRIVATE KEY-----" for kind in ("", "RSA ", "EC ", "OPENSSH ")],
    "Bearer token": [f"Authorization: Bearer {some(32)}", f'{{"authorization":"bearer {some(20)}"}}'],
    "Basic credentials": [
        f"Authorization: Basic {in_base64(f'{some(6)}:{some(12)}')}",
        f"Basic {in_base64('user:' + some(9))}",
    ],
    "password in an address": [
        f"{scheme}://{user}:{some(12)}@db.example.com/x"
        for scheme, user in (("https", "api"), ("postgresql", "app"), ("redis", ""), ("amqps", "guest"))
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

CLEAN: Final = [
    "Authorization: Bearer «token-1»",
    "Bearer authentication is used. Basic authentication is not.",
    "Basic Settings and Basic functionality",
    "http://user:«password-1»@example.com/ or https://user:***@example.com/",
    "https://example.com:8080/path/@scope/package",
    "git@example.com:group/project.git",
    "password: ****************, api_key=<your-api-key-goes-here-1>",
    "api_key=$API_KEY_OF_THE_PROJECT_1 secret=${SECRET_NUMBER_1_OF_MANY}",
    "6f9619ff-8b86-d011-b42d-00cf4fc964ff da39a3ee5e6b4b0d3255bfef95601890afd80709",
    "const accessToken=e.accessToken,t=this.secretKeyOf(e,n);",
    "-----BEGIN CERTIFICATE----- -----BEGIN PUBLIC KEY-----",
    "task-list-of-the-main-page desk-top risk-management-of-the-project-1",
    "data:image/png;base64," + base64.b64encode(bytes(range(256)) * 8).decode(),
    "The secret of good tests is that they fail.",
    "eyJ is how JSON begins in Base64.",
    "sha256-" + base64.b64encode(bytes(range(32))).decode(),
    "xoxo, ghost_writer, SKU12345, AIzawa, hf_audio_model, SG.example",
]


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_every_form_is_found_in_every_encoding(encoding: str, tmp_path: Path) -> None:
    missed: list[str] = []
    for name, examples in PLANTED.items():
        for number, example in enumerate(examples):
            file = tmp_path / f"{number}.txt"
            file.write_bytes(ENCODINGS[encoding](f"first line\n{example}\nlast line"))
            if name not in "".join(scan([file], [])):
                missed.append(f"{name} {number}")

    assert missed == []


def test_every_form_has_examples() -> None:
    assert [*PLANTED] == [shape.name for shape in SHAPES]
    assert sum(map(len, PLANTED.values())) >= 60


@pytest.mark.parametrize("text", CLEAN, ids=range(len(CLEAN)))
def test_what_only_looks_like_a_secret_is_none(text: str, tmp_path: Path) -> None:
    (tmp_path / "clean.txt").write_text(text, encoding="utf-8")

    assert scan([tmp_path], []) == []


def test_a_scan_without_findings_says_what_it_looked_for(tmp_path: Path) -> None:
    (tmp_path / "clean.txt").write_text("nothing", encoding="utf-8")

    result = CliRunner().invoke(main, ["scan", str(tmp_path)])

    assert (result.exit_code, result.stdout.splitlines()[0]) == (0, "No secrets found. Looked for:")
    assert all(shape.name in result.stdout for shape in SHAPES)
