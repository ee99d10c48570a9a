"""The worlds of a running server, through its control API."""

import json
from types import TracebackType
from typing import Any, Self
from urllib.parse import quote

import httpx

from mock_sites.http.loopback import loopback_client
from mock_sites.world.foreign_text import read_json, whole


class RemoteError(Exception):
    """The server did not do it; the text says why and what to do."""


class RemoteWorlds:
    """The control API of the server at an address, as a context manager."""

    def __init__(self, server: str, token: str = "") -> None:
        """``server`` is the address of its start page, ``token`` what it asks for if other machines can reach it."""
        self._server = server.rstrip("/")
        self._client = loopback_client()
        if token:
            self._client.headers["Authorization"] = f"Bearer {whole(token)}"

    def __enter__(self) -> Self:
        """Itself."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Hang up."""
        self._client.close()

    def ask(
        self,
        method: str,
        *path: str,
        body: dict[str, Any] | None = None,
        query: dict[str, str] | None = None,
    ) -> Any:
        """What the API answers at ``/api/worlds/<path>``.

        Raises:
            RemoteError: nobody answers there, or the answer is a refusal.
        """
        url = "/".join((self._server, "api", "worlds", *(quote(whole(part), safe="") for part in path)))
        try:
            answer = self._client.request(method, url, params=query, **_json(body))
        except httpx.UnsupportedProtocol as error:
            raise RemoteError(
                f"{self._server} is not on this machine. Use an address such as http://localhost:8700."
            ) from error
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            raise RemoteError(
                f"No mock sites answer at {self._server}. "
                "Start them with `mock-sites serve`, or name another with --server."
            ) from error
        if answer.is_success and not answer.content:
            return None
        try:
            details = read_json(answer.content)
            refusal = str(details["message"]) if answer.is_error else ""
        except (ValueError, KeyError, TypeError) as error:
            raise RemoteError(
                f"What answers at {self._server} is not the mock sites. Name them with --server."
            ) from error
        if refusal:
            raise RemoteError(refusal)
        return details


def _json(body: dict[str, Any] | None) -> dict[str, Any]:
    """A request's body in ASCII: what somebody typed need not be made of characters."""
    if body is None:
        return {}
    return {"content": json.dumps(body), "headers": {"Content-Type": "application/json"}}
