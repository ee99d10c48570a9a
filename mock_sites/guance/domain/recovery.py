"""Forgot Password of the billing center: a code by mail, then a new password (spec guance C).

The answers do not reveal whether an account exists. A code is made for an unknown name too, but no mail is sent.
"""

from typing import Final

from mock_sites.guance.domain import billing_accounts, codes, mails, profile
from mock_sites.guance.domain.codes import MailText
from mock_sites.guance.domain.tables import BillingAccount
from mock_sites.world import passwords
from mock_sites.world.errors import N_, Refusal
from mock_sites.world.unit_of_work import UnitOfWork

PURPOSE: Final = "recovery"
"""The purpose of its verification codes."""


def ask(uow: UnitOfWork, name: str, language: str) -> None:
    """Mail a code to the account with this ``name`` (user name or email), if it exists.

    Raises:
        Refusal: for ``username``: the last code is less than 60 seconds old.
    """
    account = billing_accounts.by_name(uow, name)
    email, username = (account.email, account.username) if account else (None, "")
    codes.send_to_holder(uow, name, email, PURPOSE, lambda digits: _mail_text(language, digits, username))


def reset(uow: UnitOfWork, name: str, digits: str, password: str) -> BillingAccount:
    """Set a new password with the code that was mailed. All sign-ins of the account end.

    Raises:
        Refusal: for ``password`` or ``code``.
    """
    passwords.check_policy(password)
    password_hash = passwords.new_hash(uow, name, password)
    codes.redeem(uow, name, PURPOSE, digits)
    account = billing_accounts.by_name(uow, name)
    if account is None:
        raise Refusal(N_("This code is not valid any more. Get a new one."), field="code")
    profile.set_password(uow, account, password_hash)
    return account


def _mail_text(language: str, digits: str, username: str) -> MailText:
    return mails.write(
        language,
        N_("Guance verification code"),
        N_("Your verification code for a new password of the Billing Center account {username} is:"),
        digits,
        N_("It is valid for 5 minutes and can be used once. If you did not ask for it, ignore this mail."),
        username=username,
    )
