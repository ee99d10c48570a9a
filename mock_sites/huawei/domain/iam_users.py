"""IAM users: the users of a Huawei Cloud account, who sign in with its name, their own name and a password.

Names, quotas and who may sign in: Identity and Access Management > User Guide > IAM Users, and Notes and Constraints.
"""

from dataclasses import asdict, dataclass
from typing import Final

from sqlalchemy import Select, func, or_, select

from mock_sites.huawei.domain import access_keys, accounts
from mock_sites.huawei.domain.members import PHONE
from mock_sites.huawei.domain.tables import Account, IamAccess, IamUser
from mock_sites.world.errors import N_, Refusal
from mock_sites.world.fields import FieldRule
from mock_sites.world.passwords import check_policy, guessed, new_hash
from mock_sites.world.rows import count_of, have_text
from mock_sites.world.unit_of_work import UnitOfWork

REALM: Final = "iam-user"
"""The realm of their wrong passwords. They are signed in to the realm of accounts."""

MOST: Final = 50
"""The users that an account can have."""

LONGEST_NAME: Final = 64
LONGEST_DESCRIPTION: Final = 255

NAME: Final = FieldRule(
    r"[A-Za-z_.-][A-Za-z0-9 _.-]{0,63}",
    N_("Use up to 64 letters, digits, spaces, hyphens, underscores and periods, not beginning with a digit or space."),
)


@dataclass(frozen=True, kw_only=True)
class Details:
    """What an administrator fills in for a user, named as the columns and the form's fields."""

    name: str
    email: str
    phone: str
    description: str
    access: IamAccess


def account_id_of(subject: str) -> str:
    """The id of the account that is signed in, by itself or by one of its users."""
    return subject.partition("/")[0]


def user_id_of(subject: str) -> str:
    """The id of the IAM user who is signed in. Empty if it is the account itself."""
    return subject.partition("/")[2]


def user_of(uow: UnitOfWork, subject: str) -> IamUser | None:
    """The IAM user who is signed in. None if it is the account itself."""
    user_id = user_id_of(subject)
    return uow.session.get_one(IamUser, user_id) if user_id else None


def id_of(uow: UnitOfWork, account: Account, user: IamUser | None) -> str:
    """The IAM User ID of a user. The account itself has one too, as its root user (IAM, IAM Users, Overview)."""
    return user.id if user else uow.world.seed.random_text(f"huawei/root-user/{account.id}", 32)


def users_of(account: Account, search: str = "") -> Select[IamUser]:
    """The users of an account, the latest first. ``search`` filters by name or email."""
    mine = select(IamUser).where(IamUser.account_id == account.id)
    if search:
        mine = mine.where(have_text(search, IamUser.name, IamUser.email))
    return mine.order_by(IamUser.created_at.desc(), IamUser.id)


def find(uow: UnitOfWork, account: Account, user_id: str) -> IamUser | None:
    """The user with this id, if it is one of the account."""
    user = uow.session.get(IamUser, user_id)
    return user if user and user.account_id == account.id else None


def create(uow: UnitOfWork, account: Account, details: Details, *, password: str) -> IamUser:
    """Create a user, whose password the administrator chooses and passes on.

    Raises:
        Refusal: the quota is used up, a field is malformed, the name or the email is taken, or the password is too
            weak.
    """
    check_policy(password)
    password_hash = new_hash(uow, f"{details.name}@{account.name}", password)
    if count_of(uow, users_of(account)) >= MOST:
        raise Refusal(N_("An account can have {most} IAM users. Delete one that is not needed any more."), most=MOST)
    NAME.check(details.name, "name")
    if details.phone:
        PHONE.check(details.phone, "phone")
    if uow.session.scalars(_named(account, details.name)).first():
        raise Refusal(N_("The account has a user with this name already."), field="name")
    if details.email and uow.session.scalars(_named(account, details.email)).first():
        raise Refusal(N_("The account has a user with this email already."), field="email")
    user = add(uow, account, details, password_hash)
    uow.record("iam-user.created", account=account.name, user=user.name)
    return user


def add(uow: UnitOfWork, account: Account, details: Details, password_hash: str) -> IamUser:
    """Store a user whose details are known to be right."""
    user = IamUser(
        id=uow.random_text("iam-user", 32),
        account=account,
        created_at=uow.now,
        password_hash=password_hash,
        **asdict(details),
    )
    uow.session.add(user)
    return user


def authenticate(uow: UnitOfWork, account_name: str, name: str, password: str) -> IamUser:
    """The user with this name or email, of the account with this name, and this password.

    Raises:
        Refusal: the account or the user is unknown, the password is wrong, or there were too many wrong ones, all but
            the last with the same message; or the user has been disabled.
    """
    account = accounts.named(uow, account_name)
    found = list(uow.session.scalars(_named(account, name.strip()))) if account else []
    typed = f"{name.strip().lower()}@{account_name.strip().lower()}"
    user = guessed(uow, REALM, typed, password, found[:1])
    if user is None:
        raise Refusal(N_("The account name, the username or the password is incorrect."))
    if not user.enabled:
        raise Refusal(N_("This IAM user has been disabled. Ask the administrator of the account."))
    return user


def signed_in(uow: UnitOfWork, user: IamUser) -> None:
    """Note that a user has signed in."""
    user.last_sign_in_at = uow.now


def enable(uow: UnitOfWork, user: IamUser, *, enabled: bool) -> None:
    """Let a user sign in, or not any more. One who is disabled is signed out at once."""
    if user.enabled is enabled:
        return
    user.enabled = enabled
    if not enabled:
        accounts.end_sign_ins(uow, user.subject)
    uow.record("iam-user.enabled" if enabled else "iam-user.disabled", user=user.name)


def change(uow: UnitOfWork, user: IamUser, *, access: IamAccess, description: str) -> None:
    """Change what a user may do, and the description."""
    user.access, user.description = access, description
    uow.record("iam-user.changed", user=user.name, access=access)


def reset_password(uow: UnitOfWork, user: IamUser, password: str) -> None:
    """Give a user another password, and sign the user out.

    Raises:
        Refusal: it is too weak.
    """
    check_policy(password)
    user.password_hash = new_hash(uow, user.id, password)
    accounts.end_sign_ins(uow, user.subject)
    uow.record("iam-user.password-reset", user=user.name)


def delete(uow: UnitOfWork, user: IamUser) -> None:
    """Delete a user, who is signed out, with its access keys."""
    access_keys.remove_all(uow, user.id)
    accounts.end_sign_ins(uow, user.subject)
    uow.session.delete(user)
    uow.record("iam-user.deleted", user=user.name)


def _named(account: Account, name: str) -> Select[IamUser]:
    same = or_(func.lower(IamUser.name) == name.lower(), func.lower(IamUser.email) == name.lower())
    return select(IamUser).where(IamUser.account_id == account.id, same)
