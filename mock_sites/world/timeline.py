"""What happened in a world, as one list: events, calls, mails and jobs, and the pages that people opened meanwhile.

Events, calls and mails are read from the databases. Pages, jobs and steps of demos are ``sightings``, which a server
keeps in memory.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from sqlalchemy import ColumnElement, Select, Text, and_, cast, false, not_, or_, select, true, union_all
from sqlalchemy.orm import InstrumentedAttribute

from mock_sites.world import records
from mock_sites.world.rows import have_text, values_of
from mock_sites.world.shared_tables import Event, StoredMail
from mock_sites.world.sightings import STEP

if TYPE_CHECKING:
    from mock_sites.world.sightings import Sighting
    from mock_sites.world.world import World


_CALL: Final = ".call"
_FAILED_JOB: Final = ".job.failed"
"""How the names of events end that are calls and jobs."""

_MAIL: Final = "mail.sent"
"""The event about a mail. The mail is an entry by itself, and the event would say the same again."""


class Kind(StrEnum):
    """What an entry of the timeline is."""

    PAGE = "page"
    CALL = "call"
    MAIL = "mail"
    JOB = "job"
    EVENT = "event"
    STEP = "step"


class Position(NamedTuple):
    """How far somebody has read: the number of the last event or mail, and of the last sighting."""

    number: int
    sequence: int


@dataclass(frozen=True)
class Entry:
    """One thing that happened. ``mail`` is the number of a mail, or 0."""

    at: datetime
    kind: Kind
    title: str
    details: dict[str, Any]
    mail: int = 0


@dataclass(frozen=True)
class Filter:
    """The entries that are wanted: of one kind, or of all; and with a text in them, or with any."""

    kind: Kind | None = None
    text: str = ""

    def events(self) -> Select[Event]:
        """The events among them."""
        wanted = select(Event).where(self._is_wanted(Event.kind))
        if self.text:
            wanted = wanted.where(have_text(self.text, Event.kind, cast(Event.details, Text)))
        return wanted

    def events_to_count(self) -> Select[Event]:
        """The same ones, for counting: unless there is a text, their kinds are searched in an index."""
        if self.text:
            return self.events()
        kind = values_of(Event.kind).subquery().c.value
        return select(Event).where(Event.kind.in_(select(kind).where(self._is_wanted(kind))))

    def mails(self) -> Select[StoredMail]:
        """The mails among them."""
        wanted = select(StoredMail)
        if self.kind not in {None, Kind.MAIL}:
            return wanted.where(false())
        return wanted.where(have_text(self.text, StoredMail.recipient, StoredMail.subject))

    def _is_wanted(self, kind: ColumnElement[str] | InstrumentedAttribute[str]) -> ColumnElement[bool]:
        call, failed_job = kind.endswith(_CALL), kind.endswith(_FAILED_JOB)
        of_kind: dict[Kind | None, ColumnElement[bool]] = {
            None: true(),
            Kind.CALL: call,
            Kind.JOB: failed_job,
            Kind.EVENT: not_(or_(call, failed_job)),
        }
        return and_(kind != _MAIL, of_kind.get(self.kind, false()))

    def takes(self, sighting: Sighting) -> bool:
        """Whether a sighting is among them."""
        text = " ".join([sighting.title, *sighting.details.values()]).lower()
        return self.kind in {None, sighting.kind} and self.text.lower() in text


def count(world: World, wanted: Filter) -> int:
    """How many entries there are."""
    stored = records.count(world, wanted.events_to_count()) + records.count(world, wanted.mails())
    return stored + len(_seen(world, wanted))


def latest(world: World, wanted: Filter, start: int, most: int) -> list[Entry]:
    """The last entries, the latest first: at most ``most``, after the first ``start`` of them."""
    return _read(world, wanted.events(), wanted.mails(), _seen(world, wanted), slice(start, start + most))


def steps(world: World, most: int) -> list[Entry]:
    """The last steps of demos, the latest first: at most ``most``. No database is asked for them."""
    found = [each for each in world.sightings.latest() if each.kind == STEP]
    return [_of_sighting(each) for each in found[:most]]


def position(world: World) -> Position:
    """The end of the timeline as it is now."""
    return Position(world.last_number(), world.sightings.last)


def since(world: World, wanted: Filter, read: Position, end: Position, most: int) -> list[Entry]:
    """The entries between two positions, the latest first: the last ``most``."""
    events = wanted.events().where(Event.number > read.number, Event.number <= end.number)
    mails = wanted.mails().where(StoredMail.number > read.number, StoredMail.number <= end.number)
    seen = [each for each in _seen(world, wanted) if read.sequence < each.sequence <= end.sequence]
    return _read(world, events, mails, seen, slice(0, most))


def _read(
    world: World, events: Select[Event], mails: Select[StoredMail], seen: list[Sighting], shown: slice
) -> list[Entry]:
    """A part of the list of these events, mails and sightings, the latest first."""
    base = world.first_number()
    both = union_all(events.with_only_columns(Event.number), mails.with_only_columns(StoredMail.number))
    numbers = records.last_numbers(world, both, shown.stop)
    found = {(base if each.after is None else each.after, each.sequence): each for each in seen}
    places = sorted([*((number, 0) for number in numbers), *found], reverse=True)[shown]
    stored = [number for number, sequence in places if sequence == 0]
    read = {event.number: _of_event(event) for event in records.numbered(world, Event, stored)}
    read |= {mail.number: _of_mail(mail) for mail in records.numbered(world, StoredMail, stored)}
    return [_of_sighting(found[place]) if place in found else read[place[0]] for place in places]


def _seen(world: World, wanted: Filter) -> list[Sighting]:
    return [each for each in world.sightings.latest() if wanted.takes(each)]


def _of_event(event: Event) -> Entry:
    return Entry(event.at, _kind_of(event.kind), event.kind, event.details)


def _kind_of(kind: str) -> Kind:
    if kind.endswith(_CALL):
        return Kind.CALL
    return Kind.JOB if kind.endswith(_FAILED_JOB) else Kind.EVENT


def _of_mail(mail: StoredMail) -> Entry:
    return Entry(mail.sent_at, Kind.MAIL, mail.subject, {"to": mail.recipient}, mail.number)


def _of_sighting(sighting: Sighting) -> Entry:
    return Entry(sighting.at, Kind(sighting.kind), sighting.title, sighting.details)
