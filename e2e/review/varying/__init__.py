"""Values that differ from run to run, aligned between two recordings before these are compared."""

from e2e.review.varying.varying import align_values

__all__ = ["align_values"]
