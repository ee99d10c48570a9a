"""The content of a seller's answer, and its limits (spec huawei 2.1, 2.3, 2.4)."""

from collections.abc import Iterable, Mapping
from typing import Final
from urllib.parse import urlsplit

from mock_sites.huawei.protocol import names
from mock_sites.world.sensitive_fields import LONGEST as LONGEST_SECRET

JSON: Final = "application/json"
"""The Content-Type of an answer of V2.0, and of every answer while debugging, apart from its parameters (spec huawei
2.6a; ``sources.DEBUGGING``). V1.0 leaves it open.
"""

LONGEST_ID: Final = 64
"""The longest ``instanceId``, in characters."""

LONGEST_MESSAGE: Final = 255
"""The longest ``resultMsg``, in characters."""

LONGEST: Final[Mapping[str, int]] = {
    names.FRONT_END_URL: 512,
    names.ADMIN_URL: 512,
    names.USER_NAME: LONGEST_SECRET,
    names.PASSWORD: LONGEST_SECRET,
    names.MEMO: 1024,
}
"""The longest values of ``appInfo``, in characters. Longer ones are not shown to the buyer.

Source: ``sources.V1_NEW_INSTANCE_ANSWER``.
"""

CREDENTIALS: Final = (names.USER_NAME, names.PASSWORD)
"""The members of ``appInfo`` that V1.0 encrypts."""

USAGE: Final = (names.USAGE_VALUE, names.STATISTICAL_TIME)
"""The members of an entry of ``usageInfo`` that debugging demands (``sources.DEBUGGING``)."""

DEFAULT_ENCRYPT_TYPE: Final = "1"
"""The encryption of a V1.0 answer without ``encryptType`` (``sources.V1_SENSITIVE_FIELDS``)."""

LEAST_RSA_BITS: Final = 3072
"""The smallest size in bits of a seller's public key, which encrypts the client secret (spec huawei 4.1, 4.4;
``sources.CREDENTIALS``).
"""


def content_type(headers: Iterable[tuple[str, str]]) -> str:
    """The Content-Type of an answer, as the seller wrote it. Empty if it has none."""
    return next((value for name, value in headers if name.lower() == "content-type"), "")


def is_json(content_type: str) -> bool:
    """Whether a Content-Type is ``JSON``, with parameters such as charset or without."""
    return content_type.partition(";")[0].strip().lower() == JSON


def is_address(value: object) -> bool:
    """Whether ``value`` can be a ``frontEndUrl``, which ``appInfo`` must have."""
    if not isinstance(value, str) or len(value) > LONGEST[names.FRONT_END_URL]:
        return False
    try:
        return urlsplit(value).scheme in {"http", "https"}
    except ValueError:
        return False
