"""The fixtures of all tests."""

# A module stands before those that import it, else pytest cannot rewrite its assertions.
pytest_plugins = [
    "fixtures.shared_process",
    "fixtures.guards",
    "fixtures.interruption",
    "fixtures.accessibility",
    "fixtures.artefacts",
    "fixtures.binding",
    "fixtures.recordings",
    "fixtures.shown",
    "fixtures.browsers",
    "fixtures.changed",
    "fixtures.clauses",
    "fixtures.customers",
    "fixtures.garbage",
    "fixtures.parts",
    "fixtures.passwords",
    "fixtures.people",
    "fixtures.play",
    "fixtures.prepared",
    "fixtures.report",
    "fixtures.server",
    "fixtures.scenario",
    "fixtures.usage",
    "fixtures.workers",
    "fixtures.worlds",
]
