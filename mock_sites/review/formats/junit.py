"""The result of a review as JUnit XML: a test case for each recording or trace."""

import re
from typing import Final

from junitparser import Error, Failure, JUnitXml, TestCase, TestSuite

from mock_sites.review.findings import Finding
from mock_sites.review.formats import words
from mock_sites.review.review import Reviewed

NOT_IN_XML: Final = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Characters that XML 1.0 does not allow."""


def write_junit(reviewed: Reviewed) -> str:
    """The result as JUnit XML. A journey fails by its differences; what could not be compared is an error."""
    suite = TestSuite("journeys review")
    for pair in reviewed.compared:
        case = TestCase(_clean(pair.after.name), "review")
        mine = [each for each in reviewed.findings if any(place.journey == pair.after.name for place in each.places)]
        differences = [_describe(finding) for finding in mine if not finding.advice]
        if differences:
            failure = Failure(f"{differences[0].splitlines()[0]}{_more(len(differences) - 1)}", "difference")
            failure.text = "\n".join(differences)
            case.result = [failure]
        advice = [_describe(finding) for finding in mine if finding.advice]
        if advice:
            case.system_out = "\n".join(advice)
        suite.add_testcase(case)
    for fault in reviewed.faults:
        case = TestCase(_clean(fault.partition(": ")[0]), "review")
        case.result = [Error(_clean(fault), "not compared")]
        suite.add_testcase(case)
    suite.time = 0
    report = JUnitXml()
    report.add_testsuite(suite)
    return report.tostring().decode("utf-8") + "\n"


def _describe(finding: Finding) -> str:
    """A finding with its places, and the changes that are folded under it."""
    lines = [f"{words.kind(finding)}: {finding.what}"]
    lines += [f"  in {place.journey}, {words.step(place)}, {place.page}" for place in finding.places]
    lines += [f"  - {change.kind}: {change.what}" for change in finding.folded]
    return _clean("\n".join(lines))


def _more(count: int) -> str:
    return f", and {count} more" if count else ""


def _clean(text: str) -> str:
    return NOT_IN_XML.sub("\N{REPLACEMENT CHARACTER}", text)
