"""How far a buyer has set up a purchased service (S1, Step Two)."""

from mock_sites.huawei.domain import enterprises, members, orders
from mock_sites.huawei.domain.tables import Account, Enterprise, Resource
from mock_sites.world.errors import N_, Refusal
from mock_sites.world.rows import are_any
from mock_sites.world.unit_of_work import UnitOfWork


def current_service(uow: UnitOfWork, account: Account) -> Resource:
    """The service that Partner Services is about: the newest one in use.

    Raises:
        Refusal: there is none.
    """
    service = orders.resource_in_use(uow, account)
    if service is None:
        raise Refusal(N_("There is no partner service in use. Subscribe to one on the marketplace first."))
    return service


def current_enterprise(uow: UnitOfWork, account: Account) -> Enterprise:
    """The enterprise that uses the current service.

    Raises:
        Refusal: there is no service in use, or it has no enterprise.
    """
    enterprise = enterprises.enterprise_of(uow, current_service(uow, account))
    if enterprise is None:
        raise Refusal(N_("Set up an enterprise first."))
    return enterprise


def pending_task(uow: UnitOfWork, account: Account) -> Resource | None:
    """The service that no member has been authorized to use yet."""
    service = orders.resource_in_use(uow, account)
    enterprise = enterprises.enterprise_of(uow, service) if service else None
    if enterprise and are_any(uow, members.authorized_of(enterprise)):
        return None
    return service
