"""The console (console.huaweicloud.com) and My Credentials."""

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from mock_sites.huawei.signed_in import account, login_required

blueprint = Blueprint("credentials", __name__)


@blueprint.get("/")
@login_required
def console() -> ResponseReturnValue:
    """The first page of the console."""
    return render_template("console/console.html", account=account())


@blueprint.get("/iam/")
@login_required
def my_credentials() -> ResponseReturnValue:
    """My Credentials. It opens the API credentials (S1, How to Obtain Your Huawei Cloud Account ID)."""
    return redirect(url_for(".api_credentials"))


@blueprint.get("/iam/apiCredential")
@login_required
def api_credentials() -> ResponseReturnValue:
    """The page that shows the Account ID."""
    return render_template("console/api_credentials.html", account=account())


@blueprint.get("/iam/accessKey")
@login_required
def access_keys() -> ResponseReturnValue:
    """The account's access keys. The mock has none."""
    return render_template("console/access_keys.html", account=account())
