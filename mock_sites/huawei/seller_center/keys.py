"""The keys of sellers: one for each class of interfaces of each product (spec huawei 2.1, 2.6a)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Final

from mock_sites.huawei.domain import catalogue
from mock_sites.huawei.domain.tables import Product, Seller
from mock_sites.huawei.protocol.parameters import Interface
from mock_sites.huawei.seller_center.sending import UnknownItemError, find_product
from mock_sites.huawei.seller_gateway import sellers
from mock_sites.world.errors import N_, Refusal
from mock_sites.world.unit_of_work import UnitOfWork

CLASSES: Final[Mapping[Interface, str]] = {
    Interface.PRODUCTION: N_("Production interfaces"),
    Interface.KIT: N_("Joint-operation kit interfaces"),
}
"""The classes that this mock calls, with their names. The documents know License and generic interfaces as well."""

_LENGTH: Final = 32
"""How many characters a new key has."""


@dataclass(frozen=True)
class SellerKey:
    """The key of a product's seller for one class of interfaces."""

    product: Product
    interface: Interface
    name: str
    """The name of the class, in English."""
    state: str
    """Whose key it is, in an English sentence that pages translate."""
    is_own: bool
    """Whether it was set for this product and class."""
    hindrance: str
    """Why no new key can be made, in an English sentence that pages translate. Empty if one can."""
    key: str = field(repr=False)

    @property
    def digest(self) -> str:
        """What tells this key from an earlier or later one."""
        return sha256(self.key.encode()).hexdigest()


def keys(uow: UnitOfWork) -> list[SellerKey]:
    """All keys, by product and class."""
    return [_key(uow, product, interface) for product in catalogue.all_products(uow) for interface in CLASSES]


def find(uow: UnitOfWork, content_id: str, interface: str) -> SellerKey:
    """The key for a class of interfaces.

    Raises:
        UnknownItemError: there is no such product or class of interfaces.
    """
    product = find_product(uow, content_id)
    if interface not in CLASSES:
        classes = ", ".join(f"{each} ({name})" for each, name in CLASSES.items())
        raise UnknownItemError(N_("There is no such class of interfaces. The classes are: {classes}."), classes=classes)
    return _key(uow, product, Interface(interface))


def renewed_with(uow: UnitOfWork, key: SellerKey) -> list[SellerKey]:
    """The other classes of interfaces that get a new key with this one, as they have none of their own."""
    if key.interface is not Interface.PRODUCTION:
        return []
    kit = find(uow, key.product.content_id, Interface.KIT)
    return [] if kit.is_own else [kit]


def keeping(uow: UnitOfWork, key: SellerKey) -> list[SellerKey]:
    """The other products and classes of interfaces that have the same key, and keep it when this one is renewed."""
    return [one for one in keys(uow) if one.key == key.key and one not in (key, *renewed_with(uow, key))]


def renew(uow: UnitOfWork, content_id: str, interface: str) -> SellerKey:
    """Make a new key, with which calls are signed from now on. Other products keep theirs, even if it was the same.

    Raises:
        UnknownItemError: there is no such product or class of interfaces.
        Refusal: the mock's own seller delivers the product, or V1.0, which has one key, has no other for the kit.
    """
    found = find(uow, content_id, interface)
    if found.hindrance:
        raise Refusal(found.hindrance)
    key = uow.random_text("seller-key", _LENGTH)
    sellers.configure(uow, content_id, **{sellers.KEY_SETTINGS[found.interface]: key})
    return find(uow, content_id, interface)


def _key(uow: UnitOfWork, product: Product, interface: Interface) -> SellerKey:
    row = uow.session.get(Seller, product.content_id)
    agreed = sellers.agreed(uow, product.content_id)
    is_own = bool(row and getattr(row, sellers.KEY_SETTINGS[interface]))
    if is_own:
        state = N_("A key of its own is set.")
    elif row and row.access_key:
        state = N_("That of the production interfaces is used.")
    elif not agreed.built_in:
        state = N_("None is set, so your service cannot check calls. Make a new key, or enter yours in the settings.")
    else:
        state = N_("The key of Guance is used.")
    return SellerKey(
        product=product,
        interface=interface,
        name=CLASSES[interface],
        state=state,
        is_own=is_own,
        hindrance=_hindrance(agreed, interface),
        key=agreed.keys[interface],
    )


def _hindrance(agreed: sellers.Agreed, interface: Interface) -> str:
    """Why no new key can be made. V1.0 has one key for all classes (spec huawei 2.1)."""
    if agreed.built_in:
        return N_("Guance has its own keys. Set the production address of your service first.")
    if agreed.protocol == "v1" and interface is Interface.KIT:
        return N_("V1.0 has one key. Make a new one for the production interfaces.")
    return ""
