"""Bad requests to Huawei Cloud's pages: forged, foreign, stale or malformed ones."""

import re

import pytest
from sqlalchemy import select

from mock_sites.huawei.domain.tables import Account
from mock_sites.tests.conftest import Browse
from mock_sites.tests.support.enterprises import add, ready, set_up
from mock_sites.tests.support.huawei_pages import AUTH, MARKETPLACE, PROMPT, Visit, attempt_of, orders_in, visit
from mock_sites.tests.support.numbers import CREDIT_CODE, SCAN
from mock_sites.tests.support.sending import token
from mock_sites.world import jobs, sign_ins
from mock_sites.world.passwords import WELL_KNOWN as PASSWORD
from mock_sites.world.world import World

__all__ = ["visit"]


def test_double_clicking_and_going_back_order_once(world: World, visit: Visit) -> None:
    buyer = visit("hw_liwei")
    page = buyer.get(world.local(PROMPT))
    form = {"csrf_token": token(page), "agreed": "y", "attempt": attempt_of(page)}
    first, second = (buyer.post(world.local(PROMPT), data=form) for _ in range(2))
    assert first.status_code == second.status_code == 302
    assert first.headers["location"] == second.headers["location"]
    assert orders_in(world) == 1


@pytest.mark.parametrize("attempt", ["", "x", "²", "-1", "99999999999999999999", "1e3"])
def test_a_tampered_attempt_still_orders_once(world: World, visit: Visit, attempt: str) -> None:
    buyer = visit("hw_liwei")
    form = {"csrf_token": token(buyer.get(world.local(PROMPT))), "agreed": "y", "attempt": attempt}
    answers = [buyer.post(world.local(PROMPT), data=form).status_code for _ in range(2)]
    assert answers[0] == 302
    assert orders_in(world) == 1


@pytest.mark.parametrize("forged", [None, "forged"])
def test_a_form_without_its_token_is_refused_and_changes_nothing(
    world: World, visit: Visit, forged: str | None, caplog: pytest.LogCaptureFixture
) -> None:
    buyer = visit("hw_liwei")
    form = {"agreed": "y", "attempt": "1"} | ({"csrf_token": forged} if forged else {})
    answer = buyer.post(world.local(PROMPT), data=form)
    assert answer.status_code == 400
    assert "This form is no longer valid" in answer.text
    assert "Traceback" not in answer.text
    assert orders_in(world) == 0
    assert len([record for record in caplog.records if "-> 400" in record.getMessage()]) == 1


def test_a_token_of_one_world_is_useless_in_another(world: World, visit: Visit, browse: Browse) -> None:
    buyer = visit("hw_liwei")
    stolen = token(buyer.get(world.local(PROMPT)))
    stranger = browse(AUTH)
    stranger.get("/authui/login")
    answer = stranger.post("/authui/login", data={"csrf_token": stolen, "name": "hw_liwei", "password": PASSWORD})
    assert answer.status_code == 400


def test_an_unknown_account_and_a_wrong_password_read_the_same(browse: Browse) -> None:
    bodies: set[str] = set()
    for name, password in (("hw_liwei", "Wrong-2026"), ("nobody", PASSWORD)):
        client = browse(AUTH)
        form = {"csrf_token": token(client.get("/authui/login")), "name": name, "password": password}
        answer = client.post("/authui/login", data=form)
        assert answer.status_code == 422
        bodies.add(re.sub(r'value="[^"]*"', "", answer.text))
    assert len(bodies) == 1


def test_other_peoples_orders_and_services_are_not_found(world: World, visit: Visit) -> None:
    buyer = visit("hw_liwei")
    page = buyer.get(world.local(PROMPT))
    form = {"csrf_token": token(page), "agreed": "y", "attempt": "1"}
    result = buyer.post(world.local(PROMPT), data=form).headers["location"]
    buyer.get(world.local(f"{MARKETPLACE}/buyer/purchased-services"))
    jobs.advance(world, 60)
    services = buyer.get(world.local(f"{MARKETPLACE}/buyer/purchased-services"))
    details = re.search(r'href="(/buyer/purchased-services/[0-9a-f]+)"', services.text)
    assert details
    addresses = [world.local(MARKETPLACE) + result, world.local(MARKETPLACE) + details[1]]

    assert [buyer.get(address).status_code for address in addresses] == [200, 200]
    stranger = visit("hw_wangfang")
    assert [stranger.get(address).status_code for address in addresses] == [404, 404]


def test_partner_services_of_others_are_not_reached(world: World, visit: Visit) -> None:
    member_id = add(world, ready(world))
    set_up(world, "Globex", "globex", buyer="hw_wangfang")
    jobs.advance(world, 180)
    stranger = visit("hw_wangfang")
    address = world.local(f"{MARKETPLACE}/buyer/partner-services/authorize")
    page = stranger.get(address)
    assert page.status_code == 200
    with world.uow("huawei") as uow:
        assert uow.session.scalars(select(Account)).all()
    add_page = stranger.get(world.local(f"{MARKETPLACE}/buyer/partner-services/members/new"))
    form = {"csrf_token": token(add_page), "members": member_id, "agreed": "y"}
    answer = stranger.post(address, data=form)
    assert answer.status_code == 422
    assert "Pick members of this enterprise only." in answer.text
    assert world.journal(kind="huawei.member.authorized") == []


@pytest.mark.parametrize("page", ["role", "enterprise", "members", "members/new", "authorize", "hand-over"])
def test_without_a_service_every_page_of_the_guide_says_so(world: World, visit: Visit, page: str) -> None:
    address = world.local(f"{MARKETPLACE}/buyer/partner-services/{page}")
    answer = visit("hw_liwei").get(address, follow_redirects=True)
    assert answer.status_code == 200
    assert "There is no partner service in use." in answer.text


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("DELETE", "/buyer/orders", 405),
        ("POST", "/buyer/orders", 405),
        ("GET", "/no/such/page", 404),
        ("GET", "/contents/nothing", 404),
    ],
)
def test_wrong_methods_and_unknown_paths_get_a_designed_page(
    world: World, visit: Visit, method: str, path: str, status: int
) -> None:
    answer = visit("hw_liwei").request(method, world.local(MARKETPLACE + path))
    assert answer.status_code == status
    assert f'<p class="error-code">{status}</p>' in answer.text


def test_a_page_for_buyers_sends_strangers_to_sign_in_and_back(world: World, browse: Browse) -> None:
    answer = browse(MARKETPLACE).get("/buyer/orders")
    assert answer.status_code == 302
    assert answer.headers["location"].startswith(world.local("https://auth.huaweicloud.com/authui/login?next=http"))


@pytest.mark.parametrize(
    "elsewhere", ["https://evil.example/", "//evil.example", "http://huaweicloud.com.evil.localhost/"]
)
def test_signing_in_never_leads_out_of_huawei_cloud(world: World, browse: Browse, elsewhere: str) -> None:
    client = browse(AUTH)
    page = client.get("/authui/login", params={"next": elsewhere})
    form = {"csrf_token": token(page), "name": "hw_liwei", "password": PASSWORD}
    answer = client.post("/authui/login", params={"next": elsewhere}, data=form)
    assert answer.headers["location"] == world.local("https://console.huaweicloud.com/")


def test_a_session_ends_after_its_time_and_by_signing_out(world: World, visit: Visit) -> None:
    orders = world.local(f"{MARKETPLACE}/buyer/orders")
    buyer, other = visit("hw_liwei"), visit("hw_liwei")
    cookie = "; ".join(f"{cookie.name}={cookie.value}" for cookie in buyer.cookies.jar)
    page = buyer.get(orders)
    buyer.post(world.local(f"{AUTH}/authui/logout"), data={"csrf_token": token(page)})
    assert buyer.get(orders).status_code == 302
    assert buyer.get(orders, headers={"Cookie": cookie}).status_code == 302, "the old cookie is worth nothing"

    assert other.get(orders).status_code == 200
    jobs.advance(world, sign_ins.LIFETIME.total_seconds())
    assert other.get(orders).status_code == 302
    answer = other.post(world.local(PROMPT), data={"csrf_token": token(page)})
    assert answer.status_code in {400, 401}


def test_every_page_carries_the_security_headers(world: World, browse: Browse) -> None:
    headers = browse(MARKETPLACE).get("/").headers
    policy = headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "'unsafe" not in policy
    assert "frame-ancestors 'none'" in policy
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["cache-control"] == "no-store"
    cookie = browse(AUTH).get("/authui/login").headers["set-cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie
    assert f"Domain=huaweicloud.com{world.host_suffix}" in cookie


@pytest.mark.parametrize("text", ["<script>alert(1)</script>", "' OR 1=1 --", "😀 مرحبا", "x" * 60])
def test_any_text_is_stored_and_shown_harmlessly_or_refused(world: World, visit: Visit, text: str) -> None:
    buyer = visit("hw_chenjing")
    address = world.local("https://account.huaweicloud.com/usercenter/authentication")
    form = {
        "csrf_token": token(buyer.get(address)),
        "kind": "enterprise",
        "real_name": text,
        "number": CREDIT_CODE,
        "agreed": "y",
    }
    assert buyer.post(address, data=form, files={"scan": SCAN}).status_code == 302
    jobs.advance(world, 60)
    page = buyer.get(address).text
    assert "<script>alert" not in page
    with world.uow("huawei") as uow:
        kept = uow.session.scalars(select(Account.real_name).where(Account.name == "hw_chenjing")).one()
    assert kept == text
