"""Playwright traces of other programs, read as recordings."""

from mock_sites.review.traces.trace import is_trace, read_trace

__all__ = ["is_trace", "read_trace"]
