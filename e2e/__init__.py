"""Journeys through the mock sites on a real browser: written once, played as tests and as demos."""
