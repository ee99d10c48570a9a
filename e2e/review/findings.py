"""Groups changes by their cause."""

from collections.abc import Iterable
from dataclasses import dataclass

from e2e.review.changes import Cause, Change, Kind
from e2e.review.recording import RecordedStep, Recording


@dataclass(frozen=True)
class Place:
    """Where a change was seen."""

    journey: str
    step: RecordedStep
    change: Change

    @property
    def id(self) -> str:
        """A key: the same for the same step of the same journey."""
        return self.name(self.journey, self.step)

    @staticmethod
    def name(journey: str, step: RecordedStep) -> str:
        """The name of a step in a report."""
        return f"{journey}--{step.id}"

    @property
    def page(self) -> str:
        """The address of the page, without parts that vary from visit to visit."""
        return self.step.url.partition("?")[0].partition("#")[0]


@dataclass(frozen=True)
class Finding:
    """One cause, and all places where it was seen."""

    kind: Kind
    what: str
    advice: bool
    places: tuple[Place, ...]

    @property
    def cause(self) -> Cause:
        """The common key of its changes."""
        return self.kind, self.what

    @property
    def clauses(self) -> tuple[str, ...]:
        """The documented clauses of its steps."""
        return tuple(dict.fromkeys(clause for place in self.places for clause in place.step.clauses))


def gather(changes: Iterable[tuple[Recording, RecordedStep, Change]]) -> list[Finding]:
    """The findings in the order of their first change. Changes of the same kind and text are one finding."""
    places: dict[Change, list[Place]] = {}
    for recording, step, change in changes:
        places.setdefault(change, []).append(Place(recording.name, step, change))
    return [Finding(change.kind, change.what, change.advice, tuple(found)) for change, found in places.items()]
