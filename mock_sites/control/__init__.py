"""The operator's room on ``localhost``: start page, pages and REST API over all worlds, and help for who is lost."""

from mock_sites.control.app import create_app, create_gate
from mock_sites.control.lost import LOST_KEY, TROUBLE_KEY, Lost

__all__ = ["LOST_KEY", "TROUBLE_KEY", "Lost", "create_app", "create_gate"]
