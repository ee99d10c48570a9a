"""Login protection: after the password, a code that is sent by SMS or email (Security Settings > Login Protection)."""

import hmac
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import Final

from mock_sites.huawei.domain import iam_users
from mock_sites.huawei.domain.messages import sender_in
from mock_sites.huawei.domain.tables import Account, IamUser, SignInCode
from mock_sites.world import throttle
from mock_sites.world.errors import N_, Refusal
from mock_sites.world.phones import sms_address
from mock_sites.world.seed import DIGITS
from mock_sites.world.translations import texts_in
from mock_sites.world.unit_of_work import UnitOfWork

LIFETIME: Final = timedelta(minutes=5)
PAUSE: Final = timedelta(seconds=60)

_REALM: Final = "sign-in-code"
"""The realm of wrong codes."""


class Channel(StrEnum):
    """How the code is sent. ``NONE``: the password is enough."""

    NONE = ""
    SMS = "sms"
    EMAIL = "email"


@dataclass(frozen=True)
class Holder:
    """Who signs in: an account, or one of its IAM users."""

    account: Account
    user: IamUser | None

    @property
    def row(self) -> Account | IamUser:
        """The row with the contacts and the channel."""
        return self.user or self.account

    @property
    def subject(self) -> str:
        """What a sign-in stores."""
        return self.user.subject if self.user else self.account.id

    @property
    def contact(self) -> str:
        """The phone number or email that the code is sent to."""
        return self.row.phone if self.row.second_verification == Channel.SMS else self.row.email

    @property
    def masked_contact(self) -> str:
        """The contact, with the middle of its name or number hidden."""
        name, at, domain = self.contact.partition("@")
        return f"{name[:1] if at else name[:3]}****{'' if at else name[-4:]}{at}{domain}"


def holder_of(uow: UnitOfWork, subject: str) -> Holder | None:
    """Who signs in, by what a sign-in stores. None for an IAM user who has been disabled or deleted since."""
    account = uow.session.get_one(Account, iam_users.account_id_of(subject))
    if subject == account.id:
        return Holder(account, None)
    user = uow.session.get(IamUser, iam_users.user_id_of(subject))
    return Holder(account, user) if user and user.enabled else None


def protect(uow: UnitOfWork, holder: Holder, channel: Channel) -> None:
    """Choose how the code is sent from now on.

    Raises:
        Refusal: for ``channel``: there is no phone number or email to send it to.
    """
    if channel and not (holder.row.phone if channel is Channel.SMS else holder.row.email):
        raise Refusal(N_("You have no phone number or email for this. Ask the administrator."), field="channel")
    holder.row.second_verification = channel
    uow.record("login-protection.changed", user=holder.row.name, channel=channel)


def send(uow: UnitOfWork, holder: Holder, language: str) -> None:
    """Send a new code, in the language of the page that asks for it.

    Raises:
        Refusal: for ``code``: the last one is less than 60 seconds old.
    """
    code = uow.session.get(SignInCode, holder.subject)
    if code and uow.now < code.sent_at + PAUSE:
        raise Refusal(N_("A code was sent less than a minute ago. Wait a moment."), field="code")
    digits = uow.random_text("sign-in-code", 6, DIGITS)
    uow.session.merge(SignInCode(subject=holder.subject, digits=digits, sent_at=uow.now))
    is_sms, texts = holder.row.second_verification == Channel.SMS, texts_in(language)
    purpose = texts.gettext(N_("This code signs you in to Huawei Cloud. It is valid for 5 minutes."))
    uow.send_mail(
        sender=sender_in(language),
        to=sms_address(holder.contact) if is_sms else holder.contact,
        subject=texts.gettext(N_("Verification code")),
        text=f"{digits}\n\n{purpose}\n",
    )


def redeem(uow: UnitOfWork, holder: Holder, digits: str) -> None:
    """Use up the code.

    Raises:
        Refusal: for ``code``: it is wrong, used or older than five minutes, or there were too many wrong ones.
    """
    throttle.check(uow, _REALM, holder.subject, field="code")
    code = uow.session.get(SignInCode, holder.subject)
    if code is None or uow.now >= code.sent_at + LIFETIME:
        raise Refusal(N_("This code is not valid any more. Get a new one."), field="code")
    if not hmac.compare_digest(code.digits.encode(), digits.encode()):
        throttle.count(uow, _REALM, holder.subject)
        raise Refusal(N_("The code is wrong."), field="code")
    throttle.forget(uow, _REALM, holder.subject)
    uow.session.delete(code)


def check_none(account: Account) -> None:
    """Check that the password is enough, for programs.

    Raises:
        Refusal: the account has a second verification.
    """
    if account.second_verification:
        raise Refusal(N_("This account signs in with a second verification, which only its pages ask for."))
