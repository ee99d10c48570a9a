"""The catalogue of mistakes: complete, in both languages, and each of it tried by a test."""

import re
from pathlib import Path
from typing import Final

import pytest
from babel.messages.pofile import read_po

import mock_sites
from mock_sites.huawei.mistakes import body_sign, calls_v1, calls_v2, order_query, usage_push
from mock_sites.huawei.mistakes.catalogue import MISTAKES
from mock_sites.huawei.mistakes.scheme import Scheme

PACKAGE: Final = Path(mock_sites.__file__).parent
SCHEMES: Final = [
    *calls_v1.SCHEMES.values(),
    *calls_v2.SCHEMES.values(),
    body_sign.SCHEME,
    order_query.SCHEME,
    usage_push.SCHEME,
]

NAMED: Final = {
    "wrong key": {"key-wrong"},
    "key of the other class": {"key-of-other-class"},
    "seconds for milliseconds": {"timestamp-in-seconds"},
    "milliseconds for seconds": {"expiry-in-milliseconds"},
    "local time for UTC": {"local-time"},
    "plain SHA-256": {"plain-sha256"},
    "Base64 for hex": {"signature-in-base64"},
    "body re-serialised with blanks": {"body-with-blanks", "body-sign-reserialised"},
    "top-level or no sorting": {"only-top-level-sorted", "not-sorted"},
    "Z to A": {"sorted-z-to-a"},
    "capitals in the hash": {"capitals-in-hash"},
    "+ not decoded": {"plus-not-decoded"},
    "double encoding": {"values-encoded-twice"},
    "key with timestamp for Body-Sign": {"body-sign-key-with-timestamp"},
    "missing quotes": {"body-sign-quotes"},
    "header missing behind a proxy": {"body-sign-lost", "headers-lost", "key-wrong-or-headers-lost"},
    "wrong Content-Type": {"content-type", "charset-refused"},
    "HTTP status instead of result code": {"status"},
    "answer after the time limit": {"slow"},
    "unstable instanceId": {"second-instance"},
}
"""What sellers were seen to do wrong, and the names of the diagnoses."""


def named_in(module: Path) -> set[str]:
    """The names of mistakes in the source of a module."""
    return set(re.findall(r'"([a-z0-9-]+)"', module.read_text("utf-8")))


@pytest.mark.parametrize("mistakes", NAMED.values(), ids=NAMED)
def test_what_sellers_were_seen_to_do_wrong_is_tried_on_a_service_that_does_it(mistakes: set[str]) -> None:
    assert mistakes <= MISTAKES.keys()
    tests = Path(__file__).parent
    assert mistakes <= named_in(tests / "test_conformance.py") | named_in(tests / "support" / "wrong_seller.py")


@pytest.mark.parametrize("scheme", SCHEMES)
def test_a_mistake_in_signing_is_in_the_catalogue(scheme: Scheme) -> None:
    assert {name for step in scheme.steps for name, _ in step if name} <= MISTAKES.keys()


def test_every_mistake_of_the_catalogue_is_looked_for() -> None:
    sources = [path for path in (PACKAGE / "huawei").rglob("*.py") if path.name[:3] != "in_"]
    looked_for = {name for source in sources for name in named_in(source)}

    assert MISTAKES.keys() - looked_for == set()


def test_every_cure_is_a_sentence_in_both_languages() -> None:
    with (PACKAGE / "translations" / "zh" / "LC_MESSAGES" / "messages.po").open("rb") as file:
        chinese = read_po(file)

    for mistake in MISTAKES.values():
        message = chinese.get(mistake.cure)
        assert mistake.cure[-1] in ".?}", mistake.name
        assert message, f"{mistake.name} is not collected: run make messages"
        assert message.string, f"{mistake.name} has no Chinese sentence"
        assert set(re.findall(r"{\w+}", str(message.string))) == set(re.findall(r"{\w+}", mistake.cure)), mistake.name
