"""Console accounts. Email and user name are unique at each site."""

from typing import Final

from sqlalchemy import or_, select

from mock_sites.guance.domain.sites import SITES, RegionalSite
from mock_sites.guance.domain.tables import Account
from mock_sites.world import passwords, sign_ins
from mock_sites.world.errors import N_, Refusal
from mock_sites.world.fields import FieldRule
from mock_sites.world.unit_of_work import UnitOfWork

USERNAME: Final = FieldRule(
    r"[A-Za-z0-9](?:[A-Za-z0-9_.-]{1,30}[A-Za-z0-9])",
    N_(
        "A username has 3 to 32 letters, digits, dots, hyphens or underscores,"
        " and begins and ends with a letter or digit."
    ),
)
"""A user name never looks like an email, because people can sign in with either."""

PHONE: Final = FieldRule(r"\+?(?:[0-9][ -]?){5,20}", N_("A phone number has 5 to 20 digits."))

_WRONG: Final = N_("The username, email or password is wrong.")


def is_username_taken(uow: UnitOfWork, username: str) -> bool:
    """Whether an account of any site has this user name."""
    return uow.session.scalar(select(Account.id).where(Account.username == username).limit(1)) is not None


def is_email_taken(uow: UnitOfWork, site: RegionalSite, email: str) -> bool:
    """Whether an account of ``site`` has this email."""
    return with_email(uow, site, email) is not None


def create(
    uow: UnitOfWork, site: RegionalSite, *, username: str, email: str, password_hash: str, phone: str, company: str
) -> Account:
    """Open a console account at ``site``.

    Raises:
        Refusal: for ``username`` or ``email``: an account of the site has it already.
    """
    if is_username_taken(uow, username):
        raise Refusal(N_("This username is taken. Choose another one."), field="username")
    if is_email_taken(uow, site, email):
        raise Refusal(N_("This email has a Guance account at this site already. Sign in instead."), field="email")
    account = Account(
        id=f"acnt_{uow.random_text('account', 32)}",
        site=site.code,
        email=email.lower(),
        username=username,
        password_hash=password_hash,
        phone=phone,
        company=company,
        created_at=uow.now,
    )
    uow.session.add(account)
    uow.session.flush()
    uow.record("account.created", account=account.id, site=site.code, email=account.email, username=username)
    return account


def check_password(uow: UnitOfWork, site: RegionalSite, name: str, password: str) -> Account:
    """The account of ``site`` with this ``name`` (user name or email) and ``password``.

    Raises:
        Refusal: there is no such account, the password is wrong, or there were too many wrong ones. Message and time
            are the same for all three.
    """
    found = by_name(uow, site, name)
    account = passwords.guessed(uow, site.realm, name, password, [found] if found else [])
    if account is None:
        raise Refusal(_WRONG)
    return account


def by_name(uow: UnitOfWork, site: RegionalSite, name: str) -> Account | None:
    """The account of ``site`` with this user name or email."""
    name = name.strip()
    named = or_(Account.email == name.lower(), Account.username == name)
    return uow.session.scalars(select(Account).where(Account.site == site.code, named)).first()


def signed_in(uow: UnitOfWork, account: Account) -> None:
    """An account has been signed in."""
    uow.record("account.signed-in", account=account.id, site=account.site)


def change_password(uow: UnitOfWork, account: Account, current: str, new: str) -> None:
    """Set a new password. This ends all sign-ins of the account. From then on no other account shares its password
    (S2).

    Raises:
        Refusal: for ``current``: it is wrong; for ``password``: it is too weak, or the same as before.
    """
    passwords.check_policy(new)
    password_hash = passwords.new_hash(uow, account.id, new)
    realm = SITES[account.site].realm
    if passwords.guessed(uow, realm, account.username, current, [account], field="current") is None:
        raise Refusal(N_("This is not your current password."), field="current")
    if new == current:
        raise Refusal(N_("The new password is the one you have. Choose another one."), field="password")
    set_password(uow, account, password_hash)


def set_password(uow: UnitOfWork, account: Account, password_hash: str) -> None:
    """Set a password, and end all sign-ins of the account."""
    account.password_hash = password_hash
    sign_ins.end_all(uow, SITES[account.site].realm, account.id)
    uow.record("account.password-changed", account=account.id, site=account.site)


def find(uow: UnitOfWork, account_id: str | None) -> Account | None:
    """The account with this id."""
    return uow.session.get(Account, account_id) if account_id else None


def with_email(uow: UnitOfWork, site: RegionalSite, email: str) -> Account | None:
    """The account of ``site`` with this email."""
    return uow.session.scalar(select(Account).where(Account.site == site.code, Account.email == email.lower()))
