"""MFA of a console account: binding, the second step of a sign-in, unbinding, and workspaces that require it."""

import re

import httpx
import pytest
from sqlalchemy import select

from mock_sites.guance.domain import accounts, members, mfa
from mock_sites.guance.domain.sites import SITES
from mock_sites.guance.domain.tables import Account, MfaDevice
from mock_sites.tests.conftest import Browse
from mock_sites.tests.support.bills import workspace_of
from mock_sites.tests.support.guance_pages import owned, signed_in
from mock_sites.tests.support.locking import lock
from mock_sites.tests.support.mailbox import last_code
from mock_sites.tests.support.sending import post, token
from mock_sites.world import jobs, totp
from mock_sites.world.passwords import WELL_KNOWN as PASSWORD
from mock_sites.world.world import World

EMAIL = "zhao.min@northwind.example.com"
AUTH = "https://cn4-auth.guance.com"
BIND = "/account/mfa"
UNBIND = "/account/mfa/unbind"


def get_code(client: httpx.Client, page: str, send: str) -> httpx.Response:
    """Click Get code."""
    return client.post(send, data={"csrf_token": token(client.get(page))})


def shown(world: World) -> str:
    """The code that the app of Zhao Min shows."""
    with world.uow("guance") as uow:
        secret = uow.session.scalars(select(MfaDevice.secret)).one()
    return totp.code_at(totp.key_of(secret), world.clock.now())


def bind(world: World, client: httpx.Client) -> httpx.Response:
    """Bind an app to Zhao Min's account. The code that did it is used up then."""
    get_code(client, BIND, f"{BIND}/code")
    assert post(client, BIND, code=last_code(world, EMAIL)).headers["location"] == f"{BIND}/bind"
    answer = post(client, f"{BIND}/bind", security_code=shown(world))
    jobs.advance(world, 2 * totp.STEP)
    return answer


def enter(browse: Browse) -> tuple[httpx.Client, httpx.Response]:
    """Zhao Min with her password on the way to a page: the client, and the answer."""
    client = browse(AUTH)
    return client, post(client, "/login/pwd", username="zhaomin", password=PASSWORD)


def test_an_app_is_bound_with_a_mailed_code_and_its_first_one(world: World, browse: Browse) -> None:
    client, other = signed_in(browse), signed_in(browse)
    assert "MFA is not bound" in client.get("/account").text
    assert client.get(f"{BIND}/bind").headers["location"] == BIND
    get_code(client, BIND, f"{BIND}/code")
    post(client, BIND, code=last_code(world, EMAIL))
    page = client.get(f"{BIND}/bind").text
    with world.uow("guance") as uow:
        assert uow.session.scalars(select(MfaDevice.secret)).one() in page
    assert 'class="qr"' in page
    wrong = post(client, f"{BIND}/bind", security_code="000000")
    assert wrong.status_code == 422
    assert "This security code is wrong." in wrong.text
    assert post(client, f"{BIND}/bind", security_code=shown(world)).headers["location"] == "/account"
    assert "MFA is bound" in client.get("/account").text
    assert other.get("/account").status_code == 302
    assert client.get(BIND).headers["location"] == UNBIND


def test_a_secret_is_shown_for_ten_minutes(world: World, browse: Browse) -> None:
    client = signed_in(browse)
    get_code(client, BIND, f"{BIND}/code")
    post(client, BIND, code=last_code(world, EMAIL))
    form = token(client.get(f"{BIND}/bind"))
    jobs.advance(world, 600)
    assert client.get(f"{BIND}/bind").headers["location"] == BIND
    late = client.post(f"{BIND}/bind", data={"csrf_token": form, "security_code": shown(world)})
    assert late.status_code == 422
    assert "The time to bind is over." in late.text
    assert "MFA is not bound" in client.get("/account").text


def test_the_password_alone_signs_nobody_in_and_the_security_code_leads_on(world: World, browse: Browse) -> None:
    bind(world, signed_in(browse))
    client, answer = enter(browse)
    assert answer.headers["location"] == "/login/mfa"
    console = world.local("https://cn4-console.guance.com/")
    assert client.get(console).headers["location"].startswith(world.local(f"{AUTH}/login/pwd"))
    assert world.journal()[-1].kind == "guance.account.mfa-bound"
    assert post(client, "/login/mfa", security_code="123").status_code == 422
    assert post(client, "/login/mfa", security_code=shown(world)).headers["location"] == console
    assert client.get(console).headers["location"].endswith(f"/workspace/{owned(world, 'zhaomin').id}/")
    assert world.journal()[-1].kind == "guance.account.signed-in"


def test_a_security_code_works_once(world: World, browse: Browse) -> None:
    bind(world, signed_in(browse))
    first, second = enter(browse)[0], enter(browse)[0]
    code = shown(world)
    assert post(first, "/login/mfa", security_code=code).status_code == 302
    again = post(second, "/login/mfa", security_code=code)
    assert again.status_code == 422
    assert "was used already" in again.text
    jobs.advance(world, totp.STEP)
    assert post(second, "/login/mfa", security_code=shown(world)).status_code == 302


def test_security_codes_are_not_guessed(world: World, browse: Browse) -> None:
    bind(world, signed_in(browse))
    client, _ = enter(browse)
    for number in range(10):
        post(client, "/login/mfa", security_code=f"x{number}")
    assert "Too many wrong tries." in post(client, "/login/mfa", security_code=shown(world)).text


def test_nobody_gets_to_the_security_code_without_a_password_or_long_after_it(world: World, browse: Browse) -> None:
    bind(world, signed_in(browse))
    assert browse(AUTH).get("/login/mfa").status_code == 401
    client, _ = enter(browse)
    jobs.advance(world, 599)
    assert client.get("/login/mfa").status_code == 200
    jobs.advance(world, 1)
    assert client.get("/login/mfa").status_code == 401


def test_the_holder_unbinds_with_a_code_and_gets_a_mail(world: World, browse: Browse) -> None:
    client = signed_in(browse)
    bind(world, client)
    assert post(client, UNBIND, security_code="000000").status_code == 422
    assert post(client, UNBIND, security_code=shown(world)).status_code == 302
    assert "MFA is not bound" in client.get("/account").text
    assert "MFA was unbound from your account zhaomin" in world.messages(EMAIL)[-1].source.decode()
    assert enter(browse)[1].headers["location"] == world.local("https://cn4-console.guance.com/")


def test_customer_service_unbinds_for_those_without_the_app(world: World, browse: Browse) -> None:
    bind(world, signed_in(browse))
    client, _ = enter(browse)
    page = "/login/mfa/unbind"
    assert post(client, page, description="Lost phone", code="000000").status_code == 422
    get_code(client, page, f"{page}/code")
    assert post(client, page, description="Lost phone", code=last_code(world, EMAIL)).status_code == 302
    assert client.get("/login/mfa").status_code == 401
    assert enter(browse)[1].headers["location"] == "/login/mfa"
    jobs.advance(world, 900)
    assert "MFA was unbound" in world.messages(EMAIL)[-1].source.decode()
    assert enter(browse)[1].headers["location"] == world.local("https://cn4-console.guance.com/")


def test_customer_service_leaves_an_app_that_was_bound_after_the_request(world: World, browse: Browse) -> None:
    owner = signed_in(browse)
    bind(world, owner)
    client, _ = enter(browse)
    page = "/login/mfa/unbind"
    get_code(client, page, f"{page}/code")
    post(client, page, description="Lost phone", code=last_code(world, EMAIL))
    assert post(owner, UNBIND, security_code=shown(world)).status_code == 302
    assert bind(world, owner).status_code == 302
    jobs.advance(world, 900)
    assert enter(browse)[1].headers["location"] == "/login/mfa"


def test_a_password_that_was_changed_since_leads_to_no_security_code(world: World, browse: Browse) -> None:
    client = signed_in(browse)
    bind(world, client)
    waiting, _ = enter(browse)
    assert waiting.get("/login/mfa").status_code == 200
    changed = post(client, "/account", current=PASSWORD, password="Changed-2026", confirm="Changed-2026")
    assert changed.status_code == 302
    assert waiting.get("/login/mfa").status_code == 401


def test_an_app_that_was_unbound_since_leads_to_no_security_code(world: World, browse: Browse) -> None:
    client = signed_in(browse)
    bind(world, client)
    waiting, _ = enter(browse)
    form = token(waiting.get("/login/mfa"))
    post(client, UNBIND, security_code=shown(world))
    assert waiting.post("/login/mfa", data={"csrf_token": form, "security_code": "000000"}).status_code == 401


def test_a_security_code_may_have_the_blank_that_apps_show(world: World, browse: Browse) -> None:
    bind(world, signed_in(browse))
    client, _ = enter(browse)
    code = shown(world)
    assert post(client, "/login/mfa", security_code=f"{code[:3]} {code[3:]}").status_code == 302


@pytest.fixture
def colleague(world: World) -> None:
    """Zhao Min is an administrator of the workspace of somebody else, who has no MFA."""
    with world.uow("guance", write=True) as uow:
        holder = uow.session.scalars(select(Account).where(Account.username == "zhaomin")).one()
        who = {"username": "colleague", "email": "c@example.com", "password_hash": "-", "phone": "", "company": "C"}
        workspace = workspace_of(uow)
        workspace.owner = accounts.create(uow, SITES["cn4"], **who)
        members.accept(uow, members.invite(uow, workspace, holder.email, members.ADMINISTRATOR), holder)


@pytest.mark.usefixtures("colleague")
def test_a_workspace_that_requires_mfa_opens_for_those_who_have_it(world: World, browse: Browse) -> None:
    client = signed_in(browse)
    under = f"/workspace/{owned(world, 'colleague').id}"
    access = f"{under}/settings/access"

    def require(required: str) -> httpx.Response:
        data = {"csrf_token": token(client.get(access)), "required": required}
        return client.post(f"{access}/mfa", data=data)

    refused = require("yes")
    assert refused.status_code == 422
    assert "You would lock yourself out." in refused.text
    bind(world, client)
    assert require("yes").status_code == 302
    assert require("yes").status_code == 302
    assert len(world.journal(kind="guance.workspace.mfa-required")) == 1
    assert "1 of 2 have bound MFA." in client.get(access).text
    assert client.get(f"{under}/").status_code == 200
    form = token(client.get(access))
    post(client, UNBIND, security_code=shown(world))
    assert client.get(f"{under}/").headers["location"] == BIND
    client.get(f"{under}/billing")
    assert client.get(BIND).text.count("This workspace requires MFA.") == 1
    assert client.post(access, data={"csrf_token": form, "addresses": ""}).status_code == 403
    jobs.advance(world, 60)
    bind(world, client)
    assert require("no").status_code == 302
    assert "Not required" in client.get(access).text


def test_a_locked_workspace_cannot_require_mfa(world: World, browse: Browse) -> None:
    client = signed_in(browse)
    lock(world)
    access = f"/workspace/{owned(world, 'zhaomin').id}/settings/access"
    assert "Require MFA" not in client.get(access).text
    refused = client.post(f"{access}/mfa", data={"csrf_token": token(client.get("/account")), "required": "no"})
    assert refused.status_code == 422
    assert "nothing can be changed." in refused.text


def test_an_account_of_another_site_has_an_app_of_its_own(world: World, browse: Browse) -> None:
    bind(world, signed_in(browse))
    with world.uow("guance") as uow:
        zhou = uow.session.scalars(select(Account).where(Account.username == "zhouhao")).one()
        assert not mfa.is_bound(uow, zhou)


def test_the_authenticator_shows_the_codes_of_the_world(world: World, browse: Browse) -> None:
    client = browse("https://mail")
    key = totp.text_of(b"12345678901234567890")
    page = post(client, "/authenticator", secret=key).text
    code = totp.code_at(b"12345678901234567890", world.clock.now())
    assert re.findall(r'class="code"[^>]*>(\d+)<', page) == re.findall(r'data-copy="(\d+)"', page) == [code]
    assert "30 seconds" in page
    refused = post(client, "/authenticator", secret="no secret")
    assert refused.status_code == 422
    assert "Nothing was saved" not in refused.text
