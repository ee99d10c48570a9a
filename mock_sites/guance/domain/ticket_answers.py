"""What the support center answers: a text for each type of ticket, and a code to those who ask for a voucher."""

from typing import Final

from mock_sites.guance.domain import mails, tickets, vouchers
from mock_sites.guance.domain.jobs import AnswerTicket
from mock_sites.guance.domain.money import money
from mock_sites.guance.domain.states import TicketState
from mock_sites.guance.domain.tables import BillingAccount, Ticket
from mock_sites.world.errors import N_
from mock_sites.world.unit_of_work import UnitOfWork

_ANSWERS: Final = {
    "billing": N_(
        "We have compared your bills with the usage of your workspaces. Bill Management > Consumption Details shows for"
        " each day how an amount was calculated. Tell us the date and the workspace if one of them is not clear."
    ),
    tickets.VOUCHER: N_(
        "We have issued a voucher of {amount} CNY for your account. Its activation code is {code}."
        " Activate it under Vouchers > Activate Voucher."
    ),
    "settlement": N_(
        "The settlement method of a workspace can be changed once a month in Workspace Management. One that a cloud"
        " account settles can be changed after that subscription was closed."
    ),
    "account": N_(
        "We have checked your account. Email, phone number and password can be changed in Account Management."
    ),
    "product": N_(
        "Data arrive as soon as DataKit is installed on a host. The command is in your workspace under Integrations."
    ),
}
_AGAIN: Final = N_("Thank you for your reply. We have added it to this ticket. Close the ticket when it is solved.")


def answer(uow: UnitOfWork, job: AnswerTicket) -> None:
    """The job: answer a ticket in the account's language, unless it was closed, and mail a notice."""
    ticket = uow.session.get_one(Ticket, job.ticket)
    if ticket.state is not TicketState.PROCESSING:
        return
    account = uow.session.get_one(BillingAccount, ticket.billing_account_id)
    tickets.add_reply(uow, ticket, _text(uow, account, ticket), by_support=True)
    ticket.state = TicketState.ANSWERED
    uow.record("ticket.answered", billing_account=account.id, ticket=ticket.id)
    mails.send(
        uow,
        account.email,
        mails.write(
            uow.mail_language(account.language),
            N_("Ticket {number} was answered"),
            N_("Your ticket {number} ({title}) was answered. Read the answer in the Support Center."),
            number=ticket.id,
            title=ticket.title,
        ),
    )


def _text(uow: UnitOfWork, account: BillingAccount, ticket: Ticket) -> str:
    if tickets.is_answered(uow, ticket):
        return mails.in_language(uow.mail_language(account.language), _AGAIN)
    text = mails.in_language(uow.mail_language(account.language), _ANSWERS[ticket.category])
    if ticket.category == tickets.VOUCHER:
        voucher = vouchers.issue(uow, account)
        return text.format(amount=money(voucher.fen), code=voucher.activation_code)
    return text
