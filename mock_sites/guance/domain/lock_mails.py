"""The mails about a lock, to the owner and the billing center account, each in its own language (spec guance C.7).

They get one mail if they have the same address.
"""

from collections.abc import Callable
from datetime import datetime
from typing import Final

from mock_sites.guance.domain import mails
from mock_sites.guance.domain.codes import MailText
from mock_sites.guance.domain.sites import SITES
from mock_sites.guance.domain.tables import Workspace
from mock_sites.world.clock import BEIJING
from mock_sites.world.errors import N_
from mock_sites.world.unit_of_work import UnitOfWork

LOCKED: Final = N_("Your Guance workspace {name} has been locked")
UNTIL_THEN: Final = N_(
    "Until {until} (Beijing time), that is for 14 days, you can still view its history, unlock it or"
    " dissolve it. Then it is locked for good and its data is cleared."
)
HOW: Final = N_(
    "To unlock it, sign in to the workspace and click Unlock Now, or go to Workspace Management in the"
    " Billing Center. It is then settled by the Billing Center account {username}."
)


def mail_closed(uow: UnitOfWork, workspace: Workspace, huawei_account_id: str, until: datetime) -> None:
    """The mail after its Huawei Cloud account closed the subscription and is no longer linked to it."""
    why = N_(
        "The workspace {name} ({workspace}) at {site} has been locked, because the subscription to Guance of"
        " the Huawei Cloud account {huawei_account} was closed. The cloud account is no longer linked to it."
    )
    _mail(uow, workspace, _mail_text(workspace, until, LOCKED, why, UNTIL_THEN, HOW, huawei_account=huawei_account_id))


def mail_suspended(uow: UnitOfWork, workspace: Workspace, huawei_account_id: str, until: datetime) -> None:
    """The mail after the subscription of its Huawei Cloud account expired or was frozen."""
    why = N_(
        "The workspace {name} ({workspace}) at {site} has been locked, because the subscription to Guance of"
        " the Huawei Cloud account {huawei_account} has expired or was frozen. Once it is renewed, the workspace is"
        " unlocked by itself."
    )
    _mail(uow, workspace, _mail_text(workspace, until, LOCKED, why, UNTIL_THEN, HOW, huawei_account=huawei_account_id))


def remind(uow: UnitOfWork, workspace: Workspace, until: datetime) -> None:
    """The mail shortly before the lock ends."""
    subject = N_("Your Guance workspace {name} is locked for good on {day}")
    left = N_(
        "The workspace {name} ({workspace}) at {site} is locked. On {until} (Beijing time) it is locked for good"
        " and its data is cleared."
    )
    _mail(uow, workspace, _mail_text(workspace, until, subject, left, HOW))


def _mail_text(
    workspace: Workspace, until: datetime, subject: str, *paragraphs: str, **details: str
) -> Callable[[str], MailText]:
    """A mail about a workspace. It takes the language."""

    def write(language: str) -> MailText:
        return mails.write(
            language,
            subject,
            *paragraphs,
            name=workspace.name,
            workspace=workspace.id,
            site=mails.in_language(language, SITES[workspace.site].name),
            until=f"{until + BEIJING:%Y-%m-%d %H:%M}",
            day=f"{until + BEIJING:%Y-%m-%d}",
            username=workspace.billing_account.username,
            **details,
        )

    return write


def _mail(uow: UnitOfWork, workspace: Workspace, write: Callable[[str], MailText]) -> None:
    owner, holder = workspace.owner, workspace.billing_account
    same = owner.email == holder.email
    languages = {
        owner.email: uow.mail_language(owner.language, workspace.language),
        holder.email: uow.mail_language(owner.language, holder.language)
        if same
        else uow.mail_language(holder.language),
    }
    for email, language in languages.items():
        mails.send(uow, email, write(language))
