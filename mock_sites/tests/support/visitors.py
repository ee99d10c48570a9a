"""A world in which two users of every site own something, and visitors who request any page of the sites.

Nobody signs in here. Sessions and CSRF tokens are written as the sites would write them, which costs no password hash.
"""

import json
import sqlite3
from collections.abc import Generator, Iterator, Mapping
from contextlib import ExitStack, closing, contextmanager
from typing import Any, Final, cast
from urllib.parse import urlencode, urljoin

from apiflask import APIFlask
from flask import Flask
from flask.sessions import SecureCookieSessionInterface
from itsdangerous import URLSafeTimedSerializer
from werkzeug.routing import Rule
from werkzeug.test import Client, TestResponse

from mock_sites.huawei.scenario_api.acting import HEADER
from mock_sites.serving.dispatch import Dispatcher
from mock_sites.web.context import WORLD_KEY
from mock_sites.web.site import CSRF_KEY
from mock_sites.world.world import World

_RAW_TOKEN: Final = "0" * 40
TOKEN: Final = str(URLSafeTimedSerializer(CSRF_KEY, salt="wtf-csrf-token").dumps(_RAW_TOKEN))
"""A CSRF token that is valid for every visitor's session."""

SIGNED_IN: Final = "_user_id"
"""The name of the token of a sign-in in a session."""

Fields = Mapping[str, Any]


def apps(dispatcher: Dispatcher) -> dict[str, Flask]:
    """Every app of the sites, by its name."""
    sites = dispatcher.sites.values()
    every = [*(site.app for site in sites), *(site.api for site in sites), *dispatcher.control.apps.values()]
    return {app.name: app for app in every if app is not None}


def rules(dispatcher: Dispatcher) -> Iterator[tuple[str, Rule]]:
    """Every URL rule with a view, and the name of its app."""
    for name, app in apps(dispatcher).items():
        for rule in app.url_map.iter_rules():
            yield name, rule


def is_api(dispatcher: Dispatcher, name: str) -> bool:
    """Whether an app is an API, which takes JSON and has no forms, no language and no links."""
    return isinstance(apps(dispatcher)[name], APIFlask)


def methods(rule: Rule) -> set[str]:
    """The methods of a rule, without those that Flask adds."""
    return (rule.methods or set()) - {"HEAD", "OPTIONS"}


def arguments(rule: Rule) -> set[str]:
    """The names of the arguments in a rule's addresses."""
    return cast("set[str]", rule.arguments)


class Visitor:
    """A visitor with a session at the host of an app."""

    def __init__(
        self,
        dispatcher: Dispatcher,
        world: World,
        app: Flask,
        host: str,
        session: Mapping[str, Any],
        language: str = "en",
    ) -> None:
        """``host`` is a documented one, or one with a port, which belongs to no world."""
        self.base = f"http://{host}" if ":" in host else world.local(f"https://{host}")
        self._takes_json = isinstance(app, APIFlask)
        self._headers = {"Accept-Language": language}
        if self._takes_json and SIGNED_IN in session:
            self._headers[HEADER] = str(session[SIGNED_IN])
        self._client = Client(dispatcher)
        self.enter(world, app, host, session)

    def enter(self, world: World, app: Flask, host: str, session: Mapping[str, Any]) -> None:
        """Have a session at another site too."""
        inside = {} if ":" in host else {WORLD_KEY: world}
        with app.test_request_context(environ_overrides=inside):
            sessions = cast("SecureCookieSessionInterface", app.session_interface)
            signer, domain = sessions.get_signing_serializer(app), sessions.get_cookie_domain(app)
        if signer is not None:
            cookie: str = signer.dumps({"csrf_token": _RAW_TOKEN, **session})
            own = host.partition(":")[0] if ":" in host else f"{host}{world.host_suffix}"
            name = cast("str", app.config["SESSION_COOKIE_NAME"])
            self._client.set_cookie(name, cookie, domain=domain or own, origin_only=domain is None)

    def get(self, path: str) -> TestResponse:
        """Request a page, by its path or by a whole address of this world."""
        return self.ask("GET", path)

    def post(self, path: str, fields: Fields, *, token: str | None = TOKEN, prefix: str = "") -> TestResponse:
        """Send a form. If no other token is given, it is a valid one. Bytes are sent as files."""
        tokens = {"csrf_token": token, f"{prefix}csrf_token": token} if token is not None else {}
        sent = {**{prefix + name: value for name, value in fields.items()}, **tokens}
        if any(isinstance(value, bytes) for value in sent.values()):
            return self.ask("POST", path, _multipart(sent), f"multipart/form-data; boundary={_BOUNDARY}")
        body = urlencode(sent, doseq=True, errors="surrogatepass")
        return self.ask("POST", path, body.encode(), "application/x-www-form-urlencoded")

    def act(self, method: str, path: str, fields: Fields, *, token: str | None = TOKEN) -> TestResponse:
        """Request a page, send a form, or call an API with ``fields`` as JSON."""
        if self._takes_json:
            body = b"" if method == "GET" else json.dumps(fields).encode()
            return self.ask(method, path, body, "application/json" if body else None)
        return self.get(path) if method == "GET" else self.post(path, fields, token=token)

    def ask(self, method: str, path: str, body: bytes = b"", kind: str | None = None) -> TestResponse:
        """Send any request."""
        base = urljoin(path, "/") if path.startswith("http://") else self.base
        return self._client.open(
            path.removeprefix(base.rstrip("/")) or "/",
            base_url=base,
            method=method,
            data=body,
            content_type=kind,
            headers=self._headers,
        )


_BOUNDARY: Final = "between-fields"


def _multipart(fields: Fields) -> bytes:
    """The body of a form with files (RFC 7578)."""
    parts = list[bytes]()
    for name, value in fields.items():
        file = '; filename="file"' if isinstance(value, bytes) else ""
        content = value if isinstance(value, bytes) else str(value).encode(errors="surrogatepass")
        head = f'--{_BOUNDARY}\r\nContent-Disposition: form-data; name="{name}"{file}\r\n\r\n'
        parts += [head.encode(), content, b"\r\n"]
    return b"".join([*parts, f"--{_BOUNDARY}--\r\n".encode()])


def is_designed(page: str) -> bool:
    """Whether it is a page of a site, or a message of an API, and not a server's default page."""
    return "Traceback" not in page and ('class="top-bar"' in page or page.startswith('{"message":'))


@contextmanager
def nothing_changes(*worlds: World) -> Generator[None]:
    """Check that nothing is written into the databases: rows, journal, jobs and mail."""
    with ExitStack() as stack:
        watched = [
            stack.enter_context(closing(sqlite3.connect(world.file(company))))
            for world in worlds
            for company in world.companies
        ]
        before = [_version(database) for database in watched]
        yield
        if [_version(database) for database in watched] != before:
            raise AssertionError("Something was written.")


def _version(database: sqlite3.Connection) -> int:
    """A number that changes when another connection commits a change."""
    return database.execute("PRAGMA data_version").fetchone()[0]
