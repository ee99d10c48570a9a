"""The hosts that have reported to a workspace."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from mock_sites.guance.domain.tables import Table


class Host(Table):
    """A host with DataKit. ``system`` is linux, windows or macos. ``stopped_at``: when its DataKit stopped.
    ``deleted_at``: when it was removed from the list, until it reports again.
    """

    __tablename__ = "hosts"
    __table_args__ = (
        Index("hosts_of", "workspace_id", "since", "name", "stopped_at"),
        Index("hosts_listed", "workspace_id", "deleted_at", "since", "name", "stopped_at"),
    )
    workspace_id: Mapped[str] = mapped_column(ForeignKey("workspaces.id"), primary_key=True)
    name: Mapped[str] = mapped_column(primary_key=True)
    system: Mapped[str]
    since: Mapped[datetime]
    stopped_at: Mapped[datetime | None] = mapped_column(default=None)
    deleted_at: Mapped[datetime | None] = mapped_column(default=None)
