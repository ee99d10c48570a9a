"""The snapshots of a world, as lists show them: what each is called, and the time to which it takes the world back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from mock_sites.world.errors import N_, UnknownWorldError
from mock_sites.world.folders import StateFolder
from mock_sites.world.opened import names_in


@dataclass(frozen=True)
class Snapshot:
    """A kept state of a world, without its content."""

    label: str
    now: datetime | None
    """The world's time in it. None: its files are damaged."""
    frozen: bool = True
    """Whether the clock stands still in it."""


def labels_in(folder: Path) -> list[str]:
    """The labels of the snapshots in ``folder``: the one that was taken last comes first."""
    taken = [(_taken_at(StateFolder(folder / label)), label) for label in sorted(names_in(folder))]
    return [label for _, label in sorted(taken, key=lambda each: each[0], reverse=True)]


def look(folder: Path, label: str) -> Snapshot:
    """The snapshot called ``label``, whose content is not read."""
    try:
        clock = StateFolder(folder / label).read().clock
        return Snapshot(label, datetime.fromisoformat(clock["moment"]), not clock["running"])
    except (OSError, ValueError, TypeError, KeyError):
        return Snapshot(label, None)


def check_kept(folder: Path, name: str, label: str) -> None:
    """Refuse a label that no snapshot of the world called ``name`` has.

    Raises:
        UnknownWorldError: for ``label``.
    """
    if label not in names_in(folder):
        raise UnknownWorldError(
            N_("World {name} has no snapshot called {label}."), field="label", name=name, label=label
        )


def _taken_at(folder: StateFolder) -> float:
    """When it was taken, by the machine's clock. A damaged one is the oldest."""
    try:
        return folder.stored_at()
    except OSError:
        return -1.0
