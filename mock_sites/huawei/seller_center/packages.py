"""The Seller Center's page of a product's packages: the seller offers them, and sells them no longer."""

from flask import Blueprint, abort, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from mock_sites.huawei.domain import catalogue, packages
from mock_sites.huawei.domain.tables import Package
from mock_sites.huawei.seller_center.forms import PackageForm
from mock_sites.web.context import uow
from mock_sites.web.forms import submit
from mock_sites.web.messages import notice

blueprint = Blueprint("seller_packages", __name__)


@blueprint.route("/settings/<content_id>/packages", methods=["GET", "POST"])
def offered(content_id: str) -> ResponseReturnValue:
    """The packages of a product, and the form of another one."""
    product = catalogue.find(uow(), content_id, kind="service") or abort(404)
    form = PackageForm()

    def offer() -> Package:
        return packages.offer(uow(), product, **form.package())

    if made := submit(form, offer):
        notice(_("%(name)s is on sale.", name=made.name))
        return redirect(url_for(".offered", content_id=content_id))
    shown = {"product": product, "form": form, "packages": packages.offered(uow(), product)}
    return render_template("seller_center/packages.html", **shown), 422 if form.refused else 200


@blueprint.post("/settings/<content_id>/packages/<package_id>/withdraw")
def withdraw(content_id: str, package_id: str) -> ResponseReturnValue:
    """Sell a package no longer."""
    package = packages.find(uow(), content_id, package_id) or abort(404)
    packages.withdraw(uow(), package)
    notice(_("%(name)s is no longer sold.", name=package.name))
    return redirect(url_for(".offered", content_id=content_id))
