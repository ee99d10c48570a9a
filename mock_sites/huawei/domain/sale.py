"""Whether a product is on sale. One whose seller failed the probes is hidden, and cannot be bought (spec huawei 2.6a).
Neither can one that was withdrawn.

Services that were bought before go on, and can be renewed: the documents say only that trading is frozen.
"""

from sqlalchemy import select, union_all

from mock_sites.huawei.domain.tables import ProbedProduct, Product, Seller
from mock_sites.world.errors import N_, Refusal
from mock_sites.world.unit_of_work import UnitOfWork


def on_sale(uow: UnitOfWork, product: Product) -> bool:
    """Whether the product can be bought."""
    return not is_delisted(uow, product) and not is_withdrawn(uow, product.content_id)


def is_delisted(uow: UnitOfWork, product: Product) -> bool:
    """Whether trading of the product is frozen because its seller failed the probes."""
    probed = uow.session.get(ProbedProduct, product.content_id)
    return probed is not None and probed.delisted_at is not None


def is_withdrawn(uow: UnitOfWork, content_id: str) -> bool:
    """Whether the seller has withdrawn the product."""
    seller = uow.session.get(Seller, content_id)
    return seller is not None and seller.is_withdrawn


def stopped(uow: UnitOfWork) -> set[str]:
    """The content ids of all products that are not on sale."""
    delisted = select(ProbedProduct.content_id).where(ProbedProduct.delisted_at.is_not(None))
    withdrawn = select(Seller.content_id).where(Seller.is_withdrawn)
    return set(uow.session.scalars(union_all(delisted, withdrawn)))


def check_on_sale(uow: UnitOfWork, product: Product) -> None:
    """Check that the product can be bought.

    Raises:
        Refusal: it was withdrawn or delisted.
    """
    if is_withdrawn(uow, product.content_id):
        raise Refusal(N_("This product was withdrawn from the Marketplace by its seller."))
    if not on_sale(uow, product):
        raise Refusal(N_("This product is not on sale now: its seller's service did not answer as it should."))
