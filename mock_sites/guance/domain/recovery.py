"""Forgot Password of the billing center: a code by mail, then a new password (spec guance C).

Nothing here tells an outsider whether there is an account: a name without one gets a code as well, only no mail.
"""

from typing import Final

from mock_sites.guance.domain import billing_accounts, codes, letters, profile
from mock_sites.guance.domain.codes import Letter
from mock_sites.guance.domain.tables import BillingAccount
from mock_sites.world import passwords
from mock_sites.world.book import Book
from mock_sites.world.errors import N_, Refusal

PURPOSE: Final = "recovery"
"""What its verification codes are for."""


def ask(book: Book, name: str, language: str) -> None:
    """Mail a code to the account that ``name`` (user name or email) means, if there is one.

    Raises:
        Refusal: for ``username``: the last one is less than 60 seconds old.
    """
    account = billing_accounts.by_name(book, name)
    email, username = (account.email, account.username) if account else (None, "")
    codes.send_to_holder(book, name, email, PURPOSE, lambda digits: _letter(language, digits, username))


def reset(book: Book, name: str, digits: str, password: str) -> BillingAccount:
    """Set a new password with the code that was mailed. All sign-ins of the account end.

    Raises:
        Refusal: for ``password`` or ``code``.
    """
    passwords.check_policy(password)
    password_hash = passwords.new_hash(book, name, password)
    codes.redeem(book, name, PURPOSE, digits)
    account = billing_accounts.by_name(book, name)
    if account is None:
        raise Refusal(N_("This code is not valid any more. Get a new one."), field="code")
    profile.set_password(book, account, password_hash)
    return account


def _letter(language: str, digits: str, username: str) -> Letter:
    return letters.write(
        language,
        N_("Guance verification code"),
        N_("Your verification code for a new password of the Billing Center account {username} is:"),
        digits,
        N_("It is valid for 5 minutes and can be used once. If you did not ask for it, ignore this mail."),
        username=username,
    )
