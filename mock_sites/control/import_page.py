"""A world is made from a file that another server, or this one, has exported."""

from typing import cast

from flask import Blueprint, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from werkzeug.datastructures import FileStorage

from mock_sites.control.forms import ImportForm
from mock_sites.control.register import register
from mock_sites.web import uploads
from mock_sites.web.forms import form_page, submit
from mock_sites.web.messages import notice
from mock_sites.web.site import csrf
from mock_sites.world import world_files
from mock_sites.world.world import World

blueprint = Blueprint("imports", __name__, url_prefix="/import")


@csrf.exempt  # the token is in a body that may be longer than others: it is checked as soon as that may be read
@blueprint.route("", methods=["GET", "POST"])
def index() -> ResponseReturnValue:
    """The form, and what it is sent to."""
    if not uploads.may_be_read(world_files.LARGEST_FILE):
        form = ImportForm(None, prefix="import-")
        form.file.errors = [uploads.too_large(world_files.LARGEST_FILE)]
        return form_page("import.html", form)
    form = ImportForm(prefix="import-")
    made = submit(form, lambda: _make(form))
    if made is None:
        return form_page("import.html", form)
    notice(_("World %(name)s was made.", name=made.name))
    return redirect(url_for("worlds.show", name=made.name))


def _make(form: ImportForm) -> World:
    file = cast("FileStorage", form.file.data)  # there is one: the field is required
    return world_files.import_world(register().worlds, file.stream, form.name.as_name or None)
