"""Members of an enterprise: adding them and authorizing them for the application (S1, Add Members)."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Final

from sqlalchemy import Select, or_, select
from sqlalchemy.orm import joinedload

from mock_sites.huawei.domain import automatic, departments
from mock_sites.huawei.domain.states import EnterpriseState, MemberState
from mock_sites.huawei.domain.tables import Account, Department, Enterprise, Member
from mock_sites.world.errors import N_, Refusal
from mock_sites.world.fields import FieldRule
from mock_sites.world.passwords import check_policy, new_hash
from mock_sites.world.rows import are_any, have_text
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


def members_of(
    enterprise: Enterprise,
    text: str = "",
    department: Department | None = None,
    state: MemberState = MemberState.ACTIVE,
) -> Select[Member]:
    """The enterprise's members in the order they were added, or those of a department without those below it.

    ``text`` filters by name, department or account.
    """
    mine = select(Member).where(Member.enterprise_id == enterprise.id, Member.state == state)
    mine = mine.options(joinedload(Member.department))
    if department:
        mine = mine.where(Member.department_code == department.code)
    if text:
        in_departments = departments.departments_of(enterprise, text).with_only_columns(Department.code).order_by(None)
        in_department = Member.department_code.in_(in_departments)
        mine = mine.where(or_(have_text(text, Member.name, Member.account), in_department))
    return mine.order_by(Member.added_at, Member.in_order)


def find(uow: UnitOfWork, enterprise: Enterprise, member_id: str) -> Member | None:
    """The member with this id, if it is one of the enterprise and not deleted."""
    found = uow.session.get(Member, member_id)
    return found if found and found.enterprise_id == enterprise.id and found.state is not MemberState.DELETED else None


def with_account(uow: UnitOfWork, enterprise: Enterprise, account: str) -> Member:
    """The active member with this account, with or without ``@`` and the domain.

    Raises:
        Refusal: for ``account``: there is none.
    """
    wanted = members_of(enterprise).where(Member.account == account.partition("@")[0])
    member = uow.session.scalars(wanted).first()
    if member is None or account not in {member.account, member.login_name}:
        raise Refusal(N_("No active member of the enterprise has this account."), field="account")
    return member


def authorized_of(enterprise: Enterprise) -> Select[Member]:
    """The members who may use the application, in the order they were added."""
    return members_of(enterprise).where(Member.authorized.is_(True))


def add(uow: UnitOfWork, enterprise: Enterprise, details: Details, *, password: str) -> Member:
    """Add a member with its initial password, which the administrator gives it outside of the site (S1, Add Members,
    note 3).

    Raises:
        Refusal: the enterprise is not ready, a field is malformed, the account is taken, or the password is too weak.
    """
    return add_hashed(uow, enterprise, details, password_hash=initial_hash(uow, enterprise, details.account, password))


def initial_hash(uow: UnitOfWork, enterprise: Enterprise, account: str, password: str) -> str:
    """The hash of an initial password. Call this before anything is changed.

    Raises:
        Refusal: the password is too weak.
    """
    check_policy(password)
    return new_hash(uow, f"{account}@{enterprise.domain}", password)


def add_hashed(uow: UnitOfWork, enterprise: Enterprise, details: Details, *, password_hash: str) -> Member:
    """Add a member whose initial password was hashed. A refusal changes nothing.

    Raises:
        Refusal: the enterprise is not ready, a field is malformed, or the account is taken.
    """
    check_ready(enterprise)
    check_contact(details.phone, details.email)
    ACCOUNT.check(details.account, "account")
    taken = select(Member).where(Member.enterprise_id == enterprise.id, Member.account == details.account)
    if are_any(uow, taken.where(Member.state != MemberState.DELETED)):
        raise Refusal(N_("This account exists in the enterprise already."), field="account")
    member = Member(
        id=uow.random_text("member", 32),
        enterprise=enterprise,
        password_hash=password_hash,
        added_at=uow.now,
        **asdict(details) | {"department": departments.of_member(uow, enterprise, details.department)},
    )
    uow.session.add(member)
    uow.session.flush()
    uow.record("member.added", enterprise=enterprise.domain, account=details.account)
    automatic.refresh(uow, enterprise)
    return member


def check_contact(phone: str, email: str) -> None:
    """Check that a member can be reached.

    Raises:
        Refusal: for the phone number: there is neither that nor an email address, or it is malformed.
    """
    if not (phone or email):
        raise Refusal(N_("Enter a phone number, an email address or both."), field="phone")
    if phone:
        PHONE.check(phone, "phone")


def authorize(uow: UnitOfWork, enterprise: Enterprise, member_ids: Sequence[str], *, agreed: bool) -> list[Member]:
    """Authorize the selected members for the application (S1, Authorize Application Members).

    Raises:
        Refusal: no member is selected, a selected one does not exist, or the terms are not agreed to.
    """
    check_ready(enterprise)
    if not member_ids:
        raise Refusal(N_("Pick at least one member."), field="members")
    picked = list(uow.session.scalars(members_of(enterprise).where(Member.id.in_(member_ids))))
    if len(picked) != len(set(member_ids)):
        raise Refusal(N_("Pick members of this enterprise only."), field="members")
    if not agreed:
        raise Refusal(N_("Agree to the terms before you confirm the authorization."), field="agreed")
    for member in picked:
        member.authorized_by_hand = True
    uow.session.flush()
    automatic.refresh(uow, enterprise)
    return picked


def cancel_authorization(uow: UnitOfWork, enterprise: Enterprise, member_id: str) -> Member:
    """Revoke a member's authorization for the application. Repeating it changes nothing (spec huawei 1.6).

    Raises:
        Refusal: it is not a member of the enterprise, or is authorized automatically too.
    """
    member = find(uow, enterprise, member_id)
    if member is None:
        raise Refusal(N_("Pick members of this enterprise only."), field="members")
    automatic.check_only_by_hand(uow, member)
    member.authorized_by_hand = False
    uow.session.flush()
    automatic.refresh(uow, enterprise)
    return member


def check_ready(enterprise: Enterprise) -> None:
    """Check that the enterprise is set up, which all later steps need (S1, New Enterprise Setup, note 3).

    Raises:
        Refusal: it is not.
    """
    if enterprise.state is not EnterpriseState.READY:
        raise Refusal(N_("The enterprise is still being set up. This takes 1 to 3 minutes."))
