"""The ids by which a list of facts connects each term with its value (templates/facts.html)."""

from flask import g


def fact_id() -> str:
    """An id that is unique on this page."""
    g.facts = g.get("facts", 0) + 1
    return f"fact-{g.facts}"
