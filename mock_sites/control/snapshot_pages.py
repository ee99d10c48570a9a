"""The snapshots of a world: they are taken, restored and deleted."""

from flask import Blueprint, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from mock_sites.control.forms import SnapshotForm
from mock_sites.control.register import register
from mock_sites.control.world_page import Question, show_world
from mock_sites.web import language
from mock_sites.web.forms import SiteForm, done, submit
from mock_sites.web.messages import notice

blueprint = Blueprint("snapshots", __name__, url_prefix="/worlds/<name>/snapshots")


@blueprint.post("")
def keep(name: str) -> ResponseReturnValue:
    """Store the current state under a label that no other snapshot has."""
    form = SnapshotForm(prefix="snapshot-")
    label = form.label.as_name
    if submit(form, done(lambda: register().worlds.snapshot(name, label, replace=False))) is None:
        return show_world(name, {"snapshot": form})
    notice(_("Snapshot %(label)s was taken.", label=label))
    return _back(name)


@blueprint.route("/<label>/restore", methods=["GET", "POST"])
def restore(name: str, label: str) -> ResponseReturnValue:
    """Ask for a confirmation, and restore the snapshot."""
    register().worlds.look_at_snapshot(name, label)
    form = SiteForm()
    if submit(form, lambda: register().worlds.restore(name, label)) is None:
        lost = [_("What has happened in the world since then is lost, unless another snapshot keeps it.")]
        with register().touch(name) as world:
            if world.recording:
                lost.append(_("The recording of this world is discarded."))
        question = Question(_("Restore snapshot %(label)s?", label=label), language.gap().join(lost), _("Restore"))
        return show_world(name, {"button": form}, question)
    notice(_("World %(name)s is as it was when snapshot %(label)s was taken.", name=name, label=label))
    return _back(name)


@blueprint.route("/<label>/delete", methods=["GET", "POST"])
def delete(name: str, label: str) -> ResponseReturnValue:
    """Ask for a confirmation, and delete the snapshot."""
    register().worlds.look_at_snapshot(name, label)
    form = SiteForm()
    if submit(form, done(lambda: register().worlds.drop_snapshot(name, label))) is None:
        question = Question(
            _("Delete snapshot %(label)s?", label=label),
            _("It is removed for good. The world stays as it is."),
            _("Delete"),
        )
        return show_world(name, {"button": form}, question)
    notice(_("Snapshot %(label)s was deleted.", label=label))
    return _back(name)


def _back(name: str) -> ResponseReturnValue:
    return redirect(url_for("worlds.show", name=name))
