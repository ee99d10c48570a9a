"""Orders and subscriptions of the ready-made buyer, made by the functions of the domain."""

from sqlalchemy import select

from mock_sites.huawei.domain import catalogue, checkout, closing, enterprises, members, orders
from mock_sites.huawei.domain.tables import Account, Enterprise, Product, Resource
from mock_sites.tests.support.enterprises import PASSWORD, WENDY
from mock_sites.world import jobs
from mock_sites.world.unit_of_work import UnitOfWork
from mock_sites.world.world import World


def buyer_and_product(uow: UnitOfWork, name: str = "hw_liwei") -> tuple[Account, Product]:
    """A ready-made buyer and the documented product."""
    buyer = uow.session.scalars(select(Account).where(Account.name == name)).one()
    return buyer, uow.session.get_one(Product, catalogue.GUANCE_CONTENT)


def subscribe(world: World, *, name: str = "hw_liwei", attempt: int = 1, agreed: bool = True) -> str:
    """Order the product. Returns the order's id."""
    with world.uow("huawei", write=True) as uow:
        buyer, product = buyer_and_product(uow, name)
        return orders.subscribe(uow, buyer, product, attempt=attempt, agreed=agreed).id


def buy(world: World, *, name: str = "hw_liwei", attempt: int = 1) -> str:
    """Subscribe and wait until the service is listed. Returns its instance id."""
    order_id = subscribe(world, name=name, attempt=attempt)
    jobs.run_due(world)
    jobs.advance(world, orders.PROVISIONING_SECONDS[1])
    with world.uow("huawei") as uow:
        return uow.session.scalars(select(Resource.instance_id).where(Resource.order_id == order_id)).one()


def close(world: World, instance_id: str) -> None:
    """Close a resource and wait until the seller has answered."""
    with world.uow("huawei", write=True) as uow:
        closing.close(uow, uow.session.get_one(Resource, instance_id))
    jobs.advance(world, closing.CLOSING_SECONDS)


def state_of(world: World, instance_id: str) -> str:
    """The resource's state."""
    with world.uow("huawei") as uow:
        return uow.session.get_one(Resource, instance_id).state


def buyer(uow: UnitOfWork) -> Account:
    """The ready-made buyer."""
    return uow.session.scalars(select(Account).where(Account.name == "hw_liwei")).one()


def enterprise_with_wendy(world: World, instance_id: str) -> str:
    """An enterprise that uses the service, with an authorized member. Returns its id."""
    with world.uow("huawei", write=True) as uow:
        resource = uow.session.get_one(Resource, instance_id)
        enterprises.choose_role(uow, resource, "personal")
        enterprise = enterprises.set_up(uow, buyer(uow), resource, name="Acme Research", domain="acme")
    jobs.advance(world, enterprises.SET_UP_SECONDS[1])
    with world.uow("huawei", write=True) as uow:
        enterprise = uow.session.get_one(Enterprise, enterprise.id)
        wendy = members.add(uow, enterprise, WENDY, password=PASSWORD)
        members.authorize(uow, enterprise, [wendy.id], agreed=True)
    return enterprise.id


def account_of(uow: UnitOfWork, name: str = "hw_liwei") -> Account:
    """A ready-made buyer."""
    return uow.session.scalars(select(Account).where(Account.name == name)).one()


def order(world: World, *, name: str = "hw_liwei", attempt: int = 1, quantity: int = 50) -> str:
    """Order units of the card. Returns the order's number."""
    with world.uow("huawei", write=True) as uow:
        card = uow.session.get_one(Product, catalogue.CARD_CONTENT)
        return checkout.order_card(uow, account_of(uow, name), card, attempt=attempt, quantity=quantity).id
