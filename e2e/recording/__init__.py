"""Recordings of journeys: Playwright's traces, what happened in the world, and a manifest; no secrets."""
