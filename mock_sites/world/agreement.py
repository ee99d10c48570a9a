"""What the marketplace and a seller agreed on when the seller joined: keys and addresses. Both companies know them."""

from dataclasses import dataclass, field
from typing import Final

from mock_sites.world.seed import Seed

PRODUCTION_ADDRESS: Final = "https://openapi.guance.com/huaweicloud"
"""Where Guance, the built-in seller, answers the marketplace's calls."""

LOGIN_ADDRESS: Final = "https://auth.guance.com/huaweicloud/login"
"""Where unified login sends a member of an enterprise, with ``code`` and ``tenant``."""

SIGNED_OUT_ADDRESS: Final = "https://auth.guance.com/login/pwd"
"""Where unified login may send a person after Guance has signed that person out (spec huawei 4.2, step 7)."""

AUTH_CENTRE: Final = "https://macroverse.huaweicloud.com"
"""Where a seller redeems codes and asks who the member is (spec huawei 4.2)."""

SELLER_MAIL: Final = "marketplace@guance.com"
"""Where the marketplace tells the seller that a call failed (spec huawei 2.8)."""

ORDER_QUERY: Final = "https://mkt.myhuaweicloud.com/api/mkp-openapi-public/global/v1/order/query"
"""Where a seller asks for an order (spec huawei 2.6)."""

USAGE_PUSH: Final = "https://mkt.myhuaweicloud.com/api/mkp-openapi-public/global/v1/isv/usage-data"
"""Where a seller reports the usage of its on-demand products (spec huawei 2.6b)."""

GUANCE_CONTENT: Final = "8990a122-f456-43a4-892c-a458be31e336"
GUANCE_PRODUCT: Final = "OFFI845592654693900288"
PRODUCT_PAGE: Final = f"https://marketplace.huaweicloud.com/contents/{GUANCE_CONTENT}#productid={GUANCE_PRODUCT}"
"""Where "Guance SaaS Edition" is sold, and the two ids in that address (S1, Step One)."""

CARD_CONTENT: Final = "181f3d92-f40b-48d7-8ad5-420df0a682d2"
CARD_PAGE: Final = f"https://marketplace.huaweicloud.com/contents/{CARD_CONTENT}"
"""Where the prepaid card is sold; this address names no product id (S2, How to Obtain Order Number)."""

OAEP_DIGEST: Final = "SHA-256"
OAEP_MGF_HASH: Final = "SHA-256"
"""How client secrets are encrypted for Guance (spec huawei 4.1); the documents name neither hash."""

GUANCE_PUBLIC_KEY: Final = """\
-----BEGIN PUBLIC KEY-----
MIIBojANBgkqhkiG9w0BAQEFAAOCAY8AMIIBigKCAYEAq1AVPrAt2nd3RUuo3IQ4
LPZDMVRSHsMZAwkEgQZcadp9dlSPMObdQj5ISb1xaiyibXcbSb8LC6WK+wubRnR+
K/3OF0Chee3KzyGWQObOv3EtQz0+rQ8sr3Jq9jf92uNZkWYq6YNu2+Zg7rh0lngJ
nRX/3ZdwvxUCDlFxp4JQihs0nBnLbtFofVxOuu8T553EDbM3bJfFohUuIPWiTFUI
xB0GkM0ENlg7GQ2fZIhhjeWFcH0kn1+v0mmbc0n0j2diVlus+1suCTH+qCleNThf
wVR2/61EdY2qNPsj5IIq64I0GDec6pEBpG0c7aNwI/IcoSff5B7+xzplRG/7lpIR
B/yEX593F7dbo7f1Gt/GhXsdFjsZGtPIaIYrQhMeRDNSNtLeD04aFIMHp9RCFr8x
Yh7HR2Q/ocJPxiXjSxyjPko9j27+9hiqOSbGl38RCtfpiiRs7gMGQkVFuCziVELL
yEyMPAfGeRlkwLJilx8JNI/WAbLc9cE8o4oHORu7nU9nAgMBAAE=
-----END PUBLIC KEY-----
"""
"""Guance's public key for client secrets: RSA with 3072 bits. Its private half is in the sources too: no secret."""


@dataclass(frozen=True)
class SellerKeys:
    """The keys of one seller. All but the ids are secrets."""

    access_key: str = field(repr=False)
    """Signs the marketplace's calls of the production interface, and in V1.0 of the kit (spec huawei 2.1)."""
    kit_key: str = field(repr=False)
    """Signs the marketplace's calls of the joint-operation kit in V2.0 (spec huawei 4.1)."""
    query_key_id: str
    """The AK of requests to the marketplace: order queries, and usage pushes that are signed by AK and SK."""
    query_secret: str = field(repr=False)
    """The SK of the same requests."""
    app_id: str
    """The application that unified login opens."""
    client_id: str
    client_secret: str = field(repr=False)
    """With ``client_id``: the seller's OAuth client (spec huawei 4.2)."""


def seller_keys(seed: Seed, seller: str = "guance") -> SellerKeys:
    """The keys that the marketplace and ``seller`` agreed on in the world of ``seed``."""
    return SellerKeys(
        access_key=seed.secret(f"{seller}/access-key"),
        kit_key=seed.secret(f"{seller}/kit-key"),
        query_key_id=seed.random_text(f"{seller}/query-key-id", 20).upper(),
        query_secret=seed.secret(f"{seller}/query-secret"),
        app_id=seed.random_text(f"{seller}/app-id", 32),
        client_id=seed.random_text(f"{seller}/client-id", 32),
        client_secret=seed.secret(f"{seller}/client-secret"),
    )
