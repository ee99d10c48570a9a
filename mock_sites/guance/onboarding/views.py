"""From unified login to the choice between registering and binding (S1, Step Three: Start Using Guance)."""

from flask import Blueprint, redirect, request, session, url_for
from flask.typing import ResponseReturnValue

from mock_sites.guance import signing_in
from mock_sites.guance.domain import applications, organizations, tenants, visits
from mock_sites.guance.domain.sites import SITES
from mock_sites.guance.domain.tables import Visit
from mock_sites.guance.onboarding.forms import ChoiceForm
from mock_sites.guance.onboarding.unified_login import redeem
from mock_sites.guance.onboarding.visiting import cookie_of, on_visit, refused, suspended
from mock_sites.web.context import local, uow, world
from mock_sites.web.forms import form_page, submit
from mock_sites.world.errors import N_, Refusal

blueprint = Blueprint("onboarding", __name__, url_prefix="/huaweicloud")


@blueprint.get("/login")
def hand_over() -> ResponseReturnValue:
    """The address to which unified login sends a member, with ``code`` and ``tenant`` (spec huawei 4.2)."""
    tenant_id, code = request.args.get("tenant", ""), request.args.get("code", "")
    with world().uow("guance") as reading:
        tenant = tenants.find(reading, tenant_id)
        if tenant is None:
            return refused(Refusal(N_("This enterprise is not known to Guance.")))
        if tenants.is_suspended(reading, tenant_id):
            return suspended()
        credentials = applications.credentials_of(reading, tenant)
    try:
        member = redeem(world(), tenant, credentials, code)
    except Refusal as refusal:
        return refused(refusal)
    if not organizations.may_sign_in(uow(write=True), tenant, member.user_name):
        return refused(Refusal(N_("Your enterprise has disabled you, or cancelled your authorization for Guance.")))

    visit = visits.begin(uow(), tenant, member)
    workspace = visits.linked_workspace(uow(), visit)
    if workspace is not None:
        site = SITES[workspace.site]
        signing_in.enter(workspace.owner, realm=site.realm)
        uow().record("visit.signed-in", workspace=workspace.id, member=f"{member.user_name}@{tenant.code}")
        return redirect(local(f"{site.console_url}workspace/{workspace.id}/"))
    session.update(cookie_of(visit))
    session.pop("registration", None)
    return redirect(url_for(".start"))


@blueprint.route("/start", methods=["GET", "POST"])
@on_visit
def start(visit: Visit) -> ResponseReturnValue:
    """The choice page for a member whose Huawei Cloud account is not linked yet."""
    form = ChoiceForm()
    choice = submit(form, lambda: form.account.data)
    if choice == "no":
        return redirect(url_for("registration.basics"))
    if choice == "existing":
        return redirect(url_for("binding.page"))
    return form_page("onboarding/start.html", form, visit=visit)
