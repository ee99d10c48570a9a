"""The current visit from Huawei Cloud, and the pages for users without one."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, Final, ParamSpec

from flask import session
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from mock_sites.guance.domain import tenants, visits
from mock_sites.guance.domain.subscriptions import SUSPENDED
from mock_sites.guance.domain.tables import Visit
from mock_sites.web.context import uow
from mock_sites.web.forms import refusal_text
from mock_sites.web.refusals import refusal_page
from mock_sites.world.agreement import PRODUCT_PAGE
from mock_sites.world.errors import N_, Refusal

VISIT: Final = "visit"
"""The key in the browser's session for the id of the visit."""

VISITOR: Final = "visitor"
"""The key for whose visit it is."""

Rest = ParamSpec("Rest")


def on_visit(view: Callable[Concatenate[Visit, Rest], ResponseReturnValue]) -> Callable[Rest, ResponseReturnValue]:
    """Pass the visit of this browser to ``view``, if its subscription is open."""

    @wraps(view)
    def with_visit(*args: Rest.args, **kwargs: Rest.kwargs) -> ResponseReturnValue:
        visit = current_visit()
        if visit is None:
            return refused(Refusal(N_("Your visit from Huawei Cloud has ended.")))
        if tenants.is_suspended(uow(), visit.tenant_id):
            return suspended()
        try:
            visits.payer(uow(), visit)
        except Refusal as refusal:
            reason = refusal_text(refusal)
            return refusal_page("onboarding/closed.html", 409, visit=visit, product_page=PRODUCT_PAGE, reason=reason)
        return view(visit, *args, **kwargs)

    return with_visit


def current_visit() -> Visit | None:
    """The visit of this browser, if there is one."""
    return visits.find(uow(), session.get(VISIT, ""), session.get(VISITOR, ""))


def cookie_of(visit: Visit) -> dict[str, str]:
    """What the session cookie holds of a visit."""
    return {VISIT: visit.id, VISITOR: visits.visitor_of(visit)}


def refused(refusal: Refusal) -> ResponseReturnValue:
    """The page for a user who cannot be let in."""
    return refusal_page("onboarding/refused.html", 403, reason=refusal_text(refusal))


def suspended() -> ResponseReturnValue:
    """The page for members of an enterprise whose subscription is suspended."""
    return refusal_page("onboarding/suspended.html", 409, reason=_(SUSPENDED))
