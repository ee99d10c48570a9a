"""Huawei Cloud accounts: signing in and topping up."""

from typing import Final

from sqlalchemy import delete, func, or_, select

from mock_sites.huawei.domain.states import AuthenticationState
from mock_sites.huawei.domain.tables import Account, QrConfirmation, SignInCode
from mock_sites.world import sign_ins
from mock_sites.world.errors import N_, Refusal
from mock_sites.world.fields import FieldRule
from mock_sites.world.passwords import guessed
from mock_sites.world.unit_of_work import UnitOfWork

REALM: Final = "account"
"""The realm of sign-ins to Huawei Cloud."""

LARGEST_TOP_UP: Final = 1_000_000
"""The largest top-up, in CNY."""

TOP_UP: Final = FieldRule(r"[0-9]+", N_("Enter whole CNY."))


def create(uow: UnitOfWork, *, name: str, email: str, phone: str, password_hash: str, real_name: str = "") -> Account:
    """A Huawei Cloud account. With ``real_name``, the authentication of that person has already been approved."""
    account = Account(
        id=uow.random_text("account", 32),
        name=name,
        email=email,
        phone=phone,
        password_hash=password_hash,
        authentication=AuthenticationState.APPROVED if real_name else AuthenticationState.NONE,
        authentication_type="individual" if real_name else "",
        real_name=real_name,
    )
    uow.session.add(account)
    uow.record("account.created", account=name)
    return account


def authenticate(uow: UnitOfWork, name: str, password: str) -> Account:
    """The account with this name, email or phone number and this password.

    Raises:
        Refusal: there is no such account, the password is wrong, or there were too many wrong ones. The message is the
            same for the first two.
    """
    wanted = name.strip().lower()
    found = uow.session.scalars(
        select(Account).where(or_(func.lower(Account.name) == wanted, Account.email == wanted, Account.phone == wanted))
    ).all()
    account = guessed(uow, REALM, wanted, password, found[:1])
    if account is None:
        raise Refusal(N_("The account name or the password is incorrect."))
    return account


def end_sign_ins(uow: UnitOfWork, subject: str) -> None:
    """Sign an account or an IAM user out everywhere, with what would sign it in without its password: a code or a QR
    code that was confirmed.
    """
    sign_ins.end_all(uow, REALM, subject)
    for table in (SignInCode, QrConfirmation):
        uow.session.execute(delete(table).where(table.subject == subject))


def named(uow: UnitOfWork, name: str) -> Account | None:
    """The account with this name."""
    return uow.session.scalar(select(Account).where(func.lower(Account.name) == name.strip().lower()))


def top_up(uow: UnitOfWork, account: Account, *, attempt: int, amount: int) -> None:
    """Put ``amount`` CNY on an account (S2, topping up). Sending the same attempt again changes nothing.

    Raises:
        Refusal: for ``amount``.
    """
    if not 1 <= amount <= LARGEST_TOP_UP:
        raise Refusal(N_("Enter an amount from 1 to {largest} CNY."), field="amount", largest=f"{LARGEST_TOP_UP:,}")
    if not 0 < attempt <= account.top_ups:
        account.balance, account.top_ups = account.balance + amount, account.top_ups + 1
        uow.record("account.topped-up", account=account.name, amount=amount)
