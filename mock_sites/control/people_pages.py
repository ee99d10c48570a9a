"""The ready-made people of a world, and signing them in without a password."""

from dataclasses import dataclass

from flask import Blueprint, abort, render_template
from flask.typing import ResponseReturnValue

from mock_sites.control.register import register
from mock_sites.web.context import may_follow_forms_to
from mock_sites.web.signing_in import PASS_FIELD, PASS_PATH
from mock_sites.web.site import Site
from mock_sites.world import sign_ins
from mock_sites.world.company import Door, Person
from mock_sites.world.world import World

blueprint = Blueprint("people", __name__, url_prefix="/worlds/<name>/people")


@dataclass(frozen=True)
class Resident:
    """Somebody in a world, with the sites that the operator can sign this person in to."""

    company: str
    person: Person
    doors: list[tuple[Site, Door]]


def residents(world: World) -> list[Resident]:
    """The ready-made people of ``world``."""
    sites = {site.host: site for site in register().sites}
    found = list[Resident]()
    for company in world.companies.values():
        with world.uow(company.name) as uow:
            people = company.people(uow)
            doors = company.doors(uow, [person.username for person in people])
        for person in people:
            own = doors.get(person.username, [])
            found.append(Resident(company.name, person, [(sites[door.host], door) for door in own]))
    return found


@blueprint.post("/<key>/sign-in/<host>")
def sign_in(name: str, key: str, host: str) -> ResponseReturnValue:
    """A page whose form signs a person in at a site: it sends a pass there, in its body, as an address is no secret."""
    with register().touch(name) as world:
        found = [
            (resident, *door)
            for resident in residents(world)
            if resident.person.key == key
            for door in resident.doors
            if door[1].host == host
        ]
        if not found:
            abort(404)
        resident, site, door = found[0]
        with world.uow(resident.company, write=True) as uow:
            token = sign_ins.issue_pass(uow, door.realm, door.subject)
        may_follow_forms_to(f"http://*{world.suffix}")
        return render_template(
            "hand_over.html",
            chosen=world,
            person=resident.person,
            site=site,
            address=world.local(f"https://{host}{PASS_PATH}"),
            field=PASS_FIELD,
            token=token,
        )
