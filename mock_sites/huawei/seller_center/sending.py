"""Sending single calls by hand, and logged ones again. Each is logged like any other, and changes nothing else.

A call is prepared in one transaction, sent outside of any, and logged in a second one: whoever asks for it has no book
open for writing.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace

from mock_sites.huawei.domain.seller_tables import SellerCall
from mock_sites.huawei.domain.tables import Product
from mock_sites.huawei.seller_center import documented, drafting
from mock_sites.huawei.seller_gateway import envelope, log, sellers
from mock_sites.huawei.seller_gateway.sellers import Agreed
from mock_sites.huawei.seller_gateway.verdict import judge
from mock_sites.world.book import Book
from mock_sites.world.errors import N_, Refusal
from mock_sites.world.ledger import Facts
from mock_sites.world.world import World


class NoSuchThingError(Refusal):
    """There is no such call, product or operation."""


def by_hand(world: World, content_id: str, operation_name: str, given: Mapping[str, str]) -> int:
    """Send a call with these parameters to the product's seller; its number in the log.

    Raises:
        NoSuchThingError: there is no such product, or no such operation in its seller's protocol.
        Refusal: a parameter cannot be sent.
    """

    def prepare(book: Book) -> envelope.Signed:
        if book.session.get(Product, content_id) is None:
            raise NoSuchThingError(N_("There is no such product."))
        agreed = sellers.agreed(book, content_id)
        return _draft(book, agreed, operation_name, given, {})

    return _send(world, prepare, {"origin": "hand"})


def again(world: World, number: int, given: Mapping[str, str] | None = None, *, origin: str = "resend") -> int:
    """Send a logged call again, signed anew, in its own protocol; with ``given``, edited so.

    Raises:
        NoSuchThingError: there is no such call.
        Refusal: a parameter cannot be sent.
    """

    def prepare(book: Book) -> envelope.Signed:
        call = find_call(book, number)
        agreed = replace(sellers.agreed(book, call.content_id), protocol=call.protocol)
        carried = drafting.sent(call)
        if given is not None:
            return _draft(book, agreed, call.activity, given, carried)
        return _sealed(book, agreed, call.interface, call.activity, carried)

    return _send(world, prepare, {"origin": origin, "repeats": number})


def find_call(book: Book, number: int) -> SellerCall:
    """The call with this number.

    Raises:
        NoSuchThingError: there is none.
    """
    call = book.session.get(SellerCall, number) if 0 < number < 2**63 else None
    if call is None:
        raise NoSuchThingError(N_("There is no such call."))
    return call


def _draft(book: Book, agreed: Agreed, name: str, given: Mapping[str, str], before: Facts) -> envelope.Signed:
    operation = documented.find(agreed.protocol, name)
    if operation is None:
        raise NoSuchThingError(N_("The seller's protocol has no such operation."))
    drafting.check(operation, given)
    fields = drafting.fields_of(book, agreed, operation, given, before)
    return _sealed(book, agreed, operation.interface, name, fields)


def _sealed(book: Book, agreed: Agreed, interface: str, name: str, fields: Facts) -> envelope.Signed:
    if interface == "kit":
        return envelope.kit(book, agreed, name, fields)
    return envelope.production(book, agreed, {"activity": name, **fields})


def _send(world: World, prepare: Callable[[Book], envelope.Signed], asked: Facts) -> int:
    with world.book("huawei", write=True) as book:
        signed = prepare(book)
    exchange = world.send(signed)
    with world.book("huawei", write=True) as book:
        return log.write(book, signed, exchange, judge(signed, exchange), asked).number
