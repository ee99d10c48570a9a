"""Numbers of certificates and bank cards with the right check digits, and a file with a certificate."""

from typing import Final

CREDIT_CODE: Final = "91310000MA1FL0000N"
IDENTITY: Final = "110101199003077651"
BANK_CARD: Final = "6222020200012345670"
SCAN: Final = b"\x89PNG\r\n\x1a\n"
