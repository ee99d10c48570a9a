"""The conformance run: every documented call, right and wrong, sent to a seller's endpoint, and its answers judged."""
