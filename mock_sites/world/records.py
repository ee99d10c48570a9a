"""The events and mails of a world. They are in the databases of its companies, with one numbering over all of them."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import ExitStack
from heapq import merge
from itertools import islice
from typing import TYPE_CHECKING, TypeVar

from sqlalchemy import CompoundSelect, Select, desc, select

from mock_sites.world.rows import begins_with, count_of, have_text
from mock_sites.world.shared_tables import Event, StoredMail

if TYPE_CHECKING:
    from mock_sites.world.world import World

Record = TypeVar("Record", Event, StoredMail)


def events(after: int = 0, kind: str = "") -> Select[Event]:
    """The events numbered above ``after``, of kinds that begin with ``kind``."""
    wanted = select(Event).where(Event.number > after)
    return wanted.where(begins_with(kind, Event.kind)) if kind else wanted


def mails(recipient: str = "", subject: str = "", after: int = 0) -> Select[StoredMail]:
    """Mails to ``recipient`` whose subject contains ``subject``, numbered above ``after``."""
    wanted = select(StoredMail)
    if after:
        wanted = wanted.where(StoredMail.number > after)
    if recipient:
        wanted = wanted.where(StoredMail.recipient == recipient.lower())
    return wanted.where(have_text(subject, StoredMail.subject)) if subject else wanted


def earliest(world: World, kind: type[Record], wanted: Select[Record], most: int | None = None) -> list[Record]:
    """The first records that ``wanted`` finds, at most ``most``, in order."""
    ordered = wanted.order_by(kind.number).limit(most)
    found = [record for company in world.companies for record in _read(world, company, ordered)]
    return sorted(found, key=lambda record: record.number)[:most]


def latest(world: World, kind: type[Record], wanted: Select[Record], start: int, most: int) -> list[Record]:
    """The last records that ``wanted`` finds, the latest first: at most ``most``, after the first ``start`` of them."""
    numbers = wanted.with_only_columns(kind.number).order_by(kind.number.desc()).limit(start + most)
    with ExitStack() as stack:
        uows = [stack.enter_context(world.uow(company)) for company in world.companies]
        found = [uow.session.scalars(numbers).all() for uow in uows]
        shown = set(islice(merge(*found, reverse=True), start, start + most))
        rows = [
            record
            for uow, there in zip(uows, found, strict=True)
            if not shown.isdisjoint(there)
            for record in uow.session.scalars(select(kind).where(kind.number.in_(shown.intersection(there))))
        ]
    return sorted(rows, key=lambda record: record.number, reverse=True)


def newest(world: World, kind: type[Record], most: int) -> list[Record]:
    """The last ``most`` records of a kind, the latest first."""
    ordered = select(kind).order_by(kind.number.desc()).limit(most)
    found = [record for company in world.companies for record in _read(world, company, ordered)]
    return sorted(found, key=lambda record: record.number, reverse=True)[:most]


def last_numbers(world: World, numbers: Select[int] | CompoundSelect[int], most: int) -> list[int]:
    """The last of the ``numbers`` of all companies, the latest first: at most ``most``."""
    ordered = numbers.order_by(desc("number")).limit(most)
    found = [_read(world, company, ordered) for company in world.companies]
    return list(islice(merge(*found, reverse=True), most))


def numbered(world: World, kind: type[Record], numbers: list[int]) -> list[Record]:
    """The records with these numbers, in order."""
    return earliest(world, kind, select(kind).where(kind.number.in_(numbers)))


def count(world: World, wanted: Select[Record]) -> int:
    """How many records ``wanted`` finds."""
    total = 0
    for company in world.companies:
        with world.uow(company) as uow:
            total += count_of(uow, wanted)
    return total


def find(world: World, kind: type[Record], number: int) -> Record | None:
    """The record with this number."""
    return next(iter(earliest(world, kind, select(kind).where(kind.number == number))), None)


Found = TypeVar("Found")


def _read(world: World, company: str, wanted: Select[Found] | CompoundSelect[Found]) -> Sequence[Found]:
    with world.uow(company) as uow:
        return uow.session.scalars(wanted).all()
