"""The password of the one who is signed in: the account itself, or one of its IAM users."""

from mock_sites.huawei.domain import accounts, iam_users
from mock_sites.huawei.domain.tables import Account, IamUser
from mock_sites.world.errors import N_, Refusal
from mock_sites.world.passwords import check_policy, guessed, new_hash
from mock_sites.world.unit_of_work import UnitOfWork


def check(uow: UnitOfWork, account: Account, user: IamUser | None, password: str, *, field: str) -> None:
    """Check that it is the password of who is signed in.

    Raises:
        Refusal: for ``field``: it is not, or there were too many wrong ones.
    """
    holder, realm = (user, iam_users.REALM) if user else (account, accounts.REALM)
    if guessed(uow, realm, holder.name, password, [holder], field=field) is None:
        raise Refusal(N_("This is not your password."), field=field)


def change(uow: UnitOfWork, account: Account, user: IamUser | None, *, current: str, new: str) -> None:
    """Replace the password, and sign its holder out everywhere.

    Raises:
        Refusal: for ``current`` or ``password``: the current one is wrong, or the new one is too weak or the same.
    """
    check_policy(new)
    if new == current:
        raise Refusal(N_("The new password must differ from the current one."), field="password")
    holder = user or account
    password_hash = new_hash(uow, holder.id, new)
    check(uow, account, user, current, field="current")
    holder.password_hash = password_hash
    accounts.end_sign_ins(uow, user.subject if user else account.id)
    uow.record("password.changed", account=account.name, user=holder.name)
