"""APIs for other companies' servers: the requests they refuse, and the page at the root of their hosts."""

from flask import Blueprint, abort, render_template, request
from flask.typing import ResponseReturnValue

blueprint = Blueprint("machines", __name__)


@blueprint.get("/")
def explain() -> ResponseReturnValue:
    """Say that this host has no pages, and where the calls are shown."""
    return render_template("machines.html")


def is_from_a_page_elsewhere() -> bool:
    """Whether this request comes from a web page of another host, by the headers that browsers add."""
    origin = request.headers.get("Origin")
    return request.headers.get("Sec-Fetch-Site") == "cross-site" or origin not in {None, f"http://{request.host}"}


def refuse_pages_elsewhere() -> None:
    """Answer programs only. For ``before_request`` of a blueprint."""
    if is_from_a_page_elsewhere():
        abort(403)
