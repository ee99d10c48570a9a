"""The pages that make, change and drop worlds and set their clocks."""

from collections.abc import Callable

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from mock_sites.control.forms import AdvanceForm, ForkForm, MakeForm, SnapshotForm
from mock_sites.control.register import looked_at, register, start_url
from mock_sites.control.switches import switches_of
from mock_sites.web.forms import SiteForm, form_page, submit
from mock_sites.web.messages import notice
from mock_sites.web.paging import SIZE, Page, asked, nearest
from mock_sites.world import jobs
from mock_sites.world.store import Worlds
from mock_sites.world.world import World

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
    return _world_page(name)


@blueprint.post("/<name>/fork")
def fork(name: str) -> ResponseReturnValue:
    """Make a new world that begins as this one is now."""
    form = ForkForm(prefix="fork-")
    made = submit(form, lambda: _worlds().fork(name, form.name.data or None))
    if made is None:
        return _world_page(name, fork=form)
    notice(_("World %(new)s was made from %(name)s.", new=made.name, name=name))
    return redirect(url_for(".show", name=made.name))


@blueprint.post("/<name>/snapshots")
def keep(name: str) -> ResponseReturnValue:
    """Store the current state."""
    form = SnapshotForm(prefix="snapshot-")
    label = form.label.data or ""
    if submit(form, _done(lambda: _worlds().snapshot(name, label))) is None:
        return _world_page(name, snapshot=form)
    notice(_("Snapshot %(label)s was taken.", label=label))
    return redirect(url_for(".show", name=name))


@blueprint.post("/<name>/snapshots/<label>/restore")
def restore(name: str, label: str) -> ResponseReturnValue:
    """Restore a snapshot."""
    form = SiteForm()
    if submit(form, lambda: _worlds().restore(name, label)) is None:
        return _world_page(name, button=form)
    notice(_("World %(name)s is as it was when snapshot %(label)s was taken.", name=name, label=label))
    return redirect(url_for(".show", name=name))


@blueprint.post("/<name>/clock/freeze")
def freeze(name: str) -> ResponseReturnValue:
    """Stop the clock."""
    return _set_frozen(name, _("The clock stands still."), frozen=True)


@blueprint.post("/<name>/clock/run")
def run(name: str) -> ResponseReturnValue:
    """Let the clock follow real time."""
    return _set_frozen(name, _("The clock is running."), frozen=False)


@blueprint.post("/<name>/clock/advance")
def advance(name: str) -> ResponseReturnValue:
    """Move the clock forward."""
    form = AdvanceForm(prefix="advance-")
    with register().worlds.using(name) as world:
        done = submit(form, lambda: jobs.advance(world, form.seconds))
    if done is None:
        return _world_page(name, advance=form)
    notice(_("The clock went forward. Jobs done on the way: %(number)d.", number=done))
    return redirect(url_for(".show", name=name))


@blueprint.route("/<name>/drop", methods=["GET", "POST"])
def drop(name: str) -> ResponseReturnValue:
    """Ask for a confirmation, and drop the world."""
    form = SiteForm()
    if submit(form, _done(lambda: _worlds().drop(name))) is None:
        return _world_page(name, button=form, dropping=True)
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


def _set_frozen(name: str, text: str, *, frozen: bool) -> ResponseReturnValue:
    with register().touch(name) as world:
        world.set_frozen(frozen)
    notice(text)
    return redirect(url_for(".show", name=name))


def _waiting(world: World) -> Page[jobs.Due]:
    """A page of the jobs that wait for their time."""
    total = jobs.count_waiting(world)
    number = nearest(asked("jobs"), total, SIZE)
    return Page(jobs.waiting(world, number * SIZE)[(number - 1) * SIZE :], number, total, "jobs")


def _world_page(
    name: str,
    *,
    fork: SiteForm | None = None,
    snapshot: SiteForm | None = None,
    advance: SiteForm | None = None,
    button: SiteForm | None = None,
    dropping: bool = False,
) -> ResponseReturnValue:
    """The page of one world. A refused form is shown as it was sent, with status 422."""
    refused = any(form is not None and form.refused for form in (fork, snapshot, advance, button))
    with register().touch(name) as world:
        page = render_template(
            "world.html",
            chosen=world,
            snapshots=_worlds().snapshots(name),
            waiting=_waiting(world),
            mailbox=register().mailbox(world),
            switches=switches_of(world),
            fork=fork or ForkForm(None, prefix="fork-"),
            snapshot=snapshot or SnapshotForm(None, prefix="snapshot-"),
            advance=advance or AdvanceForm(None, prefix="advance-"),
            button=button or SiteForm(None),
            dropping=dropping,
        )
    return page, 422 if refused else 200
