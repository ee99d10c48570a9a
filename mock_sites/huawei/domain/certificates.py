"""The numbers of identity cards, enterprises and bank accounts with their check digits, and files with certificates."""

from collections.abc import Sequence
from datetime import date
from typing import Final

from mock_sites.world.errors import N_, Refusal
from mock_sites.world.fields import FieldRule

IDENTITY: Final = FieldRule(
    r"[1-9][0-9]{16}[0-9X]", N_("The number of an identity card has 17 digits, and then a digit or X.")
)

CREDIT_CODE: Final = FieldRule(
    r"[0-9A-HJ-NPQRTUWXY]{18}",
    N_("A unified social credit code has 18 digits and capital letters, without I, O, S, V and Z."),
)

CARD: Final = FieldRule(r"[0-9]{16,19}", N_("The number of a bank card has 16 to 19 digits."))
"""ISO/IEC 7812; cards of Chinese banks begin at 16 digits."""

BANK_ACCOUNT: Final = FieldRule(r"[0-9]{8,30}", N_("The number of a bank account has 8 to 30 digits."))

WRONG_IDENTITY: Final = N_("The number of the identity card is not valid. Check it, and submit it again.")

LARGEST_SCAN: Final = 5 * 1024 * 1024
"""The bytes of a file with a certificate. No document gives it."""

_SCANS: Final = (b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"%PDF-")
"""What JPEG (ITU T.81), PNG (ISO 15948) and PDF (ISO 32000) files begin with."""

LONGEST_BEGINNING: Final = max(map(len, _SCANS))
"""The bytes of a file that are looked at."""

_IDENTITY_WEIGHTS: Final = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_IDENTITY_CHECKS: Final = "10X98765432"
"""GB 11643-1999, 4.4."""

_CREDIT_SIGNS: Final = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_CREDIT_WEIGHTS: Final = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)
"""GB 32100-2015, 4.6."""


def is_identity_number(number: str) -> bool:
    """Whether a number that is written as ``IDENTITY`` says has a day of birth and the right check digit."""
    try:
        date.fromisoformat(number[6:14])
    except ValueError:
        return False
    return _IDENTITY_CHECKS[_sum([int(sign) for sign in number[:17]], _IDENTITY_WEIGHTS) % 11] == number[17]


def check_identity_number(number: str) -> None:
    """Check the number of an identity card.

    Raises:
        Refusal: for ``number``: it is not valid.
    """
    IDENTITY.check(number, "number")
    if not is_identity_number(number):
        raise Refusal(WRONG_IDENTITY, field="number")


def check_scan(content: bytes) -> None:
    """Check the kind of a file with a certificate.

    Raises:
        Refusal: for ``scan``: it is neither a picture nor a PDF.
    """
    if not content.startswith(_SCANS):
        raise Refusal(N_("Upload a picture (JPG or PNG) or a PDF."), field="scan")


def is_credit_code(code: str) -> bool:
    """Whether a code that is written as ``CREDIT_CODE`` says has the right check character."""
    signs = [_CREDIT_SIGNS.index(sign) for sign in code]
    return _CREDIT_SIGNS[-_sum(signs[:17], _CREDIT_WEIGHTS) % 31] == code[17]


def is_card_number(number: str) -> bool:
    """Whether a number that is written as ``CARD`` says has the right check digit (ISO/IEC 7812-1, annex B)."""
    digits = [int(digit) for digit in reversed(number)]
    return sum(digits[::2] + [sum(divmod(2 * digit, 10)) for digit in digits[1::2]]) % 10 == 0


def _sum(values: Sequence[int], weights: Sequence[int]) -> int:
    return sum(value * weight for value, weight in zip(values, weights, strict=True))
