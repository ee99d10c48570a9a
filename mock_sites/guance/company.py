"""Guance as a company of a world: its tables, jobs, sites and ready-made people."""

from typing import Final

from mock_sites.guance.domain import (
    bill_notices,
    billing_accounts,
    high_consumption,
    jobs,
    locks,
    mfa,
    ticket_answers,
)
from mock_sites.guance.domain.tables import Table
from mock_sites.guance.people import doors, people, populate
from mock_sites.guance.production_api import usage_push
from mock_sites.world.company import Company
from mock_sites.world.job import CallHandler, Handler, Jobs

COMPANY: Final = Company(
    name="guance",
    metadata=Table.metadata,
    jobs=Jobs(
        jobs.GuanceJob,
        Handler(jobs.CloseLock, locks.close_lock),
        Handler(jobs.RemindOfLock, locks.remind),
        Handler(jobs.BillNotice, bill_notices.send_monthly),
        Handler(jobs.AnswerTicket, ticket_answers.answer),
        Handler(jobs.UnbindMfa, mfa.unbind_for),
        Handler(jobs.HighConsumption, high_consumption.send_alerts),
        CallHandler(jobs.PushUsage, usage_push.prepare, usage_push.answered),
    ),
    populate=populate,
    people=people,
    doors=doors,
    switches=billing_accounts.SWITCHES,
    turn=billing_accounts.turn,
)
