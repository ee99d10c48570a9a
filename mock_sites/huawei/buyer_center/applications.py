"""Application management of Partner Services: a switch for each application (spec huawei 1.5)."""

from typing import Any

from flask import Blueprint, abort, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from mock_sites.huawei.buyer_center import current
from mock_sites.huawei.domain import applications
from mock_sites.huawei.domain.states import ResourceState
from mock_sites.huawei.domain.tables import Enterprise, Resource
from mock_sites.huawei.signed_in import login_required
from mock_sites.web.context import uow
from mock_sites.web.forms import SiteForm, done, form_page, reason_not_to, submit
from mock_sites.web.messages import alert, notice
from mock_sites.web.paging import page_of

blueprint = Blueprint("applications", __name__, url_prefix="/buyer/partner-services/applications")


@blueprint.get("/")
@login_required
def application_list() -> ResponseReturnValue:
    """The applications that the enterprise uses."""
    return render_template("buyer_center/applications.html", **_listed(current.ready_enterprise()))


@blueprint.post("/<opaque:instance_id>/start")
@login_required
def start(instance_id: str) -> ResponseReturnValue:
    """Start an application."""
    (enterprise, application), form = _found(instance_id), SiteForm()
    if submit(form, done(lambda: applications.start(uow(), enterprise, application))):
        notice(_("The application has been started. Its authorized members can log in."))
    else:
        alert(form.form_errors[0])
    return redirect(url_for(".application_list"))


@blueprint.route("/<opaque:instance_id>/stop", methods=["GET", "POST"])
@login_required
def stop(instance_id: str) -> ResponseReturnValue:
    """The question whether to stop an application, as a dialog over the list."""
    (enterprise, application), form = _found(instance_id), SiteForm()
    if submit(form, done(lambda: applications.stop(uow(), enterprise, application))):
        notice(_("The application has been stopped. Nobody can log in to it."))
        return redirect(url_for(".application_list"))
    why_not = reason_not_to(lambda: applications.check_in_use(application))
    values = _listed(enterprise) | {"to_stop": application, "why_not": why_not}
    return form_page("buyer_center/applications.html", form, **values)


def _found(instance_id: str) -> tuple[Enterprise, Resource]:
    """The enterprise and its application with this instance. Not found if it is another enterprise's."""
    enterprise = current.ready_enterprise()
    return enterprise, applications.find(uow(), enterprise, instance_id) or abort(404)


def _listed(enterprise: Enterprise) -> dict[str, Any]:
    found = page_of(uow(), applications.of_enterprise(enterprise))
    return {
        "applications": found,
        "in_use": ResourceState.IN_USE,
        "action_form": SiteForm(formdata=None),
        "to_stop": None,
    }
