"""Registration in three steps (spec guance A): basic information, company information, subscription method.

The second step opens the console account. The third step opens a workspace and the billing center account together.
Sending a step again, from another tab or with the back button, opens nothing twice. A user who stopped after the second
step, or has no workspace left, continues with the third step after signing in.
"""

from dataclasses import dataclass
from typing import Final

from sqlalchemy import select

from mock_sites.guance.domain import accounts, bill_notices, billing_accounts, codes, subscriptions, workspaces
from mock_sites.guance.domain.sites import SITES, RegionalSite, offers_huawei
from mock_sites.guance.domain.tables import Account, BillingAccount, Registration, Visit, Workspace
from mock_sites.world import passwords
from mock_sites.world.errors import N_, Refusal
from mock_sites.world.unit_of_work import UnitOfWork

PURPOSE: Final = codes.Purpose.REGISTRATION
"""The purpose of its verification codes."""


@dataclass(frozen=True)
class Basics:
    """The first step's fields. ``password`` and ``code`` may be empty when the step is repeated unchanged."""

    site: str
    username: str
    password: str
    email: str
    code: str
    phone: str


@dataclass(frozen=True)
class CompanyDetails:
    """The second step's fields; all but the name are optional."""

    company: str
    industry: str
    region: str
    description: str
    contact: str


@dataclass(frozen=True)
class Activation:
    """The third step's fields. ``huawei_account_id`` is None if the billing center account is to pay."""

    workspace_name: str
    language: str
    huawei_account_id: str | None


def find(uow: UnitOfWork, registration_id: str | None) -> Registration | None:
    """The registration with this id."""
    return uow.session.get(Registration, registration_id) if registration_id else None


def unfinished(uow: UnitOfWork, account: Account) -> Registration | None:
    """The registration of ``account``, if it was interrupted before a workspace was opened."""
    wanted = select(Registration).where(Registration.account_id == account.id, Registration.workspace_id.is_(None))
    return uow.session.scalar(wanted)


def going_on(uow: UnitOfWork, account: Account) -> Registration:
    """The registration whose third step opens a workspace for ``account``: the interrupted one, or a new one."""
    registration = unfinished(uow, account)
    if registration is None:
        registration = Registration(
            id=uow.random_text("registration", 32),
            site=account.site,
            username=account.username,
            email=account.email,
            phone=account.phone,
            password_hash=account.password_hash,
            company=account.company,
            began_at=uow.now,
            account_id=account.id,
        )
        uow.session.add(registration)
    return registration


def site_of(registration: Registration) -> RegionalSite:
    """The site that was chosen in the first step."""
    return SITES[registration.site]


def fill_in_basics(
    uow: UnitOfWork, registration: Registration | None, basics: Basics, visit: Visit | None
) -> Registration:
    """Store the first step's fields.

    The code is checked last but one. So a refusal before it does not use up the code, and only someone who can read the
    mail learns that the email has an account.

    Raises:
        Refusal: for the field that is not valid.
    """
    password_hash = ""
    if basics.password or registration is None:
        passwords.check_policy(basics.password)
        password_hash = passwords.new_hash(uow, basics.username, basics.password)
    if registration and registration.account_id:
        return registration
    if visit and not offers_huawei(SITES[basics.site]):
        raise Refusal(N_("Choose a site where a Huawei Cloud account can pay."), field="site")
    accounts.USERNAME.check(basics.username, "username")
    if basics.phone:
        accounts.PHONE.check(basics.phone, "phone")
    _check_username_free(uow, basics.username)
    if registration is None or basics.email.lower() != registration.email:
        codes.redeem(uow, basics.email, PURPOSE, basics.code)
    if accounts.is_email_taken(uow, SITES[basics.site], basics.email):
        raise Refusal(N_("This email has a Guance account at this site already. Sign in instead."), field="email")

    if registration is None:
        registration = Registration(id=uow.random_text("registration", 32), began_at=uow.now)
    registration.password_hash = password_hash or registration.password_hash
    registration.visit_id = visit.id if visit else None
    registration.site, registration.username, registration.phone = basics.site, basics.username, basics.phone
    registration.email = basics.email.lower()
    uow.session.add(registration)
    uow.record("registration.basics", registration=registration.id, site=basics.site, username=basics.username)
    return registration


def fill_in_company(uow: UnitOfWork, registration: Registration, company: CompanyDetails) -> Account:
    """Store the second step's fields and open the console account (spec guance A.3).

    Raises:
        Refusal: the user name or the email was taken in the meantime.
    """
    if registration.account_id:
        return uow.session.get_one(Account, registration.account_id)
    registration.company, registration.industry, registration.region = company.company, company.industry, company.region
    registration.description, registration.contact = company.description, company.contact
    _check_username_free(uow, registration.username)
    account = accounts.create(
        uow,
        site_of(registration),
        username=registration.username,
        email=registration.email,
        password_hash=registration.password_hash,
        phone=registration.phone,
        company=company.company,
    )
    registration.account_id = account.id
    return account


def activate(uow: UnitOfWork, registration: Registration, activation: Activation) -> Workspace:
    """Open the workspace, the billing center account, and the link to the Huawei Cloud account (S1, S2).

    Raises:
        Refusal: the Huawei Cloud account has no open subscription, or another field is not valid.
    """
    if registration.workspace_id:
        return uow.session.get_one(Workspace, registration.workspace_id)
    site = site_of(registration)
    payer = activation.huawei_account_id
    if payer is None and registration.visit_id:
        raise Refusal(N_("Who comes from Huawei Cloud settles by the Huawei Cloud account."))
    if payer is not None:
        _check_payer(uow, site, payer)
    owner = uow.session.get_one(Account, registration.account_id)
    billing_account = billing_accounts.of_owner(uow, owner) or _open_billing_account(
        uow, registration, activation.language
    )
    cloud_account = billing_accounts.link_cloud_account(uow, billing_account, payer) if payer else None
    workspace = workspaces.create(
        uow,
        site,
        name=activation.workspace_name,
        language=activation.language,
        owner=owner,
        billing_account=billing_account,
        cloud_account=cloud_account,
    )
    registration.workspace_id = workspace.id
    return workspace


def _open_billing_account(uow: UnitOfWork, registration: Registration, language: str) -> BillingAccount:
    account = billing_accounts.create(
        uow,
        username=registration.username,
        email=registration.email,
        password_hash=registration.password_hash,
        company=registration.company,
        language=language,
    )
    bill_notices.begin(uow, account)
    return account


def _check_username_free(uow: UnitOfWork, username: str) -> None:
    if billing_accounts.is_username_taken(uow, username) or accounts.is_username_taken(uow, username):
        raise Refusal(N_("This username is taken. Choose another one."), field="username")


def _check_payer(uow: UnitOfWork, site: RegionalSite, huawei_account_id: str) -> None:
    if not offers_huawei(site):
        raise Refusal(N_("Workspaces of this site cannot be settled by a Huawei Cloud account."))
    subscriptions.HUAWEI_ACCOUNT_ID.check(huawei_account_id, "huawei_account_id")
    if subscriptions.is_suspended(uow, huawei_account_id):
        raise Refusal(subscriptions.SUSPENDED, field="huawei_account_id")
    if not subscriptions.has_open(uow, huawei_account_id):
        raise Refusal(
            N_(
                "This Huawei Cloud Account ID has no open subscription to Guance. Subscribe on the Huawei Cloud"
                " Marketplace first, or check the ID under My Credentials > API Credentials."
            ),
            field="huawei_account_id",
        )
