"""The journeys there are."""

from typing import Final

from e2e.journeys.journey import Journey, Listener, Step, Title
from e2e.journeys.purchase_to_login import purchase_to_login

JOURNEYS: Final = {journey.name: journey for journey in (purchase_to_login,)}

__all__ = ["JOURNEYS", "Journey", "Listener", "Step", "Title", "purchase_to_login"]
