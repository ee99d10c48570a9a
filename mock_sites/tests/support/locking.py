"""A workspace that a Huawei Cloud account pays for, and its lock."""

from mock_sites.guance.domain import locks, settlement
from mock_sites.tests.support.bills import workspace_of
from mock_sites.tests.support.subscribing import account_of, buy
from mock_sites.world.world import World


def settle(world: World) -> str:
    """Li Wei's Huawei Cloud account pays for Zhao Min's workspace. Returns the instance that was bought for it."""
    instance = buy(world)
    with world.uow("huawei") as uow:
        payer = account_of(uow).id
    with world.uow("guance", write=True) as uow:
        settlement.settle_by_huawei(uow, workspace_of(uow), huawei_account_id=payer, instance_id=instance)
    return instance


def lock(world: World) -> None:
    """Zhao Min's workspace is locked, because the subscription that paid for it was closed."""
    instance = settle(world)
    with world.uow("guance", write=True) as uow:
        locks.cancel_subscription(uow, instance)
