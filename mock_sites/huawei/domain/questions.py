"""Questions that buyers ask about products before they buy, and their sellers' answers."""

from typing import Final

from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload

from mock_sites.huawei.domain.listings import Listing
from mock_sites.huawei.domain.tables import Account, ProductQuestion
from mock_sites.world.errors import N_, Refusal
from mock_sites.world.rows import count_of
from mock_sites.world.unit_of_work import UnitOfWork

LONGEST: Final = 300
"""The longest question, in characters."""

LONGEST_ANSWER: Final = 500
"""The longest answer to a question or a review, in characters."""

MOST_OPEN: Final = 5
"""The most questions of a buyer about a product that are not answered yet."""


def ask(uow: UnitOfWork, account: Account, listing: Listing, text: str) -> ProductQuestion:
    """Ask about a product. The same question again, before it is answered, is the same question.

    Raises:
        Refusal: too many questions of the buyer about the product are not answered yet.
    """
    mine = _open(listing.content_id).where(ProductQuestion.account_id == account.id)
    if same := uow.session.scalars(mine.where(ProductQuestion.text == text)).first():
        return same
    if count_of(uow, mine) >= MOST_OPEN:
        raise Refusal(N_("Five of your questions are not answered yet. Wait for the seller, or call the hotline."))
    question = ProductQuestion(
        number=uow.number("question"), content_id=listing.content_id, account=account, text=text, asked_at=uow.now
    )
    uow.session.add(question)
    uow.session.flush()
    uow.record("question.asked", product=listing.name["en"], account=account.name)
    return question


def answer(uow: UnitOfWork, question: ProductQuestion, text: str) -> None:
    """Answer a question. An earlier answer is replaced."""
    question.answer, question.answered_at = text, uow.now
    uow.record("question.answered", question=question.number)


def of_product(listing: Listing) -> Select[ProductQuestion]:
    """The questions of buyers about a product, the latest first."""
    return _latest_first(select(ProductQuestion).where(ProductQuestion.content_id == listing.content_id))


def to_sellers(*, unanswered: bool = False) -> Select[ProductQuestion]:
    """The questions about all products, or those that are not answered yet, the latest first."""
    found = select(ProductQuestion)
    return _latest_first(found.where(ProductQuestion.answered_at.is_(None)) if unanswered else found)


def _open(content_id: str) -> Select[ProductQuestion]:
    return select(ProductQuestion).where(
        ProductQuestion.content_id == content_id, ProductQuestion.answered_at.is_(None)
    )


def _latest_first(found: Select[ProductQuestion]) -> Select[ProductQuestion]:
    newest = found.order_by(ProductQuestion.asked_at.desc(), ProductQuestion.number.desc())
    return newest.options(joinedload(ProductQuestion.account))
