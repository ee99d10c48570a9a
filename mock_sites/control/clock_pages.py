"""What the operator does to the clock of a world: it is stopped, let run, and moved forward."""

from collections.abc import Callable

from flask import Blueprint, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from mock_sites.control.forms import AdvanceForm, MomentForm
from mock_sites.control.register import register
from mock_sites.control.world_page import show_world
from mock_sites.web.forms import SiteForm, done, submit
from mock_sites.web.messages import notice
from mock_sites.world import jobs
from mock_sites.world.world import World

blueprint = Blueprint("clock", __name__, url_prefix="/worlds/<name>/clock")


@blueprint.post("/freeze")
def freeze(name: str) -> ResponseReturnValue:
    """Stop the clock."""
    return _set_frozen(name, frozen=True, said=_("The clock stands still."))


@blueprint.post("/run")
def run(name: str) -> ResponseReturnValue:
    """Let the clock follow real time."""
    return _set_frozen(name, frozen=False, said=_("The clock is running."))


@blueprint.post("/advance")
def advance(name: str) -> ResponseReturnValue:
    """Move the clock forward by a step."""
    form = AdvanceForm(prefix="advance-")
    return _move(name, lambda world: jobs.advance(world, form.seconds), "advance", form)


@blueprint.post("/to")
def to(name: str) -> ResponseReturnValue:
    """Move the clock forward to a moment."""
    form = MomentForm(prefix="moment-")
    return _move(name, lambda world: jobs.advance_to(world, form.chosen), "moment", form)


@blueprint.post("/next-job")
def to_next_job(name: str) -> ResponseReturnValue:
    """Move the clock forward to the job that is due next."""
    return _move(name, jobs.advance_to_next, "button", SiteForm())


def _set_frozen(name: str, *, frozen: bool, said: str) -> ResponseReturnValue:
    form = SiteForm()
    with register().touch(name) as world:
        set_it = submit(form, done(lambda: world.set_frozen(frozen)))
    if set_it is None:
        return show_world(name, {"button": form})
    notice(said)
    return redirect(url_for("worlds.show", name=name))


def _move(name: str, verb: Callable[[World], int], key: str, form: SiteForm) -> ResponseReturnValue:
    """Call ``verb``, which gives the number of jobs that it did. If it refuses, show the form with the reason."""
    with register().worlds.using(name) as world:
        number = submit(form, lambda: verb(world))
    if number is None:
        return show_world(name, {key: form})
    notice(_("The clock went forward. Jobs done on the way: %(number)d.", number=number))
    return redirect(url_for("worlds.show", name=name))
