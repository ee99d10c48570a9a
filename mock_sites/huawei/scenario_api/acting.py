"""Who acts: the account whose sign-in the request names."""

from collections.abc import Generator
from contextlib import contextmanager
from typing import Final

from apiflask import abort
from flask import request

from mock_sites.huawei.domain import accounts, iam_users
from mock_sites.huawei.domain.tables import Account
from mock_sites.web import json_api
from mock_sites.web.context import world
from mock_sites.world import sign_ins
from mock_sites.world.sign_ins import SignIn
from mock_sites.world.unit_of_work import UnitOfWork

HEADER: Final = "X-Auth-Token"
"""The header with the token of a sign-in: the one that Huawei Cloud's own APIs use."""

SCHEME: Final = "SignIn"
"""The name of the security scheme in the OpenAPI document."""


def check_signed_in() -> None:
    """End the request with status 401 if its operation needs a sign-in and there is none. For ``before_request``."""
    if json_api.description().get("security"):
        with world().uow("huawei") as uow:
            sign_in_of(uow)


@contextmanager
def working() -> Generator[UnitOfWork]:
    """A unit of work that writes. Leaving the block commits."""
    with world().uow("huawei", write=True) as uow:
        uow.source = request.remote_addr or ""
        yield uow


@contextmanager
def acting() -> Generator[tuple[UnitOfWork, Account]]:
    """A unit of work that writes, and the account that is signed in. Without one the request ends with status 401."""
    with working() as uow:
        yield uow, account_of(uow)


@contextmanager
def reading() -> Generator[tuple[UnitOfWork, Account]]:
    """A unit of work that reads, and the account that is signed in, or the end of the request with status 401."""
    with world().uow("huawei") as uow:
        yield uow, account_of(uow)


def account_of(uow: UnitOfWork) -> Account:
    """The account that is signed in."""
    return uow.session.get_one(Account, iam_users.account_id_of(sign_in_of(uow).subject))


def sign_in_of(uow: UnitOfWork) -> SignIn:
    """The sign-in whose token the request has."""
    found = sign_ins.find(uow, accounts.REALM, request.headers.get(HEADER, ""))
    return found or abort(401, f"Sign in first, and send the token of the sign-in in the header {HEADER}.")
