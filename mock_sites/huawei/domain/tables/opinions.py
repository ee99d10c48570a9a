"""The tables of what buyers think of products: favourites, reviews and questions."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from mock_sites.huawei.domain.tables.accounts import Account
from mock_sites.huawei.domain.tables.base import Table


class Favourite(Table):
    """A product that a buyer has saved to look at again."""

    __tablename__ = "favourites"
    __table_args__ = (Index("favourites_of", "account_id", text("saved_at DESC"), "content_id"),)
    account_id: Mapped[str] = mapped_column(ForeignKey("accounts.id"), primary_key=True)
    content_id: Mapped[str] = mapped_column(primary_key=True)
    saved_at: Mapped[datetime]


class BuyerReview(Table):
    """A buyer's review of a product. ``stars`` is from 1 to 5."""

    __tablename__ = "buyer_reviews"
    __table_args__ = (
        Index("reviews_of", "content_id", text("written_at DESC"), "account_id"),
        Index("reviews_counted", "content_id", "stars"),
        Index("reviews_written", text("written_at DESC"), "content_id", "account_id"),
    )
    account_id: Mapped[str] = mapped_column(ForeignKey("accounts.id"), primary_key=True)
    content_id: Mapped[str] = mapped_column(primary_key=True)
    stars: Mapped[int]
    comment: Mapped[str]
    written_at: Mapped[datetime]
    reply: Mapped[str] = mapped_column(default="")
    """What the seller replied."""
    account: Mapped[Account] = relationship()


class ProductQuestion(Table):
    """A buyer's question about a product, and its seller's answer. ``answered_at`` is None until there is one."""

    __tablename__ = "product_questions"
    __table_args__ = (
        Index("questions_of", "content_id", text("asked_at DESC"), text("number DESC")),
        Index("questions_asked", text("asked_at DESC"), text("number DESC")),
        Index("questions_open", "answered_at", text("asked_at DESC"), text("number DESC")),
    )
    number: Mapped[int] = mapped_column(primary_key=True)
    content_id: Mapped[str]
    account_id: Mapped[str] = mapped_column(ForeignKey("accounts.id"))
    text: Mapped[str]
    asked_at: Mapped[datetime]
    answer: Mapped[str] = mapped_column(default="")
    answered_at: Mapped[datetime | None] = mapped_column(default=None)
    account: Mapped[Account] = relationship()
