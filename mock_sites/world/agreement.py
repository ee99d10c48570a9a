"""What the marketplace and a seller agreed on when the seller joined: keys and addresses, known to both companies."""

from dataclasses import dataclass, field
from typing import Final

from mock_sites.world.seed import Seed

PRODUCTION_ADDRESS: Final = "https://openapi.guance.com/huaweicloud"
"""Where Guance, the built-in seller, answers the marketplace's calls."""

LOGIN_ADDRESS: Final = "https://auth.guance.com/huaweicloud/login"
"""Where unified login sends a member of an enterprise, with ``code`` and ``tenant``."""

AUTH_CENTRE: Final = "https://macroverse.huaweicloud.com"
"""Where a seller redeems codes and asks who the member is (spec huawei 4.2)."""

SELLER_MAIL: Final = "marketplace@guance.com"
"""Where the marketplace tells the seller that a call failed (spec huawei 2.8)."""

ORDER_QUERY: Final = "https://mkt.myhuaweicloud.com/api/mkp-openapi-public/global/v1/order/query"
"""Where a seller asks for an order (spec huawei 2.6)."""


@dataclass(frozen=True)
class SellerKeys:
    """The keys of one seller. All but the ids are secrets."""

    access_key: str = field(repr=False)
    """Signs the marketplace's calls to the seller (spec huawei 2.5 and 4.1)."""
    query_key_id: str
    """The AK of the order query."""
    query_secret: str = field(repr=False)
    """The SK of the order query."""
    app_id: str
    """The application that unified login opens."""
    client_id: str
    client_secret: str = field(repr=False)
    """With ``client_id``: the seller's OAuth client (spec huawei 4.2)."""


def seller_keys(seed: Seed, seller: str = "guance") -> SellerKeys:
    """The keys that the marketplace and ``seller`` agreed on in the world of ``seed``."""
    return SellerKeys(
        access_key=seed.secret(f"{seller}/access-key"),
        query_key_id=seed.letters(f"{seller}/query-key-id", 20).upper(),
        query_secret=seed.secret(f"{seller}/query-secret"),
        app_id=seed.letters(f"{seller}/app-id", 32),
        client_id=seed.letters(f"{seller}/client-id", 32),
        client_secret=seed.secret(f"{seller}/client-secret"),
    )
