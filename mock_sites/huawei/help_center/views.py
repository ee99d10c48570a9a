"""The pages of the help center (support.huaweicloud.com), in this project's own words."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

blueprint = Blueprint("help_center", __name__)


@blueprint.get("/")
def home() -> ResponseReturnValue:
    """The list of guides."""
    return render_template("help_center/home.html")


@blueprint.get("/ug-marketplace/sp_topic_0000212.html")
def usage_guide() -> ResponseReturnValue:
    """The Partner SaaS Product Usage Guide, which S1 names."""
    return render_template("help_center/usage_guide.html")
