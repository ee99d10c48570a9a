"""A deliberate change to the sample recording, and the only finding that a review must give."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from e2e.support.sample import SampleStep, make_sample, write_sample
from mock_sites import temporary_folder
from mock_sites.review.changes import Kind
from mock_sites.review.findings import Finding
from mock_sites.review.review import review

Change = Callable[[list[SampleStep]], object]


@dataclass(frozen=True)
class Deliberate:
    """A change, and the finding that it must give.

    Attributes:
        steps: the numbers of the steps in which it must be found.
        words: a text that must be in the finding.
    """

    name: str
    change: Change
    kind: Kind
    steps: tuple[int, ...]
    words: str

    def is_met_by(self, findings: list[Finding]) -> bool:
        """Whether the finding is there, and nothing else is."""
        return len(findings) == 1 and self.is_found_as(findings[0])

    def is_found_as(self, finding: Finding) -> bool:
        """Whether that is the finding."""
        steps = tuple(place.step.number for place in finding.places)
        return (finding.kind, steps) == (self.kind, self.steps) and self.words in finding.what


def find(deliberate: Deliberate, baseline: Path) -> list[Finding]:
    """What a review finds after the change against the recording ``baseline`` without it."""
    return find_after(baseline, deliberate.change)


def find_after(baseline: Path, *changes: Change) -> list[Finding]:
    """What a review finds after several changes in this order, against the recording ``baseline`` without them."""
    steps = make_sample()
    for change in changes:
        change(steps)
    with temporary_folder() as folder:
        return list(review(write_sample(steps, folder / "changed"), baseline).findings)


def texts(finding: Finding) -> list[str]:
    """What a finding says of each change in it."""
    return [change.what for change in finding.changes]


def call_twice(steps: list[SampleStep]) -> None:
    """The seller is called once more, which the journal notes twice."""
    steps[2].calls += steps[2].calls
    steps[2].events += [
        {"kind": "huawei.call", "facts": {"method": "POST", "path": "/saas/produce"}},
        {"kind": "huawei.answered", "facts": {"code": "000000"}},
    ]
