"""The usage push: a seller reports what the buyers of its on-demand products have used (spec huawei 2.6b).

Sources: ``sources.USAGE_PUSH``, ``sources.USAGE_PUSH_OLDER`` and, for the codes, ``sources.USAGE_PUSH_CODES``.
"""

import base64
import hashlib
import hmac
from collections.abc import Mapping
from typing import Final
from urllib.parse import urlsplit

from mock_sites.world import agreement
from mock_sites.world.errors import N_

PATH: Final = urlsplit(agreement.USAGE_PUSH).path
OLDER_PATH: Final = "/rest/marketplace/v1/isv/usage-data"

SIGNATURE: Final = "signature"
TIMESTAMP: Final = "ts"
NONCE: Final = "nonce"
LONGEST_HEADER: Final[Mapping[str, int]] = {SIGNATURE: 1000, TIMESTAMP: 20, NONCE: 64}
"""The headers of a push, with their longest values in characters."""

RECORDS: Final = "usage_records"
MOST_RECORDS: Final = 1000

INSTANCE_ID: Final = "instance_id"
PRODUCT_ID: Final = "product_id"
RECORD_TIME: Final = "record_time"
BEGIN_TIME: Final = "begin_time"
END_TIME: Final = "end_time"
USAGE_VALUE: Final = "usage_value"
METERING_SN: Final = "metering_sn"
PACKAGE: Final = "relate_pkg_instance"
LONGEST: Final[Mapping[str, int]] = {
    INSTANCE_ID: 64,
    PRODUCT_ID: 64,
    RECORD_TIME: 17,
    BEGIN_TIME: 17,
    END_TIME: 17,
    USAGE_VALUE: 20,
    METERING_SN: 64,
    PACKAGE: 64,
}
"""The members of a record, with their longest values in characters."""

MANDATORY: Final = (INSTANCE_ID, RECORD_TIME, BEGIN_TIME, END_TIME, USAGE_VALUE)
MANDATORY_OLDER: Final = (INSTANCE_ID, PRODUCT_ID, RECORD_TIME, BEGIN_TIME, END_TIME, USAGE_VALUE)
"""What each record must have. A missing ``metering_sn`` is found later, by the job (``SERIAL_MISSING``)."""

TIME_FORMAT: Final = "%Y%m%dT%H%M%SZ"
"""The times of a record, in UTC."""

MOST_DECIMALS: Final = 4
LARGEST_USAGE: Final = 10**8
"""A usage value is smaller than this: Double(12,4)."""

OLDEST_DAYS: Final = 21
"""The longest time between the beginning of a window and its report."""

ERROR_CODE: Final = "error_code"
ERROR_MSG: Final = "error_msg"

ACCEPTED: Final = "MKT.0000"
WRONG_VALUE: Final = "MKT.0100"
NO_RECORDS: Final = "MKT.0101"
WRONG_SIGNATURE: Final = "MKT.0102"
MISSING: Final = "MKT.0199"
NOT_AUTHENTICATED: Final = "MKT.0154"
NOT_ALLOWED: Final = "MKT.0150"
NO_SUCH_INSTANCE: Final = "MKT.9001"
NO_OBJECTS: Final = "MKT.9002"
TOO_MANY: Final = "MKT.9003"
WINDOW_TOO_OLD: Final = "MKT.9004"

ANSWERS: Final[Mapping[str, tuple[int, str]]] = {
    ACCEPTED: (200, "success"),
    WRONG_VALUE: (500, "Failure of input parameter"),
    NO_RECORDS: (400, "Invalid parameter"),
    WRONG_SIGNATURE: (400, "Invalid body sign"),
    MISSING: (400, "Request parameter error"),
    NOT_AUTHENTICATED: (401, "Illegal token"),
    NOT_ALLOWED: (401, "Illegal operation"),
    NO_SUCH_INSTANCE: (500, "Instance ID not found."),
    WINDOW_TOO_OLD: (500, "Record beginTime extends Limit."),
    NO_OBJECTS: (500, "Invalid usage enties."),
    TOO_MANY: (500, "Usage records extends size limit."),
}
"""The codes of the answers, with their HTTP statuses and messages, in the documents' own words.

Those of ``WITHOUT_MEANING`` are not among them.

``MKT.0150``, ``MKT.9001`` and ``MKT.9004`` are about records. The same pages say that the interface refuses no wrong
records, and that a job finds them (``RECORD_CODES``). So a setting of the product decides.
"""

WITHOUT_MEANING: Final = ("MKT.0999", "MKT.0151")
"""Codes that the documents list and do not explain: no push leads to them here (spec huawei 2.6b)."""

NO_INSTANCE: Final = "001"
WRONG_TIME: Final = "002"
WRONG_USAGE: Final = "003"
SERIAL_MISSING: Final = "004"
SERIAL_REPEATED: Final = "005"
WITHDRAWN: Final = "006"
TOO_OLD: Final = "007"
OTHER_SELLER: Final = "009"
DUPLICATE: Final = "010"
WRONG_WINDOW: Final = "011"
NOT_ON_DEMAND: Final = "012"
RESOURCE_STATE: Final = "013"

RECORD_CODES: Final[Mapping[str, str]] = {
    NO_INSTANCE: N_(
        "There is no such instance, or no such package (relate_pkg_instance) of its buyer for its product."
    ),
    WRONG_TIME: N_("A time is not written as yyyyMMdd'T'HHmmss'Z', in UTC."),
    WRONG_USAGE: N_("The usage is not a number above 0 with at most 4 decimals."),
    SERIAL_MISSING: N_("The serial number (metering_sn) is missing."),
    SERIAL_REPEATED: N_("A record with this serial number (metering_sn) was accepted before."),
    WITHDRAWN: N_("The product of the instance was withdrawn from the marketplace."),
    TOO_OLD: N_("The window began more than 21 days before it was reported."),
    OTHER_SELLER: N_("The instance belongs to another seller's product."),
    DUPLICATE: N_("A record of this instance with the same window was accepted before."),
    WRONG_WINDOW: N_(
        "The window is not valid: it must begin when the resource began or later, and end when it was reported, or"
        " the resource was closed, or earlier."
    ),
    NOT_ON_DEMAND: N_("The instance is not billed on demand."),
    RESOURCE_STATE: N_("The resource was closed, or could not be used, when the window began."),
}
"""The codes of records that the job refuses, as Seller Center > Transactions > Usage Records lists them."""


AT_ONCE: Final[Mapping[str, str]] = {
    NO_INSTANCE: NO_SUCH_INSTANCE,
    OTHER_SELLER: NOT_ALLOWED,
    TOO_OLD: WINDOW_TOO_OLD,
}
"""The code with which a push is refused for a wrong record, where the interface refuses it, by the record's code."""


def string_to_sign(ts: str, nonce: str, body: bytes) -> bytes:
    """The string to sign of a push; ``ts`` in milliseconds since 1970."""
    return f"ts={ts}&nonce={nonce}&body=".encode() + body


def sign(key: str, ts: str, nonce: str, body: bytes) -> str:
    """The ``signature`` of a push: Base64 of HMAC-SHA256 with the seller's key."""
    return base64.b64encode(hmac.digest(key.encode(), string_to_sign(ts, nonce, body), hashlib.sha256)).decode()
