"""The home page (www.huaweicloud.com)."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

blueprint = Blueprint("portal", __name__)


@blueprint.get("/")
def home() -> ResponseReturnValue:
    """The first page for visitors of Huawei Cloud."""
    return render_template("console/portal.html")
