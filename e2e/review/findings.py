"""The findings of a review: each is one cause, with all the changes that it made."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from e2e.review.causes import causes_of, group_by_cause, telling
from e2e.review.changes import Cause, Change, Kind
from e2e.review.grouping import join_by
from e2e.review.recording import RecordedStep, Recording

Found = tuple[Recording, RecordedStep, Change]
"""A change, and where it was found."""

Seen = tuple[str, Change]
"""A change, and the id of its place."""


@dataclass(frozen=True)
class Place:
    """A step in which a cause was seen, and the changes that it made there."""

    journey: str
    step: RecordedStep
    changes: tuple[Change, ...]

    @property
    def id(self) -> str:
        """A key: the same for the same step of the same journey."""
        return self.name(self.journey, self.step.id)

    @staticmethod
    def name(journey: str, step: str) -> str:
        """The name in a report of the step with that id."""
        return f"{journey}--{step}"

    @property
    def page(self) -> str:
        """The address of the page, without parts that vary from visit to visit."""
        return self.step.url.partition("?")[0].partition("#")[0]


@dataclass(frozen=True)
class Finding:
    """One cause, and all places where it was seen.

    Attributes:
        lead: its most telling change.
        folded: the other changes that it made, each text once, the most telling first.
    """

    lead: Change
    folded: tuple[Change, ...]
    places: tuple[Place, ...]

    @property
    def kind(self) -> Kind:
        """The kind of its most telling change."""
        return self.lead.kind

    @property
    def what(self) -> str:
        """Its most telling change as text."""
        return self.lead.what

    @property
    def advice(self) -> bool:
        """Whether it is only information and no failure."""
        return self.lead.advice

    @property
    def cause(self) -> Cause:
        """What it is known by. No other finding of a review has the same."""
        return self.lead.cause

    @property
    def changes(self) -> tuple[Change, ...]:
        """All its changes, each text once."""
        return self.lead, *self.folded

    @property
    def seen(self) -> set[Seen]:
        """All its changes, each with its place."""
        return {(place.id, change) for place in self.places for change in place.changes}

    @property
    def clauses(self) -> tuple[str, ...]:
        """The documented clauses of its steps."""
        return tuple(dict.fromkeys(clause for place in self.places for clause in place.step.clauses))


def gather(found: Iterable[Found]) -> list[Finding]:
    """The findings: differences before advice, then by the weight of their kinds, then in order.

    What has the same cause in several steps and journeys is one finding.
    """
    groups = join_by(list(_places(found)), lambda place: causes_of(place.changes[0]))
    return sorted(map(_finding, groups), key=lambda finding: (finding.advice, finding.kind.weight))


def _finding(places: Sequence[Place]) -> Finding:
    changes = sorted((change for place in places for change in place.changes), key=telling)
    lead, *folded = dict.fromkeys(changes)
    steps: dict[str, Place] = {}
    for place in places:
        known = steps.get(place.id)
        steps[place.id] = replace(known, changes=known.changes + place.changes) if known else place
    return Finding(lead, tuple(folded), tuple(steps.values()))


def _places(found: Iterable[Found]) -> Iterator[Place]:
    """The changes of each step in groups of one cause."""
    for (journey, _step), several in groupby(found, key=lambda item: (item[0].name, item[1].id)):
        _recordings, steps, changes = zip(*several, strict=True)
        for group in group_by_cause(changes):
            yield Place(journey, steps[-1], tuple(group))
