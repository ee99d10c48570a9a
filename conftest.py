"""The fixtures of all tests."""

# A module stands before those that import it, else pytest cannot rewrite its assertions.
pytest_plugins = [
    "fixtures.guards",
    "fixtures.browsers",
    "fixtures.people",
    "fixtures.play",
    "fixtures.prepared",
    "fixtures.report",
    "fixtures.server",
    "fixtures.stage",
    "fixtures.worlds",
]
