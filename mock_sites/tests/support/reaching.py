"""Brings a row into a state in which a test begins."""

from typing import Any

from mock_sites.world.states import State


def reach(row: Any, wanted: State, attribute: str = "state") -> None:
    """Change the state of a row to the wanted one, by the shortest allowed transitions."""
    ways: list[list[State]] = [[getattr(row, attribute)]]
    while ways[0][-1] is not wanted:
        way = ways.pop(0)
        ways += [[*way, follower] for follower in sorted(way[-1].followers)]
    for state in ways[0]:
        setattr(row, attribute, state)
