"""Vouchers: each is activated once, by the code that was issued for an account (spec guance C.6)."""

from typing import Final

from sqlalchemy import select

from mock_sites.guance.domain import wallet
from mock_sites.guance.domain.tables import BillingAccount, Credit, VoucherCode
from mock_sites.world.errors import N_, Refusal
from mock_sites.world.seed import CAPITALS
from mock_sites.world.unit_of_work import UnitOfWork

LONGEST_CODE: Final = 32

_GROUP: Final = 4
_GROUPS: Final = 4

FEN: Final = 20_000
"""The face value of a voucher that an account asks for."""


def issue(uow: UnitOfWork, account: BillingAccount) -> VoucherCode:
    """The code of the voucher that an account gets when it asks for one. There is one for each account."""
    there = select(VoucherCode).where(VoucherCode.billing_account_id == account.id).order_by(VoucherCode.issued_at)
    code = uow.session.scalars(there.limit(1)).first()
    if code is None:
        letters = uow.random_text("voucher-code", _GROUPS * _GROUP, CAPITALS)
        groups = [letters[place : place + _GROUP] for place in range(0, len(letters), _GROUP)]
        code = VoucherCode(activation_code="-".join(groups), billing_account_id=account.id, fen=FEN, issued_at=uow.now)
        uow.session.add(code)
        uow.session.flush()
        uow.record("voucher.issued", billing_account=account.id, fen=FEN)
    return code


def activate(uow: UnitOfWork, account: BillingAccount, text: str) -> Credit:
    """Activate the voucher with this code, which may be typed in small letters.

    Raises:
        Refusal: for ``activation_code``. The message is the same for unknown codes and for those of other accounts.
    """
    code = uow.session.get(VoucherCode, text.strip().upper())
    if code is None or code.billing_account_id != account.id:
        raise Refusal(
            N_("There is no voucher with this activation code for your account. Compare it with the one you have."),
            field="activation_code",
        )
    if code.activated_at:
        raise Refusal(N_("This voucher has been activated already."), field="activation_code")
    code.activated_at = uow.now
    return wallet.add(uow, account, wallet.VOUCHER, code.fen)
