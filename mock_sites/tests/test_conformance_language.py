"""The report of a conformance run in Chinese has no English sentences, but for what the seller and its calls say."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from functools import reduce
from html import unescape
from pathlib import Path
from typing import Final
from xml.etree import ElementTree as ET

import pytest

from mock_sites.huawei.conformance import pushes
from mock_sites.huawei.conformance.listing import EVERY, Listing
from mock_sites.huawei.conformance.model import CaseVerdict, ConformanceCase, Flaw, Weight
from mock_sites.huawei.conformance.report import Report
from mock_sites.huawei.conformance.requests import SellerConnection
from mock_sites.huawei.conformance.running import RunPlan
from mock_sites.tests.support.conform_command import Serve, conform, serve
from mock_sites.tests.support.conforming import KEY
from mock_sites.tests.support.wrong_seller import WrongSeller
from mock_sites.web.markup import elements

__all__ = ["serve"]

SENTENCE: Final = re.compile(r"(?:\b[A-Za-z]{2,}\b[ ,]+){3,}")
"""Four words or more in a row. Names of fields, values and options are shorter."""

READ: Final = {"title", "h1", "h2", "h3", "p", "li", "th", "td", "summary", "dt", "dd"}
"""What people read. The calls and answers themselves are in other elements."""

CHINESE: Final = Report(
    address="http://localhost/produce",
    key=KEY,
    protocol="v2",
    live=False,
    began=datetime(2026, 3, 2, tzinfo=UTC),
    results=(),
    language="zh",
)


def cases() -> Iterator[ConformanceCase]:
    """The cases of both versions for all kinds of products, with and without a key that can decrypt."""
    for protocol in ("v1", "v2"):
        for encrypt in (None, str):
            line = SellerConnection("http://localhost/produce", KEY, protocol, live=False)
            yield from RunPlan(line, listing=Listing(EVERY), encrypt=encrypt).cases
    yield pushes.CASE


def test_every_case_is_described_in_chinese() -> None:
    texts = {text for case in cases() for text in (case.title, case.rule.text)}
    texts |= {one.value for kind in (Flaw, Weight, CaseVerdict) for one in kind}
    assert len(texts) > 100
    assert {text for text in texts if not re.search(r"[\u4e00-\u9fff]", CHINESE.said(text))} == set()


def test_every_code_that_conforms_is_named() -> None:
    assert all(code in CHINESE.said(case.expected) for case in cases() for code in case.codes)
    assert max(len(case.codes) for case in cases()) > 2


@pytest.mark.parametrize("mistake", ["", "accepts-malformed", "key-wrong", "refuses-kit"])
def test_no_sentence_of_a_chinese_report_is_english(serve: Serve, tmp_path: Path, mistake: str) -> None:
    html, junit = tmp_path / "report.html", tmp_path / "report.xml"
    reports = ("--html", str(html), "--junit", str(junit))
    result = conform(serve(WrongSeller(KEY, mistake)), "--kit", "--language", "zh", *reports)
    page = html.read_text("utf-8")
    assert '<html lang="zh">' in page
    shown = [one.text for one in elements(page) if one.tag in READ]
    tests = [case.get("name", "") for case in ET.parse(junit).iter("testcase")]  # noqa: S314 - our own file
    said = set(re.findall(r'"resultMsg": ?"([^"]*)"', unescape(page)))
    assert len(shown) > 200
    for text in (" ".join(result.stdout.split()), *shown, *tests):
        ours = reduce(lambda left, words: left.replace(words, ""), said, text)
        assert not SENTENCE.search(ours), ours
