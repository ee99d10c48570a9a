"""The forms of the Seller Center."""

from mock_sites.huawei.domain import catalogue
from mock_sites.huawei.protocol import operations
from mock_sites.huawei.seller_center import drafting
from mock_sites.huawei.seller_gateway import sellers
from mock_sites.world.world import World

CONTENT = catalogue.GUANCE_CONTENT


def suggested(world: World, name: str) -> dict[str, str]:
    """The prefilled values of the form for an operation."""
    with world.uow("huawei") as uow:
        agreed = sellers.agreed(uow, CONTENT)
        operation = operations.find(agreed.protocol, name)
        assert operation
        return drafting.prefilled(uow, agreed, operation)
