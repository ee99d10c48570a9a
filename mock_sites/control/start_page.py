"""The start page: what this is, the sites of a world, and the people who are ready to sign in."""

from typing import Final

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from mock_sites.control.register import COMPANIES, Address, people, register

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
            groups=_by_company([address for address in addresses if address.site.about]),
            machines=[address for address in addresses if not address.site.about],
            people=[(COMPANIES.get(company, company), person) for company, person in people(world)],
            mailbox=register().mailbox(world),
        )


def _by_company(addresses: list[Address]) -> list[tuple[str, list[list[Address]]]]:
    """The cards of each company: sites with the same title, such as those of several regions, are on one."""
    groups = dict[str, dict[str, list[Address]]]()
    for address in addresses:
        cards = groups.setdefault(COMPANIES.get(address.site.company, address.site.company), {})
        cards.setdefault(address.site.title, []).append(address)
    return [(company, list(cards.values())) for company, cards in groups.items()]
