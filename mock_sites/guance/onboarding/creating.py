"""Creating a workspace during binding, with a Guance account or without (S1, Create New Workspace)."""

from typing import Final

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from mock_sites.guance import code_answers
from mock_sites.guance.domain import bindings, codes, openings
from mock_sites.guance.domain.openings import NewOwner, Opening
from mock_sites.guance.domain.sites import SITES
from mock_sites.guance.domain.tables import Visit, Workspace
from mock_sites.guance.onboarding.forms import CreateForm, RegisterAndCreateForm
from mock_sites.guance.onboarding.mails import workspace_code
from mock_sites.guance.onboarding.visiting import on_visit
from mock_sites.web import language
from mock_sites.web.context import uow
from mock_sites.web.forms import submit
from mock_sites.web.messages import notice

blueprint = Blueprint("creating", __name__, url_prefix="/huaweicloud/bind/create")

FORMS: Final = {"have-account": CreateForm, "no-account": RegisterAndCreateForm}
"""The form of each branch."""

BRANCH: Final = "/<any('have-account', 'no-account'):branch>"


@blueprint.get("")
@on_visit
def choose(visit: Visit) -> ResponseReturnValue:
    """The choice between the two branches."""
    if bindings.account_of(uow(), visit) is None:
        return redirect(url_for("binding.page"))
    return render_template("onboarding/create.html", visit=visit, site=SITES[visit.site])


@blueprint.route(BRANCH, methods=["GET", "POST"])
@on_visit
def create(visit: Visit, branch: str) -> ResponseReturnValue:
    """The form of a branch."""
    if bindings.account_of(uow(), visit) is None:
        return redirect(url_for("binding.page"))
    form = FORMS[branch](language=language.current())
    workspace = submit(form, lambda: _create(visit, form))
    if workspace is None:
        return _page(visit, branch, form), 422 if form.refused else 200
    notice(_("The workspace %(name)s has been created and is bound.", name=workspace.name))
    return redirect(url_for("binding.page"))


@blueprint.post(f"{BRANCH}/code")
@on_visit
def send_code(visit: Visit, branch: str) -> ResponseReturnValue:
    """Mail a code to the email of the future owner. The answer does not reveal whether it has a Guance account."""
    form = FORMS[branch]()
    return code_answers.answer(
        form,
        form.email,
        lambda email: codes.send(uow(), email, openings.PURPOSE, workspace_code),
        _("We have sent a code to %(email)s. It is valid for 5 minutes.", email=form.email.data),
        lambda: _page(visit, branch, form),
    )


@blueprint.get(f"{BRANCH}/code")
def after_code(branch: str) -> ResponseReturnValue:
    """Where a change of the language leads from the page that ``send_code`` returns."""
    return redirect(url_for(".create", branch=branch))


def _create(visit: Visit, form: CreateForm | RegisterAndCreateForm) -> Workspace:
    opening = Opening(
        workspace_name=form.workspace_name.data or "",
        language=form.language.data or "",
        email=form.email.data or "",
        code=form.code.data or "",
    )
    if isinstance(form, CreateForm):
        return openings.create(uow(), visit, opening)
    newcomer = NewOwner(form.username.data or "", form.password.data or "", form.phone.data or "")
    return openings.register_and_create(uow(), visit, opening, newcomer)


def _page(visit: Visit, branch: str, form: CreateForm | RegisterAndCreateForm) -> str:
    return render_template("onboarding/create_form.html", visit=visit, branch=branch, form=form, site=SITES[visit.site])
