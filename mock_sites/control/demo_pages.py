"""A journey is asked for on the page of a world."""

from flask import Blueprint, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from mock_sites.control.forms import DemoForm
from mock_sites.control.register import register
from mock_sites.control.world_page import show_world
from mock_sites.web import language
from mock_sites.web.forms import submit
from mock_sites.web.messages import notice
from mock_sites.world.sightings import STEP

blueprint = Blueprint("demos", __name__, url_prefix="/worlds/<name>/demos")


@blueprint.post("")
def ask(name: str) -> ResponseReturnValue:
    """Have the player that waits play a journey in this world, in the language of the page."""
    form = DemoForm(prefix="demo-")
    spoken = language.current()
    with register().worlds.using(name) as world:
        asked = submit(form, lambda: register().demos.ask(name, form.journey.data or "", spoken))
        if asked is not None:
            world.see(STEP, asked.journey.title(spoken), state="asked")
    if asked is None:
        return show_world(name, {"demo": form})
    notice(_("%(journey)s is played in a new window.", journey=asked.journey.title(spoken)))
    return redirect(url_for("worlds.show", name=name, _anchor="demo"))
