"""Order notifications: the seller is notified of an order, in V2.0 (``sources.V2_ORDER_NOTIFY``).

The documents do not say when. Here it is when the order takes effect: when it is paid, or placed if nothing is to be
paid.
"""

from mock_sites.huawei.domain.jobs import Activity, Deliver
from mock_sites.huawei.domain.tables import Order, Seller
from mock_sites.world.unit_of_work import UnitOfWork


def notify(uow: UnitOfWork, order: Order) -> None:
    """Notify the seller of an order, if the settings of its product say so."""
    seller = uow.session.get(Seller, order.content_id)
    if seller and seller.sends_order_notifications and seller.protocol == "v2":
        uow.schedule(Deliver(activity=Activity.ORDER_NOTIFY, order=order.id))
