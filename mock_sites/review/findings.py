"""The findings of a review: each is one cause, with all the changes that it made."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from mock_sites.review.causes import causes_of, group_by_cause, telling
from mock_sites.review.changes import Cause, Change, Kind, Topic
from mock_sites.review.comparing.grouping import join_by
from mock_sites.review.comparing.step_consequences import consequences
from mock_sites.review.recording import RecordedStep, Recording

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

    @property
    def moment(self) -> str | None:
        """When it was first seen there, such as ``before “click button "Add"”``; None at the end of the step."""
        return next((change.moment.text for change in self.changes if change.moment), None)


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
    def causes(self) -> tuple[Topic, ...]:
        """By what it is known elsewhere: a finding of another review with one of them has the same cause."""
        leads = dict.fromkeys(change for place in self.places for change in place.changes if change.kind is self.kind)
        return tuple(dict.fromkeys(topic for lead in leads for topic in causes_of(lead)))

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


@dataclass(frozen=True)
class _Seen:
    """The changes of one cause in a step.

    Attributes:
        causes: by what the cause is known.
        follows: whether it follows from changes of an earlier step.
    """

    place: Place
    causes: tuple[Topic, ...]
    follows: bool


def gather(found: Iterable[Found]) -> list[Finding]:
    """The findings: differences before advice, then by the weight of their kinds, then in order.

    What has the same cause in several steps and journeys is one finding.
    """
    seen = [each for _name, journey in groupby(found, key=lambda item: item[0].name) for each in _journey([*journey])]
    findings = map(_finding, join_by(seen, lambda each: each.causes))
    return sorted(findings, key=lambda finding: (finding.advice, finding.kind.weight))


def _finding(seen: Sequence[_Seen]) -> Finding:
    """A finding. What follows from an earlier step does not lead it."""
    first = [change for each in seen if not each.follows for change in each.place.changes]
    later = [change for each in seen if each.follows for change in each.place.changes]
    lead, *folded = dict.fromkeys(sorted(first, key=telling) + sorted(later, key=telling))
    steps: dict[str, Place] = {}
    for each in seen:
        known = steps.get(each.place.id)
        joined = replace(known, changes=known.changes + each.place.changes) if known else each.place
        steps[each.place.id] = joined
    return Finding(lead, tuple(folded), tuple(steps.values()))


def _journey(found: Sequence[Found]) -> list[_Seen]:
    """The changes of a journey by step and cause."""
    places = [
        Place(steps[-1][0].name, steps[-1][1], tuple(group))
        for _step, several in groupby(found, key=lambda item: item[1].id)
        for steps in [[*several]]
        for group in group_by_cause([change for _recording, _step, change in steps])
    ]
    follows = dict(consequences([(place.id, place.changes) for place in places]))
    seen: list[_Seen] = []
    for number, place in enumerate(places):
        numbers = dict.fromkeys((number, follows.get(number, number)))
        own = () if number in follows else causes_of(place.changes[0])
        causes = *(("group", place.journey, str(each)) for each in numbers), *own
        seen.append(_Seen(place, causes, number in follows))
    return seen
