"""The money of a billing center account: cash, vouchers and prepaid cards (spec guance C.6). Money is in fen.

Days that the billing center settles are paid from vouchers, then prepaid cards, then cash. The rest makes the prepaid
card balance negative: the account is in arrears. Days that a cloud account settles are charged to that account.
Vouchers and cards have to be used while they are valid. Each change of a balance is in the ``ledger``.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from sqlalchemy import Select, func, select

from mock_sites.guance.domain import bills, ledger, mails, usage, workspaces
from mock_sites.guance.domain.money import money
from mock_sites.guance.domain.tables import BillingAccount, Credit, LedgerEntry, Workspace
from mock_sites.world.errors import N_, Refusal
from mock_sites.world.rows import are_any
from mock_sites.world.seed import DIGITS
from mock_sites.world.unit_of_work import UnitOfWork

CASH: Final = "cash"
VOUCHER: Final = "voucher"
PREPAID_CARD: Final = "prepaid-card"

BALANCES: Final = {VOUCHER: N_("Voucher"), PREPAID_CARD: N_("Prepaid card"), CASH: N_("Cash")}
"""The kinds of credit, in the order in which they pay."""

VALID_FOR: Final = {VOUCHER: timedelta(days=365), PREPAID_CARD: timedelta(days=365)}
"""How long a credit can be used. Cash is not limited. The documents say that there is a validity, not which."""

STATES: Final = {"valid": N_("Valid"), "used-up": N_("Used up"), "expired": N_("Expired")}
"""The states of a credit."""

_CREDITED_BY: Final = {CASH: ledger.RECHARGE, VOUCHER: ledger.VOUCHER, PREPAID_CARD: ledger.PREPAID_CARD}

CARD_PRODUCT: Final = "OFFI845612937750261760"
"""The marketplace's product ID of the prepaid card."""

FEN_PER_UNIT: Final = 10_000
"""A prepaid card is bought in units of 100 CNY."""

LONGEST_ORDER_NUMBER: Final = 64


@dataclass(frozen=True)
class CardPurchase:
    """What the marketplace answers about a paid order. ``huawei_account_id`` is the buyer's account ID (customerId)."""

    order_id: str
    huawei_account_id: str
    product_id: str
    units: int


@dataclass(frozen=True)
class Unsettled:
    """The first day that is over and not settled, and how many workspaces have such days."""

    first: date
    workspaces: int


@dataclass(frozen=True)
class Wallet:
    """The balances of an account, in fen. The prepaid card balance is negative if the account is in arrears."""

    cash: int
    voucher: int
    prepaid_card: int
    arrears: int

    @property
    def by_kind(self) -> dict[str, int]:
        """The balances by the kind of their credits."""
        return {VOUCHER: self.voucher, PREPAID_CARD: self.prepaid_card, CASH: self.cash}


def unsettled(uow: UnitOfWork) -> Unsettled | None:
    """The days that are over and not settled. None if there are none."""
    late = Workspace.settled_until < usage.day_of(uow.now)
    first, number = uow.session.execute(select(func.min(Workspace.settled_until), func.count()).where(late)).one()
    return Unsettled(first, number) if first else None


def settle(uow: UnitOfWork, until: date | None = None) -> None:
    """Settle all days that are over, or those before ``until``: store their bills and deduct their costs.

    Pages call it before they show balances and bills, and so do jobs that mail them.
    """
    until = until or usage.day_of(uow.now)
    for account_id, days in bills.write_down(uow, until).items():
        purse = _Purse(uow, account_id)
        for day, fen in days.items():
            purse.expire(before=day)
            purse.pay(day, fen)
    over = select(Credit.billing_account_id).where(Credit.left > 0, Credit.valid_until < until)
    for account_id in uow.session.scalars(over.distinct().order_by(Credit.billing_account_id)):
        _Purse(uow, account_id).expire(before=until)


def wallet_of(uow: UnitOfWork, billing_account_id: str) -> Wallet:
    """The balances of the account after all days that have been settled."""
    left = select(func.sum(Credit.left)).where(Credit.billing_account_id == billing_account_id, Credit.left > 0)
    of_kinds = (left.where(Credit.kind == kind).scalar_subquery() for kind in (CASH, VOUCHER, PREPAID_CARD))
    cash, voucher, prepaid_card = (fen or 0 for fen in uow.session.execute(select(*of_kinds)).one())
    arrears = uow.session.get_one(BillingAccount, billing_account_id).arrears
    return Wallet(cash, voucher, prepaid_card - arrears, arrears)


def credits_of(billing_account_id: str, kind: str) -> Select[Credit]:
    """The credits of a kind that an account has got, latest first."""
    wanted = select(Credit).where(Credit.billing_account_id == billing_account_id, Credit.kind == kind)
    return wanted.order_by(Credit.credited_at.desc(), Credit.id.desc())


def add(uow: UnitOfWork, account: BillingAccount, kind: str, fen: int, *, number: str = "") -> Credit:
    """Give the account cash, a voucher or a card, with this number or a new one. It pays arrears immediately. Of the
    same moment, credits come before costs.
    """
    settle(uow, usage.day_of(uow.now - timedelta(microseconds=1)))
    before = wallet_of(uow, account.id).by_kind
    paid = min(account.arrears, fen)
    account.arrears -= paid
    credit = Credit(
        id=number or uow.random_text("credit", 16, DIGITS),
        billing_account_id=account.id,
        kind=kind,
        fen=fen,
        left=fen - paid,
        credited_at=uow.now,
        valid_until=usage.day_of(uow.now) + VALID_FOR[kind] if kind in VALID_FOR else None,
    )
    uow.session.add(credit)
    uow.session.flush()
    changes = [(_CREDITED_BY[kind], kind, fen)]
    if paid and kind != PREPAID_CARD:
        changes += [(ledger.ARREARS, kind, -paid), (ledger.ARREARS, PREPAID_CARD, paid)]
    for reason, balance, change in changes:
        before[balance] += change
        entry = LedgerEntry(billing_account_id=account.id, at=uow.now, kind=reason, balance=balance, fen=change)
        entry.after, entry.reference = before[balance], credit.id
        uow.session.add(entry)
    uow.record("wallet.credited", billing_account=account.id, credit=kind, fen=fen)
    return credit


def check_may_buy_card(uow: UnitOfWork, account: BillingAccount, order_id: str) -> None:
    """Make the checks that need no answer of the marketplace (spec guance C.6, Huawei stored-value card).

    Raises:
        Refusal: cloud accounts pay for all workspaces; or for ``order_number``: it has been credited.
    """
    bound, unpaid = workspaces.of_billing_account(account.id), workspaces.unpaid(account.id)
    if are_any(uow, bound) and not are_any(uow, unpaid):
        raise Refusal(
            N_(
                "Your workspaces are settled by a cloud account. A prepaid card pays only for workspaces that are"
                " settled by the Billing Center account."
            )
        )
    if uow.session.scalar(select(Credit.id).where(Credit.order_id == order_id)) is not None:
        raise Refusal(N_("The prepaid card of this order has been credited already."), field="order_number")


def credit_card(
    uow: UnitOfWork, account: BillingAccount, purchase: CardPurchase | None, *, huawei_account_id: str, order_id: str
) -> Credit:
    """Credit the prepaid card of a paid order, only once (S2, How to Obtain Order Number).

    ``purchase`` is what the marketplace answered about ``order_id``; None if it knows no such paid order.

    Raises:
        Refusal: for ``order_number``. The message is the same for unknown and unpaid orders, another person's, and
            other products'.
    """
    check_may_buy_card(uow, account, order_id)
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
    card = add(uow, account, PREPAID_CARD, purchase.units * FEN_PER_UNIT)
    card.order_id, card.huawei_account_id = order_id, huawei_account_id
    uow.session.flush()
    mails.send(
        uow,
        account.email,
        mails.write(
            uow.mail_language(account.language),
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


class _Purse:
    """The credits of an account, in the order in which they pay: of a kind, first those that expire first."""

    def __init__(self, uow: UnitOfWork, account_id: str) -> None:
        wanted = select(Credit).where(Credit.billing_account_id == account_id, Credit.left > 0)
        kinds = list(BALANCES)
        found = uow.session.scalars(wanted.order_by(Credit.valid_until, Credit.credited_at, Credit.id))
        self._credits = sorted(found, key=lambda credit: kinds.index(credit.kind))
        self._account = uow.session.get_one(BillingAccount, account_id)
        self._uow = uow

    def pay(self, day: date, fen: int) -> None:
        """Deduct the cost of a day from the credits, one after the other. The rest is arrears."""
        taken = dict.fromkeys(BALANCES, 0)
        due = fen
        for credit in self._credits:
            part = min(credit.left, due)
            credit.left, due = credit.left - part, due - part
            taken[credit.kind] += part
        self._account.arrears += due
        taken[PREPAID_CARD] += due
        for kind, part in taken.items():
            if part:
                self._enter(ledger.CONSUMPTION, kind, part, day, f"{day}")

    def expire(self, *, before: date) -> None:
        """Take what is left of credits that were valid until a day ``before`` this one."""
        for credit in self._credits:
            if credit.left and credit.valid_until and credit.valid_until < before:
                lost, credit.left = credit.left, 0
                credit.expired = True
                self._enter(ledger.EXPIRY, credit.kind, lost, credit.valid_until, credit.id)

    def _enter(self, reason: str, kind: str, fen: int, day: date, reference: str) -> None:
        """Enter what was taken at the end of a day."""
        after = sum(credit.left for credit in self._credits if credit.kind == kind)
        after -= self._account.arrears if kind == PREPAID_CARD else 0
        entry = LedgerEntry(billing_account_id=self._account.id, at=usage.end_of(day), kind=reason, balance=kind)
        entry.fen, entry.after, entry.reference = -fen, after, reference
        self._uow.session.add(entry)
