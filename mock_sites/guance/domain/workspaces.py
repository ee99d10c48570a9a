"""Workspaces: owned by a console account of their site, paid for by a billing center account or its cloud account."""

from typing import Final

from sqlalchemy import case, func, select

from mock_sites.guance.domain.sites import RegionalSite
from mock_sites.guance.domain.tables import Account, BillingAccount, CloudAccount, Workspace
from mock_sites.world.book import Book
from mock_sites.world.errors import N_, Refusal

LANGUAGES: Final = {"zh": "中文", "en": "English"}
"""Workspace languages (spec guance C2), named in themselves."""

LONGEST_NAME: Final = 256

SETTLEMENTS: Final = {
    "huawei": N_("Huawei Cloud account"),
    "billing-center": N_("Billing Center account"),
    "": N_("None while the workspace is locked"),
}
"""What pages call who pays for a workspace, by ``Workspace.settled_by``."""


def create(
    book: Book,
    site: RegionalSite,
    *,
    name: str,
    language: str,
    owner: Account,
    billing_account: BillingAccount,
    cloud_account: CloudAccount | None,
) -> Workspace:
    """Open a workspace of the Commercial Plan at ``site``; ``cloud_account`` settles it if there is one.

    Raises:
        Refusal: for ``workspace_name`` or ``language``.
    """
    name = name.strip()
    if not 1 <= len(name) <= LONGEST_NAME:
        raise Refusal(N_("A workspace name has 1 to 256 characters."), field="workspace_name")
    if language not in LANGUAGES:
        raise Refusal(N_("Choose one of the languages."), field="language")
    workspace = Workspace(
        id=f"wksp_{book.letters('workspace', 32)}",
        name=name,
        site=site.code,
        plan="commercial",
        language=language,
        settlement="huawei" if cloud_account else "billing-center",
        token=f"tkn_{book.letters('token', 32)}",
        state="normal",
        created_at=book.now,
        owner=owner,
        billing_account=billing_account,
        cloud_account_id=cloud_account.id if cloud_account else None,
    )
    book.session.add(workspace)
    book.session.flush()
    book.record("workspace.created", workspace=workspace.id, site=site.code, name=name, settlement=workspace.settlement)
    return workspace


def next_attempt(book: Book, owner: Account) -> int:
    """The number that the owner's next workspace will carry."""
    return len(_opened_by(book, owner)) + 1


def create_further(
    book: Book,
    site: RegionalSite,
    *,
    attempt: int,
    name: str,
    language: str,
    owner: Account,
    billing_account: BillingAccount,
) -> Workspace:
    """Open a further workspace for its owner; sending the same attempt again brings the same workspace.

    Raises:
        Refusal: for ``workspace_name`` or ``language``.
    """
    opened = _opened_by(book, owner)
    sent_before = (one for one in opened if 0 < attempt <= len(opened) and one.name == name.strip())
    return next(sent_before, None) or create(
        book, site, name=name, language=language, owner=owner, billing_account=billing_account, cloud_account=None
    )


def owned_by(book: Book, account_id: str) -> list[Workspace]:
    """The workspaces of a console account, oldest first; dissolved ones are gone."""
    wanted = select(Workspace).where(Workspace.owner_id == account_id, Workspace.state != "dissolved")
    return list(book.session.scalars(wanted.order_by(Workspace.created_at, Workspace.id)))


def of_billing_account(book: Book, billing_account_id: str) -> list[Workspace]:
    """The workspaces that a billing center account manages, oldest first; dissolved ones are gone."""
    wanted = select(Workspace).where(Workspace.billing_account_id == billing_account_id, Workspace.state != "dissolved")
    return list(book.session.scalars(wanted.order_by(Workspace.created_at, Workspace.id)))


def settled_counts(book: Book, billing_account_id: str) -> dict[str, int]:
    """How many workspaces of an account are settled by whom.

    The keys: the IDs of cloud accounts, "billing-center", and an empty one for workspaces that are locked.
    """
    paying = func.coalesce(Workspace.cloud_account_id, "billing-center")
    payer = case((Workspace.state == "normal", paying), else_="")
    wanted = select(payer, func.count()).where(
        Workspace.billing_account_id == billing_account_id, Workspace.state != "dissolved"
    )
    return dict(book.session.execute(wanted.group_by(payer)).all())


def _opened_by(book: Book, owner: Account) -> list[Workspace]:
    """The workspaces that an account has opened, dissolved ones too, latest first."""
    wanted = select(Workspace).where(Workspace.owner_id == owner.id)
    return list(book.session.scalars(wanted.order_by(Workspace.created_at.desc(), Workspace.id)))
