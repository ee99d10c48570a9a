"""Web mail of the world: every mail that any company sent, for anybody to read."""

from mock_sites.mailbox.sites import sites

__all__ = ["sites"]
