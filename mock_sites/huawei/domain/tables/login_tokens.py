"""The tables of unified login: its codes and tokens."""

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from mock_sites.huawei.domain.tables.base import Table


class LoginCode(Table):
    """An authorization code of unified login. One client can redeem it once. Only its digest is stored.

    ``redirect_uri`` is the address in the authorization request; redeeming the code must name it again. It is empty for
    a code of the portal, which goes to the client's only login address.
    """

    __tablename__ = "login_codes"
    digest: Mapped[str] = mapped_column(primary_key=True)
    member_id: Mapped[str] = mapped_column(ForeignKey("members.id"))
    client_id: Mapped[str]
    redirect_uri: Mapped[str]
    expires_at: Mapped[datetime]
    used: Mapped[bool] = mapped_column(default=False)


class LoginToken(Table):
    """A token of a code, issued with it or by a refresh. Only its digest is stored. Kinds: access, refresh."""

    __tablename__ = "login_tokens"
    digest: Mapped[str] = mapped_column(primary_key=True)
    kind: Mapped[str]
    code_digest: Mapped[str] = mapped_column(ForeignKey("login_codes.digest"), index=True)
    member_id: Mapped[str] = mapped_column(ForeignKey("members.id"))
    client_id: Mapped[str]
    expires_at: Mapped[datetime]
    revoked: Mapped[bool] = mapped_column(default=False)
