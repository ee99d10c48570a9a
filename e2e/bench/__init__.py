"""How fast worlds, pages and journeys are, and other tools with the same clicks."""
