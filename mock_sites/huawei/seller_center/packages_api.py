"""The packages of products in the Seller Center's REST API."""

from typing import Any

from apiflask import APIBlueprint

from mock_sites.huawei.domain import packages, usage_rules
from mock_sites.huawei.domain.tables import Package, Product
from mock_sites.huawei.seller_center import sending, settings_schemas
from mock_sites.huawei.seller_center.forms import PackageForm
from mock_sites.web.context import world
from mock_sites.web.json_forms import typed
from mock_sites.world.errors import N_
from mock_sites.world.unit_of_work import UnitOfWork

blueprint = APIBlueprint("seller_packages_api", __name__, url_prefix="/api/sellers", tag="Packages")


@blueprint.get("/<product>/packages")
@blueprint.output(settings_schemas.PackageList)
def package_list(product: str) -> dict[str, Any]:
    """The packages of a product that are sold, by their price."""
    with world().uow("huawei") as uow:
        return _shown(uow, sending.find_product(uow, product))


@blueprint.post("/<product>/packages")
@blueprint.input(settings_schemas.OfferPackage)
@blueprint.output(settings_schemas.Package, status_code=201)
@blueprint.doc(responses={422: "The product is not pay-per-use, or the package has no quota"})
def offer_package(product: str, json_data: settings_schemas.OfferPackage) -> dict[str, Any]:
    """Offer a package of a pay-per-use product from now on."""
    with world().uow("huawei") as uow:
        sending.find_product(uow, product)
    texts = {name: str(getattr(json_data, name)) for name in ("name", "quota", "unit", "price")}
    form = typed(PackageForm, texts | ({"stops": "y"} if json_data.stops else {}))
    with world().uow("huawei", write=True) as uow:
        return _package(packages.offer(uow, sending.find_product(uow, product), **form.package()))


@blueprint.delete("/<product>/packages/<package>")
@blueprint.output(settings_schemas.PackageList)
@blueprint.doc(responses={404: "No such product or package"})
def withdraw_package(product: str, package: str) -> dict[str, Any]:
    """Sell a package no longer. Those that were bought go on."""
    with world().uow("huawei", write=True) as uow:
        of, found = sending.find_product(uow, product), packages.find(uow, product, package)
        if found is None:
            raise sending.UnknownItemError(N_("There is no such package."))
        packages.withdraw(uow, found)
        return _shown(uow, of)


def _shown(uow: UnitOfWork, product: Product) -> dict[str, Any]:
    return {"packages": [_package(one) for one in packages.offered(uow, product)]}


def _package(of: Package) -> dict[str, Any]:
    same = {name: getattr(of, name) for name in ("name", "unit", "price", "stops", "sku_code")}
    return same | {"offer": of.product_id, "quota": usage_rules.number(of.quota_units)}
