"""DataKit: hosts that report to a workspace of Guance."""

from dataclasses import dataclass
from typing import Final

from mock_sites.client.connection import Connection, read

INTAKE: Final = "https://openapi.guance.com"


@dataclass(frozen=True, kw_only=True)
class Host:
    """A host of a workspace."""

    workspace: str
    """The ID of the workspace."""
    name: str
    system: str
    """linux, windows or macos."""
    since: str
    """Its first report: the world's time, in ISO 8601."""


class DataKit:
    """The collector on the hosts of one world."""

    def __init__(self, connection: Connection, intake: str) -> None:
        """Made by ``World``."""
        self._api = connection.at(intake)

    def report(self, token: str, name: str, system: str = "linux") -> Host:
        """Let a host send data to the workspace with this token. Its data begin with its first host.

        Raises:
            ClientError: no workspace has the token, the workspace is locked, or the host cannot be called that.
        """
        return read(Host, self._api.ask("POST", "hosts", body={"token": token, "name": name, "system": system}))

    def stop(self, token: str, name: str) -> Host:
        """Let a host send no more data.

        Raises:
            ClientError: no workspace has the token, the workspace is locked, or the host has never reported.
        """
        return read(Host, self._api.ask("POST", "hosts", "stop", body={"token": token, "name": name}))
