"""Worlds: isolated sets of mock companies, each with its own databases, clock, ids, journal, jobs and mail."""
