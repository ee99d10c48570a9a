"""Questions to the REST APIs of the sites, and what their answers are read as."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import fields
from http import HTTPStatus
from typing import Any, Final, TypeVar
from urllib.parse import quote

import httpx

from mock_sites.http.loopback import ServerGoneError, loopback_client

FILE: Final = "application/zip"
"""The content type of an exported world."""

Answer = TypeVar("Answer")


class ClientError(Exception):
    """The mock sites did not do what was asked; the text says why and what to do."""


class UnreachableError(ClientError):
    """No mock sites answer at the address, or something else does."""


class NotFoundError(ClientError):
    """What was asked for is not there."""


class Answered(dict[str, Any]):
    """A JSON object of an answer. Where a member is missing, something else than the mock sites has answered."""

    def __missing__(self, name: str) -> Any:
        """Raise an error that says so."""
        raise UnreachableError(f"What answers is not the mock sites, or another version of them: it names no {name!r}.")


class Connection:
    """The REST API of one site, below ``/api``.

    Requests go to the server, with the site's name as the header ``Host``: programs need not find its address.
    """

    def __init__(
        self, server: str, client: httpx.Client, site: str = "", headers: Mapping[str, str] | None = None
    ) -> None:
        """Of the site whose first page is at ``site``, without one of the start page; sites share a ``client``."""
        self.site = (site or server).rstrip("/")
        self._server, self._client = server, client
        self._headers = {"Host": httpx.URL(self.site).netloc.decode(), **(headers or {})}

    def at(self, site: str) -> "Connection":
        """The API of another site of the same server."""
        return Connection(self._server, self._client, site)

    def with_headers(self, headers: Mapping[str, str]) -> "Connection":
        """The same API, asked with these headers."""
        return Connection(self._server, self._client, self.site, headers)

    def close(self) -> None:
        """Close the connections to the server."""
        self._client.close()

    def ask(
        self,
        method: str,
        *path: str,
        body: Mapping[str, Any] | None = None,
        query: Mapping[str, str | float] | None = None,
    ) -> Answered:
        """The JSON object that the API answers at ``/api/<path>``; an empty one where the answer is empty.

        Raises:
            UnreachableError: nobody answers there, or not the mock sites.
            NotFoundError: there is no such world, snapshot, recording or other thing.
            ClientError: the address is not on this machine, or the answer is a refusal.
        """
        return self._read(self._send(method, path, params=_encodable(query), **_json(body)))

    def download(self, *path: str) -> bytes:
        """The file that the API answers; raises as ``ask``."""
        answer = self._send("GET", path)
        if answer.headers.get("Content-Type") != FILE:
            self._read(answer)
            raise self._not_ours()
        return answer.content

    def upload(self, content: bytes, *path: str) -> Answered:
        """What the API answers to a file; raises as ``ask``."""
        return self._read(self._send("PUT", path, content=content, headers={"Content-Type": FILE}))

    def _send(self, method: str, path: Sequence[str], **content: Any) -> httpx.Response:
        url = "/".join((self._server, "api", *map(_segment, path)))
        headers = self._headers | content.pop("headers", {})
        try:
            return self._client.request(method, url, headers=headers, **content)
        except httpx.UnsupportedProtocol as error:
            raise ClientError(
                f"{self.site} is not on this machine. Use an address such as http://localhost:8700."
            ) from error
        except ServerGoneError as error:
            raise UnreachableError(f"{error} Start them with `mock-sites serve`.") from error
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            raise UnreachableError(
                f"No mock sites can be reached at {self.site} ({error}). Start them with `mock-sites serve`."
            ) from error

    def _read(self, answer: httpx.Response) -> Answered:
        if answer.is_success and not answer.content:
            return Answered()
        try:
            details = json.loads(answer.content, object_hook=Answered)
            refusal = str(details["message"]) if answer.is_error else ""
        except (ValueError, KeyError, TypeError, RecursionError) as error:
            raise self._not_ours() from error
        if refusal:
            raise (NotFoundError if answer.status_code == HTTPStatus.NOT_FOUND else ClientError)(refusal)
        if not isinstance(details, Answered):
            raise self._not_ours()
        return details

    def _not_ours(self) -> UnreachableError:
        return UnreachableError(
            f"What answers at {self.site} is not the mock sites. Use the address of the start page, which "
            "`mock-sites serve` prints."
        )


def server_address(address: str) -> str:
    """The scheme, host and port of an ``address`` of the start page, which may be that of one of its worlds.

    Raises:
        ClientError: it is no address of a server.
    """
    try:
        url = httpx.URL(address.strip())
    except httpx.InvalidURL:
        url = httpx.URL()
    if url.scheme != "http" or not url.host:
        raise ClientError(f"{address!r} is no address of mock sites. Use one such as http://localhost:8700, not https.")
    return f"http://{url.netloc.decode()}"


def connect(server: str, token: str = "") -> Connection:
    """The API of the start page at ``server``, with the ``token`` it asks for if other machines can reach it.

    Raises:
        ClientError: ``server`` is no address of a server.
    """
    server = server_address(server)
    client = loopback_client()
    if token:
        client.headers["Authorization"] = "Bearer " + token.encode("ascii", "backslashreplace").decode()
    return Connection(server, client)


def read(kind: type[Answer], answer: Mapping[str, Any]) -> Answer:
    """The parts of ``answer`` that the dataclass ``kind`` has."""
    return kind(**{field.name: answer[field.name] for field in fields(kind)})  # pyright: ignore[reportArgumentType]


def _segment(text: str) -> str:
    """``text`` as one segment of a path. It need not be encodable: what is no character goes as an escape.

    Raises:
        ClientError: it would lead to another path, such as ``..``.
    """
    if text in {"", ".", ".."} or "/" in text:
        raise ClientError(f"{text!r} is no name. Names have letters, digits and hyphens.")
    return quote(text, safe="", errors="backslashreplace")


def _encodable(query: Mapping[str, str | float] | None) -> Mapping[str, str | float] | None:
    """``query`` with an escape for what is no character."""
    return query and {name: _escaped(value) if isinstance(value, str) else value for name, value in query.items()}


def _escaped(text: str) -> str:
    return text.encode(errors="backslashreplace").decode()


def _json(body: Mapping[str, Any] | None) -> dict[str, Any]:
    """A request's body in ASCII: what somebody typed need not be made of characters."""
    if body is None:
        return {}
    return {"content": json.dumps(body), "headers": {"Content-Type": "application/json"}}
