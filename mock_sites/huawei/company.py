"""Huawei Cloud as the world sees it."""

from mock_sites.huawei import people
from mock_sites.huawei.domain import (
    accounts,
    checkout,
    closing,
    enterprises,
    expiry,
    orders,
    processing,
    renewals,
    syncing,
)
from mock_sites.huawei.domain.tables import Table
from mock_sites.huawei.seller_gateway import delivery, kit
from mock_sites.world.company import Company

COMPANY = Company(
    name="huawei",
    metadata=Table.metadata,
    jobs={
        "approve-authentication": accounts.approve_authentication,
        delivery.JOB: delivery.DELIVER,
        "list-service": orders.list_service,
        "finish-enterprise": enterprises.finish_set_up,
        syncing.JOB: kit.SYNC,
        "cancel-unpaid": checkout.cancel_unpaid,
        "expire-service": expiry.expire,
        "change-edition": processing.change_edition,
        "auto-renew": renewals.auto_renew,
        "release-expired": closing.release_expired,
    },
    populate=people.populate,
    people=people.people,
)
