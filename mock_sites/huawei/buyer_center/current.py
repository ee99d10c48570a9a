"""The service and the enterprise that the pages of Partner Services are about. Without one, they lead to its set-up."""

from flask import abort, redirect, url_for

from mock_sites.huawei.domain import adoption
from mock_sites.huawei.domain.states import EnterpriseState
from mock_sites.huawei.domain.tables import Enterprise, Resource
from mock_sites.huawei.signed_in import account
from mock_sites.web.context import uow
from mock_sites.world.errors import Refusal


def service() -> Resource:
    """The service in use. Without one, redirects to the page that says so."""
    try:
        return adoption.current_service(uow(), account())
    except Refusal:
        abort(redirect(url_for("partner.onboarding")))


def enterprise() -> Enterprise:
    """The enterprise of the service in use. Without one, redirects to its set-up."""
    try:
        return adoption.current_enterprise(uow(), account())
    except Refusal:
        abort(redirect(url_for("partner.use")))


def ready_enterprise() -> Enterprise:
    """That enterprise, if it has been set up. Otherwise redirects to the progress of its set-up."""
    found = enterprise()
    if found.state is not EnterpriseState.READY:
        abort(redirect(url_for("partner.progress")))
    return found
