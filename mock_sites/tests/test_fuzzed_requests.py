"""Whatever a request contains, the answer is a page of a site or a message of an API, and never a server error."""

import json
from typing import Final

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from werkzeug.routing import Rule
from werkzeug.test import EnvironBuilder, run_wsgi_app

from mock_sites.serving.dispatch import Dispatcher
from mock_sites.tests.support.fuzzing import byte_texts, json_values, steady
from mock_sites.tests.support.users import Users
from mock_sites.tests.support.visitors import arguments, is_designed, methods, rules
from mock_sites.web.hosts import name_in

Answer = tuple[int, str]

WAITS: Final = "mail_api.wait"
"""Answers when a mail comes, or after seconds of real time."""

QUERIES: Final = (
    *("to", "subject", "after", "seconds", "kind", "limit", "page", "product", "operation", "verdict", "world", "next"),
    *("back", "method", "month", "workspace", "ind", "appId", "code", "client_id", "redirect_uri", "state", "scope"),
    *("response_type", "activity", "authToken", "timeStamp", "signature", "timestamp", "nonce", "orderId", "pass"),
)
"""The names of parameters that pages read."""

HEADERS: Final = (
    *("User-Agent", "Accept-Language", "Cookie", "Referer", "Origin", "Sec-Fetch-Site", "Authorization", "Accept"),
    *("Content-Type", "If-None-Match", "If-Modified-Since", "Range", "X-Forwarded-Host", "x-sign", "authToken"),
)

HOSTS: Final = (
    *("", ".localhost", "..localhost", "mail..localhost", "a" * 64 + ".localhost", "a." * 126 + "localhost", "[::1"),
    *("localhost:x", "localhost:8700:1", "::1", "me@localhost", "localhost/x", "a b.localhost", "\xff.localhost"),
    *("localhost, evil.example", "xn--\xfc.localhost", "%00.localhost", "localhost\x00", "[::g]", "localhost:999999"),
)


def ask(
    dispatcher: Dispatcher,
    host: str | None,
    path: str = "/",
    *,
    method: str = "GET",
    query: str = "",
    headers: dict[str, str] | None = None,
    body: bytes = b"",
) -> Answer:
    """Status and text of the answer. Headers and addresses are bytes, as in WSGI."""
    environ = EnvironBuilder(method=method, input_stream=None, data=body).get_environ()
    environ |= {"PATH_INFO": path, "QUERY_STRING": query}
    for name, value in (headers or {}).items():
        key = name.upper().replace("-", "_")
        environ[key if key == "CONTENT_TYPE" else f"HTTP_{key}"] = value
    environ.pop("HTTP_HOST")
    if host is not None:
        environ["HTTP_HOST"] = host
    parts, status, _headers = run_wsgi_app(dispatcher, environ)
    return int(status[:3]), b"".join(parts).decode(errors="replace")


@pytest.mark.parametrize("host", [None, *HOSTS])
@pytest.mark.parametrize("path", ["/", "/api/worlds", "/nowhere"])
def test_an_invalid_host_header_is_reported_on_a_page(dispatcher: Dispatcher, host: str | None, path: str) -> None:
    status, page = ask(dispatcher, host, path)

    assert status == 400
    assert is_designed(page)
    assert "This request names no host" in page


@steady
@given(host=st.one_of(byte_texts, byte_texts.map("{}.localhost".format), byte_texts.map("mail.{}.localhost".format)))
def test_any_host_header_leads_to_a_page(dispatcher: Dispatcher, host: str) -> None:
    status, page = ask(dispatcher, host)

    assert status == (404 if name_in(host) else 400) or host == "localhost"
    assert is_designed(page)


def test_a_query_with_line_breaks_is_repeated_by_a_redirect(users: Users) -> None:
    host = users.visitor("guance.console").base.removeprefix("http://")

    status, _page = ask(users.dispatcher, host, "/workspace//dissolve", query="product=a\rb\nc")

    assert status == 308


@steady
@given(data=st.data())
def test_any_address_leads_to_a_page(users: Users, data: st.DataObject) -> None:
    there_are = [
        (app, rule) for app, rule in rules(users.dispatcher) if "GET" in methods(rule) and rule.endpoint != WAITS
    ]
    for _each in range(10):
        app, rule = data.draw(st.sampled_from(there_are))
        path = data.draw(byte_texts.map("/{}".format)) if data.draw(st.booleans()) else made(rule, data)
        query = data.draw(st.lists(st.tuples(st.sampled_from(QUERIES), byte_texts), max_size=4))
        headers = data.draw(st.dictionaries(st.sampled_from(HEADERS), byte_texts, max_size=3))
        host = users.visitor(app).base.removeprefix("http://")
        text = "&".join(f"{name}={value}" for name, value in query)

        status, page = ask(users.dispatcher, host, path, query=text, headers=headers)

        assert status < 500, (host, path, text)
        assert "Traceback" not in page
        assert "<script>alert" not in page


def made(rule: Rule, data: st.DataObject) -> str:
    """An address of a rule with an odd value for its argument."""
    path = rule.rule
    for name in arguments(rule):
        odd = data.draw(byte_texts)
        path = path.replace(f"<{name}>", odd).replace(
            f"<int:{name}>", data.draw(st.sampled_from(["0", "1", "9" * 400]))
        )
    return path


@steady
@example(body=b'{"resultCode": "\\ud800", "\\udfff": 1}')
@example(body=b"[" * 100_000)
@example(body=b"9" * 5000)
@given(body=st.one_of(json_values.map(lambda value: json.dumps(value).encode()), st.binary(max_size=50)))
def test_any_json_is_answered_by_every_interface_for_machines(users: Users, body: bytes) -> None:
    for app, rule in rules(users.dispatcher):
        if {"POST", "PUT", "PATCH", "DELETE"}.isdisjoint(methods(rule)):
            continue
        if app.endswith(".api") or app.startswith("guance.production") or "oauth" in rule.endpoint:
            host = users.visitor(app).base.removeprefix("http://")
            method = min(methods(rule) - {"GET"})
            path = users.path(rule).replace(users.world.name, "nowhere")
            status, page = ask(
                users.dispatcher,
                host,
                path,
                method=method,
                headers={"Content-Type": "application/json"},
                body=body,
            )
            assert status < 500, (path, page)
