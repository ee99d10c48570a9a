"""The changes that a user can make to a billing center account. The username can never change (spec guance C.2)."""

from dataclasses import dataclass
from typing import Final

from mock_sites.guance.domain import mails
from mock_sites.guance.domain.tables import BillingAccount
from mock_sites.world import passwords, sign_ins
from mock_sites.world.errors import N_, Refusal
from mock_sites.world.fields import FieldRule
from mock_sites.world.unit_of_work import UnitOfWork

REALM: Final = "billing-center"
"""The realm of sign-ins to the billing center."""

LONGEST_DESCRIPTION: Final = 500

_TAXPAYER_NUMBER: Final = FieldRule(r"[0-9A-Z]{15,20}", N_("A taxpayer number has 15 to 20 digits and letters."))


@dataclass(frozen=True)
class Profile:
    """The fields that can be edited. ``company`` is the company name."""

    company: str
    industry: str
    region: str
    description: str
    contact: str


def update(uow: UnitOfWork, account: BillingAccount, profile: Profile) -> None:
    """Store the fields of the profile."""
    account.company, account.industry, account.region = profile.company, profile.industry, profile.region
    account.description, account.contact = profile.description, profile.contact
    uow.record("billing-account.profile-changed", billing_account=account.id, company=account.company)


def change_password(uow: UnitOfWork, account: BillingAccount, current: str, new: str) -> None:
    """Set a new password. This ends all sign-ins of the account.

    Raises:
        Refusal: for ``current``: it is wrong; for ``password``: it is too weak, or the same as before.
    """
    passwords.check_policy(new)
    password_hash = passwords.new_hash(uow, account.id, new)
    if passwords.guessed(uow, REALM, account.username, current, [account], field="current") is None:
        raise Refusal(N_("This is not your current password."), field="current")
    if new == current:
        raise Refusal(N_("The new password is the one you have. Choose another one."), field="password")
    set_password(uow, account, password_hash)


def set_password(uow: UnitOfWork, account: BillingAccount, password_hash: str) -> None:
    """Set a password, end all sign-ins of the account, and mail the account about it."""
    account.password_hash = password_hash
    sign_ins.end_all(uow, REALM, account.id)
    uow.record("billing-account.password-changed", billing_account=account.id)
    mails.send(
        uow,
        account.email,
        mails.write(
            uow.mail_language(account.language),
            N_("Your Billing Center password was changed"),
            N_(
                "The password of your Billing Center account {username} has been changed."
                " All other sessions have ended."
            ),
            N_("If this was not you, use Forgot Password on the sign-in page at once."),
            username=account.username,
        ),
    )


def certify(uow: UnitOfWork, account: BillingAccount, licence_name: str, taxpayer_number: str) -> None:
    """Certify the account as an enterprise, immediately and for good (spec guance C.2, Real-Name Authentication).

    Raises:
        Refusal: for ``taxpayer_number``; or it is certified already.
    """
    if account.certified_at:
        raise Refusal(N_("This account is certified already. Submit a ticket if the enterprise has changed."))
    taxpayer_number = taxpayer_number.upper()
    _TAXPAYER_NUMBER.check(taxpayer_number, "taxpayer_number")
    account.licence_name, account.taxpayer_number, account.certified_at = licence_name, taxpayer_number, uow.now
    uow.record("billing-account.certified", billing_account=account.id, licence_name=licence_name)
