"""The journal of a world, the latest first."""

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from mock_sites.control.register import register

PAGE_SIZE = 50

blueprint = Blueprint("journal", __name__, url_prefix="/worlds/<name>/journal")


@blueprint.get("")
def show(name: str) -> ResponseReturnValue:
    """A page of the journal: all kinds of events, or one kind."""
    kind = request.args.get("kind", "")
    with register().touch(name) as world:
        everything = world.journal()
        events = [event for event in reversed(everything) if not kind or event.kind == kind]
        last = max(1, -(-len(events) // PAGE_SIZE))
        number = min(max(request.args.get("page", 1, type=int), 1), last)
        return render_template(
            "journal.html",
            chosen=world,
            kind=kind,
            kinds=sorted({event.kind for event in everything} | ({kind} if kind else set())),
            events=events[(number - 1) * PAGE_SIZE : number * PAGE_SIZE],
            number=number,
            last=last,
        )
