"""Huawei Cloud as the world sees it."""

from mock_sites.huawei import people
from mock_sites.huawei.domain import accounts, checkout, closing, enterprises, expiry, orders, renewals
from mock_sites.huawei.domain.tables import Table
from mock_sites.huawei.seller_gateway import calls
from mock_sites.world.company import Company

COMPANY = Company(
    name="huawei",
    metadata=Table.metadata,
    jobs={
        "approve-authentication": accounts.approve_authentication,
        "list-service": orders.list_service,
        "finish-enterprise": enterprises.finish_set_up,
        "sync-tenant": calls.SYNC_TENANT,
        "deliver": calls.DELIVER,
        "cancel-unpaid": checkout.cancel_unpaid,
        "expire-service": expiry.expire,
        "auto-renew": renewals.auto_renew,
        "release-expired": closing.release_expired,
    },
    populate=people.populate,
    people=people.people,
)
