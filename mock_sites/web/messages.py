"""Messages about the last action, shown once: notices (role ``status``) and refusals (role ``alert``)."""

from flask import flash


def notice(text: str) -> None:
    """Show a notice on the next page."""
    flash(text, "status")


def alert(text: str) -> None:
    """Show a refusal on the next page."""
    flash(text, "alert")
