"""The recording of a world: what people do in it, to be saved as a test."""

from collections.abc import Callable
from io import BytesIO

from flask import Blueprint, abort, redirect, render_template, request, send_file, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from mock_sites.control import recorded_tests
from mock_sites.control.register import register
from mock_sites.control.world_page import Question
from mock_sites.web.forms import SiteForm, refusal_text
from mock_sites.web.messages import notice
from mock_sites.web.paging import SIZE, page_among
from mock_sites.world import recording
from mock_sites.world.errors import ConflictError
from mock_sites.world.world import World

blueprint = Blueprint("recording", __name__, url_prefix="/worlds/<name>/recording")


@blueprint.get("")
def show(name: str) -> ResponseReturnValue:
    """What was recorded."""
    with register().touch(name) as world:
        return _page(world)


@blueprint.route("/begin", methods=["GET", "POST"])
def begin(name: str) -> ResponseReturnValue:
    """Record from now on. Ask for a confirmation if that takes the place of an earlier recording."""
    question = Question(_("Record anew?"), _("What was recorded before is lost."), _("Record anew"))
    if (asked := _ask(name, question)) is not None:
        return asked
    recording.begin(register().worlds, name)
    notice(_("What people do in this world is recorded from now on."))
    return redirect(url_for(".show", name=name))


@blueprint.post("/stop")
def stop(name: str) -> ResponseReturnValue:
    """Record no more."""
    with register().touch(name) as world:
        if world.recording:
            world.recording.stop()
    notice(_("The recording has ended."))
    return redirect(url_for(".show", name=name))


@blueprint.route("/discard", methods=["GET", "POST"])
def discard(name: str) -> ResponseReturnValue:
    """Ask for a confirmation, and forget what was recorded."""
    question = Question(_("Discard the recording?"), _("What was recorded is lost."), _("Discard"))
    if (asked := _ask(name, question)) is not None:
        return asked
    with register().touch(name) as world:
        world.recording = None
    notice(_("The recording was discarded."))
    return redirect(url_for(".show", name=name))


@blueprint.get("/test")
def save(name: str) -> ResponseReturnValue:
    """The recording as a test, to be saved."""

    def file(world: World, person: str) -> ResponseReturnValue:
        saved = recorded_tests.saved_file(world, person)
        return send_file(BytesIO(saved.content), saved.kind, as_attachment=True, download_name=saved.name)

    return _written(name, file)


@blueprint.get("/test/source")
def source(name: str) -> ResponseReturnValue:
    """The recording as a test, to be read."""

    def text(world: World, person: str) -> str:
        test = recorded_tests.written_test(world, person)
        return render_template("recorded_test.html", chosen=world, source=test.source)

    return _written(name, text)


def _written(name: str, write: Callable[[World, str], ResponseReturnValue]) -> ResponseReturnValue:
    """What ``write`` makes of the recording and of the person who was chosen, or the page with its refusal."""
    with register().touch(name) as world:
        if world.recording is None:
            abort(404)
        try:
            return write(world, request.args.get("person", ""))
        except ConflictError as refusal:
            return _page(world, refusal), 422


def _ask(name: str, question: Question) -> ResponseReturnValue | None:
    """The page with a question about its recording, if there is one; None if somebody has answered it."""
    if request.method == "POST":
        return None
    with register().touch(name) as world:
        return _page(world, question=question if world.recording else None)


def _page(world: World, refusal: ConflictError | None = None, question: Question | None = None) -> str:
    found = world.recording
    return render_template(
        "recording.html",
        chosen=world,
        recording=found,
        people=recorded_tests.recorded_people(world) if found else [],
        entries=page_among(found.entries[::-1], SIZE) if found else None,
        begun=bool(found and found.visits),
        most=recording.MOST,
        refusal=refusal_text(refusal) if refusal else "",
        question=question,
        button=SiteForm(None),
    )
