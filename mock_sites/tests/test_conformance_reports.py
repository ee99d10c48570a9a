"""The reports of a conformance run: a table, JUnit XML and a page. None of them shows a secret or breaks on odd
text.
"""

import io
import json
import re
from collections import Counter
from dataclasses import replace
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from markupsafe import escape
from rich.console import Console
from werkzeug.wrappers import Response

from mock_sites.huawei.conformance.model import CaseVerdict, Result
from mock_sites.huawei.conformance.report import Report
from mock_sites.huawei.protocol.parameters import Interface
from mock_sites.tests.support.conforming import KEY, report, run
from mock_sites.tests.support.wrong_seller import WrongSeller

HOSTILE = "<script>alert(1)</script> \x00\x1b[31m \ud800 [bold] " + KEY


class Hostile(WrongSeller):
    """A seller with odd texts in its answers, which also reveals its key."""

    def written(self, content: dict[str, Any], timestamp: str) -> Response:
        """The answer with such a message."""
        content |= {"resultMsg": HOSTILE, "password": "hunter2"}
        return Response(json.dumps(content), content_type="application/json", headers={"X-Key": KEY})


@pytest.fixture(scope="module")
def hostile() -> Report:
    return report(run(Hostile(KEY, "no-instance-id"), "v2", kit=False))


@pytest.fixture(scope="module")
def results() -> list[Result]:
    return run(WrongSeller(KEY, "no-instance-id"), "v2", kit=False)


def table(report: Report) -> str:
    console = Console(file=io.StringIO(), width=200)
    report.print_table(console)
    return console.file.getvalue()  # type: ignore[attr-defined]


def test_neither_key_nor_passwords_are_shown(hostile: Report) -> None:
    for shown in (table(hostile), hostile.junit().decode(), hostile.page()):
        assert KEY not in shown
        assert "hunter2" not in shown
        assert "***" in shown


def test_what_the_seller_says_is_text_and_nothing_else(hostile: Report) -> None:
    assert "<script>" not in hostile.page()
    assert "&lt;script&gt;" in hostile.page()
    assert "\x1b" not in table(hostile)
    assert "[bold]" in table(hostile)
    ET.fromstring(hostile.junit())  # noqa: S314 - our own


def test_what_others_have_written_is_marked_on_the_page_only(hostile: Report, results: list[Result]) -> None:
    odd = HOSTILE.partition(KEY)[0].replace("\x00", "\ufffd").replace("\x1b", "\ufffd").replace("\ud800", "\\ud800")
    page = report(results).page()

    assert '<bdi translate="no">调测失败，接口响应缺少instanceId.</bdi>' in page
    assert '<span translate="no">http://seller.example/produce</span>' in page
    assert f'<bdi translate="no">{escape(odd)}***</bdi>' in hostile.page()
    assert page.count("<bdi ") == page.count("</bdi>") > 1
    for text in (table(hostile), hostile.junit().decode(), page):
        assert "\N{FIRST STRONG ISOLATE}" not in text


def test_junit_has_failures(results: list[Result]) -> None:
    suites = ET.fromstring(report(results).junit())  # noqa: S314 - our own
    [suite] = suites
    failures = suite.findall("testcase/failure")

    assert suites.tag == "testsuites"
    assert suite.get("tests") == str(len(suite.findall("testcase"))) == str(len(results))
    assert suite.get("failures") == str(len(failures)) == str(sum(r.verdict is CaseVerdict.FAILED for r in results))
    assert suite.get("skipped") == str(len(suite.findall("testcase/skipped")))
    assert failures[0].get("type") == "no-instance-id"
    assert (failures[0].get("message") or "").splitlines() == [
        "The answer has no instanceId. Name the instance in it.",
        "Debugging page: 调测失败，接口响应缺少instanceId.",
    ]
    assert '"activity":"newInstance"' in (failures[0].text or "")


def test_the_page_shows_request_string_to_sign_answer_verdict_reason_and_rule(results: list[Result]) -> None:
    page = report(results).page()

    for part in ("POST http://seller.example/produce?signature=", "String to sign", "HTTP 200", "falls short"):
        assert part in page
    assert results[0].case.rule.source in page
    assert "The answer has no instanceId. Name" in page
    assert "http-equiv" not in page
    assert "<link" not in page
    assert " src=" not in page


def test_what_to_fix_is_said_once_with_the_cases(results: list[Result]) -> None:
    cured = "The answer has no instanceId. Name the instance in it."
    cases = "3 cases: newInstance, newInstance-repeated, newInstance-trial"

    assert [*report(results).to_fix.values()] == [(cured, cases)]
    assert table(report(results)).splitlines()[-2] == f"To fix 1: {cured} ({cases})"
    assert f"{cured} ({cases})" in report(results).page()
    assert report(results).page().index("What to fix") < report(results).page().index("Each case")


@pytest.mark.parametrize("status", [200, 302, 404, 405, 500], ids=str)
def test_what_many_cases_share_is_said_once_and_kept_with_each_case_in_junit(status: int) -> None:
    made = report(run(Response(status=status, headers={"Location": "/"}), "v2", kit=False))
    cured, _cases = next(iter(made.to_fix.values()))
    shown = [line for row in made.results for line, _id in made.brief(row)]

    assert sum(cured in made.why(row) for row in made.results) == made.junit().decode().count(cured) > 5
    assert [*shown, *made.remarks].count(cured) == 0
    assert len(shown) > len({line for line in shown if not line.startswith("See ")})
    assert max(Counter(line for line in shown if not line.startswith("See ")).values(), default=1) == 1
    assert made.page().count(" open>") == len(made.to_fix)
    assert '<a href="#to-fix-1">See To fix 1</a>' in made.page()


def test_of_many_cases_the_first_are_named() -> None:
    [(_, cases)] = report(run(WrongSeller(KEY, "redirect"), "v2", kit=False)).to_fix.values()

    assert re.fullmatch(r"[0-9]+ cases: newInstance, (newInstance-[a-z]+, ){2}[^,]+(, [^,]+){2} and [0-9]+ more", cases)


@pytest.mark.parametrize(
    ("mistake", "named"),
    [("no-kit", True), ("refuses-kit", False), ("refuses-repeated", False), ("body-sign-newline", False)],
)
def test_no_kit_is_named_where_no_call_of_the_kit_is_accepted(mistake: str, *, named: bool) -> None:
    made = report(run(WrongSeller(KEY, mistake), "v2"))

    assert ("leave the kit out with --no-kit" in made.without_kit) is named
    assert (made.without_kit in table(made) and made.without_kit in made.page()) is True


@pytest.mark.parametrize(
    ("protocol", "kit_key", "said"), [("v2", "", "name it with --kit-key."), ("v2", "another", ""), ("v1", "", "")]
)
def test_a_run_says_that_the_kit_was_signed_with_the_key_of_the_base_interfaces(
    results: list[Result], protocol: str, kit_key: str, said: str
) -> None:
    of_kit = [replace(one, case=replace(one.case, interface=Interface.KIT)) for one in results]
    scope = replace(report(of_kit), protocol=protocol, kit_key=kit_key).scope
    assert scope.rpartition(", ")[2] == said if said else "--kit-key" not in scope
    of_production = [replace(one, case=replace(one.case, interface=Interface.PRODUCTION)) for one in results]
    assert "--kit-key" not in replace(report(of_production), protocol=protocol).scope


def test_the_scope_is_shown(results: list[Result]) -> None:
    scope = "Listing: period, trial; optional parameters: all. Required on the marketplace's debugging page: "

    assert scope in table(report(results))
    assert "Listing: period, trial;" in report(results).page()


def test_the_table_has_expectation_answer_verdict_and_diagnosis(results: list[Result]) -> None:
    shown = table(report(results))

    for part in (
        "newInstance: A new order (period)",
        "000000 or 000004",
        "falls short",
        "The answer has no instanceId.",
    ):
        assert part in shown
    assert "Falls short (conforms:" in shown
