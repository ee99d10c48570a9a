"""The money of a billing center account: cash, vouchers and prepaid cards (spec guance C.6). Money is in fen.

Days that are settled by the billing center are deducted from vouchers, then prepaid cards, then cash; what is left
makes the prepaid card balance negative, which is arrears. Days that a cloud account settles are charged there.
"""

from dataclasses import dataclass
from operator import itemgetter
from typing import Final

from sqlalchemy import select

from mock_sites.guance.domain import bills, letters, workspaces
from mock_sites.guance.domain.money import money
from mock_sites.guance.domain.tables import BillingAccount, Credit
from mock_sites.world.book import Book
from mock_sites.world.errors import N_, Refusal
from mock_sites.world.rows import are_any
from mock_sites.world.seed import DIGITS

CASH: Final = "cash"
VOUCHER: Final = "voucher"
PREPAID_CARD: Final = "prepaid-card"

_ORDER: Final = (VOUCHER, PREPAID_CARD, CASH)

CARD_PRODUCT: Final = "OFFI-PREPAID-CARD"
"""The marketplace's product ID of the prepaid card."""

FEN_PER_UNIT: Final = 10_000
"""A prepaid card is bought in units of 100 CNY."""


@dataclass(frozen=True)
class Purchase:
    """What the marketplace tells about a paid order. ``huawei_account_id`` is the buyer's account ID (customerId)."""

    order_id: str
    huawei_account_id: str
    product_id: str
    units: int


@dataclass(frozen=True)
class Position:
    """A credit and what is left of it."""

    credit: Credit
    left: int


@dataclass(frozen=True)
class Wallet:
    """What an account has. The prepaid card balance is negative when it is in arrears."""

    positions: list[Position]
    arrears: int

    @property
    def cash(self) -> int:
        """The cash balance."""
        return self._left(CASH)

    @property
    def voucher(self) -> int:
        """The voucher balance."""
        return self._left(VOUCHER)

    @property
    def prepaid_card(self) -> int:
        """The prepaid card balance, less arrears."""
        return self._left(PREPAID_CARD) - self.arrears

    @property
    def cards(self) -> list[Position]:
        """The prepaid cards, latest first."""
        return [one for one in reversed(self.positions) if one.credit.kind == PREPAID_CARD]

    def _left(self, kind: str) -> int:
        return sum(one.left for one in self.positions if one.credit.kind == kind)


def wallet_of(book: Book, billing_account_id: str) -> Wallet:
    """What the account has after all days that have been settled."""
    wanted = select(Credit).where(Credit.billing_account_id == billing_account_id)
    credits_ = list(book.session.scalars(wanted.order_by(Credit.credited_at, Credit.id)))
    due = [bill for bill in bills.daily(book, billing_account_id) if not bill.cloud_account_id]
    left: dict[str, int] = {}
    arrears = 0
    happened = [*((one.credited_at, one) for one in credits_), *((one.settled_at, one) for one in due)]
    for _at, what in sorted(happened, key=itemgetter(0)):  # of one moment, credits come first
        if isinstance(what, Credit):
            paid = min(arrears, what.fen)
            arrears, left[what.id] = arrears - paid, what.fen - paid
        else:
            arrears += _deduct(what.fen, left, credits_)
    return Wallet([Position(one, left[one.id]) for one in credits_], arrears)


def add(book: Book, account: BillingAccount, kind: str, fen: int) -> Credit:
    """Give the account cash or a voucher."""
    credit = Credit(
        id=book.letters("credit", 16, DIGITS),
        billing_account_id=account.id,
        kind=kind,
        fen=fen,
        credited_at=book.now,
    )
    book.session.add(credit)
    book.session.flush()
    book.record("wallet.credited", billing_account=account.id, credit=kind, fen=fen)
    return credit


def check_may_buy_card(book: Book, account: BillingAccount, order_id: str) -> None:
    """Refuse what can be refused before the marketplace is asked (spec guance C.6, Huawei stored-value card).

    Raises:
        Refusal: every workspace is settled by a cloud account; or for ``order_number``: it has been credited.
    """
    bound, unpaid = workspaces.of_billing_account(account.id), workspaces.unpaid(account.id)
    if are_any(book, bound) and not are_any(book, unpaid):
        raise Refusal(
            N_(
                "Your workspaces are settled by a cloud account. A prepaid card pays only for workspaces that are"
                " settled by the Billing Center account."
            )
        )
    if book.session.scalar(select(Credit.id).where(Credit.order_id == order_id)) is not None:
        raise Refusal(N_("The prepaid card of this order has been credited already."), field="order_number")


def credit_card(
    book: Book, account: BillingAccount, purchase: Purchase | None, *, huawei_account_id: str, order_id: str
) -> Credit:
    """Credit the prepaid card of a paid order, once only (S2, How to Obtain Order Number).

    ``purchase`` is what the marketplace told about ``order_id``; None when it knows no such paid order.

    Raises:
        Refusal: for ``order_number``; unknown, unpaid, somebody else's and other products' orders read the same.
    """
    check_may_buy_card(book, account, order_id)
    if (
        purchase is None
        or purchase.order_id != order_id
        or purchase.huawei_account_id != huawei_account_id
        or purchase.product_id != CARD_PRODUCT
        or purchase.units < 1
    ):
        raise Refusal(
            N_(
                "This Huawei Cloud account has no paid order of a prepaid card with this number."
                " Compare both with My Credentials and My Orders on Huawei Cloud."
            ),
            field="order_number",
        )
    card = add(book, account, PREPAID_CARD, purchase.units * FEN_PER_UNIT)
    card.order_id, card.huawei_account_id = order_id, huawei_account_id
    book.session.flush()
    letters.send(
        book,
        account.email,
        letters.write(
            account.language,
            N_("Prepaid card of {amount} CNY credited"),
            N_(
                "The prepaid card {number} of {amount} CNY has been credited to your Billing Center account {username}."
            ),
            N_("Order Number: {order}"),
            amount=money(card.fen),
            number=card.id,
            username=account.username,
            order=order_id,
        ),
    )
    return card


def _deduct(fen: int, left: dict[str, int], credits_: list[Credit]) -> int:
    """Take ``fen`` from what is left of the credits that there are; return what they do not cover."""
    for kind in _ORDER:
        for credit in credits_:
            if credit.kind == kind and (there := left.get(credit.id, 0)):
                taken = min(there, fen)
                left[credit.id], fen = there - taken, fen - taken
    return fen
