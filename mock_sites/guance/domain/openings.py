"""Opening a workspace during binding, for a user with a Guance account or without (S1, Create New Workspace)."""

from dataclasses import dataclass
from typing import Final

from mock_sites.guance.domain import accounts, billing_accounts, bindings, codes, visits, workspaces
from mock_sites.guance.domain.sites import SITES
from mock_sites.guance.domain.tables import Account, BillingAccount, Visit, Workspace
from mock_sites.world import passwords
from mock_sites.world.errors import N_, Refusal
from mock_sites.world.unit_of_work import UnitOfWork

PURPOSE: Final = codes.Purpose.CREATE_WORKSPACE
"""The purpose of its verification codes."""


@dataclass(frozen=True)
class Opening:
    """The fields of both forms. ``email`` is the email of the Guance account that will own the workspace."""

    workspace_name: str
    language: str
    email: str
    code: str


@dataclass(frozen=True)
class NewOwner:
    """The additional fields for users without a Guance account. ``phone`` may be empty."""

    username: str
    password: str
    phone: str


def create(uow: UnitOfWork, visit: Visit, opening: Opening) -> Workspace:
    """Open a workspace for a Guance account of the visit's site, and bind it (S1, Have Guance Account).

    Raises:
        Refusal: for the field that is not valid. Only someone who can read the mail learns that the email has no
            account.
    """
    billing_account = _billing_account(uow, visit)
    codes.redeem(uow, opening.email, PURPOSE, opening.code)
    owner = accounts.with_email(uow, SITES[visit.site], opening.email)
    if owner is None:
        raise Refusal(
            N_(
                "This email belongs to no Guance account at this site ({code})."
                " Check it, or go to Create Workspace > No Guance Account."
            ),
            field="email",
            code=visit.site,
        )
    return _open(uow, visit, opening, owner, billing_account)


def register_and_create(uow: UnitOfWork, visit: Visit, opening: Opening, newcomer: NewOwner) -> Workspace:
    """Open a Guance account at the visit's site and a workspace for it, and bind that (S1, No Guance Account).

    User names are unique over both kinds of account, as in registration. The holder of the bound fee center account may
    use its name here too.

    Raises:
        Refusal: for the field that is not valid. Only someone who can read the mail learns that the email has an
            account.
    """
    accounts.USERNAME.check(newcomer.username, "username")
    if newcomer.phone:
        accounts.PHONE.check(newcomer.phone, "phone")
    passwords.check_policy(newcomer.password)
    password_hash = passwords.new_hash(uow, newcomer.username, newcomer.password)
    billing_account = _billing_account(uow, visit)
    namesake = billing_accounts.named(uow, newcomer.username)
    if namesake not in (None, billing_account) or accounts.is_username_taken(uow, newcomer.username):
        raise Refusal(N_("This username is taken. Choose another one."), field="username")
    codes.redeem(uow, opening.email, PURPOSE, opening.code)
    owner = accounts.create(
        uow,
        SITES[visit.site],
        username=newcomer.username,
        email=opening.email,
        password_hash=password_hash,
        phone=newcomer.phone,
        company=visit.enterprise,
    )
    return _open(uow, visit, opening, owner, billing_account)


def _billing_account(uow: UnitOfWork, visit: Visit) -> BillingAccount:
    visits.payer(uow, visit)
    account = bindings.account_of(uow, visit)
    if account is None:
        raise Refusal(N_("Bind a fee center account first."))
    return account


def _open(
    uow: UnitOfWork, visit: Visit, opening: Opening, owner: Account, billing_account: BillingAccount
) -> Workspace:
    workspace = workspaces.create(
        uow,
        SITES[visit.site],
        name=opening.workspace_name,
        language=opening.language,
        owner=owner,
        billing_account=billing_account,
        cloud_account=None,
    )
    bindings.bind_workspace(uow, visit, workspace)
    return workspace
