"""The pages that make, fork and drop worlds."""

from flask import Blueprint, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from mock_sites.control.forms import ForkForm, MakeForm
from mock_sites.control.register import looked_at, register, start_url
from mock_sites.control.world_page import Question, show_world
from mock_sites.web import language
from mock_sites.web.forms import SiteForm, done, form_page, submit
from mock_sites.web.messages import notice
from mock_sites.web.paging import SIZE, Page, asked, nearest
from mock_sites.world.store import Worlds

blueprint = Blueprint("worlds", __name__, url_prefix="/worlds")


@blueprint.route("", methods=["GET", "POST"])
def index() -> ResponseReturnValue:
    """All worlds, and a form to make one."""
    form = MakeForm(prefix="make-")
    made = submit(
        form, lambda: _worlds().make(form.name.as_name or None, form.seed.data or "", running=not form.frozen.data)
    )
    if made is None:
        page = _page_of_names()
        usable, unusable = looked_at(page)
        rows = [(world, start_url(world)) for world in usable]
        return form_page("worlds.html", form, page=page, rows=rows, unusable=unusable)
    made.speak(language.current())
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
    made = submit(form, lambda: _worlds().fork(name, form.name.as_name or None))
    if made is None:
        return show_world(name, {"fork": form})
    notice(_("World %(new)s was made from %(name)s.", new=made.name, name=name))
    return redirect(url_for(".show", name=made.name))


@blueprint.route("/<name>/drop", methods=["GET", "POST"])
def drop(name: str) -> ResponseReturnValue:
    """Ask for a confirmation, and drop the world."""
    form = SiteForm()
    if submit(form, done(lambda: _worlds().drop(name))) is None:
        question = Question(
            _("Drop world %(name)s?", name=name),
            _("Its data, mails, journal and snapshots are removed for good."),
            _("Drop"),
        )
        return show_world(name, {"button": form}, question)
    notice(_("World %(name)s was dropped.", name=name))
    return redirect(url_for(".index"))


def _page_of_names() -> Page[str]:
    """The names of the worlds on the page that the address asks for."""
    names = _worlds().names()
    number = nearest(asked(), len(names), SIZE)
    return Page(names[(number - 1) * SIZE : number * SIZE], number, len(names))


def _worlds() -> Worlds:
    return register().worlds
