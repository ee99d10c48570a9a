"""The account that is signed in to Huawei Cloud, for views and pages."""

from flask import Flask

from mock_sites.huawei.domain import accounts
from mock_sites.huawei.domain.tables import Account
from mock_sites.web.context import uow
from mock_sites.web.signing_in import login_required, set_up_sign_in, signed_in_subject

DOMAIN = "huaweicloud.com"
SIGN_IN_PAGE = "https://auth.huaweicloud.com/authui/login"

__all__ = ["account", "login_required", "set_up", "signed_in"]


def set_up(app: Flask) -> None:
    """Let Huawei Cloud accounts sign in to the site, and show the signed-in account."""
    set_up_sign_in(app, realm=accounts.REALM, page=SIGN_IN_PAGE)
    app.context_processor(lambda: {"signed_in": signed_in()})


def signed_in() -> Account | None:
    """The account that is signed in, if any."""
    subject = signed_in_subject()
    return uow().session.get(Account, subject) if subject else None


def account() -> Account:
    """The account that is signed in. Only for views with ``login_required``."""
    return uow().session.get_one(Account, signed_in_subject())
