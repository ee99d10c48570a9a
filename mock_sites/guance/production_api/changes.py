"""What a call is about to do: read from its parameters at first, done later and perhaps not at all."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field

from mock_sites.guance.production_api.envelope import ProductionCall
from mock_sites.world.shared_tables import JsonObject
from mock_sites.world.unit_of_work import UnitOfWork


@dataclass(frozen=True)
class Change:
    """What an operation is about to do. ``rehearsed`` is what it answers instead when ``testFlag`` is 1."""

    make: Callable[[UnitOfWork], JsonObject]
    rehearsed: JsonObject = field(default_factory=dict[str, object])


Operation = Callable[[ProductionCall], Change]
"""Reads a call, and asks the marketplace if it must, before Guance's unit of work is open; raises a Fault."""


def rehearsed_instance(order_id: str, bought: str) -> str:
    """The instance id that a rehearsed creation answers: the same one for the same order and what was bought in it."""
    return hashlib.sha256(f"{order_id}/{bought}".encode()).hexdigest()[:32]


def silent(make: Callable[[UnitOfWork], object]) -> Change:
    """A change whose answer says nothing but success."""

    def make_it(uow: UnitOfWork) -> JsonObject:
        make(uow)
        return {}

    return Change(make_it)
