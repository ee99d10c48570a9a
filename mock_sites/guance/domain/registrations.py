"""Registration in three steps (spec guance A): basic information, company information, subscription method.

The second step opens the console account; the third a workspace and the billing center account, together. Sending a
step again, from another tab or by the back button, never opens anything twice. Who stops in between, or has no
workspace left, goes on with the third step after signing in.
"""

import re
from dataclasses import dataclass
from typing import Final

from sqlalchemy import select

from mock_sites.guance.domain import accounts, bill_notices, billing_accounts, codes, subscriptions, workspaces
from mock_sites.guance.domain.sites import SITES, RegionalSite, offers_huawei
from mock_sites.guance.domain.tables import Account, BillingAccount, Registration, Visit, Workspace
from mock_sites.world import passwords
from mock_sites.world.book import Book
from mock_sites.world.errors import N_, Refusal

PURPOSE: Final = "registration"
"""What its verification codes are for."""

_ACCOUNT_ID: Final = re.compile(r"[0-9a-f]{32}")


@dataclass(frozen=True)
class Basics:
    """The first step's fields. ``password`` and ``code`` may be empty when the step is done again unchanged."""

    site: str
    username: str
    password: str
    email: str
    code: str
    phone: str


@dataclass(frozen=True)
class Company:
    """The second step's fields; all but the name are optional."""

    company: str
    industry: str
    region: str
    description: str
    contact: str


@dataclass(frozen=True)
class Activation:
    """The third step's fields. ``huawei_account_id`` is None when the billing center account is to settle."""

    workspace_name: str
    language: str
    huawei_account_id: str | None


def find(book: Book, registration_id: str | None) -> Registration | None:
    """The registration with this id."""
    return book.session.get(Registration, registration_id) if registration_id else None


def unfinished(book: Book, account: Account) -> Registration | None:
    """The registration that ``account`` came from, if it was interrupted before there was a workspace."""
    wanted = select(Registration).where(Registration.account_id == account.id, Registration.workspace_id.is_(None))
    return book.session.scalar(wanted)


def going_on(book: Book, account: Account) -> Registration:
    """The registration with whose third step ``account`` opens a workspace: the interrupted one, or a new one."""
    registration = unfinished(book, account)
    if registration is None:
        registration = Registration(
            id=book.letters("registration", 32),
            site=account.site,
            username=account.username,
            email=account.email,
            phone=account.phone,
            password_hash=account.password_hash,
            company=account.company,
            began_at=book.now,
            account_id=account.id,
        )
        book.session.add(registration)
    return registration


def site_of(registration: Registration) -> RegionalSite:
    """The site that was chosen in the first step."""
    return SITES[registration.site]


def fill_in_basics(book: Book, registration: Registration | None, basics: Basics, visit: Visit | None) -> Registration:
    """Keep the first step's fields.

    The code is asked for last but one: what is refused before leaves it valid, and only who can read the mail is told
    that the email has an account.

    Raises:
        Refusal: for the field that is not good.
    """
    password_hash = ""
    if basics.password or registration is None:
        passwords.check_policy(basics.password)
        password_hash = passwords.new_hash(book, basics.username, basics.password)
    if registration and registration.account_id:
        return registration
    if visit and not offers_huawei(SITES[basics.site]):
        raise Refusal(N_("Choose a site where a Huawei Cloud account can pay."), field="site")
    accounts.check_username(basics.username)
    _check_username_free(book, basics.username)
    if registration is None or basics.email.lower() != registration.email:
        codes.redeem(book, basics.email, PURPOSE, basics.code)
    if accounts.is_email_taken(book, SITES[basics.site], basics.email):
        raise Refusal(N_("This email has a Guance account at this site already. Sign in instead."), field="email")

    if registration is None:
        registration = Registration(id=book.letters("registration", 32), began_at=book.now)
    registration.password_hash = password_hash or registration.password_hash
    registration.visit_id = visit.id if visit else None
    registration.site, registration.username, registration.phone = basics.site, basics.username, basics.phone
    registration.email = basics.email.lower()
    book.session.add(registration)
    book.record("registration.basics", registration=registration.id, site=basics.site, username=basics.username)
    return registration


def fill_in_company(book: Book, registration: Registration, company: Company) -> Account:
    """Keep the second step's fields and open the console account (spec guance A.3).

    Raises:
        Refusal: the user name or the email was taken in the meantime.
    """
    if registration.account_id:
        return book.session.get_one(Account, registration.account_id)
    registration.company, registration.industry, registration.region = company.company, company.industry, company.region
    registration.description, registration.contact = company.description, company.contact
    _check_username_free(book, registration.username)
    account = accounts.create(
        book,
        site_of(registration),
        username=registration.username,
        email=registration.email,
        password_hash=registration.password_hash,
        phone=registration.phone,
        company=company.company,
    )
    registration.account_id = account.id
    return account


def activate(book: Book, registration: Registration, activation: Activation) -> Workspace:
    """Open the workspace, the billing center account, and the link to the Huawei Cloud account (S1, S2).

    Raises:
        Refusal: the Huawei Cloud account has no open subscription, or another field is not good.
    """
    if registration.workspace_id:
        return book.session.get_one(Workspace, registration.workspace_id)
    site = site_of(registration)
    payer = activation.huawei_account_id
    if payer is None and registration.visit_id:
        raise Refusal(N_("Who comes from Huawei Cloud settles by the Huawei Cloud account."))
    if payer is not None:
        _check_payer(book, site, payer)
    owner = book.session.get_one(Account, registration.account_id)
    billing_account = billing_accounts.of_owner(book, owner) or _open_billing_account(
        book, registration, activation.language
    )
    cloud_account = billing_accounts.link_cloud_account(book, billing_account, payer) if payer else None
    workspace = workspaces.create(
        book,
        site,
        name=activation.workspace_name,
        language=activation.language,
        owner=owner,
        billing_account=billing_account,
        cloud_account=cloud_account,
    )
    registration.workspace_id = workspace.id
    return workspace


def _open_billing_account(book: Book, registration: Registration, language: str) -> BillingAccount:
    account = billing_accounts.create(
        book,
        username=registration.username,
        email=registration.email,
        password_hash=registration.password_hash,
        company=registration.company,
        language=language,
    )
    bill_notices.begin(book, account)
    return account


def _check_username_free(book: Book, username: str) -> None:
    if billing_accounts.is_username_taken(book, username) or accounts.is_username_taken(book, username):
        raise Refusal(N_("This username is taken. Choose another one."), field="username")


def _check_payer(book: Book, site: RegionalSite, huawei_account_id: str) -> None:
    if not offers_huawei(site):
        raise Refusal(N_("Workspaces of this site cannot be settled by a Huawei Cloud account."))
    if not _ACCOUNT_ID.fullmatch(huawei_account_id):
        raise Refusal(
            N_(
                "A Huawei Cloud Account ID has 32 characters, 0 to 9 and a to f."
                " Copy it from My Credentials > API Credentials."
            ),
            field="huawei_account_id",
        )
    if subscriptions.is_suspended(book, huawei_account_id):
        raise Refusal(subscriptions.SUSPENDED, field="huawei_account_id")
    if not subscriptions.has_open(book, huawei_account_id):
        raise Refusal(
            N_(
                "This Huawei Cloud Account ID has no open subscription to Guance. Subscribe on the Huawei Cloud"
                " Marketplace first, or check the ID under My Credentials > API Credentials."
            ),
            field="huawei_account_id",
        )
