"""The common timeline of a journey: the time of each step, and its requests, events, calls and mails."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Final, Literal, TypeVar

from mock_sites.review.comparing.align import Aligned, as_one
from mock_sites.review.comparing.parts import SequenceDiff
from mock_sites.review.comparing.sequences import align_sequences
from mock_sites.review.comparing.traffic import CALLS, REQUESTS
from mock_sites.review.comparing.world import CONSOLE, EVENTS, MAILS
from mock_sites.review.recording import RecordedCall, RecordedEvent, RecordedMail, RecordedStep, Request

T = TypeVar("T")

State = Literal["", "new", "gone"]

CALL: Final = ".call"
"""The last part of the kinds of journal entries about calls between the companies. Calls have their own lane."""


class Lane(StrEnum):
    """Who did something."""

    BROWSER = "browser"
    SITES = "sites"
    CALLS = "calls"
    MAILS = "mails"


@dataclass(frozen=True)
class Entry:
    """Something that happened.

    Attributes:
        when: in words; empty if that is not known.
        state: whether only the later recording has it, or only the earlier one.
    """

    what: str
    when: str = ""
    state: State = ""


@dataclass(frozen=True)
class TimelineStep:
    """A step on the timeline.

    Attributes:
        began: seconds since the journey began; None if that is not known.
        before: how many seconds it took in the earlier recording; None if that is not known.
        clock: what the world's clock showed at its end.
    """

    step: RecordedStep
    began: float | None
    seconds: float | None
    before: float | None
    clock: datetime | None
    lanes: dict[Lane, list[Entry]] = field(default_factory=dict[Lane, list[Entry]])

    @property
    def end(self) -> float:
        """Seconds from the beginning of the journey to the end of this step, as far as known."""
        return (self.began or 0) + (self.seconds or 0)


def moment(aligned: Aligned) -> TimelineStep:
    """Aligned steps on the timeline."""
    old = as_one(aligned.before) if aligned.before else None
    new = as_one(aligned.after) if aligned.after else None
    step = new or old
    assert step
    times = [time for each in aligned.after for time in each.request_times]
    lanes = {
        Lane.BROWSER: [
            *_entries(old and old.requests, new and new.requests, REQUESTS, _request, [_when(*time) for time in times]),
            *_entries(old and old.console, new and new.console, CONSOLE, lambda text: f"error: {text}"),
        ],
        Lane.SITES: list(_entries(_events(old), _events(new), EVENTS, _event, _clocks(_events(new)))),
        Lane.CALLS: list(
            _entries(old and old.calls, new and new.calls, CALLS, _call, _clocks(new.calls if new else ()))
        ),
        Lane.MAILS: list(
            _entries(old and old.mails, new and new.mails, MAILS, _mail, _clocks(new.mails if new else ()))
        ),
    }
    began = aligned.after[0].began if aligned.after else None
    return TimelineStep(step, began, new.seconds if new else None, old.seconds if old else None, step.clock, lanes)


def _entries(
    before: Sequence[T] | None,
    after: Sequence[T] | None,
    comparison: SequenceDiff[T],
    describe: Callable[[T], str],
    whens: Sequence[str] = (),
) -> Iterator[Entry]:
    """What happened in both recordings or in one. A change is shown as one that is gone and one that is new."""
    pairs = align_sequences(before or (), after or (), key=comparison.key, alike=lambda _old, _new: 0)
    place = 0
    for pair in pairs:
        if pair.after is None:
            assert pair.before is not None
            yield Entry(describe(pair.before), state="gone")
            continue
        when = whens[place] if place < len(whens) else ""
        place += 1
        yield Entry(describe(pair.after), when, "" if pair.before is not None else "new")


def _events(step: RecordedStep | None) -> list[RecordedEvent]:
    return [event for event in step.events if not event.kind.endswith(CALL)] if step else []


def _clocks(happenings: Sequence[RecordedEvent | RecordedCall | RecordedMail]) -> list[str]:
    return [f"{happening.at:%H:%M:%S}" if happening.at else "" for happening in happenings]


def _when(began: float, answered: float | None = None) -> str:
    return f"{began:.2f} s" + (f", {(answered - began) * 1000:.0f} ms" if answered is not None else ", no answer")


def _request(request: Request) -> str:
    return f"{request.method} {request.url}, {request.status or 'no answer'}"


def _event(event: RecordedEvent) -> str:
    return event.kind


def _call(call: RecordedCall) -> str:
    return f"{call.sender} to {call.receiver}: {call.method} {call.path}, {call.status or 'no answer'}"


def _mail(mail: RecordedMail) -> str:
    return f"“{mail.subject}” to {mail.to}"
