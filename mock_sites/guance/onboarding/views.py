"""From unified login to the choice between registering and binding (S1, Step Three: Start Using Guance)."""

from flask import Blueprint, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from wtforms import RadioField
from wtforms.validators import AnyOf, InputRequired

from mock_sites.guance.domain import tenants, visits
from mock_sites.guance.domain.sites import SITES
from mock_sites.guance.domain.tables import Visit
from mock_sites.guance.onboarding.unified_login import redeem
from mock_sites.web.context import book, local, world
from mock_sites.web.forms import SiteForm, attempt, form_page, options, refusal_text
from mock_sites.web.signing_in import sign_in
from mock_sites.web.texts import lazy as _l
from mock_sites.world.errors import N_, Refusal

blueprint = Blueprint("onboarding", __name__, url_prefix="/huaweicloud")

NO_VISIT = Refusal(N_("Your visit from Huawei Cloud has ended."))

VISIT = "visit"
"""Where the browser's session keeps the id of the visit."""


class ChoiceForm(SiteForm):
    """Whether there is a fee center account."""

    account = RadioField(
        _l("Do you have a fee center account?"),
        choices=options({"no": _l("No Fee Center Account"), "existing": _l("Existing Fee Center Account")}),
        validators=[InputRequired(_l("Choose one of the two.")), AnyOf(["no", "existing"])],
        validate_choice=False,
    )


def current_visit() -> Visit | None:
    """The visit that this browser is on."""
    return visits.find(book(), session.get(VISIT))


@blueprint.get("/login")
def hand_over() -> ResponseReturnValue:
    """Where unified login sends a member, with ``code`` and ``tenant`` (spec huawei 4.2)."""
    tenant_id, code = request.args.get("tenant", ""), request.args.get("code", "")
    with world().book("guance") as reading:
        tenant = tenants.find(reading, tenant_id)
    if tenant is None:
        return _refused(Refusal(N_("This enterprise is not known to Guance.")))
    try:
        member = redeem(world(), tenant.domain_name, tenant_id, code)
    except Refusal as refusal:
        return _refused(refusal)

    visit = visits.begin(book(write=True), tenant, member)
    workspace = visits.linked_workspace(book(), visit)
    if workspace is not None:
        site = SITES[workspace.site]
        sign_in(workspace.owner_id, realm=site.realm)
        book().record("visit.signed-in", workspace=workspace.id, member=f"{member.user_name}@{tenant.code}")
        return redirect(local(f"{site.console_url}workspace/{workspace.id}/"))
    session[VISIT] = visit.id
    session.pop("registration", None)
    return redirect(url_for(".start"))


@blueprint.route("/start", methods=["GET", "POST"])
def start() -> ResponseReturnValue:
    """The choice page for a member whose Huawei Cloud account is not linked yet."""
    visit = current_visit()
    if visit is None:
        return _refused(NO_VISIT)
    form = ChoiceForm()
    choice = attempt(form, lambda: form.account.data)
    if choice == "no":
        return redirect(url_for("registration.basics"))
    if choice == "existing":
        return redirect(url_for(".bind"))
    return form_page("onboarding/start.html", form, visit=visit)


@blueprint.get("/bind")
def bind() -> ResponseReturnValue:
    """What somebody does who has a fee center account."""
    visit = current_visit()
    if visit is None:
        return _refused(NO_VISIT)
    return render_template("onboarding/bind.html", visit=visit)


def _refused(refusal: Refusal) -> ResponseReturnValue:
    return render_template("onboarding/refused.html", reason=refusal_text(refusal)), 403
