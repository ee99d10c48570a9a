"""What a review found, in words that several formats use."""

from itertools import groupby

from mock_sites.review.findings import Finding, Place
from mock_sites.review.review import Reviewed


def counts(reviewed: Reviewed) -> str:
    """The summary of a review, in one line."""
    differences = sum(not finding.advice for finding in reviewed.findings)
    advice = len(reviewed.findings) - differences
    numbers = {
        "Compared": sum(not pair.alone for pair in reviewed.compared),
        "differences": differences,
        "advice": advice,
        "not compared": len(reviewed.faults),
    }
    return ", ".join(f"{what}: {count}" for what, count in numbers.items())


def whose_values(reviewed: Reviewed) -> str:
    """Of which run the values are that findings show; empty if that makes no difference."""
    vary = any(not (pair.alone or pair.before.seed or pair.after.seed) for pair in reviewed.compared)
    return "Addresses, ids and times that vary are those of the earlier run." if reviewed.findings and vary else ""


def unused_rules(reviewed: Reviewed) -> list[str]:
    """The rules that never applied."""
    return [use.text for use in reviewed.rules if not use.count]


def kind(finding: Finding) -> str:
    """The kind of a finding, and whether it is only advice."""
    return f"{finding.kind} (advice)" if finding.advice else str(finding.kind)


def step(place: Place) -> str:
    """The step of a place, and when the finding was first seen in it, if not at its end."""
    moment = f" ({place.moment})" if place.moment else ""
    return f"{place.step.number}. {place.step.title.en}{moment}"


def journeys(finding: Finding) -> list[tuple[str, list[Place]]]:
    """The places of a finding by journey."""
    return [(name, list(places)) for name, places in groupby(finding.places, key=lambda place: place.journey)]
