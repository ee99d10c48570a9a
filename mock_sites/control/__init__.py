"""The operator's pages on ``localhost``: start page, worlds, REST API, and the page for unknown addresses."""

from mock_sites.control.app import create_app, create_gate
from mock_sites.control.lost import LOST_KEY, TROUBLE_KEY, Lost

__all__ = ["LOST_KEY", "TROUBLE_KEY", "Lost", "create_app", "create_gate"]
