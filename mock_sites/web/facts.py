"""The ids by which a list of facts ties what it says to what it says it about (templates/facts.html)."""

from flask import g


def fact_id() -> str:
    """An id that no other fact on this page has."""
    g.facts = g.get("facts", 0) + 1
    return f"fact-{g.facts}"
