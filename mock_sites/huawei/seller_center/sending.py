"""Sending single calls by hand, and logged calls again. Each is logged as usual, and changes nothing else.

A call is prepared in one transaction, sent outside of any, and logged in a second one. So the caller must have no unit
of work open for writing.
"""

import shlex
from collections.abc import Callable, Mapping
from dataclasses import replace

from mock_sites.huawei.domain.jobs import Origin, SellerRequest
from mock_sites.huawei.domain.tables import Product, SellerCall
from mock_sites.huawei.protocol import operations
from mock_sites.huawei.protocol.names import ACTIVITY
from mock_sites.huawei.protocol.parameters import Interface
from mock_sites.huawei.seller_center import drafting
from mock_sites.huawei.seller_gateway import envelope, log, sellers
from mock_sites.huawei.seller_gateway.sellers import Agreed
from mock_sites.huawei.seller_gateway.verdict import judge
from mock_sites.world.errors import N_, Refusal
from mock_sites.world.shared_tables import JsonObject
from mock_sites.world.unit_of_work import UnitOfWork
from mock_sites.world.world import World


class UnknownItemError(Refusal):
    """There is no such call, product or operation."""


def by_hand(world: World, content_id: str, operation_name: str, given: Mapping[str, str]) -> int:
    """Send a call with these parameters to the product's seller. Returns its number in the log.

    Raises:
        NoSuchThingError: there is no such product, or no such operation in its seller's protocol.
        Refusal: a parameter cannot be sent.
    """
    return _send(
        world, lambda uow: signed_now(uow, content_id, operation_name, given), SellerRequest(origin=Origin.HAND)
    )


def signed_now(uow: UnitOfWork, content_id: str, operation_name: str, given: Mapping[str, str]) -> envelope.Signed:
    """A call with these parameters, ready to send.

    Raises:
        UnknownItemError: there is no such product, or no such operation in its seller's protocol.
        Refusal: a parameter cannot be sent.
    """
    product = find_product(uow, content_id)
    return _draft(uow, sellers.agreed(uow, product.content_id), operation_name, given, {})


def command(signed: envelope.Signed) -> str:
    """How to make a call by hand: the link of a GET call, else a command for a shell."""
    if signed.method == "GET":
        return signed.url
    headers = [word for name, value in signed.headers.items() for word in ("-H", f"{name}: {value}")]
    return shlex.join(["curl", "-X", signed.method, signed.url, *headers, "--data-binary", signed.body.decode()])


def again(world: World, number: int, given: Mapping[str, str] | None = None, *, origin: Origin = Origin.RESEND) -> int:
    """Send a logged call again, with a new signature, in its own protocol. ``given`` replaces its parameters.

    Raises:
        NoSuchThingError: there is no such call.
        Refusal: a parameter cannot be sent.
    """

    def prepare(uow: UnitOfWork) -> envelope.Signed:
        return signed_again(uow, find_call(uow, number), given)

    return _send(world, prepare, SellerRequest(origin=origin, repeats=number))


def signed_again(uow: UnitOfWork, call: SellerCall, given: Mapping[str, str] | None = None) -> envelope.Signed:
    """A logged call with a new signature, in its own protocol. ``given`` replaces its parameters.

    Raises:
        Refusal: a parameter cannot be sent.
    """
    agreed = replace(sellers.agreed(uow, call.content_id), protocol=call.protocol)
    carried = drafting.sent(call)
    if given is not None:
        return _draft(uow, agreed, call.activity, given, carried)
    return _sealed(uow, agreed, call.interface, call.activity, carried)


def find_product(uow: UnitOfWork, content_id: str) -> Product:
    """The product with this content id.

    Raises:
        UnknownItemError: there is none.
    """
    found = uow.session.get(Product, content_id)
    if found is None:
        raise UnknownItemError(N_("There is no such product."))
    return found


def find_call(uow: UnitOfWork, number: int) -> SellerCall:
    """The call with this number.

    Raises:
        NoSuchThingError: there is none.
    """
    call = uow.session.get(SellerCall, number)
    if call is None:
        raise UnknownItemError(N_("There is no such call."))
    return call


def _draft(uow: UnitOfWork, agreed: Agreed, name: str, given: Mapping[str, str], before: JsonObject) -> envelope.Signed:
    operation = operations.find(agreed.protocol, name)
    if operation is None:
        raise UnknownItemError(N_("The seller's protocol has no such operation."))
    drafting.check(operation, given)
    fields = drafting.fields_of(uow, agreed, operation, given, before)
    return _sealed(uow, agreed, operation.interface, name, fields)


def _sealed(uow: UnitOfWork, agreed: Agreed, interface: str, name: str, fields: JsonObject) -> envelope.Signed:
    if interface == Interface.KIT:
        return envelope.kit(uow, agreed, name, fields)
    return envelope.production(uow, agreed, {ACTIVITY: name, **fields})


def _send(world: World, prepare: Callable[[UnitOfWork], envelope.Signed], asked: SellerRequest) -> int:
    with world.uow("huawei", write=True) as uow:
        signed = prepare(uow)
    result = world.send(signed)
    with world.uow("huawei", write=True) as uow:
        return log.write(uow, signed, result, judge(signed, result), asked).number
