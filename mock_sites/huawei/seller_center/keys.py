"""The keys of sellers: one for each class of interfaces of each product (spec huawei 2.1, 2.6a)."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from mock_sites.huawei.domain import catalogue
from mock_sites.huawei.domain.seller_tables import Seller
from mock_sites.huawei.domain.tables import Product
from mock_sites.huawei.protocol.parameters import Interface
from mock_sites.huawei.seller_center.sending import UnknownItemError
from mock_sites.huawei.seller_gateway import sellers
from mock_sites.world.errors import N_, Refusal
from mock_sites.world.unit_of_work import UnitOfWork

CLASSES: Final[Mapping[Interface, str]] = {
    Interface.PRODUCTION: N_("Base interfaces"),
    Interface.KIT: N_("Joint-operation kit interfaces"),
}
"""The classes that this mock calls, with their names. The documents know License and generic interfaces as well."""

_LENGTH: Final = 32
"""How many characters a new key has."""


@dataclass(frozen=True)
class SellerKey:
    """The key of a product's seller for one class of interfaces, without the key itself."""

    product: Product
    interface: Interface
    name: str
    state: str
    """Whose key it is, in an English sentence that pages translate."""
    renewable: bool


def keys(uow: UnitOfWork) -> list[SellerKey]:
    """All keys, by product and class."""
    return [_key(uow, product, interface) for product in catalogue.all_products(uow) for interface in CLASSES]


def renew(uow: UnitOfWork, content_id: str, interface: str) -> str:
    """Make a new key, with which calls are signed from now on. Returns it.

    Raises:
        UnknownItemError: there is no such product or class of interfaces.
        Refusal: the mock's own seller delivers the product.
    """
    if uow.session.get(Product, content_id) is None:
        raise UnknownItemError(N_("There is no such product."))
    if interface not in CLASSES:
        raise UnknownItemError(N_("There is no such class of interfaces."))
    if sellers.agreed(uow, content_id).built_in:
        raise Refusal(N_("The mock's own seller has its own keys. Set the production address of your service first."))
    key = uow.random_text("seller-key", _LENGTH)
    sellers.configure(uow, content_id, **{sellers.KEY_SETTINGS[Interface(interface)]: key})
    return key


def _key(uow: UnitOfWork, product: Product, interface: Interface) -> SellerKey:
    row = uow.session.get(Seller, product.content_id)
    built_in = sellers.agreed(uow, product.content_id).built_in
    if row and getattr(row, sellers.KEY_SETTINGS[interface]):
        state = N_("A key of its own is set.")
    elif row and row.access_key:
        state = N_("That of the base interfaces is used.")
    else:
        state = N_("That of the mock's own seller is used.")
    return SellerKey(product, interface, CLASSES[interface], state, renewable=not built_in)
