"""The list of all journeys."""

from typing import Final

from e2e.journeys.cancellation import cancellation
from e2e.journeys.change_settlement import change_settlement
from e2e.journeys.existing_account_to_login import existing_account_to_login
from e2e.journeys.journey import Journey, Listener, Step, Text
from e2e.journeys.new_workspace_with_account import new_workspace_with_account
from e2e.journeys.new_workspace_without_account import new_workspace_without_account
from e2e.journeys.prepaid_card import prepaid_card
from e2e.journeys.purchase_to_login import purchase_to_login
from e2e.journeys.register_at_guance import register_at_guance
from e2e.journeys.usage_to_bill import usage_to_bill
from e2e.journeys.whole_life import whole_life

JOURNEYS: Final = {
    journey.name: journey
    for journey in (
        purchase_to_login,
        existing_account_to_login,
        new_workspace_with_account,
        new_workspace_without_account,
        register_at_guance,
        change_settlement,
        cancellation,
        prepaid_card,
        usage_to_bill,
        whole_life,
    )
}


def journey_of(step: Step) -> Journey:
    """The first journey in the list that has the step."""
    return next(journey for journey in JOURNEYS.values() if step in journey.steps)


__all__ = [
    "JOURNEYS",
    "Journey",
    "Listener",
    "Step",
    "Text",
    "cancellation",
    "change_settlement",
    "existing_account_to_login",
    "journey_of",
    "new_workspace_with_account",
    "new_workspace_without_account",
    "prepaid_card",
    "purchase_to_login",
    "register_at_guance",
    "whole_life",
]
