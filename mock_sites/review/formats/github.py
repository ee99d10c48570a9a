"""The result of a review as workflow commands of GitHub Actions, which show it beside a pull request.

Source: https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands
"""

import os
from pathlib import Path

from mock_sites.review.changes import Kind
from mock_sites.review.findings import Finding
from mock_sites.review.formats import words
from mock_sites.review.formats.markdown import write_markdown
from mock_sites.review.review import Reviewed


def write_commands(reviewed: Reviewed) -> str:
    """A command for each finding and fault. ``GITHUB_STEP_SUMMARY``, if it is set, names the file of the job's summary.

    What looks different is a warning, and so is a rule that never applied. What is only advice is a notice, and
    all else an error.
    """
    summary = os.environ.get("GITHUB_STEP_SUMMARY")
    if summary:
        with Path(summary).open("a", encoding="utf-8", newline="\n") as file:
            file.write(write_markdown(reviewed))
    commands = [_command("error", "Not compared", fault) for fault in reviewed.faults]
    commands += [_command(_level(each), f"Review: {words.kind(each)}", _message(each)) for each in reviewed.findings]
    commands += [_command("warning", "Rule never applied", rule) for rule in words.unused_rules(reviewed)]
    return "\n".join([*commands, words.counts(reviewed), ""])


def _level(finding: Finding) -> str:
    if finding.advice:
        return "notice"
    return "warning" if finding.kind.group == Kind.LAYOUT.group else "error"


def _message(finding: Finding) -> str:
    places = [f"{place.journey}, {words.step(place)}" for place in finding.places]
    folded = [f"- {change.kind}: {change.what}" for change in finding.folded]
    return "\n".join([finding.what, *places, *folded])


def _command(name: str, title: str, message: str) -> str:
    """A command; what would end it or one of its properties is escaped."""
    escaped = _escape(title).replace(":", "%3A").replace(",", "%2C")
    return f"::{name} title={escaped}::{_escape(message)}"


def _escape(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
