"""The start page: what this is, the sites of a world, and the people who are ready to sign in."""

from typing import Final

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from mock_sites.control.register import COMPANIES, by_company, people, register

MOST_CHOICES: Final = 50
"""The most worlds to choose from in a list. If there are more, the name is typed."""

blueprint = Blueprint("start", __name__)


@blueprint.get("/")
def home() -> ResponseReturnValue:
    """The start page of the world asked for, else of ``main``."""
    name = request.args.get("world") or register().first()
    if name is None:
        return render_template("start.html", chosen=None, names=[], worlds=0)
    names = register().worlds.names()
    with register().touch(name) as world:
        addresses = register().addresses(world)
        return render_template(
            "start.html",
            chosen=world,
            names=names[:MOST_CHOICES],
            worlds=len(names),
            groups=by_company([address for address in addresses if address.site.about]),
            machines=[address for address in addresses if not address.site.about],
            people=[(COMPANIES.get(company, company), person) for company, person in people(world)],
            mailbox=register().mailbox(world),
        )
