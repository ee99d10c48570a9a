"""The conformance run: sends every documented call, right and wrong, to a seller's endpoint, and judges the answers."""
