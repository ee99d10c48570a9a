"""What a browser sees at the root of a host whose interface is for other companies' servers."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

blueprint = Blueprint("machines", __name__)


@blueprint.get("/")
def explain() -> ResponseReturnValue:
    """Say that there is nothing to do here, and where calls are looked at."""
    return render_template("machines.html")
