"""The result of a review as JSON. Its schema is ``docs/review.schema.json``, which ``schema.py`` writes."""

import json
from collections.abc import Sequence
from typing import Any, Final, Literal

from pydantic import BaseModel, ConfigDict, Field

from mock_sites.review.changes import Change, Kind
from mock_sites.review.findings import Finding, Place
from mock_sites.review.review import Reviewed

FORMAT: Final = 1


class Part(BaseModel):
    """A part of the result. Later versions may add fields."""

    model_config = ConfigDict(frozen=True)


class ReportedChange(Part):
    """A change in words."""

    kind: Kind
    what: str
    advice: bool = Field(description="It is only advice, and makes no review fail.")
    before: str | None = Field(description="The text that changed as it was; null if something is new, gone or moved.")
    after: str | None = Field(description="The text that changed as it is now; null likewise.")


class ReportedPlace(Part):
    """A step in which a finding was seen."""

    journey: str = Field(description="The name of the recording, or of the trace.")
    step: str = Field(description="The id of the step in its journey.")
    number: int
    title: str
    actor: str
    url: str
    clauses: Sequence[str]
    moment: str | None = Field(description="When it was first seen; null at the end of the step.")


class ReportedFinding(Part):
    """One cause: its most telling change, the others that it made, and where it was seen."""

    kind: Kind
    group: str = Field(description="The group of kinds: behaviour, page, traffic, looks or time.")
    what: str
    advice: bool
    before: str | None
    after: str | None
    folded: Sequence[ReportedChange]
    places: Sequence[ReportedPlace]


class ReportedRule(Part):
    """A rule of ``review.toml``, and how often it applied."""

    rule: str
    count: int


class ReportedReview(Part):
    """The result of a review. Findings come in the order of their weight, differences before advice."""

    format: Literal[1] = FORMAT
    exit_code: Literal[0, 1, 2] = Field(
        description="0 if nothing differs, 1 if something does, 2 if something could not be compared."
    )
    compared: Sequence[str] = Field(description="The names of the recordings or traces that were compared.")
    differences: int = Field(description="How many findings are differences.")
    advice: int = Field(description="How many findings are only advice.")
    findings: Sequence[ReportedFinding]
    rules: Sequence[ReportedRule]
    faults: Sequence[str] = Field(description="Why something could not be compared.")


def write_json(reviewed: Reviewed) -> str:
    """The result as JSON."""
    advice = sum(finding.advice for finding in reviewed.findings)
    report = ReportedReview.model_validate(
        {
            "exit_code": reviewed.exit_code,
            "compared": [pair.after.name for pair in reviewed.compared],
            "differences": len(reviewed.findings) - advice,
            "advice": advice,
            "findings": [_finding(finding) for finding in reviewed.findings],
            "rules": [{"rule": use.rule.text, "count": use.count} for use in reviewed.rules],
            "faults": reviewed.faults,
        }
    )
    return json.dumps(report.model_dump(mode="json"), ensure_ascii=False, indent=2) + "\n"


def _finding(finding: Finding) -> dict[str, Any]:
    return {
        **_change(finding.lead),
        "group": finding.kind.group,
        "folded": [_change(change) for change in finding.folded],
        "places": [_place(place) for place in finding.places],
    }


def _change(change: Change) -> dict[str, Any]:
    before, after = change.value or (None, None)
    return {"kind": change.kind, "what": change.what, "advice": change.advice, "before": before, "after": after}


def _place(place: Place) -> dict[str, Any]:
    step = place.step
    return {
        "journey": place.journey,
        "step": step.id,
        "number": step.number,
        "title": step.title.en,
        "actor": step.actor,
        "url": step.url,
        "clauses": step.clauses,
        "moment": place.moment,
    }
