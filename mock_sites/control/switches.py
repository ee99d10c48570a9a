"""The companies' switches: what their own staff would turn on or off for a customer."""

from flask import Blueprint, abort, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from mock_sites.control.register import COMPANIES, register
from mock_sites.web.forms import refusal_text
from mock_sites.web.messages import alert, notice
from mock_sites.world.company import Switch
from mock_sites.world.errors import Refusal
from mock_sites.world.world import World

blueprint = Blueprint("switches", __name__, url_prefix="/worlds")


@blueprint.post("/<name>/switches/<company>/<key>")
def turn(name: str, company: str, key: str) -> ResponseReturnValue:
    """Turn a switch on or off."""
    on = request.form.get("on") == "yes"
    with register().touch(name) as world:
        if company not in world.companies:
            abort(404)
        try:
            with world.book(company, write=True) as book:
                world.companies[company].turn(book, key, on)
            notice(_("It is on now.") if on else _("It is off now."))
        except Refusal as refusal:
            alert(refusal_text(refusal))
    return redirect(url_for("worlds.show", name=name))


def switches_of(world: World) -> list[tuple[str, str, Switch]]:
    """All switches of a world, each with its company's name and what the company is called on a page."""
    found: list[tuple[str, str, Switch]] = []
    for company in world.companies.values():
        with world.book(company.name) as book:
            title = COMPANIES.get(company.name, company.name)
            found += [(company.name, title, switch) for switch in company.switches(book)]
    return found
