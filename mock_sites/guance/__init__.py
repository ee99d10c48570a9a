"""Guance: registration, onboarding from the marketplace, the workspace, the billing center, and its production API."""

from mock_sites.guance.company import COMPANY
from mock_sites.guance.sites import sites

__all__ = ["COMPANY", "sites"]
