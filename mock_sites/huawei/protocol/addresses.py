"""Addresses of the protocol: where a seller is called, and where it asks the marketplace (spec huawei 2.6, 4.1)."""

from typing import Final
from urllib.parse import urlsplit

from mock_sites.world import agreement

ORDER_QUERY_HOST: Final = urlsplit(agreement.ORDER_QUERY).netloc
ORDER_QUERY_PATH: Final = urlsplit(agreement.ORDER_QUERY).path


SELLER_CENTER_HOST: Final = "seller.huaweicloud.com"


def of_call(number: int) -> str:
    """The documented address of the Seller Center's page about a call."""
    return f"https://{SELLER_CENTER_HOST}/calls/{number}"


def of_kit(production_address: str, protocol: str, interface: str) -> str:
    """The address of an interface of the joint-operation kit: below the seller's production address."""
    version = "" if protocol == "v1" else "v2/"
    return f"{production_address.rstrip('/')}/produceAPI/{version}{interface}"
