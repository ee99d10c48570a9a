"""How far a buyer has set up a purchased service."""

from mock_sites.huawei.domain import enterprises, members, orders
from mock_sites.huawei.domain.tables import Account, Enterprise, Resource
from mock_sites.huawei.seller_gateway import sellers
from mock_sites.web.context import local, uow
from mock_sites.world.rows import are_any


def current_service(account: Account) -> Resource | None:
    """The service that Partner Services is about: the newest one in use."""
    return orders.resource_in_use(uow(), account)


def current_enterprise(account: Account) -> Enterprise | None:
    """The enterprise that uses the current service."""
    service = current_service(account)
    return enterprises.enterprise_of(uow(), service) if service else None


def pending_task(account: Account) -> Resource | None:
    """The service that no member has been authorized to use yet."""
    service = current_service(account)
    enterprise = enterprises.enterprise_of(uow(), service) if service else None
    if enterprise and are_any(uow(), members.authorized_of(enterprise)):
        return None
    return service


def unified_login_url(service: Resource) -> str:
    """The unified login link of a service's application (spec huawei 1.7)."""
    app_id = sellers.agreed(uow(), service.order.content_id).client.app_id
    return local(f"https://macroverse.huaweicloud.com/unified-login/#/portal-login?ind=UNOP&appId={app_id}")
