"""Reviews that buyers write about the products of their services."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from typing import Final

from sqlalchemy import Select, func, select
from sqlalchemy.orm import joinedload

from mock_sites.huawei.domain.listings import Listing
from mock_sites.huawei.domain.tables import BuyerReview, Product, Resource
from mock_sites.world.unit_of_work import UnitOfWork

LONGEST: Final = 500
"""The longest review, in characters."""


def write(uow: UnitOfWork, resource: Resource, stars: int, comment: str) -> None:
    """Write the review of a service's product. An earlier one of the same buyer is replaced, with its reply."""
    content_id = resource.order.content_id
    values = {"stars": stars, "comment": comment, "written_at": uow.now, "reply": ""}
    uow.session.merge(BuyerReview(account_id=resource.account_id, content_id=content_id, **values))
    uow.record("review.written", product=resource.order.product.title, stars=stars)


def reply(uow: UnitOfWork, review: BuyerReview, text: str) -> None:
    """Reply to a review as its product's seller. An earlier reply is replaced."""
    review.reply = text
    uow.record("review.replied", account=review.account.name)


def to_sellers() -> Select[BuyerReview]:
    """What buyers wrote about all products, the latest first."""
    newest = select(BuyerReview).order_by(BuyerReview.written_at.desc(), BuyerReview.content_id, BuyerReview.account_id)
    return newest.options(joinedload(BuyerReview.account))


def of_buyer(uow: UnitOfWork, resource: Resource) -> BuyerReview | None:
    """What the buyer wrote about the service's product."""
    return uow.session.get(BuyerReview, (resource.account_id, resource.order.content_id))


def of_product(listing: Listing) -> Select[BuyerReview]:
    """What buyers wrote about a product, the latest first."""
    found = select(BuyerReview).where(BuyerReview.content_id == listing.content_id)
    newest = found.order_by(BuyerReview.written_at.desc(), BuyerReview.account_id)
    return newest.options(joinedload(BuyerReview.account))


def counted(uow: UnitOfWork, listings: Iterable[Listing]) -> list[Listing]:
    """The products, with the stars that buyers gave them added."""
    shown = {listing.content_id: listing for listing in listings}
    given = select(BuyerReview.content_id, BuyerReview.stars, func.count()).where(
        BuyerReview.content_id.in_(select(Product.content_id))
    )
    for content_id, stars, number in uow.session.execute(given.group_by(BuyerReview.content_id, BuyerReview.stars)):
        if listing := shown.get(content_id):
            shown[content_id] = replace(listing, stars=Counter(listing.stars) + Counter({stars: number}))
    return list(shown.values())


def masked(name: str) -> str:
    """The name of a buyer as others see it."""
    return f"{name[:2]}***{name[-1:]}"
