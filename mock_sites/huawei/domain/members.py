"""Members of an enterprise: adding them and authorizing them for the application (S1, Add Members)."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Final

from sqlalchemy import Select, or_, select

from mock_sites.huawei.domain import departments, syncing
from mock_sites.huawei.domain.states import EnterpriseState
from mock_sites.huawei.domain.tables import Account, Enterprise, Member
from mock_sites.world.errors import N_, Refusal
from mock_sites.world.fields import FieldRule
from mock_sites.world.passwords import check_policy, new_hash
from mock_sites.world.rows import are_any
from mock_sites.world.unit_of_work import UnitOfWork

LONGEST_NAME: Final = 64
LONGEST_ACCOUNT: Final = 64

ACCOUNT: Final = FieldRule(
    r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}",
    N_("An account has up to 64 letters, digits, points, hyphens and underscores, beginning with no sign."),
)
PHONE: Final = FieldRule(r"\+?[0-9][0-9 -]{4,18}[0-9]", N_("Enter a phone number in digits."))


@dataclass(frozen=True, kw_only=True)
class Details:
    """The fields of a new member, named as the columns and the form's fields."""

    name: str
    department: str
    phone: str
    email: str
    account: str


def prefilled(uow: UnitOfWork, account: Account, enterprise: Enterprise) -> Details | None:
    """The prefilled fields of the first member: the buyer's own data (S1, Add Members, note 2)."""
    if are_any(uow, members_of(enterprise)):
        return None
    return Details(
        name=account.real_name,
        department=enterprise.name,
        phone=account.phone,
        email=account.email,
        account=account.name,
    )


def members_of(enterprise: Enterprise, text: str = "") -> Select[Member]:
    """The enterprise's members in the order they were added. ``text`` filters by name, department or account."""
    mine = select(Member).where(Member.enterprise_id == enterprise.id)
    if text:
        columns = (Member.name, Member.department, Member.account)
        mine = mine.where(or_(*(column.contains(text, autoescape=True) for column in columns)))
    return mine.order_by(Member.added_at, Member.account)


def authorized_of(enterprise: Enterprise) -> Select[Member]:
    """The members who may use the application, in the order they were added."""
    return members_of(enterprise).where(Member.authorized.is_(True))


def add(uow: UnitOfWork, enterprise: Enterprise, details: Details, *, password: str) -> Member:
    """Add a member with its initial password, which the administrator gives it outside of the site (S1, Add Members,
    note 3).

    Raises:
        Refusal: the enterprise is not ready, a field is malformed, the account is taken, or the password is too weak.
    """
    check_policy(password)
    password_hash = new_hash(uow, f"{details.account}@{enterprise.domain}", password)
    _check_ready(enterprise)
    if not (details.phone or details.email):
        raise Refusal(N_("Enter a phone number, an email address or both."), field="phone")
    if details.phone:
        PHONE.check(details.phone, "phone")
    ACCOUNT.check(details.account, "account")
    taken = select(Member).where(Member.enterprise_id == enterprise.id, Member.account == details.account)
    if uow.session.scalars(taken).first():
        raise Refusal(N_("This account exists in the enterprise already."), field="account")
    member = Member(
        id=uow.random_text("member", 32),
        enterprise=enterprise,
        password_hash=password_hash,
        added_at=uow.now,
        **asdict(details),
    )
    is_known = departments.is_known(uow, enterprise, details.department)
    uow.session.add(member)
    if not is_known:
        syncing.department_added(uow, enterprise, details.department)
    uow.record("member.added", enterprise=enterprise.domain, account=details.account)
    return member


def authorize(uow: UnitOfWork, enterprise: Enterprise, member_ids: Sequence[str], *, agreed: bool) -> list[Member]:
    """Authorize the selected members for the application (S1, Authorize Application Members).

    Raises:
        Refusal: no member is selected, a selected one does not exist, or the terms are not agreed to.
    """
    _check_ready(enterprise)
    if not member_ids:
        raise Refusal(N_("Pick at least one member."), field="members")
    picked = list(uow.session.scalars(members_of(enterprise).where(Member.id.in_(member_ids))))
    if len(picked) != len(set(member_ids)):
        raise Refusal(N_("Pick members of this enterprise only."), field="members")
    if not agreed:
        raise Refusal(N_("Agree to the terms before you confirm the authorization."), field="agreed")
    new = [member for member in picked if not member.authorized]
    for member in new:
        member.authorized = True
        uow.record("member.authorized", enterprise=enterprise.domain, account=member.account)
    syncing.authorized(uow, enterprise, new)
    return picked


def cancel_authorization(uow: UnitOfWork, enterprise: Enterprise, member_id: str) -> Member:
    """Revoke a member's authorization for the application. Repeating it changes nothing (spec huawei 1.6).

    Raises:
        Refusal: it is not a member of the enterprise.
    """
    member = uow.session.get(Member, member_id)
    if member is None or member.enterprise_id != enterprise.id:
        raise Refusal(N_("Pick members of this enterprise only."), field="members")
    if member.authorized:
        member.authorized = False
        uow.record("member.authorization-cancelled", enterprise=enterprise.domain, account=member.account)
        syncing.authorization_cancelled(uow, member)
    return member


def _check_ready(enterprise: Enterprise) -> None:
    """Check that the enterprise is set up, which all later steps need (S1, New Enterprise Setup, note 3)."""
    if enterprise.state is not EnterpriseState.READY:
        raise Refusal(N_("The enterprise is still being set up. This takes 1 to 3 minutes."))
