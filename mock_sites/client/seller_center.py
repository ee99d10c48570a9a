"""The sellers of a world's products: how they are reached, and every call to them."""

from dataclasses import dataclass, field
from typing import Final, Literal, TypedDict, Unpack

from mock_sites.client.connection import Connection, read

SELLER_CENTER: Final = "https://seller.huaweicloud.com"
"""The documented address of the Seller Center."""

Protocol = Literal["v1", "v2"]


class SellerChanges(TypedDict, total=False):
    """Settings of the seller of a product that can be changed."""

    production_address: str
    """Where the seller answers calls."""
    access_key: str
    kit_key: str
    """What the calls are signed with."""
    protocol: Protocol
    """The version of the seller protocol."""
    login_address: str
    """The seller's own login page."""
    encrypt_type: str
    """How V1.0 encrypts: 1 for AES-256, 2 for AES-128."""
    public_key: str
    """The seller's RSA key (PEM), with which its client secret is encrypted."""
    oaep_digest: str
    mgf_hash: str
    """The two digests of that encryption."""
    sends_duplicates: bool
    """Whether the marketplace sends every call twice."""
    gets_documented_addresses: bool
    """Whether addresses in calls lead to the real marketplace, and not to this world."""
    sends_test_flag: bool
    """Whether real calls have testFlag 0, as on older pages."""
    sends_product_info_as_text: bool
    sends_departments_as_text: bool
    """Whether these are JSON written as a text."""
    is_supervised: bool
    """Whether orders wait until the delivery and its acceptance are confirmed."""
    sends_order_notifications: bool
    """Whether the seller is called about each order (orderNotify, V2.0)."""
    order_queries_a_minute: int
    """How often the seller may query orders; 0 for no limit."""
    issues_refresh_tokens: bool
    """Whether the unified login gives refresh tokens."""
    billing_cycle: Literal["day", "hour"]
    """How often usage is collected for the buyer's bill."""
    refuses_usage_at_once: bool
    """Whether a usage push with a wrong record is refused as a whole."""
    is_withdrawn: bool
    """Whether the product was withdrawn from the marketplace."""


@dataclass(frozen=True, kw_only=True)
class SellerSettings:
    """How the seller of a product is reached. The keys are never shown."""

    product: str
    """The content id of the product."""
    title: str
    built_in: bool
    """Whether it is the mock's own seller."""
    protocol: Protocol
    production_address: str
    has_access_key: bool
    has_kit_key: bool
    login_address: str
    encrypt_type: str
    public_key: str
    oaep_digest: str
    mgf_hash: str
    sends_duplicates: bool
    gets_documented_addresses: bool
    sends_test_flag: bool
    sends_product_info_as_text: bool
    sends_departments_as_text: bool
    is_supervised: bool
    sends_order_notifications: bool
    order_queries_a_minute: int
    issues_refresh_tokens: bool
    billing_cycle: Literal["day", "hour"]
    refuses_usage_at_once: bool
    is_withdrawn: bool
    failed_order_count: int
    failed_orders: list[str]
    failed_days: int
    on_sale: bool


@dataclass(frozen=True, kw_only=True)
class AccessKey:
    """What sellers sign requests to the marketplace with, by AK and SK, and where these go."""

    access_key_id: str
    secret_access_key: str = field(repr=False)
    order_query: str
    usage_push: str


@dataclass(frozen=True, kw_only=True)
class Package:
    """A package of a pay-per-use product: a quota of its usage that is paid in advance."""

    offer: str
    """Its product id, by which it is ordered."""
    sku_code: str
    name: str
    quota: str
    unit: str
    price: int
    stops: bool
    """Whether it stops when it is used up. Else the rest is charged by the unit price."""


@dataclass(frozen=True, kw_only=True)
class SellerCall:
    """A call to a seller, in one line."""

    number: int
    at: str
    """The world's time, in ISO 8601."""
    product: str
    operation: str
    """Such as ``newInstance`` or ``tenantSync``."""
    protocol: Protocol
    origin: str
    verdict: Literal["accepted", "processing", "refused", "fault"]
    code: str
    """The seller's result code."""
    explanation: str = field(compare=False)
    """What the marketplace made of the answer, in words."""


class SellerCenter:
    """The sellers of one world."""

    def __init__(self, connection: Connection, url: str) -> None:
        """Made by ``World``."""
        self.url = url
        self._api = connection.at(url)

    def sellers(self) -> list[SellerSettings]:
        """Every product with its seller."""
        return [read(SellerSettings, answer) for answer in self._api.ask("GET", "sellers")["sellers"]]

    def configure(self, product: str, **changes: Unpack[SellerChanges]) -> SellerSettings:
        """Change how the seller of ``product``, a content id, is reached; what is left out stays as it is."""
        return read(SellerSettings, self._api.ask("PATCH", "sellers", product, body={**changes}))

    def renew_key(self, product: str, interface: Literal["production", "kit"]) -> str:
        """Make a new key for a class of interfaces of ``product``. It is returned this once."""
        return str(self._api.ask("POST", "sellers", product, "keys", interface, "renew", body={})["access_key"])

    def access_key(self) -> AccessKey:
        """The AK and SK of order queries and usage pushes. The sellers of all products have the same."""
        return read(AccessKey, self._api.ask("GET", "access-key"))

    def packages(self, product: str) -> list[Package]:
        """The packages of a pay-per-use product that are sold."""
        return [read(Package, each) for each in self._api.ask("GET", "sellers", product, "packages")["packages"]]

    def offer_package(
        self, product: str, name: str, quota: str, unit: str, price: int, *, stops: bool = False
    ) -> Package:
        """Offer a package of a pay-per-use product.

        Args:
            product: its content id.
            name: what buyers read.
            quota: the usage that it covers, such as "1000" or "0.5".
            unit: what is measured, such as "GB".
            price: in CNY.
            stops: whether it stops when it is used up; else the rest is charged by the unit price.
        """
        body = {"name": name, "quota": quota, "unit": unit, "price": price, "stops": stops}
        return read(Package, self._api.ask("POST", "sellers", product, "packages", body=body))

    def withdraw_package(self, product: str, package: str) -> None:
        """Sell a package no longer, by its offer. Those that were bought go on."""
        self._api.ask("DELETE", "sellers", product, "packages", package)

    def use_built_in(self, product: str) -> SellerSettings:
        """Let the mock's own seller deliver ``product`` again, with its own key."""
        return read(SellerSettings, self._api.ask("DELETE", "sellers", product))

    def relist(self, product: str) -> SellerSettings:
        """Put a product on sale again that was delisted because probes failed."""
        return read(SellerSettings, self._api.ask("POST", "sellers", product, "relist", body={}))

    def use_protocol(self, protocol: Protocol) -> None:
        """From now on the marketplace uses ``protocol`` with the sellers of all products."""
        for seller in self.sellers():
            self.configure(seller.product, protocol=protocol)

    def calls(self, *, product: str = "", operation: str = "", verdict: str = "") -> list[SellerCall]:
        """The calls to sellers, the latest first; what is left out narrows nothing."""
        query: dict[str, str | float] = {"product": product, "operation": operation, "verdict": verdict}
        found: list[SellerCall] = []
        page, pages = 0, 1
        while page < pages:
            page += 1
            answer = self._api.ask("GET", "calls", query=query | {"page": page})
            found += (read(SellerCall, call) for call in answer["calls"])
            pages = answer["pages"]
        return found
