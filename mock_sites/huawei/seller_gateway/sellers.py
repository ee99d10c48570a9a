"""The seller of a product: the current settings between it and the marketplace, and the allowed ones."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final
from urllib.parse import urlsplit

from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from cryptography.hazmat.primitives.serialization import load_pem_public_key

from mock_sites.huawei.domain.applications import client_keys
from mock_sites.huawei.domain.tables import Seller
from mock_sites.huawei.protocol import login, names
from mock_sites.huawei.protocol.answers import LEAST_RSA_BITS
from mock_sites.huawei.protocol.parameters import Interface
from mock_sites.world.agreement import (
    AUTH_CENTRE,
    GUANCE_PUBLIC_KEY,
    ORDER_QUERY,
    PRODUCTION_ADDRESS,
    USAGE_PUSH,
    SellerKeys,
    seller_keys,
)
from mock_sites.world.errors import N_, Refusal
from mock_sites.world.fields import FieldRule
from mock_sites.world.sensitive_fields import KEY_BITS
from mock_sites.world.unit_of_work import UnitOfWork
from mock_sites.world.world import World

PROTOCOLS: Final = ("v2", "v1")
HASHES: Final = ("SHA-256", "SHA-1")
"""The hashes that OAEP uses. The documents name neither (spec huawei 4.1)."""

BILLING_CYCLES: Final = ("day", "hour")
"""How often the usage of an on-demand product is collected (spec huawei 2.6b)."""

LONGEST_ADDRESS: Final = 512
LONGEST_KEY: Final = 128
LONGEST_PUBLIC_KEY: Final = 4000
"""The longest public key in PEM, in characters."""

_KEY: Final = FieldRule(
    rf"[\x21-\x7e]{{0,{LONGEST_KEY}}}", N_("A key has up to 128 letters, digits and signs, and no blanks.")
)

_NUMBER: Final = FieldRule(r"[0-9]{1,4}", N_("Enter a whole number from 0 to 9999."))


@dataclass(frozen=True, kw_only=True)
class Agreed:
    """The settings for a call to the seller of one product."""

    content_id: str
    built_in: bool
    """Whether the mock's own seller is used."""
    protocol: str
    production_address: str
    keys: Mapping[Interface, str] = field(repr=False)
    """The key for each class of interfaces. Two classes may have the same."""
    former_keys: Mapping[Interface, str] = field(repr=False)
    """The key of each class before the last change. Empty if it was not changed."""
    client: SellerKeys
    """The seller's application at unified login."""
    encrypt_type: str
    public_key: str
    oaep_digest: str
    mgf_hash: str
    sends_duplicates: bool
    sends_test_flag: bool
    sent_as_text: frozenset[str]
    """The members of V2.0 that are objects or lists, but are sent as texts that contain JSON."""
    auth_centre: str
    """Where the seller redeems codes.

    A seller outside gets the address where this world serves it: at the documented one it would hand its client secret
    to the real marketplace. The built-in seller's calls stay in the world.
    """


def agreed(uow: UnitOfWork, content_id: str) -> Agreed:
    """The settings of the product's seller. The agreement supplies those that are empty."""
    row = uow.session.get(Seller, content_id) or Seller(**DEFAULTS)
    documented = not row.production_address or row.gets_documented_addresses
    return Agreed(
        content_id=content_id,
        built_in=not row.production_address,
        protocol=row.protocol,
        production_address=row.production_address or PRODUCTION_ADDRESS,
        keys=_keys(uow.world, row),
        former_keys={one: getattr(row, name) or "" for one, name in _FORMER_KEYS.items()},
        client=client_keys(uow.world, row.login_address),
        encrypt_type=row.encrypt_type,
        public_key=row.public_key or GUANCE_PUBLIC_KEY,
        oaep_digest=row.oaep_digest,
        mgf_hash=row.mgf_hash,
        sends_duplicates=row.sends_duplicates,
        sends_test_flag=row.sends_test_flag,
        sent_as_text=frozenset(name for name, setting in _SENT_AS_TEXT.items() if getattr(row, setting)),
        auth_centre=AUTH_CENTRE if documented else uow.world.local(AUTH_CENTRE),
    )


def has_public_key(uow: UnitOfWork, content_id: str) -> bool:
    """Whether the product's seller has set the key with which client secrets are encrypted."""
    row = uow.session.get(Seller, content_id)
    return row is not None and bool(row.public_key)


def _keys(world: World, row: Seller) -> Mapping[Interface, str]:
    """The keys of a seller. One with a single key has it for all classes; V1.0 has no more (spec huawei 2.1)."""
    own = seller_keys(world.seed)
    single = row.access_key or (own.access_key if row.protocol == "v1" else "")
    return {Interface.PRODUCTION: row.access_key or own.access_key, Interface.KIT: row.kit_key or single or own.kit_key}


_SENT_AS_TEXT: Final = {
    names.PRODUCT_INFO: "sends_product_info_as_text",
    names.ORG_INFO_LIST: "sends_departments_as_text",
}
"""The setting for each member that may be sent as a text (spec huawei 2.6a)."""


def unified_login_url(uow: UnitOfWork, content_id: str) -> str:
    """The unified login link of a product's application, where this world serves it (spec huawei 1.7)."""
    app_id = agreed(uow, content_id).client.app_id
    return uow.world.local(AUTH_CENTRE + login.portal(app_id))


@dataclass(frozen=True, kw_only=True)
class AccessKey:
    """The AK and SK of the sellers of a world, and where the world serves what is signed with them.

    An AK belongs to a Huawei Cloud account, not to a product: all sellers of a world have one account.
    """

    access_key_id: str
    secret_access_key: str = field(repr=False)
    order_query: str
    usage_push: str


def access_key(world: World) -> AccessKey:
    """The AK and SK of the world's sellers."""
    keys = seller_keys(world.seed)
    return AccessKey(
        access_key_id=keys.query_key_id,
        secret_access_key=keys.query_secret,
        order_query=world.local(ORDER_QUERY),
        usage_push=world.local(USAGE_PUSH),
    )


KEY_SETTINGS: Final = {Interface.PRODUCTION: "access_key", Interface.KIT: "kit_key"}
"""The setting for the key of each class of interfaces. These keys are never shown."""

_FORMER_KEYS: Final = {Interface.PRODUCTION: "former_access_key", Interface.KIT: "former_kit_key"}

DEFAULTS: Final[dict[str, Any]] = {
    "protocol": "v2",
    "production_address": "",
    "access_key": "",
    "kit_key": "",
    "login_address": "",
    "encrypt_type": "1",
    "public_key": "",
    "oaep_digest": "SHA-256",
    "mgf_hash": "SHA-256",
    "sends_duplicates": False,
    "gets_documented_addresses": False,
    "sends_test_flag": False,
    "sends_product_info_as_text": False,
    "sends_departments_as_text": False,
    "is_supervised": False,
    "sends_order_notifications": False,
    "order_queries_a_minute": 0,
    "issues_refresh_tokens": True,
    "billing_cycle": "day",
    "refuses_usage_at_once": False,
    "is_withdrawn": False,
}
"""The settings of a product that nobody has set up."""


def configure(uow: UnitOfWork, content_id: str, **settings: Any) -> Seller:
    """Change some settings of the product's seller. Settings that are not named do not change.

    Raises:
        Refusal: an address is no http(s) URL or not allowed on this server, a key is too long or too weak, the key of a
            seller outside is removed, or an option does not exist.
    """
    _check(settings)
    for name in ("production_address", "login_address"):
        if settings.get(name) and not uow.world.transport.may_call(settings[name]):
            raise Refusal(
                N_("Other machines can reach this server, so it takes only the seller named by --seller."), field=name
            )
    row = uow.session.get(Seller, content_id)
    if row is None:
        row = Seller(content_id=content_id, **DEFAULTS)
        uow.session.add(row)
    outside = settings.get("production_address", row.production_address)
    if outside and row.access_key and not settings.get("access_key", row.access_key):
        raise Refusal(
            N_("Your service needs a key. Enter one, or make a new one in Key Management."),
            field="access_key",
        )
    before = agreed(uow, content_id).keys
    for name, value in settings.items():
        setattr(row, name, value)
    for interface, key in _keys(uow.world, row).items():
        if key != before[interface]:
            setattr(row, _FORMER_KEYS[interface], before[interface])
    address = row.production_address
    uow.record("seller.configured", product=content_id, protocol=row.protocol, address=address or "built-in")
    return row


def _check(settings: dict[str, Any]) -> None:
    for name in ("production_address", "login_address"):
        if settings.get(name):
            check_address(settings[name], field=name, query_allowed=name == "login_address")
    for name, there_are in _OPTIONS.items():
        if name in settings and settings[name] not in there_are:
            raise Refusal(N_("Choose one of: {options}."), field=name, options=", ".join(there_are))
    for name in KEY_SETTINGS.values():
        _KEY.check(settings.get(name, ""), name)
    _NUMBER.check(str(settings.get("order_queries_a_minute", 0)), "order_queries_a_minute")
    if settings.get("public_key"):
        _check_public_key(settings["public_key"])


_OPTIONS: Final = {
    "protocol": PROTOCOLS,
    "encrypt_type": tuple(KEY_BITS),
    "oaep_digest": HASHES,
    "mgf_hash": HASHES,
    "billing_cycle": BILLING_CYCLES,
}


def check_address(address: str, *, field: str = "", query_allowed: bool = False) -> None:
    """Check that an address is a plain http(s) address.

    Raises:
        Refusal: it has another scheme, no host, a user or password, a fragment, or a query that is not allowed.
    """
    try:
        parts = urlsplit(address)
        host, _ = parts.hostname, parts.port
    except ValueError:
        host, parts = None, urlsplit("")
    printable = address.isascii() and address.isprintable() and " " not in address
    if parts.scheme not in {"http", "https"} or not host or not printable or len(address) > LONGEST_ADDRESS:
        raise Refusal(N_("Enter an address that begins with http:// or https://."), field=field)
    if "@" in parts.netloc or parts.fragment or (parts.query and not query_allowed):
        raise Refusal(N_("Enter the address without username, password, query and fragment."), field=field)


def _check_public_key(pem: str) -> None:
    try:
        key = load_pem_public_key(pem.encode())
    except ValueError:
        key = None
    if not isinstance(key, RSAPublicKey) or key.key_size < LEAST_RSA_BITS:
        raise Refusal(N_("Enter an RSA public key of at least 3072 bits in PEM format."), field="public_key")
