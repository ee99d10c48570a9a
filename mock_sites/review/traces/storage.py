"""What a trace tells of cookies and of the local storage: names, attributes, and words that are no secrets."""

import re
from collections.abc import Iterable, Iterator
from typing import Any, Final, Literal
from urllib.parse import urlsplit

from pydantic import BaseModel, ValidationError

from mock_sites.review.page_content import StoredItem
from mock_sites.review.traces.har import HarCookie, TraceExchange

Place = Literal["cookie", "local storage"]

_WORD: Final = re.compile(r"[a-z]{1,12}(?:[-_][A-Za-z]{1,8})?|[0-9]")
"""A value that can be no secret, such as ``dark``, ``zh-CN`` or ``1``."""
_SECRET_NAME: Final = re.compile(r"pass|pwd|pin\b|secret|token|auth|key|sess|sid\b|csrf|xsrf|code|cred", re.IGNORECASE)


class Entry(BaseModel):
    """An entry of the local storage."""

    name: str
    value: str = ""


class Origin(BaseModel):
    """The local storage of an origin."""

    origin: str
    localStorage: list[Entry] = []  # noqa: N815, a name of Playwright's


class KeptCookie(BaseModel):
    """A cookie that a browser has."""

    name: str
    domain: str


class StorageState(BaseModel):
    """What Playwright's ``storage_state`` answers."""

    cookies: list[KeptCookie] = []
    origins: list[Origin] = []


def read_storage(asked: Iterable[TraceExchange], results: Iterable[Any]) -> list[StoredItem]:
    """Cookies and entries that were seen, each once.

    Cookies that a redirect sets count when they are sent: a trace has its headers or not, by accident.

    Args:
        asked: requests, in order.
        results: what actions answered, of which states of the storage count.
    """
    found: dict[tuple[Place, str, str], StoredItem] = {}
    for item in [*_of_requests(asked), *_of_results(results)]:
        key = item.place, item.site, item.name
        if key not in found or item.attributes is not None or item.place == "local storage":
            found[key] = item
    return [found[key] for key in sorted(found)]


def _of_requests(asked: Iterable[TraceExchange]) -> Iterator[StoredItem]:
    for exchange in asked:
        site = urlsplit(exchange.request.url).hostname or ""
        for cookie in exchange.request.cookies:
            yield StoredItem("cookie", site, cookie.name)
        if exchange.response.status // 100 != 3:
            for cookie in exchange.response.cookies:
                yield StoredItem(
                    "cookie", site, cookie.name, _word(cookie.name, cookie.value), _attributes(cookie, exchange.started)
                )


def _of_results(results: Iterable[Any]) -> Iterator[StoredItem]:
    for result in results:
        try:
            state = StorageState.model_validate(result)
        except ValidationError:
            continue
        for cookie in state.cookies:
            yield StoredItem("cookie", cookie.domain.lstrip("."), cookie.name)
        for origin in state.origins:
            for entry in origin.localStorage:
                yield StoredItem("local storage", origin.origin, entry.name, _word(entry.name, entry.value))


def _attributes(cookie: HarCookie, now: str) -> tuple[str, ...]:
    """The attributes with which a cookie is set, in the spelling of RFC 6265."""
    expires = cookie.expires or ""
    given = {
        "deleted": bool(expires) and expires <= now,
        "Expires": expires > now,
        "HttpOnly": cookie.http_only,
        "Secure": cookie.secure,
        f"SameSite={cookie.same_site}": bool(cookie.same_site),
        f"Path={cookie.path}": cookie.path not in {"", "/"},
        f"Domain={cookie.domain}": bool(cookie.domain),
    }
    return tuple(name for name, is_given in given.items() if is_given)


def _word(name: str, value: str) -> str:
    return value if _WORD.fullmatch(value) and not _SECRET_NAME.search(name) else ""
