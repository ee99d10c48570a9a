"""High Consumption Alert (spec guance C.7 and E, C1): a mail when a billing item costs more in a day than its
threshold.

It is checked when the day is settled. It is mailed once, and again only after it was set again. The mail goes to
the owner and the administrators of the workspace, as the documents say.
"""

from typing import Final

from sqlalchemy import Select, select

from mock_sites.guance.domain import bills, mails, members
from mock_sites.guance.domain.codes import MailText
from mock_sites.guance.domain.jobs import HighConsumption
from mock_sites.guance.domain.money import money
from mock_sites.guance.domain.sites import SITES
from mock_sites.guance.domain.states import BILLED
from mock_sites.guance.domain.tables import DailyBill, HighConsumptionAlert, Member, Workspace
from mock_sites.world.errors import N_, Refusal
from mock_sites.world.rows import are_any
from mock_sites.world.unit_of_work import UnitOfWork

LARGEST: Final = 99_999_999
"""The largest threshold, in fen."""


def alerts_of(uow: UnitOfWork, workspace: Workspace) -> dict[str, HighConsumptionAlert]:
    """The alerts of a workspace by billing item, in the order of the items."""
    wanted = select(HighConsumptionAlert).where(HighConsumptionAlert.workspace_id == workspace.id)
    found = {alert.item: alert for alert in uow.session.scalars(wanted)}
    return {item: found[item] for item in bills.ITEMS if item in found}


def set_alert(uow: UnitOfWork, workspace: Workspace, item: str, threshold: int) -> HighConsumptionAlert:
    """Mail the owner and the administrators when ``item`` costs more than ``threshold`` fen in a day.

    Setting it again allows one more mail.

    Raises:
        Refusal: for ``item`` or ``threshold``, or because nothing is billed any more.
    """
    if workspace.state not in BILLED:
        raise Refusal(N_("This workspace was locked for more than 14 days. It cannot be used any more."))
    if item not in bills.ITEMS:
        raise Refusal(N_("Choose one of the billing items."), field="item")
    if not 1 <= threshold <= LARGEST:
        raise Refusal(N_("Enter an amount from 0.01 to {largest} CNY."), field="threshold", largest=money(LARGEST))
    alert = alerts_of(uow, workspace).get(item)
    if alert and alert.threshold == threshold and alert.mailed_at is None:
        return alert
    alert = uow.session.merge(
        HighConsumptionAlert(workspace_id=workspace.id, item=item, threshold=threshold, mailed_at=None)
    )
    uow.record("high-consumption.alert-set", workspace=workspace.id, item=item, threshold=threshold)
    if not uow.is_waiting(HighConsumption):
        _schedule(uow)
    return alert


def remove_alert(uow: UnitOfWork, alert: HighConsumptionAlert) -> None:
    """Remove the alert for this item."""
    uow.session.delete(alert)
    uow.record("high-consumption.alert-removed", workspace=alert.workspace_id, item=alert.item)
    stop_unless_needed(uow)


def stop_unless_needed(uow: UnitOfWork) -> None:
    """Do not compare the costs of today if no alert is active any more."""
    if not are_any(uow, _waiting()):
        uow.unschedule(HighConsumption())


def send_alerts(uow: UnitOfWork, _job: HighConsumption) -> None:
    """The job at 0:00 in Beijing: send the mails for the day that ended. It is scheduled again while an alert is
    active.
    """
    waiting = list(uow.session.scalars(_waiting()))
    for alert in waiting:
        bill = bills.of_yesterday(uow, alert.workspace)
        if bill and bills.fen_of(bill, alert.item) > alert.threshold:
            _mail(uow, alert, bill)
    if any(alert.mailed_at is None for alert in waiting):
        _schedule(uow)


def _waiting() -> Select[HighConsumptionAlert]:
    wanted = select(HighConsumptionAlert).join(Workspace).where(HighConsumptionAlert.mailed_at.is_(None))
    ordered = wanted.order_by(HighConsumptionAlert.workspace_id, HighConsumptionAlert.item)
    return ordered.where(Workspace.state.in_(BILLED))


def _mail(uow: UnitOfWork, alert: HighConsumptionAlert, bill: DailyBill) -> None:
    workspace, fen = alert.workspace, bills.fen_of(bill, alert.item)
    administrators = members.members_of(workspace).where(Member.role == members.ADMINISTRATOR)
    accounts = [workspace.owner, *(member.account for member in uow.session.scalars(administrators))]
    languages = {account.email: uow.mail_language(account.language, workspace.language) for account in accounts}
    for email, language in languages.items():
        mails.send(uow, email, _text(language, alert, bill, fen))
    alert.mailed_at = uow.now
    uow.record("high-consumption.told", workspace=workspace.id, item=alert.item, day=str(bill.day), fen=fen)


def _text(language: str, alert: HighConsumptionAlert, bill: DailyBill, fen: int) -> MailText:
    workspace = alert.workspace
    return mails.write(
        language,
        N_("Guance High Consumption Alert: {item} of {name}"),
        N_(
            "On {day} the billing item {item} of the workspace {name} ({workspace}) at {site} cost {amount} CNY."
            " That is more than its alert threshold of {threshold} CNY."
        ),
        N_("You are told once. To be told again, set the alert anew in the workspace under Billing."),
        item=mails.in_language(language, bills.ITEMS[alert.item]),
        name=workspace.name,
        workspace=workspace.id,
        site=mails.in_language(language, SITES[workspace.site].name),
        day=bill.day,
        amount=money(fen),
        threshold=money(alert.threshold),
    )


def _schedule(uow: UnitOfWork) -> None:
    uow.schedule(HighConsumption(), after=(bills.next_settlement(uow.now) - uow.now).total_seconds())
