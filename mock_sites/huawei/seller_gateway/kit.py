"""The joint-operation kit: what the seller is told of enterprises and their members (spec huawei 4.1)."""

from mock_sites.huawei.domain.tables import Enterprise, Resource
from mock_sites.huawei.seller_gateway import envelope, log, sellers
from mock_sites.huawei.seller_gateway.verdict import judge
from mock_sites.world.agreement import AUTH_CENTRE
from mock_sites.world.book import Book
from mock_sites.world.company import Call
from mock_sites.world.ledger import Facts
from mock_sites.world.wire import Exchange


def prepare(book: Book, asked: Facts) -> envelope.Signed:
    """The signed call."""
    enterprise = book.session.get_one(Enterprise, asked["enterprise"])
    resource = book.session.get_one(Resource, asked["instance"])
    fields = {
        "instanceId": resource.instance_id,
        "orderId": resource.order_id,
        "tenantId": enterprise.id,
        "tenantCode": enterprise.domain,
        "name": enterprise.name,
        "domainName": AUTH_CENTRE,
        "flag": 1,
        "testFlag": 0,
    }
    return envelope.kit(book, sellers.agreed(book, resource.order.content_id), "tenantSync", fields)


def answered(book: Book, asked: Facts, exchange: Exchange) -> None:
    """Log the call. It is not tried again by itself (spec huawei 2.8)."""
    assert isinstance(exchange.request, envelope.Signed)  # noqa: S101 - ``prepare`` made it
    log.write(book, exchange.request, exchange, judge(exchange.request, exchange), asked)


SYNC: Call = Call(prepare, answered)
