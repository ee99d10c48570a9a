"""The pages that make, fork, snapshot, restore and drop worlds."""

from collections.abc import Callable

from flask import Blueprint, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from mock_sites.control.forms import ForkForm, MakeForm, SnapshotForm
from mock_sites.control.register import looked_at, register, start_url
from mock_sites.control.world_page import show_world
from mock_sites.web.forms import SiteForm, form_page, submit
from mock_sites.web.messages import notice
from mock_sites.web.paging import SIZE, Page, asked, nearest
from mock_sites.world.store import Worlds

blueprint = Blueprint("worlds", __name__, url_prefix="/worlds")


@blueprint.route("", methods=["GET", "POST"])
def index() -> ResponseReturnValue:
    """All worlds, and a form to make one."""
    form = MakeForm(prefix="make-")
    made = submit(
        form, lambda: _worlds().make(form.name.data or None, form.seed.data or "", running=not form.frozen.data)
    )
    if made is None:
        page = _page_of_names()
        usable, unusable = looked_at(page)
        rows = [(world, start_url(world)) for world in usable]
        return form_page("worlds.html", form, page=page, rows=rows, unusable=unusable)
    notice(_("World %(name)s was made.", name=made.name))
    return redirect(url_for(".show", name=made.name))


@blueprint.get("/<name>")
def show(name: str) -> ResponseReturnValue:
    """One world."""
    return show_world(name)


@blueprint.post("/<name>/fork")
def fork(name: str) -> ResponseReturnValue:
    """Make a new world that begins as this one is now."""
    form = ForkForm(prefix="fork-")
    made = submit(form, lambda: _worlds().fork(name, form.name.data or None))
    if made is None:
        return show_world(name, {"fork": form})
    notice(_("World %(new)s was made from %(name)s.", new=made.name, name=name))
    return redirect(url_for(".show", name=made.name))


@blueprint.post("/<name>/snapshots")
def keep(name: str) -> ResponseReturnValue:
    """Store the current state."""
    form = SnapshotForm(prefix="snapshot-")
    label = form.label.data or ""
    if submit(form, _done(lambda: _worlds().snapshot(name, label))) is None:
        return show_world(name, {"snapshot": form})
    notice(_("Snapshot %(label)s was taken.", label=label))
    return redirect(url_for(".show", name=name))


@blueprint.post("/<name>/snapshots/<label>/restore")
def restore(name: str, label: str) -> ResponseReturnValue:
    """Restore a snapshot."""
    form = SiteForm()
    if submit(form, lambda: _worlds().restore(name, label)) is None:
        return show_world(name, {"button": form})
    notice(_("World %(name)s is as it was when snapshot %(label)s was taken.", name=name, label=label))
    return redirect(url_for(".show", name=name))


@blueprint.route("/<name>/drop", methods=["GET", "POST"])
def drop(name: str) -> ResponseReturnValue:
    """Ask for a confirmation, and drop the world."""
    form = SiteForm()
    if submit(form, _done(lambda: _worlds().drop(name))) is None:
        return show_world(name, {"button": form}, dropping=True)
    notice(_("World %(name)s was dropped.", name=name))
    return redirect(url_for(".index"))


def _page_of_names() -> Page[str]:
    """The names of the worlds on the page that the address asks for."""
    names = _worlds().names()
    number = nearest(asked(), len(names), SIZE)
    return Page(names[(number - 1) * SIZE : number * SIZE], number, len(names))


def _worlds() -> Worlds:
    return register().worlds


def _done(verb: Callable[[], None]) -> Callable[[], bool]:
    """``verb`` as a function that returns True, which ``submit`` needs: None means that the form was refused."""

    def run() -> bool:
        verb()
        return True

    return run
