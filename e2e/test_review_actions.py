"""Reviews tell in words a person reads what was done, and when a difference was first seen."""

import html
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from e2e.cli import main
from e2e.support.sample import make_sample, write_sample
from fixtures.traces import OPTIONS, Lines, action, asked, seen, write
from mock_sites.review.comparing.actions import compare_actions
from mock_sites.review.comparing.selectors import in_words
from mock_sites.review.formats import FORMATS
from mock_sites.review.formats.words import whose_values
from mock_sites.review.review import review

URL = "http://localhost:8123/shop"
WHEN = 'before “click button "Buy"”'


@pytest.mark.parametrize(
    ("selector", "words"),
    [
        ('internal:role=button[name="Buy"i]', 'button "Buy"'),
        ('internal:role=button[name="Buy"s]', 'button "Buy" (exact)'),
        ("internal:role=button[name=/buy|get/i] >> visible=true", "button /buy|get/i (visible)"),
        ('internal:role=heading[name="a >> b"i][level=2]', 'heading "a >> b" level 2'),
        ("internal:role=checkbox[checked=false] >> nth=0", "checkbox not checked (first)"),
        ('internal:label="Email"i', 'label "Email"'),
        ('internal:text="Rye bread"i >> nth=-1', 'text "Rye bread" (last)'),
        ('internal:attr=[placeholder="Search"i]', 'placeholder "Search"'),
        ('internal:testid=[data-testid="row"s]', 'data-testid "row" (exact)'),
        ('li >> internal:has-text="Sold out"i >> nth=1', 'li with the text "Sold out" (number 2)'),
        (r'li >> internal:has="internal:role=link[name=\"A\"i]" >> a', 'li with link "A" › a'),
        ("iframe >> internal:control=enter-frame >> input", "iframe › input"),
        ('[name=password], input[name="q"]', '[name=password], input[name="q"]'),
    ],
)
def test_a_selector_is_told_in_words(selector: str, words: str) -> None:
    assert in_words(f"click {selector}") == f"click {words}"


@pytest.fixture
def traces(tmp_path: Path) -> list[str]:
    """Traces of a page with another heading until a button is clicked."""
    return [str(write(tmp_path / name / "shop.zip", *visit(name))) for name in ("Shop", "Store")]


def visit(heading: str) -> tuple[Lines, Lines]:
    def page(text: str) -> Any:
        return ["HTML", {}, ["BODY", {}, ["H1", {}, text]]]

    begun, ended = action(2, 130, "click", params={"selector": 'internal:role=button[name="Buy"i]'})
    shots = [seen(2, 131, "before", URL, page(heading)), seen(2, 139, "after", URL, page("Paid"))]
    opened = [*action(1, 110, "goto", params={"url": URL}), seen(1, 119, "after", URL, page(heading))]
    return [OPTIONS, *opened, begun, *shots, ended], [asked(111, "GET", URL)]


@pytest.mark.parametrize("name", FORMATS)
def test_all_formats_tell_when_a_difference_was_first_seen(name: str, traces: list[str]) -> None:
    before, after = traces

    result = CliRunner().invoke(main, ["review", before, after, "--format", name], env={"COLUMNS": "200"})

    assert result.exit_code == 1, result.output
    assert WHEN in html.unescape(result.stdout.replace("\\", ""))
    assert "internal:" not in result.stdout


def test_it_is_told_once_of_which_run_the_values_are(traces: list[str], tmp_path: Path) -> None:
    before, after = traces
    note = "Addresses, ids and times that vary are those of the earlier run."
    report = tmp_path / "review.html"

    terminal = CliRunner().invoke(main, ["review", before, after, "--html", str(report)]).stdout
    markdown = CliRunner().invoke(main, ["review", before, after, "--format", "markdown"]).stdout
    unchanged = CliRunner().invoke(main, ["review", before, before]).stdout

    shown = report.read_text(encoding="utf-8")
    assert [text.count(note) for text in (terminal, markdown, shown, unchanged)] == [1, 1, 1, 0]
    assert WHEN in html.unescape(shown)


def test_recordings_of_worlds_with_a_seed_have_no_values_that_vary(tmp_path: Path) -> None:
    steps = make_sample()
    steps[4].elements[1].text = "Staff"
    reviewed = review(write_sample(steps, tmp_path / "after"), write_sample(make_sample(), tmp_path / "before"))

    assert len(reviewed.findings) == 1
    assert whose_values(reviewed) == ""


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        (["click a", "evaluateExpression"], ["click a", *["evaluateExpression"] * 3], []),
        (["click a", "evaluateExpression"], ["click a"], ["“evaluateExpression” is no longer done"]),
        (["click a"], ["click a", "click a"], ["“click a” is done in addition"]),
        (["isVisible a"], ["isVisible a", "isVisible b"], ["“isVisible b” is done in addition"]),
    ],
)
def test_a_read_that_is_repeated_counts_once(before: list[str], after: list[str], expected: list[str]) -> None:
    assert [change.what for change in compare_actions(before, after)] == expected
