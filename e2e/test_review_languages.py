"""Traces that Playwright writes for Node, Python, Java and .NET are read alike."""

from itertools import permutations
from pathlib import Path
from typing import Any, Final

import pytest

from fixtures.traces import Lines, action, visit_shop_and_pay, write
from mock_sites.review.recording import RecordedStep
from mock_sites.review.review import review
from mock_sites.review.traces.trace import read_trace
from mock_sites.review.unknown import known_in_both

WAIT: Final = {"class": "Page"}
WRITTEN: Final[dict[str, tuple[str, dict[str, Any]]]] = {
    "python": ('Expect "not_to_have_js_property"', {"params": {"event": "page.expect_event(popup)"}}),
    "javascript": ('Expect "not toHaveJSProperty"', {"params": {"event": "popup"}}),
    "java": ('Assert "not_hasJSProperty"', {"params": {"event": ""}}),
    "csharp": ('Expect "not_ToHaveJSPropertyAsync"', {"params": {"event": 'page.WaitForEventAsync("Popup")'}}),
}
"""An assertion and a wait for an event, as each language writes them."""


def visit(language: str, folder: Path, *, waits: bool = True) -> Path:
    """A trace in which a page is opened by a click, and then an element of the first one is checked."""
    shown, network = visit_shop_and_pay()
    title, wait = WRITTEN[language]
    lines: Lines = [
        {**shown[0], "sdkLanguage": language},
        *shown[1:],
        *(action(5, 60, "__waitInfo__", **WAIT, **wait) if waits else ()),
        *action(6, 70, "click", params={"selector": "a"}),
        *action(7, 80, "expect", title=title, params={"selector": "h1"}),
    ]
    return write(folder / f"{language}.zip", lines, network)


def test_traces_of_all_languages_are_equal(tmp_path: Path) -> None:
    traces = [visit(language, tmp_path) for language in WRITTEN]

    for before, after in permutations(traces, 2):
        assert [finding.what for finding in review(after, before).findings] == []
    for trace in traces:
        assert read_trace(trace).steps[-1].actions[-1] == 'Expect "not_to_have_js_property" h1'


def test_a_wait_is_compared_if_both_traces_tell_for_what(tmp_path: Path) -> None:
    waits = visit("python", tmp_path), visit("java", tmp_path)
    before, after = visit("javascript", tmp_path / "node", waits=False), visit("java", tmp_path / "java", waits=False)

    assert [finding.what for finding in review(waits[0], before).findings] == [
        "“wait for event popup” is done in addition"
    ]
    assert [finding.what for finding in review(waits[0], after).findings] == []
    assert [finding.what for finding in review(waits[1], before).findings] == []
    [*_others, last] = known_in_both(read_trace(waits[0]), read_trace(waits[1]))[0].steps
    assert last.actions[last.inputs[-1]] == "click a"


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ('Expect "toHaveURL"', 'Expect "to_have_url"'),
        ('Expect "ToContainClassAsync" #a', 'Expect "to_contain_class" #a'),
        ('Assert "isVisible" heading "Is Visible"', 'Expect "to_be_visible" heading "Is Visible"'),
        ('Assert "containsText"', 'Expect "to_contain_text"'),
        ('Assert "matchesAriaSnapshot"', 'Expect "to_match_aria_snapshot"'),
        ('Expect "page 2 is open"', 'Expect "page 2 is open"'),
        ("click #toHaveURL", "click #toHaveURL"),
    ],
)
def test_an_assertion_has_one_name_in_all_languages(written: str, read: str) -> None:
    """Those of Python. A message that a test gives its assertion stays."""
    step = {"number": 1, "name": "a", "title": {"en": "A", "zh": "A"}, "actor": "page 1", "url": "http://localhost/"}

    assert RecordedStep.model_validate({**step, "actions": [written]}).actions == (read,)
