"""Members of a workspace: who may open it besides its owner, in which role, and invitations by mail (spec guance E).

The owner is not in the table of members. A member has an account at the site of the workspace.
"""

from datetime import timedelta
from typing import Final

from sqlalchemy import Select, select

from mock_sites.guance.domain import mails
from mock_sites.guance.domain.sites import SITES
from mock_sites.guance.domain.states import WorkspaceState
from mock_sites.guance.domain.storage import check_open
from mock_sites.guance.domain.tables import Account, Invitation, Member, Workspace
from mock_sites.world.errors import N_, Refusal
from mock_sites.world.rows import count_of
from mock_sites.world.unit_of_work import UnitOfWork

OWNER: Final = "owner"
ADMINISTRATOR: Final = "administrator"
STANDARD: Final = "standard"
READ_ONLY: Final = "read-only"

ROLES: Final = {
    READ_ONLY: N_("Read-only member"),
    STANDARD: N_("Standard member"),
    ADMINISTRATOR: N_("Administrator"),
    OWNER: N_("Owner"),
}
"""The roles, each with the rights of those before it."""

GIVEN: Final = {role: ROLES[role] for role in (ADMINISTRATOR, STANDARD, READ_ONLY)}
"""The roles that can be given."""

LIFETIME: Final = timedelta(days=7)
"""How long an invitation can be accepted."""

MOST: Final = 200
"""Members and open invitations of a workspace."""


def reaches(role: str, least: str) -> bool:
    """Whether a role has the rights of another one."""
    ranks = list(ROLES)
    return role in ROLES and ranks.index(role) >= ranks.index(least)


def role_of(uow: UnitOfWork, workspace: Workspace, account: Account) -> str:
    """The role of an account in a workspace. Empty if it has none."""
    if workspace.owner_id == account.id:
        return OWNER
    member = uow.session.get(Member, (workspace.id, account.id))
    return member.role if member else ""


def members_of(workspace: Workspace) -> Select[Member]:
    """The members of a workspace besides its owner, oldest first."""
    return select(Member).where(Member.workspace_id == workspace.id).order_by(Member.joined_at, Member.account_id)


def shared_with(account: Account) -> Select[Workspace]:
    """The workspaces of others that an account may open, without dissolved ones, those that it joined first."""
    wanted = select(Workspace).join(Member, Member.workspace_id == Workspace.id)
    mine = wanted.where(Member.account_id == account.id, Workspace.state != WorkspaceState.DISSOLVED)
    return mine.order_by(Member.joined_at, Workspace.id)


def invitations_of(uow: UnitOfWork, workspace: Workspace) -> Select[Invitation]:
    """The invitations of a workspace that can still be accepted, oldest first."""
    wanted = select(Invitation).where(Invitation.workspace_id == workspace.id, Invitation.until > uow.now)
    return wanted.order_by(Invitation.until, Invitation.id)


def invitations_for(uow: UnitOfWork, account: Account) -> Select[Invitation]:
    """The invitations that an account can accept, oldest first."""
    wanted = select(Invitation).join(Workspace).where(Invitation.email == account.email, Invitation.until > uow.now)
    return wanted.where(Workspace.site == account.site).order_by(Invitation.until, Invitation.id)


def invite(uow: UnitOfWork, workspace: Workspace, email: str, role: str) -> Invitation:
    """Invite somebody by mail. Inviting the same person again replaces the invitation before.

    Raises:
        Refusal: for ``email``: that person is in it; for ``role``; or because the workspace is locked or full.
    """
    check_open(workspace)
    _check_role(role)
    email = email.lower()
    there = uow.session.scalar(
        members_of(workspace).join(Account, Account.id == Member.account_id).where(Account.email == email)
    )
    if there or workspace.owner.email == email:
        raise Refusal(N_("This person is in the workspace already."), field="email")
    if count_of(uow, members_of(workspace)) + count_of(uow, invitations_of(uow, workspace)) >= MOST:
        raise Refusal(N_("A workspace has at most {number} members and invitations."), number=MOST)
    for before in uow.session.scalars(invitations_of(uow, workspace).where(Invitation.email == email)):
        uow.session.delete(before)
    invitation = Invitation(
        id=uow.random_text("invitation", 32), workspace=workspace, email=email, role=role, until=uow.now + LIFETIME
    )
    uow.session.add(invitation)
    uow.record("workspace.invited", workspace=workspace.id, email=email, role=role)
    _mail(uow, invitation)
    return invitation


def cancel(uow: UnitOfWork, invitation: Invitation) -> None:
    """Take an invitation back.

    Raises:
        Refusal: the workspace is locked.
    """
    check_open(invitation.workspace)
    uow.session.delete(invitation)
    uow.record("workspace.invitation-cancelled", workspace=invitation.workspace_id, email=invitation.email)


def accept(uow: UnitOfWork, invitation: Invitation, account: Account) -> Workspace:
    """Join the workspace of an invitation. ``account`` is that of its email.

    Raises:
        Refusal: the workspace is locked.
    """
    workspace = invitation.workspace
    check_open(workspace)
    uow.session.add(Member(workspace_id=workspace.id, account_id=account.id, role=invitation.role, joined_at=uow.now))
    uow.session.delete(invitation)
    uow.record("workspace.joined", workspace=workspace.id, account=account.id, role=invitation.role)
    return workspace


def change_role(uow: UnitOfWork, workspace: Workspace, member: Member, role: str) -> None:
    """Give a member another role.

    Raises:
        Refusal: for ``role``, or because the workspace is locked.
    """
    check_open(workspace)
    _check_role(role)
    member.role = role
    uow.record("workspace.role-changed", workspace=workspace.id, account=member.account_id, role=role)


def remove(uow: UnitOfWork, workspace: Workspace, member: Member) -> None:
    """Remove a member.

    Raises:
        Refusal: the workspace is locked.
    """
    check_open(workspace)
    uow.session.delete(member)
    uow.record("workspace.member-removed", workspace=workspace.id, account=member.account_id)


def _check_role(role: str) -> None:
    if role not in GIVEN:
        raise Refusal(N_("Choose one of the roles."), field="role")


def _mail(uow: UnitOfWork, invitation: Invitation) -> None:
    workspace, site = invitation.workspace, SITES[invitation.workspace.site]
    known = select(Account.language).where(Account.site == workspace.site, Account.email == invitation.email)
    language = uow.mail_language(*uow.session.scalars(known), workspace.owner.language, workspace.language)
    mail = mails.write(
        language,
        N_("Invitation to the Guance workspace {name}"),
        N_("{owner} invites you to the workspace {name}. Your role: {role}."),
        N_("Sign in with this email at {site} and accept within 7 days: {address}"),
        N_("If you have no account there, register first."),
        name=workspace.name,
        owner=workspace.owner.username,
        role=mails.in_language(language, ROLES[invitation.role]),
        site=mails.in_language(language, site.name),
        address=f"{site.console_url}workspaces",  # it lists an account's own invitations
    )
    mails.send(uow, invitation.email, mail)
