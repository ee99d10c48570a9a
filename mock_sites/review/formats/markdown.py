"""The result of a review as Markdown, for a comment on a pull request or a summary of a job."""

import re
from collections.abc import Iterator
from typing import Final

from mock_sites.review.findings import Finding
from mock_sites.review.formats import words
from mock_sites.review.formats.shorten import shorten
from mock_sites.review.review import Reviewed

LONGEST: Final = 60_000
"""Characters of a result at most. GitHub takes comments of 65,536."""
LONG: Final = 200
"""Characters of a change before it is shortened."""
MOST: Final = 20
"""Changes or places of a finding that are listed."""
MARKUP: Final = re.compile(r"([\\`*_\[\](){}|~])")
REFERENCE: Final = re.compile(r"(?<!\w)([@#])(?=\w)|(?<=://)(?=\w)")
"""Where GitHub would notify a person, or link an issue or an address."""


def write_markdown(reviewed: Reviewed) -> str:
    """The result as Markdown. What does not fit is counted."""
    note = words.whose_values(reviewed)
    text = "\n\n".join(["### Review of recordings", words.counts(reviewed), *([note] if note else [])]) + "\n"
    parts = [f"- **Not compared**: {_escape(fault)}\n" for fault in reviewed.faults]
    parts += ["\n".join(_lines(finding)) + "\n" for finding in reviewed.findings]
    parts += [f"- **Rule never applied**: {_escape(rule)}\n" for rule in words.unused_rules(reviewed)]
    for number, part in enumerate(parts):
        if len(text) + len(part) > LONGEST:
            return f"{text}\nAnd {len(parts) - number} more.\n"
        text += ("" if number else "\n") + part
    return text


def _lines(finding: Finding) -> Iterator[str]:
    yield f"- **{words.kind(finding)}**: {_escape(shorten(finding.lead, LONG))}"
    for name, places in words.journeys(finding):
        steps = ", ".join(words.step(place) for place in places[:MOST])
        yield f"  - {_escape(f'{name}: {steps}')}{_more(len(places))}"
    if finding.folded:
        yield f"  <details><summary>{len(finding.folded)} more of the same cause</summary>\n"
        for change in finding.folded[:MOST]:
            yield f"  - {change.kind}: {_escape(shorten(change, LONG))}"
        if len(finding.folded) > MOST:
            yield f"  - {_more(len(finding.folded)).strip(', ')}"
        yield "\n  </details>"


def _more(count: int) -> str:
    return f", and {count - MOST} more" if count > MOST else ""


def _escape(text: str) -> str:
    """A text in one line, that is no markup, notifies nobody and is no link."""
    plain = " ".join(text.split()).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return REFERENCE.sub(r"\1<!-- -->", MARKUP.sub(r"\\\1", plain))
