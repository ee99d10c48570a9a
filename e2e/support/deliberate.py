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
    steps = make_sample()
    deliberate.change(steps)
    with temporary_folder() as folder:
        return list(review(write_sample(steps, folder / "changed"), baseline).findings)
