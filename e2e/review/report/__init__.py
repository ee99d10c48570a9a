"""The result of a review as one HTML file that needs no other file and no network."""

from e2e.review.report.photo import write_picture
from e2e.review.report.report import write_report

__all__ = ["write_picture", "write_report"]
