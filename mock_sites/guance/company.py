"""What Guance tells the world about itself."""

from typing import Final

from mock_sites.guance.domain import bill_notices, billing_accounts, high_consumption, kit_tables, locks
from mock_sites.guance.people import people, populate
from mock_sites.world.company import Company

COMPANY: Final = Company(
    name="guance",
    metadata=kit_tables.Table.metadata,
    jobs={
        locks.JOB: locks.close_lock,
        locks.REMINDER_JOB: locks.remind,
        bill_notices.JOB: bill_notices.tell,
        high_consumption.JOB: high_consumption.tell,
    },
    populate=populate,
    people=people,
    switches=billing_accounts.SWITCHES,
    turn=billing_accounts.turn,
)
