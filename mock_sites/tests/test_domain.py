"""Sites under a domain other than localhost: every address on every page, in every header and in every API has it."""

import re
from collections.abc import Iterator

import httpx
import pytest

from mock_sites import Server, ServerError
from mock_sites.client import Worlds
from mock_sites.http.host_names import HostNames
from mock_sites.serving.dispatch import Dispatcher
from mock_sites.tests.support.crawling import Crawl
from mock_sites.tests.support.refusals import OPEN
from mock_sites.tests.support.users import Users, populate
from mock_sites.world.agreement import AUTH_CENTRE
from mock_sites.world.mail_reading import ParsedMail

DOMAIN = "market.test"

ADDRESS_OF_A_SELLER = "http://localhost:9000/isv"
MAIL_OF_A_PHONE = "@sms.localhost"


@pytest.fixture(scope="module")
def users(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Users]:
    """The people of a world under the domain."""
    dispatcher = Dispatcher(tmp_path_factory.mktemp("worlds"), 8700, DOMAIN)
    yield populate(dispatcher)
    dispatcher.worlds.close()


@pytest.mark.parametrize("world", ["main", "w42"])
def test_an_address_has_the_name_of_its_world_and_the_domain(world: str) -> None:
    part = "" if world == "main" else ".w42"
    hosts = HostNames(8700, DOMAIN)
    assert hosts.local("https://boss.guance.com/a?b#c", world) == f"http://boss.guance.com{part}.{DOMAIN}:8700/a?b#c"


@pytest.mark.parametrize(
    ("url", "here"),
    [
        ("http://boss.guance.com.market.test:8700/", True),
        ("http://boss.guance.com.w1.market.test", True),
        ("http://boss.guance.com.localhost:8700/", False),
        ("http://market.test.example/", False),
        ("http://me@x.market.test/", False),
        ("https://x.market.test/", False),
        ("http://xmarket.test/", False),
        ("http://x.marketxtest/", False),
    ],
)
def test_only_names_below_the_domain_are_addresses_of_the_sites(url: str, *, here: bool) -> None:
    assert HostNames(8700, DOMAIN).is_local(url) is here


@pytest.mark.parametrize(
    "domain",
    [
        *("", ".", "a..b", "-a.test", "a-.test", "a_b.test", "a b.test", "10.0.0.1", "*.test", "http://a.test"),
        *("a.test.", "a.test\n", "x" * 64 + ".test", "a." * 50 + "test"),
    ],
)
def test_a_name_that_is_no_domain_is_refused(domain: str) -> None:
    with pytest.raises(ServerError, match="is no domain"):
        Server(port=0, domain=domain)


@pytest.mark.parametrize("domain", ["huaweicloud.com", "mock.guance.com", "X.MyHuaweiCloud.com"])
def test_a_domain_of_the_real_sites_is_refused(domain: str) -> None:
    with pytest.raises(ServerError, match="is a domain of the real sites"):
        Server(port=0, domain=domain)


def test_every_address_on_every_page_has_the_domain(users: Users) -> None:
    found = Crawl(users.dispatcher, users.world, users.traveller("owner"), frozenset(OPEN))
    found.walk(
        f"{users.world.hosts.start_page}?world={users.world.name}",
        *(users.world.local(f"https://{host}/") for host in users.dispatcher.sites),
    )
    assert found.wrong == []
    assert len(found.pages) > 40
    for page in found.pages.values():
        text = page.text.replace(ADDRESS_OF_A_SELLER, "").replace(MAIL_OF_A_PHONE, "") + page.redirect
        assert "localhost" not in text, page.url


def test_names_below_localhost_are_unknown_and_the_page_names_those_that_exist(users: Users) -> None:
    with httpx.Client(transport=httpx.WSGITransport(users.dispatcher)) as client:
        lost = client.get(f"http://boss.guance.com.{users.world.name}.localhost:8700/")
        there = client.get(f"http://boss.guance.com.nowhere.{DOMAIN}:8700/")
    assert lost.status_code == there.status_code == 404
    assert f'href="http://boss.guance.com.{users.world.name}.{DOMAIN}:8700/"' in there.text
    assert f'href="http://start.{DOMAIN}:8700/"' in there.text


def test_a_documented_address_in_a_mail_is_a_link_into_the_domain(users: Users) -> None:
    text = f"{AUTH_CENTRE}/a http://boss.guance.com.{DOMAIN}/ http://boss.guance.com.localhost:8700/"
    mail = ParsedMail(1, "a@b.example", "c@d.example", "", users.world.clock.now(), text)
    links = [piece.url for piece in mail.pieces(users.world) if piece.text.strip()]
    assert links == [users.world.local(f"{AUTH_CENTRE}/a"), f"http://boss.guance.com.{DOMAIN}/", ""]


@pytest.mark.parametrize("host", [f"start.{DOMAIN}", f"start.{DOMAIN}".upper(), "localhost", "127.0.0.1", "[::1]"])
def test_the_start_page_is_below_the_domain_and_at_this_machine(users: Users, host: str) -> None:
    with httpx.Client(transport=httpx.WSGITransport(users.dispatcher)) as client:
        page = client.get(f"http://{host}:8700/?world={users.world.name}")
    assert page.status_code == 200
    assert f"http://boss.guance.com.{users.world.name}.{DOMAIN}:8700/" in page.text


def test_cookies_redirects_and_forms_stay_within_the_domain(users: Users) -> None:
    """A sign-in at one host of a company is known at the others, and a return address elsewhere is ignored."""
    world = users.world
    with httpx.Client(transport=httpx.WSGITransport(users.dispatcher), follow_redirects=True) as client:
        page = client.get(world.local("https://console.huaweicloud.com/"))
        assert page.url.host == f"auth.huaweicloud.com.{world.name}.{DOMAIN}"
        assert f"form-action 'self' http://*.{world.name}.{DOMAIN}:8700;" in page.headers["Content-Security-Policy"]
        [token] = re.findall(r'name="csrf_token"[^>]*value="([^"]*)"', page.text)
        person = next(one for one in _people(world.name, client) if one["key"] == "verified-buyer")
        form = {"name": person["username"], "password": person["password"], "csrf_token": token}
        there = client.post(page.url, data=form)
        assert (there.status_code, there.url.host) == (200, f"console.huaweicloud.com.{world.name}.{DOMAIN}")
        [session] = [one for one in client.cookies.jar if one.domain.endswith(f"huaweicloud.com.{world.name}.{DOMAIN}")]
        assert session.domain == f".huaweicloud.com.{world.name}.{DOMAIN}"
        for elsewhere in ("http://x.huaweicloud.com.localhost:8700/", f"http://evil.{DOMAIN}:8700/"):
            signed_in = client.get(page.url.copy_set_param("next", elsewhere))
            assert signed_in.url.host.endswith(f".{world.name}.{DOMAIN}")


def _people(name: str, client: httpx.Client) -> list[dict[str, str]]:
    return client.get(f"http://start.{DOMAIN}:8700/api/worlds/{name}/people").json()["people"]


def test_the_client_reaches_sites_whose_names_no_resolver_knows() -> None:
    with Server(port=0, domain=DOMAIN) as server, Worlds(server.url) as worlds:
        world = worlds.make()
        assert world.local(AUTH_CENTRE) == f"http://macroverse.huaweicloud.com.{world.name}.{DOMAIN}:{server.port}"
        assert world.documented(world.local(AUTH_CENTRE)) == AUTH_CENTRE
        assert world.url == f"http://start.{DOMAIN}:{server.port}/?world={world.name}"
        assert world.mailbox.mails() == []
        assert world.seller_center.sellers()
        texts = [f"See {world.local(AUTH_CENTRE)}/a, {world.url} and x@sms.localhost."]
        assert world.addresses.document(texts[0]) == (
            f"See {AUTH_CENTRE}/a, http://localhost/?world={world.name} and x@sms.localhost."
        )
