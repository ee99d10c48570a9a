"""The change that a call will make. It is prepared from the parameters first, and made later or not at all."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field

from mock_sites.guance.production_api.envelope import ProductionCall
from mock_sites.world.shared_tables import JsonObject
from mock_sites.world.unit_of_work import UnitOfWork


@dataclass(frozen=True)
class PreparedChange:
    """The change that an operation will make. ``rehearsed`` is the answer if ``testFlag`` is 1."""

    make: Callable[[UnitOfWork], JsonObject]
    rehearsed: JsonObject = field(default_factory=dict[str, object])


Operation = Callable[[ProductionCall], PreparedChange]
"""Reads a call and, if needed, asks the marketplace, before Guance's unit of work is open. Raises a Fault."""


def rehearsed_instance(order_id: str, bought: str) -> str:
    """The instance id that a test call to create an instance gets: always the same for the same order and purchase."""
    return hashlib.sha256(f"{order_id}/{bought}".encode()).hexdigest()[:32]


def silent(make: Callable[[UnitOfWork], object]) -> PreparedChange:
    """A change whose answer says only that it succeeded."""

    def make_it(uow: UnitOfWork) -> JsonObject:
        make(uow)
        return {}

    return PreparedChange(make_it)
