"""APIs for other companies' servers: the requests they refuse, and the page at the root of their hosts."""

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from mock_sites.web import refusals

blueprint = Blueprint("machines", __name__)


@blueprint.get("/")
def explain() -> ResponseReturnValue:
    """Say that this host has no pages, and where the calls are shown."""
    return render_template("machines.html")


def is_from_a_page_elsewhere() -> bool:
    """Whether this request comes from a web page of another host, by the headers that browsers add."""
    origin = request.headers.get("Origin")
    return request.headers.get("Sec-Fetch-Site") == "cross-site" or origin not in {None, f"http://{request.host}"}


def refuse_pages_elsewhere() -> ResponseReturnValue | None:
    """Answer programs only. For ``before_request`` of a blueprint."""
    if not is_from_a_page_elsewhere():
        return None
    refusals.because("a page of another host")
    title, text = (
        _("This is for programs only"),
        _("A web page of another host had a browser send this request. The server of the application has to send it."),
    )
    return refusals.refusal_page("error.html", 403, code=403, title=title, text=text)
