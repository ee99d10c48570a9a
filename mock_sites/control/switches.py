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
from mock_sites.world.errors import N_, Refusal, UnknownWorldError
from mock_sites.world.recording import Turned
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
            turned = turn_switch(world, company, key, on=on)
            facts = {"name": _(turned.name), "customer": turned.customer}
            notice(
                _("%(name)s: on for %(customer)s.", **facts) if on else _("%(name)s: off for %(customer)s.", **facts)
            )
        except Refusal as refusal:
            alert(refusal_text(refusal))
    return redirect(url_for("worlds.show", name=name))


def turn_switch(world: World, company: str, key: str, *, on: bool) -> Switch:
    """Turn the switch of a company with this key. A recording of the world has it.

    Raises:
        Refusal: there is none.
    """
    with world.uow(company, write=True) as uow:
        turned = world.companies[company].turn(uow, key, on)
    if world.recording:
        world.recording.act(world.clock.now(), Turned(name=turned.name, customer=turned.customer, on=on))
    return turned


def find_switch(world: World, name: str, customer: str) -> tuple[str, Switch]:
    """The switch with this English name for a customer, and the name of its company.

    Raises:
        UnknownWorldError: there is none.
    """
    for company in world.companies.values():
        if company.switches:
            with world.uow(company.name) as uow:
                rows = uow.session.scalars(company.switches.wanted.where(company.switches.of(customer)))
                for switch in map(company.switches.show, rows):
                    if switch.name == name:
                        return company.name, switch
    raise UnknownWorldError(N_("There is no switch {name} for {customer}."), name=name, customer=customer)


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
