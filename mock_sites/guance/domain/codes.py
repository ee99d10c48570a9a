"""Verification codes by mail: six digits, valid for five minutes, five tries, usable once, a new one after 60 seconds.

No document gives these numbers. They are a decision (docs/decisions).
"""

import hmac
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from math import ceil
from typing import Final

from mock_sites.guance.domain.tables import VerificationCode
from mock_sites.world import throttle
from mock_sites.world.errors import N_, Refusal
from mock_sites.world.seed import DIGITS
from mock_sites.world.unit_of_work import UnitOfWork

LIFETIME: Final = timedelta(minutes=5)
PAUSE: Final = timedelta(seconds=60)
MOST_TRIES: Final = 5
ADDRESS: Final = "no-reply@guance.com"


class Purpose(StrEnum):
    """What a code is for. Where it is for one account or site alone, its id follows, after a slash."""

    REGISTRATION = "registration"
    CREATE_WORKSPACE = "create-workspace"
    BIND_BILLING_ACCOUNT = "bind-fee-center-account"
    RECOVERY = "recovery"
    CHANGE_EMAIL = "change-email"
    CHANGE_PHONE = "change-phone"
    BIND_MFA = "mfa-binding"
    UNBIND_MFA = "mfa-unbinding"


@dataclass(frozen=True)
class MailText:
    """A mail in the language of its recipient, and what the sender is called in it."""

    subject: str
    text: str
    company: str

    @property
    def sender(self) -> str:
        """Whom it comes from."""
        return f"{self.company} <{ADDRESS}>"


def send(uow: UnitOfWork, email: str, purpose: str, write: Callable[[str], MailText]) -> None:
    """Mail a new code to ``email`` for ``purpose``. ``write`` makes the mail around the code.

    Raises:
        Refusal: for ``email``: the last code is less than 60 seconds old.
    """
    _mail(uow, email, write(_renew(uow, email, purpose, "email")))
    uow.record("verification-code.sent", email=email.lower(), purpose=purpose)


def send_to_holder(
    uow: UnitOfWork, username: str, email: str | None, purpose: str, write: Callable[[str], MailText]
) -> None:
    """Mail a new code to the ``email`` of the account ``username``. ``redeem`` takes this user name.

    Without an account there is no email and no mail. The answer is the same in both cases, so that nobody can find out
    which user names exist.

    Raises:
        Refusal: for ``username``: the last code is less than 60 seconds old.
    """
    mail = write(_renew(uow, username, purpose, "username"))
    if email is not None:
        _mail(uow, email, mail)
    uow.record("verification-code.asked", username=username, purpose=purpose)


def redeem(uow: UnitOfWork, email: str, purpose: str, digits: str) -> None:
    """Use up the code that was mailed to ``email`` for ``purpose``. A wrong try is counted although it is refused.

    For a code of ``send_to_holder``, ``email`` is the user name.

    Raises:
        Refusal: for ``code``: it is wrong, older than five minutes, used, was tried five times, or there were too many
            wrong codes before.
    """
    realm, account = f"code/{purpose}", email.lower()
    throttle.check(uow, realm, account, field="code")
    code = uow.session.get(VerificationCode, (email.lower(), purpose))
    if code is None or code.used or uow.now >= code.sent_at + LIFETIME or code.wrong_tries >= MOST_TRIES:
        raise Refusal(N_("This code is not valid any more. Get a new one."), field="code")
    if not hmac.compare_digest(code.digits.encode(), digits.strip().encode()):
        code.wrong_tries += 1
        left = MOST_TRIES - code.wrong_tries
        uow.record("verification-code.wrong", email=email, purpose=purpose, tries_left=left)
        throttle.count(uow, realm, account)
        if left == 0:
            raise Refusal(N_("The code was wrong five times. Get a new one."), field="code")
        raise Refusal(N_("This code is wrong. Look at the latest mail and try again."), field="code")
    code.used = True
    throttle.forget(uow, realm, account)


def _renew(uow: UnitOfWork, key: str, purpose: str, field: str) -> str:
    key = key.lower()
    code = uow.session.get(VerificationCode, (key, purpose))
    if code and (left := code.sent_at + PAUSE - uow.now) > timedelta():
        raise Refusal(
            N_("A code was sent just now. You can get a new one in {seconds} seconds."),
            field=field,
            seconds=ceil(left.total_seconds()),
        )
    digits = uow.random_text("verification-code", 6, DIGITS)
    if code is None:
        code = VerificationCode(email=key, purpose=purpose)
    code.digits, code.sent_at, code.wrong_tries, code.used = digits, uow.now, 0, False
    uow.session.add(code)
    return digits


def _mail(uow: UnitOfWork, email: str, mail: MailText) -> None:
    uow.send_mail(sender=mail.sender, to=email.lower(), subject=mail.subject, text=mail.text)
