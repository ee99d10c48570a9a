"""What a page tells about the last action, once: good news (role ``status``) and refusals (role ``alert``)."""

from flask import flash


def notice(text: str) -> None:
    """Show good news on the next page."""
    flash(text, "status")


def alert(text: str) -> None:
    """Show a refusal on the next page."""
    flash(text, "alert")
