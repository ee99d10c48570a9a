"""A journey is asked for on the page of a world."""

from flask import Blueprint, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from mock_sites.control.demo_notes import DemoState, note_state
from mock_sites.control.forms import DemoForm
from mock_sites.control.register import register
from mock_sites.control.world_page import show_world
from mock_sites.web import language
from mock_sites.web.forms import SiteForm, submit
from mock_sites.web.messages import notice

blueprint = Blueprint("demos", __name__, url_prefix="/worlds/<name>/demos")


@blueprint.post("")
def ask(name: str) -> ResponseReturnValue:
    """Have the player that waits play a journey in this world."""
    form = DemoForm(prefix="demo-")
    with register().worlds.using(name):
        asked = submit(
            form,
            lambda: register().demos.ask(name, form.journey.data or "", form.language.data, float(form.speed.data)),
        )
    if asked is None:
        return show_world(name, {"demo": form})
    note_state(register().worlds, asked, DemoState.ASKED)
    notice(_("%(journey)s is played in a new window.", journey=asked.journey.title(language.current())))
    return redirect(url_for("worlds.show", name=name, _anchor="demo"))


@blueprint.post("/<int:number>/stop")
def stop(name: str, number: int) -> ResponseReturnValue:
    """Stop a demo in this world."""
    register().demos.find(number, name)
    form = SiteForm()
    stopped = submit(form, lambda: register().demos.stop(number))
    if stopped is None:
        return show_world(name, {"button": form})
    note_state(register().worlds, stopped, DemoState.STOPPED if stopped.ended else DemoState.STOPPING)
    notice(
        _("The demo was stopped before it began.")
        if stopped.ended
        else _("The demo ends after the step that is being played.")
    )
    return redirect(url_for("worlds.show", name=name, _anchor="demo"))
