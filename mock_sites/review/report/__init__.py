"""The result of a review as one HTML file that needs no other file and no network."""

from mock_sites.review.report.report import write_report

__all__ = ["write_report"]
