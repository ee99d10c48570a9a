"""How fast worlds, pages and journeys are."""

from e2e.bench.measures import measure

__all__ = ["measure"]
