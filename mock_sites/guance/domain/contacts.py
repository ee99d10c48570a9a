"""Changing the email or the phone of a billing center account in two stages: a code to the old one, then to the new.

Source: spec guance C.2. A phone's code is an SMS; it goes to the phone's own address in the world's mailbox. An account
without a phone proves itself by its email.
"""

import re
from typing import Final, Literal

from mock_sites.guance.domain import codes, mails
from mock_sites.guance.domain.accounts import PHONE
from mock_sites.guance.domain.codes import MailText
from mock_sites.guance.domain.tables import BillingAccount
from mock_sites.world.errors import N_, Refusal
from mock_sites.world.unit_of_work import UnitOfWork

Kind = Literal["email", "phone"]

SMS_DOMAIN: Final = "sms.localhost"
"""Where the mailbox keeps the SMS of a phone number."""

_NOT_DIGITS: Final = re.compile(r"\D")


def sms_address(phone: str) -> str:
    """The address in the mailbox to which SMS for ``phone`` go."""
    return f"{_NOT_DIGITS.sub('', phone)}@{SMS_DOMAIN}"


def current(account: BillingAccount, kind: Kind) -> str:
    """What the account is reached at now, and what proves whose it is: its phone, or else its email."""
    return account.phone or account.email if kind == "phone" else account.email


def send_to_current(uow: UnitOfWork, account: BillingAccount, kind: Kind, language: str) -> None:
    """The first stage's code.

    Raises:
        Refusal: the last one is less than 60 seconds old.
    """
    codes.send(
        uow, _address(current(account, kind)), _purpose(account, kind, "old"), lambda digits: _letter(language, digits)
    )


def prove_current(uow: UnitOfWork, account: BillingAccount, kind: Kind, digits: str) -> None:
    """End of the first stage.

    Raises:
        Refusal: for ``code``.
    """
    codes.redeem(uow, _address(current(account, kind)), _purpose(account, kind, "old"), digits)


def send_to_new(uow: UnitOfWork, account: BillingAccount, kind: Kind, new: str, language: str) -> None:
    """The second stage's code.

    Raises:
        Refusal: for ``new`` or ``email``.
    """
    _check_new(account, kind, new)
    codes.send(uow, _address(new), _purpose(account, kind, "new"), lambda digits: _letter(language, digits))


def change(uow: UnitOfWork, account: BillingAccount, kind: Kind, new: str, digits: str) -> None:
    """End of the second stage; the old address is told of it.

    Raises:
        Refusal: for ``new`` or ``code``.
    """
    _check_new(account, kind, new)
    codes.redeem(uow, _address(new), _purpose(account, kind, "new"), digits)
    before = account.email
    if kind == "email":
        account.email = new.lower()
    else:
        account.phone = new
    uow.record("billing-account.contact-changed", billing_account=account.id, contact=kind)
    mails.send(
        uow,
        before,
        mails.write(
            account.language,
            N_("Your Billing Center email was changed")
            if kind == "email"
            else N_("Your Billing Center phone number was changed"),
            N_("Your Billing Center account {username} is reached at {new} from now on."),
            username=account.username,
            new=new,
        ),
    )


def _check_new(account: BillingAccount, kind: Kind, new: str) -> None:
    if _address(new) == _address(account.email if kind == "email" else account.phone):
        raise Refusal(N_("This is the one you have. Enter a new one."), field="new")
    if kind == "phone":
        PHONE.check(new, "new")


def _address(contact: str) -> str:
    return contact.lower() if "@" in contact else sms_address(contact)


def _purpose(account: BillingAccount, kind: Kind, stage: str) -> str:
    return f"change-{kind}/{stage}/{account.id}"


def _letter(language: str, digits: str) -> MailText:
    return mails.write(
        language,
        N_("Guance verification code"),
        N_("Your verification code for the Billing Center is:"),
        digits,
        N_("It is valid for 5 minutes and can be used once. If you did not ask for it, ignore this mail."),
    )
