"""The limit on the number of order queries (``sources.ORDER_QUERY``: code MKT.0250 with HTTP status 406).

The documents have the code and no number. So there is no limit until a product's settings have one.
"""

from datetime import timedelta
from typing import Final

from sqlalchemy import delete, select

from mock_sites.huawei.domain.tables import OrderQuery, Seller
from mock_sites.world.rows import count_of
from mock_sites.world.world import World

WINDOW: Final = timedelta(minutes=1)


def exceeded(world: World, content_id: str) -> bool:
    """Count a query about an order of the product, unless it is one too many."""
    with world.uow("huawei") as uow:
        seller = uow.session.get(Seller, content_id)
        most = seller.order_queries_a_minute if seller else 0
    if not most:
        return False
    with world.uow("huawei", write=True) as uow:
        uow.session.execute(delete(OrderQuery).where(OrderQuery.at <= uow.now - WINDOW))
        if count_of(uow, select(OrderQuery.id).where(OrderQuery.content_id == content_id)) >= most:
            return True
        uow.session.add(OrderQuery(content_id=content_id, at=uow.now))
    return False
