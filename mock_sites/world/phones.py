"""SMS: each phone has an address in the world's mailbox."""

import re
from typing import Final

SMS_DOMAIN: Final = "sms.localhost"
"""The domain of SMS addresses in the mailbox."""

_NOT_DIGITS: Final = re.compile(r"\D")


def sms_address(phone: str) -> str:
    """The address in the mailbox for SMS to ``phone``."""
    return f"{_NOT_DIGITS.sub('', phone)}@{SMS_DOMAIN}"
