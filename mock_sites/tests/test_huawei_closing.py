"""Closing a resource, and subscribing again (S2, Canceling Subscription to Guance on Huawei Cloud)."""

import pytest
from sqlalchemy import select

from mock_sites.guance.domain import subscriptions
from mock_sites.huawei.domain import closing, enterprises, login_tokens, orders, outcomes, unified_login
from mock_sites.huawei.domain.jobs import Activity, OperationCall
from mock_sites.huawei.domain.states import ResourceState
from mock_sites.huawei.domain.tables import Account, Member, Resource
from mock_sites.tests.support.enterprises import PASSWORD
from mock_sites.tests.support.subscribing import buy, buyer, close, enterprise_with_wendy, state_of
from mock_sites.world import jobs
from mock_sites.world.errors import Refusal
from mock_sites.world.world import World


def log_in(world: World) -> Member:
    """Wendy at unified login."""
    with world.uow("huawei") as uow:
        return unified_login.authenticate(uow, "wendy@acme", PASSWORD)


def test_a_closed_resource_is_released_at_the_seller(world: World) -> None:
    instance_id = buy(world)
    with world.uow("huawei", write=True) as uow:
        closing.close(uow, uow.session.get_one(Resource, instance_id))
    jobs.run_due(world)
    assert state_of(world, instance_id) == "closing"

    jobs.advance(world, closing.CLOSING_SECONDS)

    assert state_of(world, instance_id) == "closed"
    with world.uow("guance") as uow:
        subscription = subscriptions.find(uow, instance_id)
        assert subscription is not None
        assert subscription.state == "closed"


def test_a_resource_is_closed_once_and_the_second_tab_says_so(world: World) -> None:
    instance_id = buy(world)
    with world.uow("huawei", write=True) as uow:
        resource = uow.session.get_one(Resource, instance_id)
        closing.close(uow, resource)
        with pytest.raises(Refusal, match="being closed already"):
            closing.close(uow, resource)
    jobs.advance(world, closing.CLOSING_SECONDS)
    with world.uow("huawei", write=True) as uow, pytest.raises(Refusal, match="is closed already"):
        closing.close(uow, uow.session.get_one(Resource, instance_id))
    assert len(world.journal(kind="huawei.resource.closed")) == 1


def test_a_resource_that_the_seller_never_releases_can_be_closed_again(world: World) -> None:
    instance_id = buy(world)
    with world.uow("huawei", write=True) as uow:
        resource = uow.session.get_one(Resource, instance_id)
        resource.state = ResourceState.CLOSING
        outcomes.failed(uow, OperationCall(activity=Activity.RELEASE_INSTANCE, instance=instance_id))
        assert resource.state == "closing_failed"

    close(world, instance_id)
    assert state_of(world, instance_id) == "closed"


def test_members_of_a_closed_service_are_refused_with_the_reason(world: World) -> None:
    instance_id = buy(world)
    enterprise_with_wendy(world, instance_id)
    with world.uow("huawei", write=True) as uow:
        login_tokens.store_code(uow, "code", log_in(world), "guance")
        code = login_tokens.find_code(uow, "code")
        assert code is not None
        login_tokens.store_tokens(uow, code, access_token="token", refresh_token=None)

    close(world, instance_id)

    with pytest.raises(Refusal, match="closed this service"):
        log_in(world)
    with world.uow("huawei") as uow:
        assert login_tokens.find_token(uow, "access", "token") is None
        assert orders.resource_in_use(uow, buyer(uow)) is None


def test_after_closing_the_product_can_be_subscribed_to_again_with_a_new_instance(world: World) -> None:
    first = buy(world)
    close(world, first)
    assert buy(world, attempt=2) != first


def test_the_existing_enterprise_uses_the_new_service_and_its_members_log_in_again(world: World) -> None:
    first = buy(world)
    enterprise_id = enterprise_with_wendy(world, first)
    close(world, first)
    second = buy(world, attempt=2)

    for _ in range(2):
        with world.uow("huawei", write=True) as uow:
            resource = uow.session.get_one(Resource, second)
            resource.role = "personal"
            enterprises.bind(uow, buyer(uow), resource, enterprise_id)
    jobs.run_due(world)

    assert log_in(world).account == "wendy"
    assert [event.details["instance"] for event in world.journal(kind="guance.tenant.added")] == [first, second]
    assert len(world.journal(kind="huawei.enterprise.bound")) == 1


def test_only_an_enterprise_of_ones_own_is_bound(world: World) -> None:
    first = buy(world)
    enterprise_id = enterprise_with_wendy(world, first)
    with world.uow("huawei", write=True) as uow:
        other = uow.session.scalars(select(Account).where(Account.name == "hw_wangfang")).one()
        for account, wanted in ((other, enterprise_id), (buyer(uow), "nothing")):
            with pytest.raises(Refusal, match="one of your enterprises") as refusal:
                enterprises.bind(uow, account, uow.session.get_one(Resource, first), wanted)
            assert refusal.value.field == "enterprise"


def test_closing_while_the_enterprise_is_being_set_up_sends_the_seller_no_enterprise(world: World) -> None:
    instance_id = buy(world)
    with world.uow("huawei", write=True) as uow:
        resource = uow.session.get_one(Resource, instance_id)
        resource.role = "personal"
        enterprises.set_up(uow, buyer(uow), resource, name="Acme Research", domain="acme")
    close(world, instance_id)
    jobs.advance(world, enterprises.SET_UP_SECONDS[1])
    assert world.journal(kind="huawei.enterprise.ready")
    assert not world.journal(kind="guance.tenant")
