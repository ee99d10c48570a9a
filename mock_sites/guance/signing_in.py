"""Signing in to the console of a regional site."""

from mock_sites.guance.domain.tables import Account
from mock_sites.web import language
from mock_sites.web.context import uow
from mock_sites.web.signing_in import sign_in


def enter(account: Account, *, realm: str = "") -> None:
    """Sign in. Mails about the account's workspaces are in the language of these pages from now on."""
    account.language = language.current()
    sign_in(account.id, realm=realm)


def enter_by_id(account_id: str) -> None:
    """Sign in the account with this id."""
    enter(uow().session.get_one(Account, account_id))
