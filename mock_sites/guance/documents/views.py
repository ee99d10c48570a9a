"""The pages of the documentation (docs.guance.com), in this project's own words."""

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from mock_sites.world.agreement import PRODUCT_PAGE

blueprint = Blueprint("documents", __name__)


@blueprint.get("/")
def home() -> ResponseReturnValue:
    """The home page. It leads to the only page of the documentation."""
    return redirect(url_for(".registration"))


@blueprint.get("/plans/commercial-register/")
@blueprint.get("/en/plans/commercial-register/")
def registration() -> ResponseReturnValue:
    """How to register for the Commercial Plan, which S2 links to."""
    return render_template("documents/registration.html", product_page=PRODUCT_PAGE)
