"""Two causes are two findings: deliberate changes are made two at a time."""

import os
from itertools import combinations
from pathlib import Path
from typing import Final

import pytest

from e2e.support.deliberate import Deliberate, find_after
from e2e.support.deliberate_changes import CATALOGUE
from e2e.support.sample import make_sample, write_sample

MOST_PAIRS: Final = int(os.environ.get("MOCK_SITES_PAIRS", "60"))
"""How many pairs of deliberate changes are made together; 2000 makes all."""
RESHAPING: Final = {
    "a step more", "a step less", "steps in another order", "a step renamed", "a step split", "two steps joined",
}  # fmt: skip
"""Changes of whole steps. What else is changed in those steps cannot be told apart from them."""
FAILING: Final = "a step that fails"
"""A change from which all others in its step follow."""
SAME_THING: Final = {
    ("a button renamed on two pages", "a button widened"),
    ("a button renamed on two pages", "a button of another colour"),
    ("a note reworded", "a note lost"),
    ("a heading lost", "a button moved"),
    ("a field lost", "a field more"),
    ("a field lost", "a field filled in"),
    ("a field lost", "a label renamed"),
    ("a field filled in", "a label renamed"),
    ("another value", "a value lost"),
    ("a button that does not", "a button made a link"),
    ("a button that does not", "a button moved"),
    ("a button made a link", "a button moved"),
    ("a list item more", "a list item less"),
    ("a list item less", "list items in another order"),
    ("another status in a table", "a table lost"),
    ("a table lost", "a button moved"),
    ("a button widened", "a button of another colour"),
    ("a request less", "requests in another order"),
    ("a call that fails", "a call less"),
    ("a call that fails", "a call twice"),
    ("a call less", "a call twice"),
    ("an event less", "events in another order"),
    ("events in another order", "another amount"),
    ("a mail less", "a mail twice"),
    ("a mail less", "a mail to somebody else"),
    ("a mail less", "another subject"),
    ("a mail less", "another line in a mail"),
    ("a mail twice", "a mail to somebody else"),
    ("a mail twice", "another subject"),
    ("a mail to somebody else", "another subject"),
    ("a paragraph lost", "a button widened"),
    ("a dialog less", "a dialog's text"),
    ("a dialog less", "another dialog"),
    ("a dialog's text", "another dialog"),
    ("a download less", "a file's name"),
    ("a download less", "a file's content"),
    ("a file's name", "a file's content"),
}
"""Changes of one thing or of neighbours in a row, or of which one undoes the other."""


@pytest.fixture(scope="module")
def baseline(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample recording, unchanged."""
    return write_sample(make_sample(), tmp_path_factory.mktemp("baseline") / "purchase-en")


def pairs() -> list[tuple[Deliberate, Deliberate]]:
    """Some of the pairs of independent changes, first those of one step."""
    found = [
        (one, other)
        for one, other in combinations(CATALOGUE, 2)
        if not {one.name, other.name} & RESHAPING and (one.name, other.name) not in SAME_THING
        if FAILING not in {one.name, other.name} or not set(one.steps) & set(other.steps)
    ]
    found.sort(key=lambda pair: not set(pair[0].steps) & set(pair[1].steps))
    close = [pair for pair in found if set(pair[0].steps) & set(pair[1].steps)]
    return found if len(close) < MOST_PAIRS else close[:: -(-len(close) // MOST_PAIRS)]


def test_two_independent_changes_are_two_findings(baseline: Path) -> None:
    for one, other in pairs():
        found = find_after(baseline, other.change, one.change)

        expected = [deliberate for deliberate in (one, other) if any(map(deliberate.is_found_as, found))]
        assert (len(found), expected) == (2, [one, other]), (one.name, other.name, [each.what for each in found])
