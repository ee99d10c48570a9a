"""The journal of a world, the latest first."""

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue
from sqlalchemy import select

from mock_sites.control.register import register
from mock_sites.web.paging import page_of_records
from mock_sites.world.rows import values_of
from mock_sites.world.shared_tables import Event
from mock_sites.world.world import World

blueprint = Blueprint("journal", __name__, url_prefix="/worlds/<name>/journal")


@blueprint.get("")
def show(name: str) -> ResponseReturnValue:
    """A page of the journal: all kinds of events, or one kind. What no company could record is no kind."""
    kind = request.args.get("kind", "")
    with register().touch(name) as world:
        if kind.partition(".")[0] not in world.companies:
            kind = ""
        wanted = select(Event).where(Event.kind == kind) if kind else select(Event)
        return render_template(
            "journal.html",
            chosen=world,
            kind=kind,
            kinds=sorted(_kinds(world) | ({kind} if kind else set())),
            events=page_of_records(world, Event, wanted),
        )


def _kinds(world: World) -> set[str]:
    """The kinds of events that have happened."""
    found: set[str] = set()
    for company in world.companies:
        with world.uow(company) as uow:
            found |= set(uow.session.scalars(values_of(Event.kind)))
    return found
