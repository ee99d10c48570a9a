"""The errors of a world, each with a reason that a person can act on."""

from typing import Any


class Refusal(Exception):  # noqa: N818 - a refusal is an answer, not a fault
    """A company, or the world itself, refuses what somebody wants to do.

    ``reason`` is an English sentence a person can act on; it is also the key of its translation.
    ``{names}`` in it are filled from ``details``, which may be ``Labels`` and other refusals. ``field`` names the form
    field it belongs to, or is empty.
    """

    def __init__(self, reason: str, /, *, field: str = "", **details: Any) -> None:
        """Refuse for ``reason``."""
        super().__init__(reason.format(**details) if details else reason)
        self.reason = reason
        self.field = field
        self.details = details


class Labels(tuple[str, ...]):
    """What a page calls something, in English, as a detail of a refusal. Each label is translated when it is shown."""

    __slots__ = ()

    def __str__(self) -> str:
        """The English labels."""
        return ", ".join(self)


class WorldError(Refusal):
    """A world cannot do what was asked; the text says why and what to do."""


class UnknownWorldError(WorldError):
    """There is no world (or no snapshot of it) by that name."""


class ConflictError(WorldError):
    """The state of the world does not allow it: the name is taken, or the world is in use."""


class BusyError(ConflictError):
    """It cannot be done right now, but in a few seconds it can."""


class UnusableWorldError(ConflictError):
    """The world's files are not of this version of the mock sites."""


class NoSpaceError(WorldError):
    """The disk that keeps the worlds is full."""


def N_(text: str) -> str:  # noqa: N802 - the name gettext's tools look for
    """Mark ``text`` for translation. It is translated when it is shown."""
    return text
