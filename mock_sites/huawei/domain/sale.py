"""Whether a product is on sale. One whose seller failed the probes is hidden, and cannot be bought (spec huawei 2.6a).

Services that were bought before go on, and can be renewed: the documents say only that trading is frozen.
"""

from mock_sites.huawei.domain.seller_tables import ProbedProduct
from mock_sites.huawei.domain.tables import Product
from mock_sites.world.errors import N_, Refusal
from mock_sites.world.unit_of_work import UnitOfWork


def on_sale(uow: UnitOfWork, product: Product) -> bool:
    """Whether the product can be bought."""
    probed = uow.session.get(ProbedProduct, product.content_id)
    return probed is None or probed.delisted_at is None


def check_on_sale(uow: UnitOfWork, product: Product) -> None:
    """Check that the product can be bought.

    Raises:
        Refusal: it was delisted.
    """
    if not on_sale(uow, product):
        raise Refusal(N_("This product is not on sale now: its seller's service did not answer as it should."))
