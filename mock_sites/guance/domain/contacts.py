"""Changing the email or phone of a billing center account in two stages: a code to the old one, then to the new one.

Source: spec guance C.2. The code for a phone is an SMS, which the world's mailbox stores under an address of the phone.
An account without a phone uses its email in the first stage.
"""

from typing import Literal

from mock_sites.guance.domain import codes, mails
from mock_sites.guance.domain.accounts import PHONE
from mock_sites.guance.domain.codes import MailText, Purpose
from mock_sites.guance.domain.tables import BillingAccount
from mock_sites.world.errors import N_, Refusal
from mock_sites.world.phones import sms_address
from mock_sites.world.unit_of_work import UnitOfWork

Kind = Literal["email", "phone"]


def current(account: BillingAccount, kind: Kind) -> str:
    """The contact that verifies the account holder now: the phone, or else the email."""
    return account.phone or account.email if kind == "phone" else account.email


def is_first(account: BillingAccount, kind: Kind) -> bool:
    """Whether the account has none of this kind yet, so that the new one is bound and changes nothing."""
    return kind == "phone" and not account.phone


def send_to_current(uow: UnitOfWork, account: BillingAccount, kind: Kind, language: str) -> None:
    """Send the code of the first stage.

    Raises:
        Refusal: the last code is less than 60 seconds old.
    """
    codes.send(
        uow,
        _address(current(account, kind)),
        _purpose(account, kind, "old"),
        lambda digits: _mail_text(language, digits),
    )


def prove_current(uow: UnitOfWork, account: BillingAccount, kind: Kind, digits: str) -> None:
    """Finish the first stage.

    Raises:
        Refusal: for ``code``.
    """
    codes.redeem(uow, _address(current(account, kind)), _purpose(account, kind, "old"), digits)


def send_to_new(uow: UnitOfWork, account: BillingAccount, kind: Kind, new: str, language: str) -> None:
    """Send the code of the second stage.

    Raises:
        Refusal: for ``new`` or ``email``.
    """
    _check_new(account, kind, new)
    codes.send(uow, _address(new), _purpose(account, kind, "new"), lambda digits: _mail_text(language, digits))


def change(uow: UnitOfWork, account: BillingAccount, kind: Kind, new: str, digits: str) -> None:
    """Finish the second stage. The email that the account had gets a mail about it.

    Raises:
        Refusal: for ``new`` or ``code``.
    """
    _check_new(account, kind, new)
    codes.redeem(uow, _address(new), _purpose(account, kind, "new"), digits)
    before, first = account.email, is_first(account, kind)
    if kind == "email":
        account.email = new.lower()
    else:
        account.phone = new
    uow.record("billing-account.contact-changed", billing_account=account.id, contact=kind)
    mails.send(
        uow,
        before,
        mails.write(
            uow.mail_language(account.language),
            N_("Your Billing Center email was changed")
            if kind == "email"
            else N_("A phone number was bound to your Billing Center account")
            if first
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
    purpose = Purpose.CHANGE_EMAIL if kind == "email" else Purpose.CHANGE_PHONE
    return f"{purpose}/{stage}/{account.id}"


def _mail_text(language: str, digits: str) -> MailText:
    return mails.write(
        language,
        N_("Guance verification code"),
        N_("Your verification code for the Billing Center is:"),
        digits,
        N_("It is valid for 5 minutes and can be used once. If you did not ask for it, ignore this mail."),
    )
