"""Web mail of the world: every mail of every company, readable by everyone."""

from mock_sites.mailbox.sites import sites

__all__ = ["sites"]
