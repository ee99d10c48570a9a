"""A member who comes from Huawei Cloud and binds an account and a workspace."""

from mock_sites.guance.domain import bindings, subscriptions, tenants, visits, workspaces
from mock_sites.guance.domain.codes import MailText
from mock_sites.guance.domain.subscriptions import Purchase
from mock_sites.guance.domain.tables import Visit, Workspace
from mock_sites.guance.domain.visits import VisitingMember
from mock_sites.tests.support.mailbox import last_code
from mock_sites.world.agreement import AUTH_CENTRE
from mock_sites.world.unit_of_work import UnitOfWork
from mock_sites.world.world import World

BUYER = "0123456789abcdef0123456789abcdef"

OWNER_EMAIL = "zhao.min@northwind.example.com"


def code_mail(digits: str) -> MailText:
    """A mail that ends with the code."""
    return MailText("Code", f"Hello\n\n{digits}\n", "Guance")


def visit_from(world: World, buyer: str = BUYER, tenant_id: str = "t1") -> str:
    """A member of an enterprise of ``buyer``, who has an open subscription, starts a visit."""
    with world.uow("guance", write=True) as uow:
        instance_id = f"i-{tenant_id}"
        subscriptions.open_subscription(uow, Purchase(f"o-{tenant_id}", "l", buyer, "OFFI", "SaaS"), instance_id)
        tenants.sync(uow, tenants.TenantFacts(tenant_id, instance_id, "acme", "Acme Research", AUTH_CENTRE))
        tenant = tenants.find(uow, tenant_id)
        assert tenant
        return visits.begin(uow, tenant, VisitingMember("wendy", "Wendy Gu", "wendy@acme.example.com", "")).id


def there(uow: UnitOfWork, visit_id: str) -> Visit:
    """The visit, in this unit of work."""
    return uow.session.get_one(Visit, visit_id)


def asked(world: World, username: str) -> None:
    """Ask for a code for the holder of a fee center account."""
    with world.uow("guance", write=True) as uow:
        bindings.send_code(uow, username, code_mail)


def bind_account(world: World, visit_id: str, username: str = "zhaomin", email: str = OWNER_EMAIL) -> None:
    """Bind a fee center account with a valid code."""
    asked(world, username)
    with world.uow("guance", write=True) as uow:
        bindings.bind_account(uow, there(uow, visit_id), username, last_code(world, email))


def bind_workspace(world: World, visit_id: str) -> Workspace:
    """Bind the first workspace of the bound fee center account."""
    with world.uow("guance", write=True) as uow:
        visit = there(uow, visit_id)
        workspace = uow.session.scalars(workspaces.of_billing_account(visit.billing_account_id or "")).all()[0]
        bindings.bind_workspace(uow, visit, workspace)
        return workspace


def confirm(world: World, visit_id: str) -> list[Workspace]:
    """Confirm the binding."""
    with world.uow("guance", write=True) as uow:
        return bindings.confirm(uow, there(uow, visit_id))
