"""Notes the pages that people open, and the forms that they send, while their world is recorded."""

from collections.abc import Callable
from dataclasses import dataclass
from io import SEEK_END
from typing import Final
from urllib.parse import quote, urljoin

from flask import Flask, Response, current_app, g, request

from mock_sites.http.host_names import MAIN
from mock_sites.web.context import WORLD_KEY, world
from mock_sites.world.recording import LARGEST_FILE, Recording, SentFile, SignedIn, beginning_of

COOKIE: Final = "mock_sites_recorder"
"""Marks a browser while its world is recorded. The sites never read it."""

SIGN_INS: Final = "mock_sites.sign_ins"
"""Under which an app keeps its ``SignIns`` among its extensions."""


@dataclass(frozen=True)
class SignIns:
    """What a site with a sign-in knows of the browser that asks."""

    held: Callable[[], str]
    """The subject in its session cookie."""
    page: Callable[[], str]
    """The documented address of the page where it signs in."""


def set_up(app: Flask) -> None:
    """Have the requests of people's browsers noted. Call it after what changes an answer for its transport."""
    app.before_request(_hold)
    app.after_request(_note)


def _hold() -> None:
    """Keep who is signed in before the request changes it."""
    if _recording() and (sign_ins := _sign_ins()):
        g.held = sign_ins.held()


def _sign_ins() -> SignIns | None:
    return current_app.extensions.get(SIGN_INS)


def _recording() -> Recording | None:
    """The recording that goes on in the world of this request, if it is for a company's page or sends a form."""
    if WORLD_KEY not in request.environ or not g.company or not (_navigates() or request.method == "POST"):
        return None
    found = world().recording
    return found if found and found.running else None


def _navigates() -> bool:
    """Whether the browser shows the answer as a page (Fetch Metadata, ``Sec-Fetch-Mode``)."""
    return request.headers.get("Sec-Fetch-Mode", "navigate") == "navigate"


def _note(response: Response) -> Response:
    recording = _recording()
    kind = "text/html" if _navigates() else "application/json"
    if recording is None or request.method not in {"GET", "POST"} or response.mimetype != kind:
        return response
    location = response.location or ""
    sign_ins, subject = _sign_ins(), g.get("signed_in") or ""
    fields, left_out = beginning_of(request.form.items(multi=True))
    recording.add(
        "" if location else response.get_data(as_text=True),
        at=world().clock.now(),
        browser=_browser(recording, response),
        method=request.method,
        url=_documented(_address()),
        stays=not _navigates(),
        by_person=not _navigates() or "Sec-Fetch-Mode" not in request.headers or "Sec-Fetch-User" in request.headers,
        fields=fields,
        left_out=left_out,
        files=tuple(_files()),
        status=response.status_code,
        leads_to=_documented(urljoin(_address(), location)) if location else "",
        signed_in=SignedIn(g.company, subject, sign_ins.page()) if sign_ins and subject else None,
        was_signed_in=bool(g.get("held")),
    )
    return response


def _browser(recording: Recording, response: Response) -> int:
    """Which browser asks. One that is new is marked.

    A form that another site sends comes without the mark, as the mark is kept to its site (SameSite).
    """
    key, _, number = request.cookies.get(COOKIE, "").partition(".")
    if key == recording.key and number.isdecimal():
        return int(number)
    if request.method != "GET":
        return 0
    new = recording.new_browser()
    response.set_cookie(COOKIE, f"{recording.key}.{new}", domain=_domain(), httponly=True, samesite="Lax")
    return new


def _domain() -> str:
    """The longest domain that all sites of a world share.

    Browsers take no cookie for a domain of one label. The sites of the main world on localhost share no longer one, so
    there ``marketplace.huaweicloud.com.localhost`` has ``com.localhost``, as all sites end with ``.com``.
    """
    shared = world().host_suffix.removeprefix(".")
    if world().name == MAIN and "." not in shared:
        return f"{request.host.partition(':')[0].removesuffix(f'.{shared}').rpartition('.')[2]}.{shared}"
    return shared


def _address() -> str:
    """The address of the request as it was sent."""
    query = request.query_string.decode("ascii")
    return f"{request.host_url}{quote(request.path[1:], safe='/%:@!$&()*+,;=~')}{'?' if query else ''}{query}"


def _documented(url: str) -> str:
    """The documented address of a local one."""
    scheme, _, rest = url.partition("://")
    host, slash, path = rest.partition("/")
    name = host.removesuffix(world().suffix)
    return f"https://{name}{slash}{path}" if scheme == "http" and name != host else url


def _files() -> list[SentFile]:
    found = list[SentFile]()
    for field, file in request.files.items(multi=True):
        size = file.stream.seek(0, SEEK_END)
        file.stream.seek(0)
        kept = file.stream.read(LARGEST_FILE)
        found.append(SentFile(field, file.filename or "", file.mimetype, kept, size - len(kept)))
    return found
