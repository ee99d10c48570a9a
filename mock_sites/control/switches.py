"""The companies' switches: settings that their own staff would turn on or off for a customer."""

from dataclasses import dataclass

from flask import Blueprint, abort, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from mock_sites.control.register import COMPANIES, register
from mock_sites.web.forms import refusal_text
from mock_sites.web.messages import alert, notice
from mock_sites.web.paging import Page, page_of
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
            with world.uow(company, write=True) as uow:
                world.companies[company].turn(uow, key, on)
            notice(_("It is on now.") if on else _("It is off now."))
        except Refusal as refusal:
            alert(refusal_text(refusal))
    return redirect(url_for("worlds.show", name=name))


@dataclass(frozen=True)
class Customers:
    """A page of a company's switches. ``title`` is the name of the company on a page."""

    company: str
    title: str
    page: Page[Switch]


def switches_of(world: World) -> list[Customers]:
    """The switches of a world, by company."""
    found: list[Customers] = []
    for company in world.companies.values():
        if company.switches:
            with world.uow(company.name) as uow:
                page = page_of(uow, company.switches.wanted, f"{company.name}-page").with_rows(company.switches.show)
            found.append(Customers(company.name, COMPANIES.get(company.name, company.name), page))
    return found
