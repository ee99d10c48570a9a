"""Forgot Password of the billing center and of a site: a code by mail, then a new password (spec guance C).

The answers do not reveal whether an account exists. A code is made for an unknown name too, but no mail is sent.
"""

from typing import Final

from mock_sites.guance.domain import accounts, billing_accounts, codes, mails, profile
from mock_sites.guance.domain.codes import MailText
from mock_sites.guance.domain.sites import RegionalSite
from mock_sites.guance.domain.tables import Account, BillingAccount
from mock_sites.world import passwords
from mock_sites.world.errors import N_, Refusal
from mock_sites.world.unit_of_work import UnitOfWork

PURPOSE: Final = codes.Purpose.RECOVERY
"""The purpose of the billing center's verification codes. Those of a site are for it alone."""


def ask(uow: UnitOfWork, name: str, language: str, site: RegionalSite | None = None) -> None:
    """Mail a code to the account with this ``name`` (user name or email) at ``site``, if it exists. Without a site, it
    is an account of the billing center.

    Raises:
        Refusal: for ``username``: the last code is less than 60 seconds old.
    """
    account = _find(uow, name, site)
    email, username = (account.email, account.username) if account else (None, "")
    codes.send_to_holder(uow, name, email, _purpose(site), lambda digits: _mail_text(language, digits, username, site))


def reset(
    uow: UnitOfWork, name: str, digits: str, password: str, site: RegionalSite | None = None
) -> Account | BillingAccount:
    """Set a new password with the code that was mailed. All sign-ins of the account end.

    Raises:
        Refusal: for ``password`` or ``code``.
    """
    passwords.check_policy(password)
    password_hash = passwords.new_hash(uow, name, password)
    codes.redeem(uow, name, _purpose(site), digits)
    account = _find(uow, name, site)
    if account is None:
        raise Refusal(N_("This code is not valid any more. Get a new one."), field="code")
    if isinstance(account, Account):
        accounts.set_password(uow, account, password_hash)
    else:
        profile.set_password(uow, account, password_hash)
    return account


def _find(uow: UnitOfWork, name: str, site: RegionalSite | None) -> Account | BillingAccount | None:
    return accounts.by_name(uow, site, name) if site else billing_accounts.by_name(uow, name)


def _purpose(site: RegionalSite | None) -> str:
    return f"{PURPOSE}/{site.code}" if site else PURPOSE


def _mail_text(language: str, digits: str, username: str, site: RegionalSite | None) -> MailText:
    return mails.write(
        language,
        N_("Guance verification code"),
        N_("Your verification code for a new password of your Guance account {username} is:")
        if site
        else N_("Your verification code for a new password of the Billing Center account {username} is:"),
        digits,
        N_("It is valid for 5 minutes and can be used once. If you did not ask for it, ignore this mail."),
        username=username,
    )
