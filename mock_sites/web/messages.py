"""Messages about the last action, shown once: notices (role ``status``) and refusals (role ``alert``)."""

from flask import flash, session


def notice(text: str) -> None:
    """Show a notice on the next page."""
    _show(text, "status")


def alert(text: str) -> None:
    """Show a refusal on the next page."""
    _show(text, "alert")


def _show(text: str, category: str) -> None:
    """Show it once, although several requests before the next page may have had the same to say."""
    if (category, text) not in [tuple(waiting) for waiting in session.get("_flashes", ())]:
        flash(text, category)
